import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Zone } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { countedParams, fetchPoints } from '../../api/hotspots.ts';
import { offsetOf } from '../room-zone.ts';

/** More incidents than this are too many to compare one with another. */
export const MOST_INCIDENTS = 20_000;

/** The counted incidents of the period themselves; where there are more than {@link MOST_INCIDENTS}, `next` of the answer is not null. */
export function useIncidents(spec: AnalysisSpec, zone: Zone) {
  const params = useMemo(() => countedParams({ ...spec, baseline: null }, offsetOf(zone)), [spec, zone]);
  return useQuery({
    queryKey: ['hotspots', 'points', params.toString(), MOST_INCIDENTS],
    queryFn: ({ signal }) => fetchPoints(params, signal, MOST_INCIDENTS),
    staleTime: 60_000,
  });
}
