import type { Zone } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { useCounts } from '../counts.ts';

/** Counts of the areas among which clusters are searched: by the level of the room, or by desa where it shows cells. */
export function useSearchedAreas(spec: AnalysisSpec, zone: Zone) {
  const level = spec.places.kind === 'areas' ? spec.places.level : 'desa';
  return useCounts({ ...spec, places: { kind: 'areas', level } }, zone);
}
