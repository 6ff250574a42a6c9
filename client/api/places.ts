import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Place } from '../../shared/schemas/place.ts';
import type { Bounds } from '../live/client.ts';
import { request } from './request.ts';

/** Places whose name resembles the text. */
export function usePlaceSearch(text: string) {
  return useQuery({
    queryKey: ['places', 'search', text],
    queryFn: ({ signal }) =>
      request<{ places: Place[] }>(`/api/places?q=${encodeURIComponent(text)}&limit=6`, { signal }),
    select: ({ places }) => places,
    enabled: text.length >= 2,
    placeholderData: keepPreviousData,
  });
}

/** The places in a window, to find a selected one by its id. */
export function usePlacesIn(bounds: Bounds | undefined) {
  const bbox = bounds?.map((edge) => edge.toFixed(4)).join(',');
  return useQuery({
    queryKey: ['places', 'in', bbox],
    queryFn: ({ signal }) => request<{ places: Place[] }>(`/api/places?bbox=${bbox}&limit=1000`, { signal }),
    select: ({ places }) => places,
    enabled: bounds !== undefined,
    placeholderData: keepPreviousData,
  });
}
