import { CENTRE } from './plan/land.ts';
import type { Point } from './plane.ts';

const METRES_PER_LAT = 110_590;
const METRES_PER_LON = 111_320 * Math.cos((CENTRE.lat * Math.PI) / 180);
const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** Longitude and latitude, to a centimetre, of a point in metres east and north of the island's centre. */
export function toLonLat([x, y]: Point): [lon: number, lat: number] {
  return [round(CENTRE.lon + x / METRES_PER_LON), round(CENTRE.lat + y / METRES_PER_LAT)];
}

/** A ring as GeoJSON wants it: its first point repeated at the end. */
export function toClosedRing(ring: readonly Point[]): [number, number][] {
  const out = ring.map(toLonLat);
  const [first] = out;
  return first ? [...out, first] : [];
}

/** Metres east and north of the island's centre of a longitude and latitude. */
export function fromLonLat(lon: number, lat: number): Point {
  return [(lon - CENTRE.lon) * METRES_PER_LON, (lat - CENTRE.lat) * METRES_PER_LAT];
}
