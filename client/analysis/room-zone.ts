import { useQuery } from '@tanstack/react-query';
import { type Zone, zoneOf, zoneOffset } from '../../shared/geo/zone.ts';
import type { Settings } from '../../shared/schemas/settings.ts';
import { request } from '../api/request.ts';
import { useAnalysis } from './state.ts';

/**
 * The zone whose days the room counts by: that of the area asked about, else that of the middle of what the server has areas
 * for. It does not follow the map: figures must not change by looking elsewhere. Undefined until it is known.
 */
export function useRoomZone(): Zone | undefined {
  const area = useAnalysis(({ spec }) => spec?.area);
  const { data, isError } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => request<Settings>('/api/settings', { signal }),
    staleTime: 60 * 60_000,
  });
  if (!data && !isError) return undefined;
  return zoneOf(area ?? '', data && (data.bounds[0] + data.bounds[2]) / 2);
}

/** How far the zone's clock is ahead of UTC, as in `+08:00`. */
export function offsetOf(zone: Zone): string {
  return `+0${zoneOffset(zone) / 3_600_000}:00`;
}
