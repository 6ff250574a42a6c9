import { done, type Outcome, refuse } from './result.ts';

/** The neighbours of each place, place after place: those of place i are `neighbours[starts[i] … starts[i + 1] − 1]`. */
export interface Neighbours {
  /** One more than there are places, ascending from 0. */
  readonly starts: Uint32Array;
  /** Indices of places, ascending within a place, never the place itself. */
  readonly neighbours: Uint32Array;
}

/** How a neighbour weighs: each 1; each 1 / number of neighbours; each 1 / distance in metres. */
export type WeightStyle = 'binary' | 'row-standardised' | 'inverse-distance';

/** The spatial weights w_ij of places i and j, without the place's own (w_ii = 0); they need not be symmetric. */
export interface SpatialWeights extends Neighbours {
  readonly style: WeightStyle;
  /** Number of places. */
  readonly size: number;
  /** The weight of each entry of `neighbours`, finite and above 0. */
  readonly weights: Float64Array;
  /** Places without a neighbour, ascending: their row of weights is empty. */
  readonly islands: Uint32Array;
}

/** Places on a plane, in metres east and north of some origin. */
export interface PlanePoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Neighbours from lists, one a place, in any order. Refuses an index that is no place ('out-of-range'), a place that
 * neighbours itself or is named twice ('out-of-range'), and no places ('no-areas').
 */
export function neighboursFromLists(lists: readonly (readonly number[])[]): Outcome<Neighbours> {
  if (lists.length === 0) return refuse('no-areas', 'neighbours: there are no places');
  const starts = new Uint32Array(lists.length + 1);
  for (const [place, list] of lists.entries()) starts[place + 1] = (starts[place] ?? 0) + list.length;
  const neighbours = new Uint32Array(starts[lists.length] ?? 0);
  for (const [place, list] of lists.entries()) {
    const sorted = Float64Array.from(list).sort();
    for (const [at, other] of sorted.entries()) {
      const where = `neighbours of place ${place}`;
      if (!(Number.isInteger(other) && other >= 0 && other < lists.length))
        return refuse('out-of-range', `${where}: ${other} is not the index of a place`);
      if (other === place) return refuse('out-of-range', `${where}: a place is not its own neighbour`);
      if (other === sorted[at - 1]) return refuse('out-of-range', `${where}: ${other} is named twice`);
    }
    neighbours.set(sorted, starts[place]);
  }
  return done({ starts, neighbours });
}

/**
 * Weights of given neighbours: `binary` w_ij = 1, or `row-standardised` w_ij = 1 / k_i with k_i the number of neighbours
 * of i (the styles B and W of R. Bivand's spdep). A place without neighbours is an island: its row is empty.
 */
export function contiguityWeights(
  neighbours: Neighbours,
  { style = 'binary' }: { style?: 'binary' | 'row-standardised' } = {},
): Outcome<SpatialWeights> {
  const weights = new Float64Array(neighbours.neighbours.length).fill(1);
  if (style === 'row-standardised') {
    for (let place = 0; place + 1 < neighbours.starts.length; place++) {
      const from = neighbours.starts[place] ?? 0;
      const to = neighbours.starts[place + 1] ?? 0;
      weights.fill(1 / (to - from), from, to);
    }
  }
  return withWeights(neighbours, weights, style);
}

/**
 * Weights w_ij = 1 / d_ij of given neighbours, d_ij the distance of their points in metres. Refuses points that are not
 * one a place ('length-mismatch'), not finite, or two neighbours at the same point ('out-of-range'), whose weight would be
 * infinite, or further apart than 1e70.
 */
export function inverseDistanceWeights(neighbours: Neighbours, points: PlanePoints): Outcome<SpatialWeights> {
  const size = neighbours.starts.length - 1;
  const { x, y } = points;
  if (x.length !== size || y.length !== size)
    return refuse('length-mismatch', `points: ${x.length} x and ${y.length} y for ${size} places`);
  const weights = new Float64Array(neighbours.neighbours.length);
  for (let place = 0; place < size; place++) {
    for (let at = neighbours.starts[place] ?? 0; at < (neighbours.starts[place + 1] ?? 0); at++) {
      const other = neighbours.neighbours[at] ?? 0;
      const distance = Math.hypot((x[other] ?? 0) - (x[place] ?? 0), (y[other] ?? 0) - (y[place] ?? 0));
      if (!Number.isFinite(distance))
        return refuse('not-finite', `points: place ${place} or ${other} is not at a finite point`);
      if (!(distance >= 1e-70 && distance <= 1e70))
        return refuse('out-of-range', `points: neighbours ${place} and ${other} are ${distance} apart`);
      weights[at] = 1 / distance;
    }
  }
  return withWeights(neighbours, weights, 'inverse-distance');
}

function withWeights(neighbours: Neighbours, weights: Float64Array, style: WeightStyle): Outcome<SpatialWeights> {
  const size = neighbours.starts.length - 1;
  if (size < 1) return refuse('no-areas', 'neighbours: there are no places');
  const islands: number[] = [];
  for (let place = 0; place < size; place++) {
    if (neighbours.starts[place] === neighbours.starts[place + 1]) islands.push(place);
  }
  return done({ ...neighbours, style, size, weights, islands: Uint32Array.from(islands) });
}
