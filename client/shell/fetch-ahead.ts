const REST_MS = 5000;

/**
 * Fetches the parts that the first screen does without, once the map stands: an operator must be able to write
 * a report when the server is gone. What fails now is fetched when it is opened. Returns how to stop.
 * @param ready when the map is drawn; at once where none can be
 * @param onRest called when the first screen is there and nothing else is in a hurry
 */
export function fetchAhead(ready: Promise<unknown>, onRest: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  void ready.then(() => {
    if (stopped) return;
    timer = setTimeout(() => {
      onRest();
      void fetchParts().catch(() => {});
    }, REST_MS);
  });
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** One after another: nothing of this is in a hurry. */
async function fetchParts(): Promise<void> {
  await import('../operations/incident-form.tsx');
  await import('./notices.tsx');
  await import('../access/sign-in.tsx');
  await import('../access/no-entry.tsx');
  await import('./search.tsx');
  await import('../operations/incident-detail.tsx');
  await import('../operations/unit-detail.tsx');
  await import('../operations/area-detail.tsx');
  await import('../operations/place-detail.tsx');
  await import('../operations/filters.tsx');
  await import('./toasts.tsx');
  await import('./legend.tsx');
  await import('./shortcuts.tsx');
  await import('./wall.tsx');
}
