import type { Position } from 'geojson';

/** Vertices that one feature may have. */
export const MAX_VERTICES = 100_000;

/** Indonesia with its sea, degrees: west, south, east, north. */
const INDONESIA = { west: 94, south: -12, east: 142, north: 7 };

export type Structure =
  | { polygons: Position[][][]; repairs: string[]; reason?: undefined }
  | { polygons?: undefined; reason: string };

/**
 * Checks what a GeoJSON (multi)polygon is made of, in plain code that takes time in proportion to its size: finite
 * numbers, enough corners, closed rings, coordinates in Indonesia and the right way round. What can be put right without
 * doubt is, and said; validity (crossing edges and the like) is another question, see `GeometryChecker`.
 */
export function readPolygons(geometry: unknown): Structure {
  if (typeof geometry !== 'object' || geometry === null) return { reason: 'it has no geometry' };
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  const parts = type === 'Polygon' ? [coordinates] : coordinates;
  if (type !== 'Polygon' && type !== 'MultiPolygon') {
    return {
      reason: `its geometry is ${typeof type === 'string' ? `a ${type.slice(0, 40)}` : 'of no type'}, not a polygon`,
    };
  }
  if (!Array.isArray(parts)) return { reason: 'its coordinates are no array' };
  const budget = { left: MAX_VERTICES };
  const notes = new Set<string>();
  const polygons: Position[][][] = [];
  for (const [p, part] of parts.entries()) {
    if (!Array.isArray(part)) return { reason: `polygon ${p + 1} is no array of rings` };
    const rings: Position[][] = [];
    for (const [r, points] of part.entries()) {
      const ring = readRing(points, budget, notes);
      if (typeof ring === 'string') return { reason: `ring ${r + 1} of polygon ${p + 1}: ${ring}` };
      // A ring of fewer than three corners encloses nothing; without its shell a polygon is nothing either.
      if (ring.length < 4) {
        notes.add('a ring without an inside was left out');
        if (r === 0) break;
      } else rings.push(ring);
    }
    if (rings.length > 0) polygons.push(rings);
  }
  if (polygons.length === 0) return { reason: 'no ring of it has three corners' };
  const misplaced = placeInIndonesia(polygons.flat(), notes);
  return misplaced ? { reason: misplaced } : { polygons, repairs: [...notes] };
}

function readRing(points: unknown, budget: { left: number }, notes: Set<string>): Position[] | string {
  const ring = readPositions(points, budget, notes);
  if (typeof ring === 'string') return ring;
  const [first, last] = [ring[0], ring.at(-1)];
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) {
    ring.push([...first]);
    notes.add('an open ring was closed');
  }
  return ring;
}

/** The positions of a ring or line, repeated ones left out; or why they are none. */
export function readPositions(points: unknown, budget: { left: number }, notes: Set<string>): Position[] | string {
  if (!Array.isArray(points)) return 'is no array of positions';
  budget.left -= points.length;
  if (budget.left < 0) return `the feature has more than ${MAX_VERTICES} vertices; simplify or split it`;
  const line: Position[] = [];
  for (const [i, point] of points.entries()) {
    if (!Array.isArray(point) || point.length < 2) return `position ${i + 1} is no pair of numbers`;
    const [lon, lat] = point;
    if (!isNumber(lon) || !isNumber(lat)) {
      return `position ${i + 1} is [${String(lon).slice(0, 20)}, ${String(lat).slice(0, 20)}], not two finite numbers`;
    }
    if (point.length > 2) notes.add('heights (Z) were left out');
    const last = line.at(-1);
    if (last?.[0] !== lon || last[1] !== lat) line.push([lon, lat]);
  }
  return line;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Turns swapped coordinates of lines or rings round. Returns why they are no place in Indonesia, or `undefined` when they are one. */
export function placeInIndonesia(lines: Position[][], notes: Set<string>): string | undefined {
  let [west, south, east, north] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  let longest = 0;
  for (const ring of lines) {
    let before: number | undefined;
    for (const [x = 0, y = 0] of ring) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
      longest = Math.max(longest, Math.abs(x - (before ?? x)));
      before = x;
    }
  }
  if (isIndonesia(west, south, east, north)) return undefined;
  if (isIndonesia(south, west, north, east)) {
    for (const position of lines.flat()) position.reverse();
    notes.add('latitude and longitude were swapped');
    return undefined;
  }
  const box = `${[west, south, east, north].map((value) => Number(value.toPrecision(6))).join(', ')}`;
  if (west < -180 || east > 180 || south < -90 || north > 90) {
    return `its coordinates (${box}) are no degrees; convert the file to WGS 84 (EPSG:4326)`;
  }
  if (longest > 180) return `it crosses the antimeridian (${box}), which Indonesia does not; its coordinates are wrong`;
  return `it lies outside Indonesia (${box})`;
}

function isIndonesia(west: number, south: number, east: number, north: number): boolean {
  return west >= INDONESIA.west && south >= INDONESIA.south && east <= INDONESIA.east && north <= INDONESIA.north;
}
