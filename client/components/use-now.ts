import { useCallback, useSyncExternalStore } from 'react';
import { serverNow } from '../state/faults.ts';

/** Listeners by period, so that however many times are shown, one timer a period runs. */
const tickers = new Map<number, { listeners: Set<() => void>; timer: ReturnType<typeof setInterval> }>();

/** The time of day, to the last whole multiple of `everyMs`, renewed as it passes. */
export function useNow(everyMs = 15_000): number {
  return useSyncExternalStore(
    useCallback((listener) => subscribe(everyMs, listener), [everyMs]),
    () => Math.floor(serverNow() / everyMs) * everyMs,
  );
}

function subscribe(everyMs: number, listener: () => void): () => void {
  let ticker = tickers.get(everyMs);
  if (!ticker) {
    const listeners = new Set<() => void>();
    const timer = setInterval(
      () => {
        for (const each of listeners) each();
      },
      Math.min(everyMs, 1000),
    );
    ticker = { listeners, timer };
    tickers.set(everyMs, ticker);
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
