import { boundsOf } from './bounds.ts';
import { GREATEST, isLength, isTooFar } from './checks.ts';
import { type Outcome, refuse } from './result.ts';
import {
  contiguityWeights,
  inverseDistanceWeights,
  type Neighbours,
  type PlanePoints,
  type SpatialWeights,
  type WeightStyle,
} from './weights.ts';

/**
 * Weights of all places within a distance: j is a neighbour of i where d_ij ≤ `metres`, the place itself left out, two
 * places at the same point included. `style` gives the weights as {@link contiguityWeights} and
 * {@link inverseDistanceWeights} do; places with nobody near are islands.
 *
 * Refuses no points, x and y of different lengths, points that are not finite, a distance that is not a finite number
 * above 0, and with inverse distances two places at the same point.
 */
export function distanceBandWeights(
  points: PlanePoints,
  metres: number,
  { style = 'binary' }: { style?: WeightStyle } = {},
): Outcome<SpatialWeights> {
  if (!isLength(metres)) return refuse('out-of-range', `metres: ${metres} is not a finite number above 0`);
  const refusal = refusePoints(points);
  if (refusal) return refusal;
  const cells = cellsOf(points, metres);
  const near: number[] = [];
  const starts = new Uint32Array(points.x.length + 1);
  for (let place = 0; place < points.x.length; place++) {
    const from = near.length;
    eachInRing(cells, place, 0, (other) => {
      if (other !== place && squaredDistance(points, place, other) <= metres * metres) near.push(other);
    });
    eachInRing(cells, place, 1, (other) => {
      if (squaredDistance(points, place, other) <= metres * metres) near.push(other);
    });
    sortFrom(near, from);
    starts[place + 1] = near.length;
  }
  const neighbours = { starts, neighbours: Uint32Array.from(near) };
  return style === 'inverse-distance'
    ? inverseDistanceWeights(neighbours, points)
    : contiguityWeights(neighbours, { style });
}

/**
 * Weights of the k nearest places of each, the place itself left out; of equally near ones those that come first in the
 * input. Not symmetric: i may be among the nearest of j and j not of i. There are no islands.
 *
 * Refuses no points, x and y of different lengths, points that are not finite, and a k that is not a whole number from 1
 * to one less than there are places.
 */
export function kNearestWeights(
  points: PlanePoints,
  k: number,
  { style = 'binary' }: { style?: 'binary' | 'row-standardised' } = {},
): Outcome<SpatialWeights> {
  const refusal = refusePoints(points);
  if (refusal) return refusal;
  const size = points.x.length;
  if (!(Number.isInteger(k) && k >= 1 && k < size))
    return refuse('out-of-range', `k: ${k} is not a whole number from 1 to ${size - 1}`);
  return contiguityWeights(nearest(points, k), { style });
}

function nearest(points: PlanePoints, k: number): Neighbours {
  const size = points.x.length;
  const { west, east, south, north } = boundsOf(points.x, points.y);
  // A square holds about two places on average; where all lie on a line, a piece of it does.
  const side = Math.max(
    Math.sqrt(((east - west) * (north - south) * 2) / size),
    (2 * Math.max(east - west, north - south)) / size,
  );
  const cells = cellsOf(points, side > 0 ? side : 1);
  const neighbours = new Uint32Array(size * k);
  const found: { other: number; distance: number }[] = [];
  for (let place = 0; place < size; place++) {
    found.length = 0;
    // Whoever lies in ring r + 1 is at least r sides away: rings are opened until no nearer one can follow.
    for (let ring = 0; ; ring++) {
      const reach = (ring - 1) * cells.side;
      if (found.length >= k && reach > 0) {
        found.sort((a, b) => a.distance - b.distance || a.other - b.other);
        found.length = k;
        if ((found[k - 1]?.distance ?? 0) < reach * reach) break;
      }
      if (ring > Math.max(cells.columns, cells.rows)) break;
      eachInRing(cells, place, ring, (other) => {
        if (other !== place) found.push({ other, distance: squaredDistance(points, place, other) });
      });
    }
    found.sort((a, b) => a.distance - b.distance || a.other - b.other);
    const row = Uint32Array.from({ length: k }, (_, rank) => found[rank]?.other ?? 0).sort();
    neighbours.set(row, place * k);
  }
  return { starts: Uint32Array.from({ length: size + 1 }, (_, place) => place * k), neighbours };
}

function refusePoints({ x, y }: PlanePoints) {
  if (x.length === 0) return refuse('no-areas', 'points: there are none');
  if (x.length !== y.length) return refuse('length-mismatch', `points: ${x.length} x and ${y.length} y`);
  const broken = x.findIndex((value, place) => !Number.isFinite(value) || !Number.isFinite(y[place]));
  if (broken >= 0) return refuse('not-finite', `points: place ${broken} is not at a finite point`);
  const far = x.findIndex((value, place) => isTooFar(value) || isTooFar(y[place] ?? 0));
  return far >= 0 ? refuse('out-of-range', `points: place ${far} is beyond ±${GREATEST}`) : undefined;
}

/** Places by square of a grid. */
interface Cells {
  side: number;
  columns: number;
  rows: number;
  /** The square of each place. */
  column: Int32Array;
  row: Int32Array;
  /** The places of each square that has any, ascending. */
  places: Map<number, number[]>;
}

/** More columns or rows than this are not made: squares grow instead, which costs time and no neighbour. */
const MOST_CELLS = 2 ** 20;

function cellsOf(points: PlanePoints, wished: number): Cells {
  const { west, east, south, north } = boundsOf(points.x, points.y);
  const side = Math.max(wished, (east - west) / MOST_CELLS, (north - south) / MOST_CELLS);
  const column = Int32Array.from(points.x, (x) => Math.floor((x - west) / side));
  const row = Int32Array.from(points.y, (y) => Math.floor((y - south) / side));
  const columns = Math.floor((east - west) / side) + 1;
  const places = new Map<number, number[]>();
  for (let place = 0; place < points.x.length; place++) {
    const key = (row[place] ?? 0) * columns + (column[place] ?? 0);
    const cell = places.get(key);
    if (cell) cell.push(place);
    else places.set(key, [place]);
  }
  return { side, columns, rows: Math.floor((north - south) / side) + 1, column, row, places };
}

/** Calls back for every place in the squares `ring` squares away from a place's own: 0 is its own. */
function eachInRing(cells: Cells, place: number, ring: number, found: (other: number) => void): void {
  const column = cells.column[place] ?? 0;
  const row = cells.row[place] ?? 0;
  for (let y = Math.max(0, row - ring); y <= Math.min(cells.rows - 1, row + ring); y++) {
    const isEdge = y === row - ring || y === row + ring;
    const step = isEdge || ring === 0 ? 1 : 2 * ring;
    for (let x = column - ring; x <= column + ring; x += step) {
      if (x < 0 || x >= cells.columns) continue;
      for (const other of cells.places.get(y * cells.columns + x) ?? []) found(other);
    }
  }
}

function squaredDistance({ x, y }: PlanePoints, a: number, b: number): number {
  return ((x[a] ?? 0) - (x[b] ?? 0)) ** 2 + ((y[a] ?? 0) - (y[b] ?? 0)) ** 2;
}

/** Sorts the end of a list: what lies from an index on. */
function sortFrom(list: number[], from: number): void {
  const sorted = list.slice(from).sort((a, b) => a - b);
  for (const [at, value] of sorted.entries()) list[from + at] = value;
}
