import { useSyncExternalStore } from 'react';
import type { IncidentCounts } from './filtered-points.ts';
import type { Incidents, IncidentsState } from './incidents.ts';

/** How many incidents there are, pass the filter, and wait. Renders again only when a number changes. */
export function useIncidentCounts({ shown }: Incidents): IncidentCounts {
  return useSyncExternalStore(
    (changed) => shown.onCounts(changed),
    () => shown.counts(),
  );
}

/** Whether the incidents are there yet. */
export function useIncidentsState(incidents: Incidents): IncidentsState {
  return useSyncExternalStore(
    (changed) => incidents.onState(changed),
    () => incidents.state,
  );
}
