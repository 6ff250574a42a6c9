import { useQueries } from '@tanstack/react-query';
import type { JurisdictionFeature } from '../../shared/schemas/access.ts';
import { request } from './request.ts';

/**
 * The shapes of these jurisdictions as in force today, coordinates of MultiPolygons; `undefined` until all are known. A
 * jurisdiction without a shape has no limits, so then there are none at all.
 */
export function useJurisdictionShapes(ids: number[]): GeoJSON.Position[][][][] | undefined {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ['jurisdiction-shape', id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        request<JurisdictionFeature>(`/api/jurisdictions/${id}/geometry`, { signal }),
      staleTime: 10 * 60_000,
    })),
    combine: shapesOf,
  });
}

function shapesOf(answers: { data: JurisdictionFeature | undefined }[]): GeoJSON.Position[][][][] | undefined {
  const shapes: GeoJSON.Position[][][][] = [];
  for (const { data } of answers) {
    if (!data) return undefined;
    if (!data.geometry) return [];
    shapes.push(data.geometry.coordinates);
  }
  return shapes;
}
