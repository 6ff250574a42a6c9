import type { createSpotlight } from '@mantine/spotlight';
import { type RefObject, useEffect, useRef } from 'react';

type Store = ReturnType<typeof createSpotlight>[0];

/**
 * Chooses the first of what was found as soon as it is shown, so that Enter opens it; what arrow keys chose stays chosen.
 * An Enter that comes before what is written has been looked for waits for it, and a second one takes what is shown.
 * @param written what is written in the field @param isCurrent whether what is shown was found for exactly that
 * @param waits filled with what the field asks at Enter: whether that is to wait
 */
export function useFirstResult(
  store: Store,
  written: string,
  isCurrent: boolean,
  waits: RefObject<(() => boolean) | undefined>,
): void {
  const entered = useRef<string | undefined>(undefined);
  // After each drawing: the list chooses among its elements, and any drawing may have changed those.
  useEffect(() => {
    waits.current = () => {
      if (isCurrent || entered.current === written) return false;
      entered.current = written;
      return true;
    };
    const chosen = written ? choose(store) : undefined;
    if (!isCurrent || entered.current === undefined) return;
    if (entered.current === written) chosen?.click();
    entered.current = undefined;
  });
}

/** The result that is chosen: the one that arrow keys went to, else the first. */
function choose(store: Store): HTMLElement | undefined {
  const { listId, selected } = store.getState();
  const results = [...(document.getElementById(listId)?.querySelectorAll<HTMLElement>('[data-action]') ?? [])];
  const before = selected > 0 ? results.findIndex((result) => result.hasAttribute('data-selected')) : -1;
  const at = Math.max(0, before);
  for (const [index, result] of results.entries()) {
    if (index === at) result.setAttribute('data-selected', 'true');
    else result.removeAttribute('data-selected');
  }
  if (selected !== at) store.updateState((state) => ({ ...state, selected: at }));
  return results[at];
}
