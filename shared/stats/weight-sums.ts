import type { SpatialWeights } from './weights.ts';

/** The sums of weights that moments of global statistics are made of (A. D. Cliff, J. K. Ord, "Spatial Processes", 1981). */
export interface WeightSums {
  /** Σ_ij w_ij. */
  s0: number;
  /** ½ Σ_ij (w_ij + w_ji)². */
  s1: number;
  /** Σ_i (Σ_j w_ij + Σ_j w_ji)². */
  s2: number;
}

/** The sums of weights. */
export function weightSums({ size, starts, neighbours, weights }: SpatialWeights): WeightSums {
  const both = new Float64Array(size);
  let s0 = 0;
  let s1 = 0;
  for (let place = 0; place < size; place++) {
    const to = starts[place + 1] ?? 0;
    for (let at = starts[place] ?? 0; at < to; at++) {
      const other = neighbours[at] ?? 0;
      const weight = weights[at] ?? 0;
      const back = entryOf(neighbours, starts[other] ?? 0, starts[other + 1] ?? 0, place);
      s0 += weight;
      s1 += weight * (weight + (back < 0 ? 0 : (weights[back] ?? 0)));
      both[place] = (both[place] ?? 0) + weight;
      both[other] = (both[other] ?? 0) + weight;
    }
  }
  return { s0, s1, s2: both.reduce((sum, weight) => sum + weight * weight, 0) };
}

/** Where a place stands in a part of an ascending list, or −1. */
function entryOf(neighbours: Uint32Array, from: number, to: number, place: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((neighbours[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low < to && neighbours[low] === place ? low : -1;
}

/** The places that have a neighbour or are one, ascending. */
export function connectedPlaces({ size, starts, neighbours }: SpatialWeights): Uint32Array {
  const connected = new Uint8Array(size);
  for (let place = 0; place < size; place++) if (starts[place] !== starts[place + 1]) connected[place] = 1;
  for (const other of neighbours) connected[other] = 1;
  return Uint32Array.from(connected.keys()).filter((place) => connected[place] === 1);
}
