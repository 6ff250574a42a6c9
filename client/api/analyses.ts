import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AnalysisBody,
  AnalysisPatch,
  AnalysisSummary,
  NewAnalysis,
  SavedAnalysis,
} from '../../shared/schemas/saved-analysis.ts';
import { request } from './request.ts';

const KEY = ['analyses'];

/** The saved analyses, the last changed first; `more` says that there are older ones. */
export function useAnalyses() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<{ analyses: AnalysisSummary[]; more: boolean }>('/api/analyses', { signal }),
  });
}

/** A saved analysis, whole. */
export function useSavedAnalysis(id: string | undefined) {
  return useQuery({
    queryKey: [...KEY, id],
    queryFn: ({ signal }) => request<SavedAnalysis>(`/api/analyses/${id}`, { signal }),
    enabled: id !== undefined,
  });
}

/** Fetches a saved analysis, whole and as it is now. */
export const fetchAnalysis = (id: string) => request<SavedAnalysis>(`/api/analyses/${id}`);

/** What can be done with saved analyses; all but the first name the version that they are meant for. */
export type AnalysisDeed =
  | { kind: 'create'; body: NewAnalysis }
  | { kind: 'replace'; id: string; version: number; body: AnalysisBody }
  | { kind: 'change'; id: string; version: number; body: AnalysisPatch }
  | { kind: 'delete'; id: string; version: number };

const METHODS = { replace: 'PUT', change: 'PATCH', delete: 'DELETE' } as const;

/** Saves, changes or deletes an analysis; the list then follows. To create one is safe to repeat: its id makes it the same. */
export function useAnalysisDeed() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (deed: AnalysisDeed): Promise<SavedAnalysis | undefined> => {
      if (deed.kind === 'create') return request('/api/analyses', { method: 'POST', body: deed.body });
      return request(`/api/analyses/${deed.id}`, {
        method: METHODS[deed.kind],
        headers: { 'if-match': `"${deed.version}"` },
        ...('body' in deed && { body: deed.body }),
      });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
