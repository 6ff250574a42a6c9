import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Unit, UnitStatus } from '../../shared/schemas/unit.ts';
import { request } from './request.ts';

/** A unit's newest stored position, as `GET /api/units/:id` answers it. */
interface StoredPosition {
  time: number;
  lon: number;
  lat: number;
  speed: number | null;
  heading: number | null;
  accuracy: number | null;
  battery: number | null;
  alarm: string;
  flags: number;
}

export interface UnitDetail extends Unit {
  position: StoredPosition | null;
  /** When its duty ends by itself, ISO 8601. */
  dutyUntil?: string | null;
  devices: string[];
}

/** All units by name and organisation; their places come by the live stream alone. */
export function useUnits(wanted = true) {
  return useQuery({
    queryKey: ['units'],
    queryFn: ({ signal }) => request<{ units: Unit[] }>('/api/units', { signal }),
    select: ({ units }) => units,
    staleTime: 60_000,
    enabled: wanted,
  });
}

/** One unit with its newest stored position. */
export function useUnit(id: number) {
  return useQuery({
    queryKey: ['units', id],
    queryFn: ({ signal }) => request<UnitDetail>(`/api/units/${id}`, { signal }),
    refetchInterval: 30_000,
  });
}

/** Changes a unit's duty status. */
export function useSetUnitStatus(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (status: UnitStatus) => request<Unit>(`/api/units/${id}`, { method: 'PATCH', body: { status } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['units'] }),
  });
}
