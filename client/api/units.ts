import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Unit, UnitDetail, UnitPatch } from '../../shared/schemas/unit.ts';
import { request } from './request.ts';

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

const unitQuery = (id: number) => ({
  queryKey: ['units', id],
  queryFn: ({ signal }: { signal: AbortSignal }) => request<UnitDetail>(`/api/units/${id}`, { signal }),
});

/** One unit with its newest stored position. */
export function useUnit(id: number) {
  return useQuery({ ...unitQuery(id), refetchInterval: 30_000 });
}

/** Loads one unit when it is wanted, not before. */
export function useUnitLoader(): (id: number) => Promise<UnitDetail> {
  const queries = useQueryClient();
  return (id) => queries.fetchQuery(unitQuery(id));
}

/** Changes a unit: its duty and its end. */
export function useChangeUnit(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: UnitPatch) => request<Unit>(`/api/units/${id}`, { method: 'PATCH', body }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['units'] }),
  });
}
