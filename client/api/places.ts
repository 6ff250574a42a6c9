import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Place } from '../../shared/schemas/place.ts';
import { request } from './request.ts';

/** Places whose name resembles the text. */
export function usePlaceSearch(text: string, may: boolean) {
  return useQuery({
    queryKey: ['places', 'search', text],
    queryFn: ({ signal }) =>
      request<{ places: Place[] }>(`/api/places?q=${encodeURIComponent(text)}&limit=6`, { signal }),
    select: ({ places }) => places,
    enabled: may && text.length >= 2,
    placeholderData: keepPreviousData,
  });
}

/** One fixed place. */
export function usePlace(id: string) {
  return useQuery({
    queryKey: ['places', id],
    queryFn: ({ signal }) => request<Place>(`/api/places/${encodeURIComponent(id)}`, { signal }),
    staleTime: 60_000,
  });
}
