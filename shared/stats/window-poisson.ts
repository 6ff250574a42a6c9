import { type FalseDiscoveries, falseDiscoveryRate } from './false-discovery.ts';
import { poissonUpperTail } from './poisson.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';
import type { Neighbours } from './weights.ts';

/** Why a window has no p; `defined` where it has one. */
export const WINDOW_STATE = {
  defined: 0,
  /** Nothing is expected in the window: no count there can be judged. */
  nothingExpected: 1,
} as const;

/** What each place's window, itself and its neighbours, holds and should hold. */
export interface WindowPoisson {
  /** Incidents in the window. */
  observed: Float64Array;
  /** Incidents expected in the window. */
  expected: Float64Array;
  /** One-sided and exact: P(N ≥ observed) for N ~ Poisson(expected); 1 where `state` is not 0. */
  p: Float64Array;
  /** A code of {@link WINDOW_STATE}. */
  state: Uint8Array;
  /** The same p, corrected for the number of places (Benjamini–Hochberg at `alpha`). */
  discoveries: FalseDiscoveries;
}

/**
 * Where more happened around a place than was to be expected, by the exact tail of Poisson's distribution:
 *
 *     p_i = P(N ≥ n_i | E_i),  N ~ Poisson(E_i),  n_i = Σ counts, E_i = Σ expected of the place and its neighbours
 *
 * the inference for rare counts and unequal populations, where the normal approximation of Gi* raises false flags by the
 * thousand. As the exact test of a fixed window in S. Openshaw's Geographical Analysis Machine (1987) and M. Kulldorff's
 * Poisson model (1997), without searching for the window's size. What weights the neighbours have plays no part.
 *
 * Assumes that incidents happen independently of one another at the expected rate: events that bring others about (near
 * repeats) vary more, and p is too small then. Only an excess is tested.
 *
 * @param counts incidents of each place, whole numbers ≥ 0
 * @param expected how many were to be expected, in incidents ≥ 0: from households, polling stations or an earlier period,
 *   scaled to the same length of time and, unless the level itself is in question, to the same total
 * @param neighbours which places a window takes in beside its own
 * @param alpha share of false ones among the significant, 0.05 unless told
 *
 * Refuses no places, other numbers of counts, of expected or of neighbours' lists, a count that is negative or not whole
 * ('negative-count'), an expected one that is negative ('out-of-range') or not finite, no incident at all or none expected
 * anywhere ('all-zero').
 */
export function windowPoisson(
  counts: ArrayLike<number>,
  expected: ArrayLike<number>,
  neighbours: Neighbours,
  { alpha = 0.05 }: { alpha?: number } = {},
): Outcome<WindowPoisson> {
  const refusal = refuseWindows(counts, expected, neighbours);
  if (refusal) return refusal;
  const size = counts.length;
  const observedIn = windowSums(counts, neighbours);
  const expectedIn = windowSums(expected, neighbours);
  const p = new Float64Array(size).fill(1);
  const state = new Uint8Array(size);
  for (let place = 0; place < size; place++) {
    const mean = expectedIn[place] ?? 0;
    if (mean > 0) p[place] = poissonUpperTail(observedIn[place] ?? 0, mean);
    else state[place] = WINDOW_STATE.nothingExpected;
  }
  const discoveries = falseDiscoveryRate(p, alpha, state);
  if (!discoveries.ok) return discoveries;
  return done({ observed: observedIn, expected: expectedIn, p, state, discoveries: discoveries.value });
}

/** Sum over each place and its neighbours. */
export function windowSums(values: ArrayLike<number>, { starts, neighbours }: Neighbours): Float64Array {
  const sums = new Float64Array(values.length);
  for (let place = 0; place < sums.length; place++) {
    let sum = values[place] ?? 0;
    for (let at = starts[place] ?? 0; at < (starts[place + 1] ?? 0); at++) sum += values[neighbours[at] ?? 0] ?? 0;
    sums[place] = sum;
  }
  return sums;
}

function refuseWindows(
  counts: ArrayLike<number>,
  expected: ArrayLike<number>,
  neighbours: Neighbours,
): Refusal | undefined {
  const size = counts.length;
  if (size === 0) return refuse('no-areas', 'counts: there are no places');
  if (expected.length !== size)
    return refuse('length-mismatch', `expected: ${expected.length} figures for ${size} counts`);
  if (neighbours.starts.length !== size + 1)
    return refuse('length-mismatch', `neighbours: of ${neighbours.starts.length - 1} places for ${size} counts`);
  let [incidents, mean] = [0, 0];
  for (let place = 0; place < size; place++) {
    const count = counts[place] ?? Number.NaN;
    const figure = expected[place] ?? Number.NaN;
    if (!Number.isFinite(count))
      return refuse('not-finite', `counts: ${count} of place ${place} is not a finite number`);
    if (!(Number.isSafeInteger(count) && count >= 0))
      return refuse('negative-count', `counts: ${count} of place ${place} is not a whole number from 0`);
    if (!Number.isFinite(figure))
      return refuse('not-finite', `expected: ${figure} of place ${place} is not a finite number`);
    if (figure < 0 || figure > Number.MAX_SAFE_INTEGER)
      return refuse('out-of-range', `expected: ${figure} of place ${place} is not a number of incidents`);
    incidents += count;
    mean += figure;
  }
  if (incidents === 0) return refuse('all-zero', 'counts: there was no incident');
  if (mean === 0) return refuse('all-zero', 'expected: none is expected anywhere');
  return undefined;
}
