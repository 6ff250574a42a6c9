import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Bounds } from '../live/client.ts';
import { request } from './request.ts';

export const PLACE_KINDS = ['pos_kamling', 'tps', 'polsek', 'polres', 'posko', 'kantor_desa'] as const;

export interface PlaceSummary {
  id: string;
  kind: (typeof PLACE_KINDS)[number];
  name: string;
  areaCode: string | null;
  lon: number;
  lat: number;
}

/** Places whose name resembles the text. */
export function usePlaceSearch(text: string) {
  return useQuery({
    queryKey: ['places', 'search', text],
    queryFn: ({ signal }) =>
      request<{ places: PlaceSummary[] }>(`/api/places?q=${encodeURIComponent(text)}&limit=6`, { signal }),
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
    queryFn: ({ signal }) => request<{ places: PlaceSummary[] }>(`/api/places?bbox=${bbox}&limit=1000`, { signal }),
    select: ({ places }) => places,
    enabled: bounds !== undefined,
    placeholderData: keepPreviousData,
  });
}
