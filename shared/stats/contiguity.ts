import { isLength } from './checks.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';
import type { Neighbours } from './weights.ts';

/** Coordinates of a GeoJSON MultiPolygon: polygons of rings of [x, y]. */
export type MultiPolygonCoordinates = readonly (readonly (readonly (readonly number[])[])[])[];

export interface ContiguityOptions {
  /** `queen`: neighbours share a corner at least; `rook`: at least two, which is a border but for odd shapes. */
  rule?: 'queen' | 'rook';
  /**
   * Corners that differ by no more than this in x and in y are one, in the coordinates' unit: 1e-7 unless told, a
   * centimetre in degrees, which is what the rounding of files leaves.
   */
  tolerance?: number;
}

/**
 * Which polygons touch, by the corners they share, as spdep's poly2nb finds them. A border must have the same corners on
 * both sides: where a corner of one lies in the middle of the other's edge, it is no corner of both. Polygons without
 * rings have no neighbours. Takes time in proportion to the number of corners, which are found by hashing.
 *
 * Refuses no polygons ('no-areas'), coordinates that are not finite ('not-finite'), a tolerance that is not a finite
 * number above 0 and coordinates beyond 2⁵⁰ tolerances ('out-of-range').
 */
export function contiguityNeighbours(
  polygons: readonly MultiPolygonCoordinates[],
  { rule = 'queen', tolerance = 1e-7 }: ContiguityOptions = {},
): Outcome<Neighbours> {
  if (polygons.length === 0) return refuse('no-areas', 'polygons: there are none');
  if (!isLength(tolerance)) return refuse('out-of-range', `tolerance: ${tolerance} is not a finite number above 0`);
  const corners = cornersOf(polygons, tolerance * FARTHEST);
  if ('reason' in corners) return corners;
  const ids = numberCorners(corners, tolerance);
  return done(whoShares(corners, ids, rule === 'queen' ? 1 : 2));
}

/** The corners of all rings, polygon after polygon, without the one that closes a ring. */
interface Corners {
  x: Float64Array;
  y: Float64Array;
  /** The corners of polygon i are those from starts[i] to starts[i + 1]. */
  starts: Uint32Array;
}

/** Tolerances that a corner may be from the origin: beyond it, doubles are no longer so fine. */
const FARTHEST = 2 ** 50;

function cornersOf(polygons: readonly MultiPolygonCoordinates[], farthest: number): Corners | Refusal {
  let count = 0;
  for (const parts of polygons) for (const part of parts) for (const ring of part) count += ring.length;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const starts = new Uint32Array(polygons.length + 1);
  let at = 0;
  for (const [polygon, parts] of polygons.entries()) {
    for (const part of parts) {
      for (const ring of part) {
        const first = at;
        for (let corner = 0; corner < ring.length; corner++, at++) {
          const [cx, cy] = [ring[corner]?.[0], ring[corner]?.[1]];
          if (cx === undefined || cy === undefined || !Number.isFinite(cx) || !Number.isFinite(cy))
            return refuse('not-finite', `polygons: corner ${corner} of a ring of polygon ${polygon} is [${cx}, ${cy}]`);
          if (Math.abs(cx) > farthest || Math.abs(cy) > farthest)
            return refuse(
              'out-of-range',
              `polygons: polygon ${polygon} reaches [${cx}, ${cy}], too far for the tolerance`,
            );
          x[at] = cx;
          y[at] = cy;
        }
        if (at - first > 1 && x[at - 1] === x[first] && y[at - 1] === y[first]) at--;
      }
    }
    starts[polygon + 1] = at;
  }
  return { x: x.subarray(0, at), y: y.subarray(0, at), starts };
}

/** A number for each corner, the same for corners that are one; numbers run from 0 without gaps. */
function numberCorners({ x, y }: Corners, tolerance: number): { ids: Uint32Array; count: number } {
  const ids = new Uint32Array(x.length);
  // Squares of a grid several times the tolerance: a corner seldom has to look into a second one.
  const side = tolerance * 8;
  const mask = 2 ** Math.ceil(Math.log2(Math.max(16, x.length * 2))) - 1;
  // Slots hold the first corner of a number, plus one; a square's corners follow from its slot to the next empty one.
  const slots = new Uint32Array(mask + 1);
  const slotOf = (column: number, row: number) => {
    const mixed = Math.imul(column | 0, 0x9e3779b1) ^ Math.imul(row | 0, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & mask;
  };
  const find = (corner: number, column: number, row: number) => {
    for (let slot = slotOf(column, row); slots[slot] !== 0; slot = (slot + 1) & mask) {
      const other = (slots[slot] ?? 0) - 1;
      const dx = Math.abs((x[other] ?? 0) - (x[corner] ?? 0));
      if (dx <= tolerance && Math.abs((y[other] ?? 0) - (y[corner] ?? 0)) <= tolerance) return other;
    }
    return -1;
  };
  let count = 0;
  for (let corner = 0; corner < x.length; corner++) {
    const [cx, cy] = [x[corner] ?? 0, y[corner] ?? 0];
    const [column, row] = [Math.floor(cx / side), Math.floor(cy / side)];
    const [left, right] = [Math.floor((cx - tolerance) / side), Math.floor((cx + tolerance) / side)];
    const [bottom, top] = [Math.floor((cy - tolerance) / side), Math.floor((cy + tolerance) / side)];
    let same = find(corner, column, row);
    for (let other = left; same < 0 && other <= right; other++)
      for (let above = bottom; same < 0 && above <= top; above++)
        if (other !== column || above !== row) same = find(corner, other, above);
    if (same >= 0) {
      ids[corner] = ids[same] ?? 0;
      continue;
    }
    ids[corner] = count++;
    let slot = slotOf(column, row);
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = corner + 1;
  }
  return { ids, count };
}

/** The polygons that share at least `needed` numbered corners with each. */
function whoShares(
  { starts }: Corners,
  { ids, count }: { ids: Uint32Array; count: number },
  needed: number,
): Neighbours {
  const size = starts.length - 1;
  // The polygons at each corner, corner after corner, ascending.
  const ends = new Uint32Array(count + 1);
  for (const id of ids) ends[id + 1] = (ends[id + 1] ?? 0) + 1;
  for (let id = 0; id < count; id++) ends[id + 1] = (ends[id + 1] ?? 0) + (ends[id] ?? 0);
  const at = ends.slice(0, count);
  const polygons = new Uint32Array(ids.length);
  for (let polygon = 0; polygon < size; polygon++) {
    for (let corner = starts[polygon] ?? 0; corner < (starts[polygon + 1] ?? 0); corner++) {
      const id = ids[corner] ?? 0;
      const to = at[id] ?? 0;
      at[id] = to + 1;
      polygons[to] = polygon;
    }
  }
  const shared = new Uint32Array(size);
  const touched: number[] = [];
  const found: number[] = [];
  const seen = new Uint32Array(count);
  const rows = new Uint32Array(size + 1);
  for (let polygon = 0; polygon < size; polygon++) {
    touched.length = 0;
    for (let corner = starts[polygon] ?? 0; corner < (starts[polygon + 1] ?? 0); corner++) {
      const id = ids[corner] ?? 0;
      // A corner that several rings of the polygon meet at counts once.
      if (seen[id] === polygon + 1) continue;
      seen[id] = polygon + 1;
      let last = polygon;
      for (let entry = ends[id] ?? 0; entry < (ends[id + 1] ?? 0); entry++) {
        const other = polygons[entry] ?? 0;
        if (other === polygon || other === last) continue;
        last = other;
        if (shared[other] === 0) touched.push(other);
        shared[other] = (shared[other] ?? 0) + 1;
      }
    }
    touched.sort((a, b) => a - b);
    for (const other of touched) {
      if ((shared[other] ?? 0) >= needed) found.push(other);
      shared[other] = 0;
    }
    rows[polygon + 1] = found.length;
  }
  return { starts: rows, neighbours: Uint32Array.from(found) };
}
