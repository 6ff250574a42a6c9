import { deviations, refuseDraws, refuseValues } from './checks.ts';
import type { LongRun } from './long-run.ts';
import { normalTwoSided } from './normal.ts';
import { createRandom } from './random.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';
import { connectedPlaces, type WeightSums, weightSums } from './weight-sums.ts';
import type { SpatialWeights } from './weights.ts';

/** How far a statistic is from its mean under a null hypothesis. */
export interface NullTest {
  /** Of the statistic; 0 where it is the same for all orders of the values: then z is 0 and p is 1. */
  variance: number;
  /** (observed − expected) / √variance; of Geary's C with the sign turned: above 0 is always likeness of neighbours. */
  z: number;
  /** Two-sided: P(|Z| ≥ |z|), Z standard normal. */
  p: number;
}

/** Likeness of neighbours over the whole map. */
export interface GlobalAutocorrelation {
  /** Moran's I, or Geary's C. */
  statistic: number;
  /** Its mean where neighbours are not alike. */
  expected: number;
  /** Where every order of the values is equally likely. */
  randomisation: NullTest;
  /** Where the values are independent draws of one normal distribution. */
  normality: NullTest;
  /** How many places counted: those with neighbours. */
  places: number;
}

/** What the global statistics are made of: of the n places that have neighbours alone. */
interface Pattern {
  n: number;
  /** Deviations from the mean in units of the greatest, 0 for islands. */
  scaled: Float64Array;
  /** Which places count. */
  places: Uint32Array;
  /** Σ z². */
  squares: number;
  /** n Σ z⁴ / (Σ z²)². */
  kurtosis: number;
  sums: WeightSums;
}

/**
 * Moran's I: likeness of neighbours over the whole map (P. A. P. Moran, Biometrika 37, 1950; moments after A. D. Cliff,
 * J. K. Ord, "Spatial Processes", 1981):
 *
 *     I = (n / S0) Σ_ij w_ij z_i z_j / Σ z_i²,  z = x − x̄,  E(I) = −1 / (n − 1)
 *     normality:     Var = (n² S1 − n S2 + 3 S0²) / (S0² (n² − 1)) − E²
 *     randomisation: Var = (n ((n² − 3n + 3) S1 − n S2 + 3 S0²) − K ((n² − n) S1 − 2n S2 + 6 S0²)) /
 *                          ((n − 1)(n − 2)(n − 3) S0²) − E²,  K = n Σ z⁴ / (Σ z²)²
 *
 * with S0, S1, S2 the sums of weights. Islands are left out wholly, of n and of the mean too, so that the moments stay
 * exact (spdep's adjust.n takes them out of n and leaves them in the mean).
 *
 * Refuses what {@link refuseValues} does, and fewer than four places with neighbours ('few-areas').
 */
export function globalMoran(values: ArrayLike<number>, weights: SpatialWeights): Outcome<GlobalAutocorrelation> {
  const pattern = patternOf(values, weights);
  if ('reason' in pattern) return pattern;
  const { n, squares, kurtosis, places } = pattern;
  const { s0, s1, s2 } = pattern.sums;
  const statistic = (n / s0) * (crossProduct(pattern.scaled, weights) / squares);
  const expected = -1 / (n - 1);
  const even = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0);
  const peaked = kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0);
  return done({
    statistic,
    expected,
    randomisation: nullTest(
      statistic - expected,
      [even, -peaked],
      (n - 1) * (n - 2) * (n - 3) * s0 * s0,
      expected ** 2,
    ),
    normality: nullTest(statistic - expected, [n * n * s1, -n * s2, 3 * s0 * s0], s0 * s0 * (n * n - 1), expected ** 2),
    places: places.length,
  });
}

/**
 * Geary's C: unlikeness of neighbours over the whole map, below 1 where they are alike (R. C. Geary, The Incorporated
 * Statistician 5, 1954; moments after Cliff and Ord, 1981):
 *
 *     C = (n − 1) Σ_ij w_ij (x_i − x_j)² / (2 S0 Σ z_i²),  E(C) = 1
 *     normality:     Var = ((2 S1 + S2)(n − 1) − 4 S0²) / (2 (n + 1) S0²)
 *     randomisation: Var = ((n − 1) S1 (n² − 3n + 3 − (n − 1) K) − ¼ (n − 1) S2 (n² + 3n − 6 − (n² − n + 2) K) +
 *                          S0² (n² − 3 − (n − 1)² K)) / (n (n − 2)(n − 3) S0²)
 *
 * z has the sign of 1 − C, as in spdep. Islands and refusals as {@link globalMoran}.
 */
export function gearyC(values: ArrayLike<number>, weights: SpatialWeights): Outcome<GlobalAutocorrelation> {
  const pattern = patternOf(values, weights);
  if ('reason' in pattern) return pattern;
  const { n, scaled, squares, kurtosis, places } = pattern;
  const { s0, s1, s2 } = pattern.sums;
  let unlike = 0;
  eachEntry(weights, (place, other, weight) => {
    unlike += weight * ((scaled[place] ?? 0) - (scaled[other] ?? 0)) ** 2;
  });
  const statistic = ((n - 1) * unlike) / (2 * s0 * squares);
  const terms = [
    (n - 1) * s1 * (n * n - 3 * n + 3 - (n - 1) * kurtosis),
    -0.25 * (n - 1) * s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * kurtosis),
    s0 * s0 * (n * n - 3 - (n - 1) ** 2 * kurtosis),
  ];
  return done({
    statistic,
    expected: 1,
    randomisation: nullTest(1 - statistic, terms, n * (n - 2) * (n - 3) * s0 * s0),
    normality: nullTest(1 - statistic, [(2 * s1 + s2) * (n - 1), -4 * s0 * s0], 2 * (n + 1) * s0 * s0),
    places: places.length,
  });
}

/** How many orders are drawn, 999 by default, and from which seed: the same one draws the same. */
export interface PermutationOptions extends LongRun {
  permutations?: number;
  seed: number;
}

/** What orders drawn at random say of an observed statistic. */
export interface PermutationTest {
  statistic: number;
  /** Mean over all orders, E(I) = −1/(n − 1) for n places with neighbours: below 0, the more the fewer there are. */
  expected: number;
  /** Mean and standard deviation over the orders drawn. */
  mean: number;
  deviation: number;
  /** Two-sided: min(1, 2 (1 + the fewer of the orders with I ≥ and with I ≤ the observed) / (1 + permutations)). */
  p: number;
  permutations: number;
  seed: number;
}

/**
 * Moran's I against orders of the values drawn at random, for values whose I is not about normal. The same seed gives the
 * same p. Islands and refusals as {@link globalMoran}; refuses a number of permutations that is not whole and above 0,
 * and where `cancelled` said so ('cancelled').
 */
export function globalMoranPermutation(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  { permutations = 999, seed, onProgress, cancelled }: PermutationOptions,
): Outcome<PermutationTest> {
  const undrawable = refuseDraws('permutations', permutations, seed);
  if (undrawable) return undrawable;
  const pattern = patternOf(values, weights);
  if ('reason' in pattern) return pattern;
  const { n, scaled, places, squares } = pattern;
  const factor = n / pattern.sums.s0 / squares;
  const statistic = factor * crossProduct(scaled, weights);
  const random = createRandom(seed);
  const order = Float64Array.from(places, (place) => scaled[place] ?? 0);
  const drawn = new Float64Array(scaled.length);
  // Orders that give the same sum in another order of addition differ by rounding alone.
  const rounding = 1e-12 * Math.max(1, Math.abs(statistic));
  let [least, most, sum, sumSquares] = [0, 0, 0, 0];
  for (let i = 0; i < permutations; i++) {
    if (cancelled?.()) return refuse('cancelled', `stopped after ${i} of ${permutations} permutations`);
    random.shuffle(order);
    for (const [at, place] of places.entries()) drawn[place] = order[at] ?? 0;
    const other = factor * crossProduct(drawn, weights);
    if (other >= statistic - rounding) most++;
    if (other <= statistic + rounding) least++;
    sum += other;
    sumSquares += other * other;
    onProgress?.(i + 1, permutations);
  }
  const mean = sum / permutations;
  return done({
    statistic,
    expected: -1 / (n - 1),
    mean,
    deviation: Math.sqrt(Math.max(0, sumSquares / permutations - mean * mean)),
    p: Math.min(1, (2 * (1 + Math.min(least, most))) / (1 + permutations)),
    permutations,
    seed,
  });
}

function patternOf(values: ArrayLike<number>, weights: SpatialWeights): Pattern | Refusal {
  const refusal = refuseValues(values, weights);
  if (refusal) return refusal;
  const places = connectedPlaces(weights);
  const n = places.length;
  if (n < 4) return refuse('few-areas', `weights: ${n} places have neighbours, and the moments need four`);
  const chosen = Float64Array.from(places, (place) => values[place] ?? 0);
  if (chosen.every((value) => value === chosen[0]))
    return refuse('no-variance', `values: all places with neighbours have ${chosen[0]}`);
  const scaled = new Float64Array(values.length);
  let [squares, fourths] = [0, 0];
  for (const [at, deviation] of deviations(chosen).scaled.entries()) {
    scaled[places[at] ?? 0] = deviation;
    squares += deviation ** 2;
    fourths += deviation ** 4;
  }
  return { n, scaled, places, squares, kurtosis: (n * fourths) / (squares * squares), sums: weightSums(weights) };
}

/** Σ_ij w_ij z_i z_j. */
function crossProduct(z: Float64Array, { size, starts, neighbours, weights }: SpatialWeights): number {
  let sum = 0;
  for (let place = 0; place < size; place++) {
    const to = starts[place + 1] ?? 0;
    let lag = 0;
    for (let at = starts[place] ?? 0; at < to; at++) lag += (weights[at] ?? 0) * (z[neighbours[at] ?? 0] ?? 0);
    sum += lag * (z[place] ?? 0);
  }
  return sum;
}

function eachEntry(
  { size, starts, neighbours, weights }: SpatialWeights,
  entry: (place: number, other: number, weight: number) => void,
): void {
  for (let place = 0; place < size; place++) {
    for (let at = starts[place] ?? 0; at < (starts[place + 1] ?? 0); at++)
      entry(place, neighbours[at] ?? 0, weights[at] ?? 0);
  }
}

/** The variance is (sum of `terms`) / `below` − `square`; what is but the rounding of its terms is 0. */
function nullTest(distance: number, terms: readonly number[], below: number, square = 0): NullTest {
  const variance = terms.reduce((sum, term) => sum + term, 0) / below - square;
  const size = terms.reduce((sum, term) => sum + Math.abs(term), 0) / below + square;
  if (variance <= 1e-13 * size) return { variance: 0, z: 0, p: 1 };
  const z = distance / Math.sqrt(variance);
  return { variance, z, p: normalTwoSided(z) };
}
