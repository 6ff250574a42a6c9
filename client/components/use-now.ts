import { useSyncExternalStore } from 'react';

/** Subscribers by period, so that however many times are shown, one timer a period runs. */
const tickers = new Map<number, { listeners: Set<() => void>; timer: ReturnType<typeof setInterval>; now: number }>();

/** The time of day, renewed every `everyMs`. */
export function useNow(everyMs = 15_000): number {
  return useSyncExternalStore(
    (listener) => subscribe(everyMs, listener),
    () => tickers.get(everyMs)?.now ?? Math.floor(Date.now() / everyMs) * everyMs,
  );
}

function subscribe(everyMs: number, listener: () => void): () => void {
  let ticker = tickers.get(everyMs);
  if (!ticker) {
    const listeners = new Set<() => void>();
    const made = {
      listeners,
      now: Date.now(),
      timer: setInterval(() => {
        made.now = Date.now();
        for (const each of listeners) each();
      }, everyMs),
    };
    ticker = made;
    tickers.set(everyMs, made);
  }
  const { listeners, timer } = ticker;
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    tickers.delete(everyMs);
  };
}
