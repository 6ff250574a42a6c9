import { useQuery } from '@tanstack/react-query';
import type { ElectionStages } from '../../shared/schemas/stage.ts';
import { request } from './request.ts';

/** The election calendar; no stages where the server keeps none. */
export function useStages() {
  return useQuery({
    queryKey: ['stages'],
    queryFn: ({ signal }) => request<ElectionStages>('/api/stages', { signal }),
    select: ({ stages }) => stages,
    staleTime: 60 * 60_000,
  });
}
