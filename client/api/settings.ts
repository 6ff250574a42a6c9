import { useQuery } from '@tanstack/react-query';
import type { Settings } from '../../shared/schemas/settings.ts';
import { request } from './request.ts';

/** What the server says of itself. */
export function useSettings() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => request<Settings>('/api/settings', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
