import { deviations, refuseValues } from './checks.ts';
import { GETIS_ORD_STATE, getisOrdG } from './getis-ord.ts';
import { normalTwoSided } from './normal.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';
import type { SpatialWeights } from './weights.ts';

/** Why a place has no statistic; `defined` where it has one. */
export const LOCAL_MORAN_STATE = {
  ...GETIS_ORD_STATE,
  /** Given its own value, I of a place at the mean is always 0. */
  atMean: 4,
} as const;

/** A deviation below this share of the greatest is rounding: the place is at the mean, and on neither side of it. */
export const AT_MEAN = 1e-12;

/** A place's own value, then its neighbours': high where above the cut. The numbers are PySAL's. */
export const LOCAL_QUADRANT = { none: 0, highHigh: 1, lowHigh: 2, lowLow: 3, highLow: 4 } as const;

/** Local Moran's I of each place. Where `state` is not 0, z is 0 and p is 1: there is nothing to say, and never NaN. */
export interface LocalMoran {
  /** I: above 0 among its like, below 0 as an outlier. */
  statistic: Float64Array;
  expected: Float64Array;
  variance: Float64Array;
  z: Float64Array;
  /** Two-sided: P(|Z| ≥ |z|), Z standard normal; not corrected for the number of places. */
  p: Float64Array;
  /** A code of {@link LOCAL_QUADRANT}, whether significant or not; none for islands. */
  quadrant: Uint8Array;
  /** A code of {@link LOCAL_MORAN_STATE}. */
  state: Uint8Array;
}

export interface LocalMoranOptions {
  /**
   * The null hypothesis: `conditional` keeps the place's own value and permutes the others (R. R. Sokal, N. L. Oden,
   * B. A. Thomson, Geogr. Anal. 30, 1998, eqs. A7–A8), `total` permutes all (Anselin 1995; Sokal A3–A4).
   */
  moments?: 'conditional' | 'total';
  /** What high and low are apart by: the mean of the values and the mean of the lags, or their medians. */
  cut?: 'mean' | 'median';
}

/**
 * Local Moran's I (L. Anselin, "Local indicators of spatial association", Geogr. Anal. 27, 1995), scaled by the variance
 * with n below:
 *
 *     I_i = (z_i / m2) Σ_j w_ij z_j,  z = x − x̄,  m2 = Σ z² / n
 *     conditional: E = −z_i² W_i / ((n − 1) m2),
 *                  Var = (z_i / m2)² (n / (n − 2)) (S_i − W_i² / (n − 1)) (m2 − z_i² / (n − 1))
 *     total:       E = −W_i / (n − 1),
 *                  Var = S_i (n − b2) / (n − 1) + (W_i² − S_i)(2 b2 − n) / ((n − 1)(n − 2)) − E²,  b2 = m4 / m2²
 *
 * with W_i = Σ_j w_ij and S_i = Σ_j w_ij². Assumes that I is about normal under the null hypothesis, which rare counts
 * and few neighbours break: see localMoranPermutation. Refuses what {@link refuseValues} does, and fewer than
 * three places ('few-areas').
 */
export function localMoran(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  { moments = 'conditional', cut = 'mean' }: LocalMoranOptions = {},
): Outcome<LocalMoran> {
  const refusal = refuseLocal(values, weights);
  if (refusal) return refusal;
  const { scaled } = deviations(values);
  // Given a place's own value, I is a multiple of the lag that Gi tests.
  const lags = getisOrdG(scaled, weights, { star: false });
  if (!lags.ok) return lags;
  const { size } = weights;
  const m2 = scaled.reduce((sum, deviation) => sum + deviation ** 2, 0) / size;
  const b2 = scaled.reduce((sum, deviation) => sum + deviation ** 4, 0) / size / (m2 * m2);
  const result: LocalMoran = {
    statistic: new Float64Array(size),
    expected: new Float64Array(size),
    variance: new Float64Array(size),
    z: new Float64Array(size),
    p: new Float64Array(size).fill(1),
    quadrant: quadrants(values, weights, cut),
    state: new Uint8Array(size),
  };
  for (let place = 0; place < size; place++) {
    const deviation = scaled[place] ?? 0;
    const isAtMean = Math.abs(deviation) < AT_MEAN;
    const own = isAtMean ? 0 : deviation / m2;
    result.statistic[place] = own * (lags.value.lag[place] ?? 0);
    if (moments === 'conditional') {
      result.expected[place] = own * (lags.value.expected[place] ?? 0);
      result.variance[place] = own * own * (lags.value.variance[place] ?? 0);
      result.z[place] = Math.sign(own) * (lags.value.z[place] ?? 0);
      result.state[place] = lags.value.state[place] || (isAtMean ? LOCAL_MORAN_STATE.atMean : 0);
    } else {
      const { expected, variance } = totalMoments(weights, place, b2);
      result.expected[place] = expected;
      result.variance[place] = variance;
      if (variance > 0) result.z[place] = ((result.statistic[place] ?? 0) - expected) / Math.sqrt(variance);
      else
        result.state[place] =
          weights.starts[place] === weights.starts[place + 1]
            ? LOCAL_MORAN_STATE.noNeighbours
            : LOCAL_MORAN_STATE.wholeMap;
    }
    if (result.state[place] === 0) result.p[place] = normalTwoSided(result.z[place] ?? 0);
  }
  return done(result);
}

function totalMoments({ size: n, starts, weights }: SpatialWeights, place: number, b2: number) {
  let [sum, squared] = [0, 0];
  for (let at = starts[place] ?? 0; at < (starts[place + 1] ?? 0); at++) {
    sum += weights[at] ?? 0;
    squared += (weights[at] ?? 0) ** 2;
  }
  const expected = -sum / (n - 1);
  const own = (squared * (n - b2)) / (n - 1);
  const pairs = ((sum * sum - squared) * (2 * b2 - n)) / ((n - 1) * (n - 2));
  const variance = own + pairs - expected * expected;
  // What is but the rounding of its terms is nothing.
  const isNothing = variance <= 1e-13 * (own + Math.abs(pairs) + expected * expected);
  return { expected, variance: isNothing ? 0 : variance };
}

function quadrants(values: ArrayLike<number>, weights: SpatialWeights, cut: 'mean' | 'median'): Uint8Array {
  const { size, starts, neighbours } = weights;
  const own = Float64Array.from(values);
  const lags = new Float64Array(size);
  for (let place = 0; place < size; place++) {
    let lag = 0;
    for (let at = starts[place] ?? 0; at < (starts[place + 1] ?? 0); at++)
      lag += (weights.weights[at] ?? 0) * (own[neighbours[at] ?? 0] ?? 0);
    lags[place] = lag;
  }
  const middle = cut === 'mean' ? mean : median;
  const [ownCut, lagCut] = [middle(own), middle(lags)];
  return Uint8Array.from(own, (value, place) => {
    if (starts[place] === starts[place + 1]) return LOCAL_QUADRANT.none;
    const isLagHigh = (lags[place] ?? 0) > lagCut;
    if (value > ownCut) return isLagHigh ? LOCAL_QUADRANT.highHigh : LOCAL_QUADRANT.highLow;
    return isLagHigh ? LOCAL_QUADRANT.lowHigh : LOCAL_QUADRANT.lowLow;
  });
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}

/** Why values have no local Moran's I, or undefined. */
export function refuseLocal(values: ArrayLike<number>, weights: SpatialWeights): Refusal | undefined {
  const refusal = refuseValues(values, weights);
  if (refusal) return refusal;
  return weights.size < 3
    ? refuse('few-areas', `values: ${weights.size} places, and the moments need three`)
    : undefined;
}
