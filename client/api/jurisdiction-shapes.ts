import { useQuery } from '@tanstack/react-query';
import type { JurisdictionFeature } from '../../shared/schemas/jurisdiction.ts';
import { request } from './request.ts';

/**
 * The shapes of these jurisdictions as in force today, coordinates of MultiPolygons; `undefined` until all are known. A
 * jurisdiction without a shape has no limits, so then there are none at all.
 */
export function useJurisdictionShapes(ids: number[]): GeoJSON.Position[][][][] | undefined {
  return useQuery({
    queryKey: ['jurisdiction-shape', ids],
    queryFn: ({ signal }) =>
      Promise.all(ids.map((id) => request<JurisdictionFeature>(`/api/jurisdictions/${id}/geometry`, { signal }))),
    staleTime: 10 * 60_000,
    select: shapesOf,
  }).data;
}

function shapesOf(jurisdictions: JurisdictionFeature[]): GeoJSON.Position[][][][] {
  const shapes: GeoJSON.Position[][][][] = [];
  for (const { geometry } of jurisdictions) {
    if (!geometry) return [];
    shapes.push(geometry.coordinates);
  }
  return shapes;
}
