import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  NewPlan,
  Plan,
  PlanBorders,
  PlanCopy,
  PlanEdits,
  PlanGround,
  PlanList,
  PlanVersionContent,
  PlanVersions,
  PlanWorkload,
} from '../../shared/schemas/plan.ts';
import { request } from './request.ts';

const KEY = ['plans'];
const LONG = 10 * 60_000;

/** The plans, the last changed first; `more` says that there are older ones. */
export function usePlans() {
  return useQuery({
    queryKey: [...KEY, 'list'],
    queryFn: ({ signal }) => request<PlanList>('/api/plans', { signal }),
  });
}

/** Fetches a plan, whole and as it is now. */
export const fetchPlan = (id: string, signal?: AbortSignal) =>
  request<Plan>(`/api/plans/${id}`, signal ? { signal } : {});

/** A plan to look at, beside the one that is worked on. */
export function usePlan(id: string | undefined) {
  return useQuery({
    queryKey: [...KEY, 'plan', id],
    queryFn: ({ signal }) => fetchPlan(id ?? '', signal),
    enabled: id !== undefined,
  });
}

/** Edits after a revision, oldest first. */
export const fetchEdits = (id: string, after: number) => request<PlanEdits>(`/api/plans/${id}/edits?after=${after}`);

/** What a plan is painted from. */
export type PlanPlace = Pick<Plan, 'level' | 'areas'>;
const placeParams = ({ level, areas }: PlanPlace) => `level=${level}&areas=${areas.join()}`;

/** The areas that a plan is painted from, and which touch. */
export function usePlanGround(place: PlanPlace | undefined) {
  return useQuery({
    queryKey: [...KEY, 'ground', place?.level, place?.areas],
    queryFn: ({ signal }) => request<PlanGround>(`/api/plans/ground?${place && placeParams(place)}`, { signal }),
    enabled: place !== undefined,
    staleTime: LONG,
  });
}

/** Every border between the areas, and around them. */
export function usePlanBorders(place: PlanPlace | undefined) {
  return useQuery({
    queryKey: [...KEY, 'borders', place?.level, place?.areas],
    queryFn: ({ signal }) => request<PlanBorders>(`/api/plans/borders?${place && placeParams(place)}`, { signal }),
    enabled: place !== undefined,
    staleTime: LONG,
  });
}

/** What there is in each area within a period. @param from and to: instants, ISO 8601 */
export function usePlanWorkload(place: PlanPlace | undefined, period: { from: string; to: string } | undefined) {
  return useQuery({
    queryKey: [...KEY, 'workload', place?.level, place?.areas, period],
    queryFn: ({ signal }) =>
      request<PlanWorkload>(
        `/api/plans/workload?${place && placeParams(place)}&${new URLSearchParams({ ...period })}`,
        { signal },
      ),
    enabled: place !== undefined && period !== undefined,
    staleTime: LONG,
  });
}

/** The versions of a plan that were saved, the newest first. */
export function usePlanVersions(id: string) {
  return useQuery({
    queryKey: [...KEY, 'versions', id],
    queryFn: ({ signal }) => request<PlanVersions>(`/api/plans/${id}/versions`, { signal }),
    select: ({ versions }) => versions,
  });
}

/** One saved version, whole. */
export function usePlanVersion(id: string, version: number | undefined) {
  return useQuery({
    queryKey: [...KEY, 'versions', id, version],
    queryFn: ({ signal }) => request<PlanVersionContent>(`/api/plans/${id}/versions/${version}`, { signal }),
    enabled: version !== undefined,
    staleTime: LONG,
  });
}

/** What can be done with plans, but for edits. */
export type PlanDeed =
  | { kind: 'create'; body: NewPlan }
  | { kind: 'rename'; id: string; before: string; title: string }
  | { kind: 'delete'; id: string; revision: number }
  | { kind: 'versions' | 'publish' | 'archive'; id: string; reason: string }
  | { kind: 'copy'; of: string; body: PlanCopy };

/** Does something with a plan; lists and versions then follow. To create and to copy are safe to repeat. */
export function usePlanDeed() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (deed: PlanDeed): Promise<Plan | undefined> => {
      switch (deed.kind) {
        case 'create':
          return request('/api/plans', { method: 'POST', body: deed.body });
        case 'copy':
          return request(`/api/plans/${deed.of}/copy`, { method: 'POST', body: deed.body });
        case 'rename': {
          const { id, before, title } = deed;
          return request(`/api/plans/${id}`, { method: 'PATCH', body: { before, title } });
        }
        case 'delete':
          return request(`/api/plans/${deed.id}`, {
            method: 'DELETE',
            headers: { 'if-match': `"${deed.revision}"` },
          });
        default:
          return request(`/api/plans/${deed.id}/${deed.kind}`, { method: 'POST', body: { reason: deed.reason } });
      }
    },
    onSettled: () =>
      Promise.all(['list', 'versions'].map((name) => queries.invalidateQueries({ queryKey: [...KEY, name] }))),
  });
}
