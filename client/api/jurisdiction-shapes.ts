import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { JurisdictionFeature } from '../../shared/schemas/jurisdiction.ts';
import { useAccess } from '../access/access.ts';
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

/** The same of where the person's own roles are in force. */
export function useOwnShapes(): GeoJSON.Position[][][][] | undefined {
  const grants = useAccess((access) => access.me?.grants);
  const ids = useMemo(() => [...new Set(grants?.map(({ jurisdiction }) => jurisdiction.id))], [grants]);
  return useJurisdictionShapes(ids);
}

function shapesOf(jurisdictions: JurisdictionFeature[]): GeoJSON.Position[][][][] {
  const shapes: GeoJSON.Position[][][][] = [];
  for (const { geometry } of jurisdictions) {
    if (!geometry) return [];
    shapes.push(geometry.coordinates);
  }
  return shapes;
}
