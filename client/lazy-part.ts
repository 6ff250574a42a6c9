import { type ComponentType, lazy } from 'react';
import { RequestError, request } from './api/request.ts';

const AGAIN_MS = 3_000;

/**
 * A part of the page that is fetched when it is wanted. Without a server it is waited for, however long: the page goes on,
 * and the part comes when the server does. A server that answers and has no such part has been renewed: then it fails.
 */
export function lazyPart<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(() => again(load, isServerGone, () => new Promise((resolve) => setTimeout(resolve, AGAIN_MS))));
}

/** Tries until it works, pausing between; throws as soon as `isWorthWaiting` says no. */
export async function again<T>(
  load: () => Promise<T>,
  isWorthWaiting: () => Promise<boolean>,
  pause: () => Promise<void>,
): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (!(await isWorthWaiting())) throw error;
      await pause();
    }
  }
}

async function isServerGone(): Promise<boolean> {
  try {
    await request('/api/health');
    return false;
  } catch (error) {
    return error instanceof RequestError && error.status === 0;
  }
}
