import { isLength, MOST_EVENTS } from './checks.ts';
import { type FalseDiscoveries, falseDiscoveryRate } from './false-discovery.ts';
import { incompleteBeta } from './incomplete-beta.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';
import type { Neighbours } from './weights.ts';
import { WINDOW_STATE, windowSums } from './window-poisson.ts';

/** What each place's window, itself and its neighbours, held in a period and in another one to compare it with. */
export interface WindowTwoPoisson {
  /** Incidents in the window during the period. */
  observed: Float64Array;
  /** Incidents in the window during the baseline, times the exposure of the period over its own. */
  expected: Float64Array;
  /** One-sided and exact: P(X ≥ observed), X binomial of all incidents of the window; 1 where `state` is not 0. */
  p: Float64Array;
  /** A code of {@link WINDOW_STATE}: nothingExpected where neither period has an incident. */
  state: Uint8Array;
  /** The same p, corrected for the number of places (Benjamini–Hochberg at `alpha`). */
  discoveries: FalseDiscoveries;
}

/**
 * Where more happened around a place than in a baseline, by the exact conditional test of two Poisson counts (Przyborowski &
 * Wilenski 1940): given the n + b incidents of a window, those of the period are binomial,
 *
 *     p_i = P(X ≥ n_i),  X ~ Binomial(n_i + b_i, e / (e + e₀)) = I_{e/(e+e₀)}(n_i, b_i + 1)
 *
 * with e and e₀ the exposures. Where {@link windowPoisson} takes what is expected as known, this takes a baseline for the handful of
 * incidents that it is: a window that had two by chance and has six now is no find among thousands of windows.
 *
 * @param counts incidents of each place in the period, whole numbers ≥ 0
 * @param baseline those of the baseline
 * @param neighbours which places a window takes in beside its own
 * @param exposures of the period and of the baseline: days, if the level itself is in question; else all incidents of each, so
 *   that only their pattern is
 * @param alpha share of false ones among the significant, 0.05 unless told
 *
 * Refuses no places, other numbers of counts, of the baseline's or of neighbours' lists, counts that are negative or not whole
 * ('negative-count') or not finite, more incidents than ten million ('out-of-range'), exposures that are not above 0
 * ('empty-period'), and no incident at all ('all-zero').
 */
export function windowTwoPoisson(
  counts: ArrayLike<number>,
  baseline: ArrayLike<number>,
  neighbours: Neighbours,
  { exposures, alpha = 0.05 }: { exposures: readonly [number, number]; alpha?: number },
): Outcome<WindowTwoPoisson> {
  const refusal = refuseWindows(counts, baseline, neighbours) ?? refuseExposures(exposures);
  if (refusal) return refusal;
  const [own, other] = exposures;
  const share = own / (own + other);
  const observed = windowSums(counts, neighbours);
  const before = windowSums(baseline, neighbours);
  const p = new Float64Array(counts.length).fill(1);
  const state = new Uint8Array(counts.length);
  for (let place = 0; place < p.length; place++) {
    const n = observed[place] ?? 0;
    const b = before[place] ?? 0;
    if (n + b === 0) state[place] = WINDOW_STATE.nothingExpected;
    else if (n > 0) p[place] = incompleteBeta(share, n, b + 1);
  }
  const discoveries = falseDiscoveryRate(p, alpha, state);
  if (!discoveries.ok) return discoveries;
  const expected = before.map((b) => (b * own) / other);
  return done({ observed, expected, p, state, discoveries: discoveries.value });
}

function refuseExposures(exposures: readonly [number, number]): Refusal | undefined {
  if (!exposures.every(Number.isFinite)) return refuse('not-finite', `exposures is ${exposures}; give two numbers.`);
  if (!exposures.every((exposure) => exposure > 0))
    return refuse('empty-period', `exposures is ${exposures}; both periods need one above 0.`);
  return exposures.every(isLength)
    ? undefined
    : refuse('out-of-range', `exposures is ${exposures}; give another unit.`);
}

function refuseWindows(
  counts: ArrayLike<number>,
  baseline: ArrayLike<number>,
  neighbours: Neighbours,
): Refusal | undefined {
  const size = counts.length;
  if (size === 0) return refuse('no-areas', 'counts: there are no places');
  if (baseline.length !== size)
    return refuse('length-mismatch', `baseline: ${baseline.length} counts beside ${size} counts of the period`);
  if (neighbours.starts.length !== size + 1)
    return refuse('length-mismatch', `neighbours: of ${neighbours.starts.length - 1} places for ${size} counts`);
  let all = 0;
  for (const [name, values] of [
    ['counts', counts],
    ['baseline', baseline],
  ] as const) {
    for (let place = 0; place < size; place++) {
      const count = values[place] ?? Number.NaN;
      if (!Number.isFinite(count)) return refuse('not-finite', `${name}: ${count} of place ${place} is no number`);
      if (!(Number.isInteger(count) && count >= 0))
        return refuse('negative-count', `${name}: ${count} of place ${place} is not a whole number from 0`);
      all += count;
    }
  }
  if (all === 0) return refuse('all-zero', 'counts and baseline: there was no incident');
  return all > MOST_EVENTS
    ? refuse('out-of-range', `counts and baseline: ${all} incidents, more than ${MOST_EVENTS}`)
    : undefined;
}
