import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Settings } from '../../shared/schemas/settings.ts';
import { request } from './request.ts';

/** What the server says of itself. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => request<Settings>('/api/settings', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export function useSettings() {
  return useQuery(settingsQuery);
}
