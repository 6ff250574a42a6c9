import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AreaLevel } from '../../shared/area-code.ts';
import type { AreaDetail, AreaHit, AreaSummary } from '../../shared/schemas/area.ts';
import { request } from './request.ts';

const LONG = 10 * 60_000;

/** Asks for one area. */
export const areaQuery = (code: string) => ({
  queryKey: ['area', code],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    request<AreaDetail>(`/api/areas/${encodeURIComponent(code)}`, { signal }),
  staleTime: LONG,
});

/** One area, or nothing while `code` is absent or empty. */
export function useArea(code: string | undefined) {
  return useQuery({ ...areaQuery(code ?? ''), enabled: Boolean(code) });
}

/** The areas directly within one. */
export function useChildAreas(parent: string, level: AreaLevel | undefined) {
  return useQuery({
    queryKey: ['areas', 'children', parent],
    queryFn: ({ signal }) =>
      request<{ areas: AreaSummary[] }>(`/api/areas?parent=${encodeURIComponent(parent)}&level=${level}&limit=100`, {
        signal,
      }),
    select: ({ areas }) => areas,
    enabled: level !== undefined,
    staleTime: LONG,
  });
}

/** Areas whose name or code resembles the text; nothing under two letters. */
export function useAreaSearch(text: string, limit = 8) {
  return useQuery({
    queryKey: ['areas', 'search', text, limit],
    queryFn: ({ signal }) =>
      request<{ areas: AreaSummary[] }>(`/api/areas?q=${encodeURIComponent(text)}&limit=${limit}`, { signal }),
    select: ({ areas }) => areas,
    enabled: text.length >= 2,
    placeholderData: keepPreviousData,
    staleTime: LONG,
  });
}

/** The areas of every level that a point lies in, widest first. */
export function useAreasAt(place: { lon: number; lat: number } | undefined) {
  const lon = place?.lon.toFixed(6);
  const lat = place?.lat.toFixed(6);
  return useQuery({
    queryKey: ['areas', 'at', lon, lat],
    queryFn: ({ signal }) => request<{ areas: AreaHit[] }>(`/api/areas/at?lon=${lon}&lat=${lat}`, { signal }),
    select: ({ areas }) => areas,
    enabled: place !== undefined,
    placeholderData: keepPreviousData,
    staleTime: LONG,
  });
}

/** Loads one area when it is wanted, not before. */
export function useAreaLoader(): (code: string) => Promise<AreaDetail> {
  const queries = useQueryClient();
  return (code) =>
    queries.fetchQuery({
      queryKey: ['area', code],
      queryFn: () => request<AreaDetail>(`/api/areas/${encodeURIComponent(code)}`),
      staleTime: LONG,
    });
}
