import { useSyncExternalStore } from 'react';
import { useRonda } from '../session.ts';
import type { IncidentCounts } from './filtered-points.ts';

/** How many incidents there are, pass the filter, and wait. Renders again only when a number changes. */
export function useIncidentCounts(): IncidentCounts {
  const { filtered } = useRonda();
  return useSyncExternalStore(
    (changed) => filtered.onCounts(changed),
    () => filtered.counts(),
  );
}
