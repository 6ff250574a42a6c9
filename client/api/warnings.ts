import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { IncidentCategory } from '../../shared/schemas/incident.ts';
import type {
  EarlyWarning,
  RulePrecision,
  WarningDetail,
  WarningOutcome,
  WarningRun,
  WarningRuns,
  WarningState,
  WrittenWarning,
} from '../../shared/schemas/warning.ts';
import { request } from './request.ts';

/** How often a run that is under way is asked after. */
const RUNNING_MS = 1_000;

export interface WarningQuestion {
  state: WarningState;
  area: string | undefined;
  category: IncidentCategory | undefined;
  /** At most, of each page. */
  limit?: number;
}

interface Page {
  warnings: EarlyWarning[];
  next: string | null;
}

/** Early warnings, those raised last first; further pages when they are asked for. */
export function useWarnings({ state, area, category, limit = 100 }: WarningQuestion, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['warnings', 'list', state, area, category, limit],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ state, limit: String(limit) });
      if (area) params.set('area', area);
      if (category) params.set('categories', category);
      if (pageParam) params.set('cursor', pageParam);
      return request<Page>(`/api/warnings?${params}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ warnings }) => warnings),
    enabled,
  });
}

/** One early warning with the weeks behind it. */
export function useWarning(id: string) {
  return useQuery({
    queryKey: ['warnings', 'one', id],
    queryFn: ({ signal }) => request<WarningDetail>(`/api/warnings/${id}`, { signal }),
  });
}

/** How often each rule was right. */
export function usePrecision() {
  return useQuery({
    queryKey: ['warnings', 'precision'],
    queryFn: ({ signal }) => request<{ rules: RulePrecision[] }>('/api/warnings/precision', { signal }),
    select: ({ rules }) => rules,
  });
}

/** The newest runs, and whether early warning tells this reader anything; while one is under way they are asked for again and again. */
export function useRuns() {
  return useQuery({
    queryKey: ['warnings', 'runs'],
    queryFn: ({ signal }) => request<WarningRuns>('/api/warnings/runs', { signal }),
    refetchInterval: ({ state }) => (state.data?.runs[0]?.state === 'running' ? RUNNING_MS : false),
  });
}

/** Asks for a run. */
export function useAskRun() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => request<WarningRun>('/api/warnings/runs', { method: 'POST', body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['warnings', 'runs'] }),
  });
}

/** Records what became of warnings, each provided that it still is at its version. */
export function useRecordOutcome() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (judged: {
      warnings: readonly Pick<EarlyWarning, 'id' | 'version'>[];
      outcome: WarningOutcome | null;
      note: string;
    }) => {
      for (const { id, version } of judged.warnings) {
        await request<WrittenWarning>(`/api/warnings/${id}`, {
          method: 'PATCH',
          body: { outcome: judged.outcome, note: judged.note },
          headers: { 'if-match': `"${version}"` },
        });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['warnings'] }),
  });
}
