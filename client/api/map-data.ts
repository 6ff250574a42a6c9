import type { AreaFeature } from '../../shared/schemas/area.ts';
import type { Place } from '../../shared/schemas/place.ts';
import type { Bounds } from '../live/client.ts';
import { request } from './request.ts';

/** Places with more than this in the window are not all shown; the map asks from near only. */
const MOST_PLACES = 2000;

/** The fixed places in a window. */
export async function fetchPlaces(bounds: Bounds, signal: AbortSignal): Promise<Place[]> {
  const bbox = bounds.map((degrees) => degrees.toFixed(5)).join(',');
  const { places } = await request<{ places: Place[] }>(`/api/places?bbox=${bbox}&limit=${MOST_PLACES}`, { signal });
  return places;
}

/** The way of a unit in the last minutes: [lon, lat, Unix ms], oldest first. */
export async function fetchTrail(unit: number, minutes: number, signal: AbortSignal): Promise<TrailPoint[]> {
  const { points } = await request<{ points: TrailPoint[] }>(`/api/units/${unit}/trail?minutes=${minutes}`, { signal });
  return points;
}
export type TrailPoint = [lon: number, lat: number, time: number];

/** The shape of an area, in full. */
export async function fetchAreaShape(code: string, signal: AbortSignal): Promise<AreaFeature> {
  return request<AreaFeature>(`/api/areas/${encodeURIComponent(code)}/geometry`, { signal });
}
