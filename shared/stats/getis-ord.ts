import { refuseValues, shiftedValues } from './checks.ts';
import { normalTwoSided } from './normal.ts';
import { done, type Outcome, refuse } from './result.ts';
import type { SpatialWeights } from './weights.ts';

/** Why a place has no statistic; `defined` where it has one. */
export const GETIS_ORD_STATE = {
  defined: 0,
  /** Gi of a place without neighbours. */
  noNeighbours: 1,
  /** The neighbourhood is the whole map: its sum never varies. */
  wholeMap: 2,
  /** Gi where all the others are equal. */
  othersEqual: 3,
} as const;

/**
 * Incidents that a neighbourhood must hold on average for the normal tail of Gi* to be trusted with counts over tens of
 * thousands of areas: found by simulation of Poisson noise on 84,100 areas, nine to a neighbourhood. Below it, and over
 * unequal populations at any level, windowPoisson is the test.
 */
export const GETIS_ORD_LEAST_INCIDENTS = 18;

/** Gi or Gi* of each place. Where `state` is not 0, z is 0 and p is 1: there is nothing to say, and never NaN. */
export interface GetisOrd {
  statistic: 'Gi' | 'Gi*';
  /** Σ_j w_ij x_j, in the values' unit times the weights'. */
  lag: Float64Array;
  /** Mean and variance of the lag over all orders of the values (Gi: of the other places' values). */
  expected: Float64Array;
  variance: Float64Array;
  /** (lag − expected) / √variance: above 0 among high values, below 0 among low ones. */
  z: Float64Array;
  /** Two-sided: P(|Z| ≥ |z|), Z standard normal; not corrected for the number of places. */
  p: Float64Array;
  /** A code of {@link GETIS_ORD_STATE}. */
  state: Uint8Array;
}

/**
 * The local statistics Gi and Gi* of high and low values that lie together (A. Getis, J. K. Ord, "The analysis of spatial
 * association by use of distance statistics", Geogr. Anal. 24, 1992; "Local spatial autocorrelation statistics", 1995).
 *
 *     Gi*: z_i = (Σ_j w_ij x_j − W_i x̄) / (s √((n S_i − W_i²) / (n − 1))),  W_i = Σ_j w_ij, S_i = Σ_j w_ij²,
 *     x̄ the mean of all n values, s² = Σ (x − x̄)² / n, and the place itself in its neighbourhood;
 *     Gi:  without the place itself, x̄ and s² of the n − 1 others, and ((n − 1) S_i − W_i²) / (n − 2).
 *
 * With `star` (the default) the place weighs 1 in binary weights, and as each of its neighbours, 1 / (k + 1), in
 * row-standardised ones; inverse distance gives a place itself no weight, so there only Gi is known.
 *
 * Assumes that under no clustering every order of the values is equally likely, and that the lag is then about normal:
 * neither holds for rare counts (see {@link GETIS_ORD_LEAST_INCIDENTS}), nor for raw counts of unequal populations.
 *
 * Refuses no places, a single one, another number of values than places, values that are not finite, beyond ±1e70, all
 * zero or all equal, weights without any neighbour, and `star` with inverse distances ('out-of-range').
 */
export function getisOrdG(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  { star = true }: { star?: boolean } = {},
): Outcome<GetisOrd> {
  const refusal = refuseValues(values, weights);
  if (refusal) return refusal;
  if (star && weights.style === 'inverse-distance')
    return refuse('out-of-range', 'star: a place has no inverse distance to itself; ask for Gi, star: false');
  return done(star ? withSelf(values, weights) : withoutSelf(values, weights));
}

function withSelf(values: ArrayLike<number>, weights: SpatialWeights): GetisOrd {
  const { size, starts } = weights;
  const { scaled, mean, variance, shift, scale } = shiftedValues(values);
  const result = emptyResult('Gi*', size);
  const spread = Math.sqrt(variance);
  const isBinary = weights.style === 'binary';
  for (let place = 0; place < size; place++) {
    const count = (starts[place + 1] ?? 0) - (starts[place] ?? 0) + 1;
    // All weigh the same, so the sum is taken without weights and scaled once.
    const weight = isBinary ? 1 : 1 / count;
    const sum = sumOfNeighbours(scaled, weights, place) + (scaled[place] ?? 0);
    result.expected[place] = weight * count * (shift + scale * mean);
    result.lag[place] = weight * (count * shift + scale * sum);
    const deviation = weight * spread * starDeviation(count, size);
    fill(result, place, weight * (sum - count * mean), deviation, scale, GETIS_ORD_STATE.wholeMap);
  }
  return result;
}

/** √((n S − W²) / (n − 1)) of `count` weights of 1 among n: how the sum of so many values spreads, as a multiple of s. */
export function starDeviation(count: number, n: number): number {
  return Math.sqrt((count * (n - count)) / (n - 1));
}

function withoutSelf(values: ArrayLike<number>, weights: SpatialWeights): GetisOrd {
  const { size, starts } = weights;
  const { scaled, mean, variance, shift, scale } = shiftedValues(values);
  const result = emptyResult('Gi', size);
  const others = size - 1;
  for (let place = 0; place < size; place++) {
    const from = starts[place] ?? 0;
    const to = starts[place + 1] ?? 0;
    let sum = 0;
    let squared = 0;
    let lag = 0;
    for (let at = from; at < to; at++) {
      const weight = weights.weights[at] ?? 0;
      sum += weight;
      squared += weight * weight;
      lag += weight * (scaled[weights.neighbours[at] ?? 0] ?? 0);
    }
    const own = (scaled[place] ?? 0) - mean;
    const otherMean = -own / others;
    let otherVariance = (variance * size - own * own) / others - otherMean * otherMean;
    const expected = sum * (mean + otherMean);
    let above = lag - expected;
    // One far value takes nearly all the variance: what it leaves is lost in the differences, and is summed anew.
    if (otherVariance < 1e-4 * variance) ({ above, otherVariance } = amongOthers(scaled, weights, place));
    const free = others * squared - sum * sum;
    // Equal weights of all the others leave nothing but rounding.
    const factor = free > 1e-12 * others * squared && others > 1 ? Math.sqrt(free / (others - 1)) : 0;
    result.expected[place] = sum * shift + scale * expected;
    result.lag[place] = sum * shift + scale * lag;
    const why =
      from === to
        ? GETIS_ORD_STATE.noNeighbours
        : otherVariance === 0
          ? GETIS_ORD_STATE.othersEqual
          : GETIS_ORD_STATE.wholeMap;
    fill(result, place, above, Math.sqrt(otherVariance) * factor, scale, why);
  }
  return result;
}

function emptyResult(statistic: GetisOrd['statistic'], size: number): GetisOrd {
  return {
    statistic,
    lag: new Float64Array(size),
    expected: new Float64Array(size),
    variance: new Float64Array(size),
    z: new Float64Array(size),
    p: new Float64Array(size).fill(1),
    state: new Uint8Array(size),
  };
}

function fill(result: GetisOrd, place: number, above: number, deviation: number, scale: number, why: number): void {
  if (deviation === 0) {
    result.state[place] = why;
    return;
  }
  const z = above / deviation;
  result.variance[place] = (deviation * scale) ** 2;
  result.z[place] = z;
  result.p[place] = normalTwoSided(z);
}

/** Σ of the neighbours' values, each counted once. */
function sumOfNeighbours(values: Float64Array, { starts, neighbours }: SpatialWeights, place: number): number {
  const to = starts[place + 1] ?? 0;
  let sum = 0;
  for (let at = starts[place] ?? 0; at < to; at++) sum += values[neighbours[at] ?? 0] ?? 0;
  return sum;
}

/** How far a place's lag is above what the other places' values let expect, and their variance: 0 where they are equal. */
function amongOthers(values: Float64Array, weights: SpatialWeights, place: number) {
  const others = values.filter((_, index) => index !== place);
  if (others.every((value) => value === others[0])) return { above: 0, otherVariance: 0 };
  const { scaled, mean, variance, scale } = shiftedValues(others);
  let above = 0;
  for (let at = weights.starts[place] ?? 0; at < (weights.starts[place + 1] ?? 0); at++) {
    const other = weights.neighbours[at] ?? 0;
    above += (weights.weights[at] ?? 0) * ((scaled[other < place ? other : other - 1] ?? 0) - mean);
  }
  return { above: above * scale, otherVariance: variance * scale * scale };
}

/** Levels of two-sided p and what each gives: the classes of a hotspot map, 99, 95 and 90 %. */
const LEVELS = [
  [0.01, 3],
  [0.05, 2],
  [0.1, 1],
] as const;

/**
 * The class of each place on a hotspot map: ±3 for p ≤ 0.01, ±2 for p ≤ 0.05, ±1 for p ≤ 0.1, its sign that of z; 0 where
 * nothing is significant. Give the adjusted p of {@link falseDiscoveryRate} for classes that hold for the map as a whole.
 * As the Gi_Bin of ArcGIS. `z` and `p` are of the same length.
 */
export function confidenceClasses(z: Float64Array, p: Float64Array): Int8Array {
  return Int8Array.from(z, (value, place) => {
    const level = LEVELS.find(([limit]) => (p[place] ?? 1) <= limit)?.[1] ?? 0;
    return level === 0 ? 0 : level * Math.sign(value);
  });
}
