import { useQuery } from '@tanstack/react-query';
import { RequestError, request } from './request.ts';

/** A stage of an election calendar; dates are days in the area's zone, both included. */
export interface Stage {
  id: string;
  name: string;
  from: string;
  to: string;
}

/** The election calendar; empty where the server keeps none. */
export function useStages() {
  return useQuery({
    queryKey: ['stages'],
    queryFn: async ({ signal }) => {
      try {
        return (await request<{ stages: Stage[] }>('/api/stages', { signal })).stages;
      } catch (error) {
        if (error instanceof RequestError && error.status === 404) return [];
        throw error;
      }
    },
    staleTime: 60 * 60_000,
  });
}
