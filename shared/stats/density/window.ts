import type { Bounds } from '../bounds.ts';
import { GREATEST, isTooFar } from '../checks.ts';
import { done, type Outcome, refuse } from '../result.ts';
import type { DensityGrid } from './grid.ts';

/** A closed line of [x, y] in metres; the last point may repeat the first. */
export type Ring = readonly (readonly [x: number, y: number])[];

/** The ground on which events could be recorded at all: a polygon, with holes and several parts if need be. */
export interface StudyWindow {
  /** Edges as x1, y1, x2, y2 of each, the ground on their left. */
  edges: Float64Array;
  /** The bounds where the ground is a rectangle along the axes, whose corrections have a closed form. */
  rectangle: Bounds | undefined;
  bounds: Bounds;
  /** In the square of the unit of the coordinates. */
  area: number;
  /** Whether a place is on the ground, its border included. */
  contains(x: number, y: number): boolean;
}

/** Strips of the window's height that edges are sorted into. */
const STRIPS = 256;

/** The rectangle of a grid as a window. */
export function gridWindow({ west, south, cellWidth, cellHeight, columns, rows }: DensityGrid): StudyWindow {
  const east = west + columns * cellWidth;
  const north = south + rows * cellHeight;
  return prepare([
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ],
  ]);
}

/**
 * A window of rings by the even-odd rule: a ring inside another is a hole, a ring inside a hole is ground again. Rings run
 * either way and do not cross.
 *
 * Refuses `no-areas` (no ring of three points), `not-finite`, `out-of-range` and `no-variance` (rings without area).
 */
export function studyWindow(rings: readonly Ring[]): Outcome<StudyWindow> {
  if (rings.length === 0 || rings.some((ring) => ring.length < 3))
    return refuse('no-areas', 'window has no ring, or one of fewer than three points.');
  if (!rings.every((ring) => ring.every((point) => point.every(Number.isFinite))))
    return refuse('not-finite', 'window has a coordinate that is no number.');
  if (rings.some((ring) => ring.some((point) => point.some(isTooFar))))
    return refuse('out-of-range', `window has a coordinate beyond ±${GREATEST}.`);
  const window = prepare(rings);
  return window.area > 0 ? done(window) : refuse('no-variance', 'window has no area.');
}

function prepare(rings: readonly Ring[]): StudyWindow {
  const edges: number[] = [];
  for (const ring of rings) {
    const [first = [0, 0]] = ring;
    // Even-odd: a ring inside an odd number of others is a hole, and has the ground outside of it.
    const depth = rings.filter((other) => other !== ring && isInside(edgesOf(other), first[0], first[1])).length;
    const forward = ringArea(ring) > 0 === (depth % 2 === 0);
    for (const [x1, y1, x2, y2] of edgesOf(ring)) edges.push(...(forward ? [x1, y1, x2, y2] : [x2, y2, x1, y1]));
  }
  const all = Float64Array.from(edges);
  const bounds = boundsOf(all);
  let area = 0;
  for (let e = 0; e < all.length; e += 4) {
    const [x1, y1, x2, y2] = edgeAt(all, e);
    area += ((x1 - bounds.west) * (y2 - bounds.south) - (x2 - bounds.west) * (y1 - bounds.south)) / 2;
  }
  const whole = (bounds.east - bounds.west) * (bounds.north - bounds.south);
  const rectangle = all.length === 16 && area === whole ? bounds : undefined;
  return { edges: all, rectangle, bounds, area, contains: containment(all, bounds) };
}

/** Whether places are inside or on an edge, looking only at the edges of a place's strip. */
function containment(edges: Float64Array, bounds: Bounds): (x: number, y: number) => boolean {
  const height = (bounds.north - bounds.south) / STRIPS || 1;
  const stripOf = (y: number) => Math.min(STRIPS - 1, Math.max(0, Math.floor((y - bounds.south) / height)));
  const strips = Array.from({ length: STRIPS }, (): [number, number, number, number][] => []);
  for (let e = 0; e < edges.length; e += 4) {
    const edge = edgeAt(edges, e);
    const last = stripOf(Math.max(edge[1], edge[3]));
    for (let s = stripOf(Math.min(edge[1], edge[3])); s <= last; s++) strips[s]?.push(edge);
  }
  return (x, y) =>
    x >= bounds.west &&
    x <= bounds.east &&
    y >= bounds.south &&
    y <= bounds.north &&
    isInside(strips[stripOf(y)] ?? [], x, y);
}

function isInside(edges: readonly (readonly [number, number, number, number])[], x: number, y: number): boolean {
  let inside = false;
  for (const [x1, y1, x2, y2] of edges) {
    const side = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
    if (side === 0 && (x1 - x) * (x2 - x) <= 0 && (y1 - y) * (y2 - y) <= 0) return true;
    if (y1 > y !== y2 > y && side > 0 === y2 > y1) inside = !inside;
  }
  return inside;
}

function edgesOf(ring: Ring): [number, number, number, number][] {
  return ring.flatMap(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] as readonly [number, number];
    return x === nextX && y === nextY ? [] : [[x, y, nextX, nextY] as [number, number, number, number]];
  });
}

/** Twice the signed area, positive counter-clockwise. */
function ringArea(ring: Ring): number {
  const [originX, originY] = ring[0] as readonly [number, number];
  let sum = 0;
  for (const [x1, y1, x2, y2] of edgesOf(ring))
    sum += (x1 - originX) * (y2 - originY) - (x2 - originX) * (y1 - originY);
  return sum;
}

function boundsOf(edges: Float64Array): Bounds {
  const bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (let e = 0; e < edges.length; e += 2) {
    bounds.west = Math.min(bounds.west, edges[e] as number);
    bounds.east = Math.max(bounds.east, edges[e] as number);
    bounds.south = Math.min(bounds.south, edges[e + 1] as number);
    bounds.north = Math.max(bounds.north, edges[e + 1] as number);
  }
  return bounds;
}

function edgeAt(edges: Float64Array, e: number): [number, number, number, number] {
  return [edges[e] as number, edges[e + 1] as number, edges[e + 2] as number, edges[e + 3] as number];
}
