import { isChance, MOST_EVENTS, refuseDraws } from './checks.ts';
import type { LongRun } from './long-run.ts';
import { normalTwoSided } from './normal.ts';
import { logGamma } from './poisson.ts';
import { createRandom } from './random.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';

/** How like each other two patterns are. */
export interface Similarity {
  /** Share of the units that do not differ, those without events among them: Andresen's S, 0…1. */
  standard: number;
  /** The same of the units with an event in either period. */
  robust: number;
}

/** Each unit's share of the events in two periods, compared. Arrays have an element per unit. */
export interface ShareDifferences {
  /** Share in the base period less that in the test period, in percent. */
  difference: Float64Array;
  /** Two-sided p of equal shares: Pearson's χ² with Campbell's factor (N − 1)/N, or Fisher's exact test. */
  p: Float64Array;
}

/** How the test period is resampled. */
export interface AndresenOptions extends LongRun {
  /** The same seed gives the same answer. */
  seed: number;
  samples?: number;
  share?: number;
  level?: number;
}

/** A unit's place outside what resampling the test period gives: −1 base share below, 1 above, 0 within. */
export interface AndresenS extends Similarity {
  direction: Int8Array;
}

/**
 * Tests for each unit whether its share of the events changed, by the 2 × 2 table of events in and out of it (W. Steenbeek,
 * C. Vandeviver, M. Andresen, N. Malleson, A. Wheeler: R package `sppt`, `sppt_diff`). Compares shares, never levels: both periods may
 * differ in length. A unit without events has p = 1. χ² is rough where fewer than about 5 events are expected.
 *
 * @param base, test Events per unit, whole numbers ≥ 0.
 *
 * Refuses `no-areas`, `one-area`, `length-mismatch`, `not-finite`, `negative-count` and `all-zero` (a period without events).
 */
export function shareDifferences(
  base: ArrayLike<number>,
  test: ArrayLike<number>,
  { method = 'chi-square' }: { method?: 'chi-square' | 'fisher' } = {},
): Outcome<ShareDifferences> {
  const totals = checkPeriods(base, test);
  if ('ok' in totals) return totals;
  const [all, later] = [totals.base, totals.test];
  const difference = new Float64Array(base.length);
  const p = new Float64Array(base.length);
  for (let i = 0; i < base.length; i++) {
    const a = base[i] ?? 0;
    const b = test[i] ?? 0;
    difference[i] = 100 * (a / all - b / later);
    p[i] = method === 'fisher' ? fisher(a, b, all, later) : chiSquare(a, b, all, later);
  }
  return done({ difference, p });
}

/**
 * Andresen's S of p values: the share of units that are not significantly different.
 *
 * @param p Two-sided p of each unit, adjusted for the number of tests or not; null where it had no event in either period.
 * @param alpha A unit differs when its p is below this.
 *
 * Refuses `no-areas`, `all-zero` (no unit had an event) and `out-of-range` (a p or alpha that is no chance).
 */
export function similarity(
  p: readonly (number | null)[],
  { alpha = 0.05 }: { alpha?: number } = {},
): Outcome<Similarity> {
  if (p.length === 0) return refuse('no-areas', 'p has no units.');
  const tested = p.filter((value) => value !== null);
  if (tested.length === 0) return refuse('all-zero', 'No unit has an event in either period.');
  const odd = tested.find((value) => !(value >= 0 && value <= 1));
  if (odd !== undefined) return refuse('out-of-range', `p has ${odd}; give chances from 0 to 1.`);
  if (!isChance(alpha)) return refuse('out-of-range', `alpha is ${alpha}; give a number between 0 and 1.`);
  const different = tested.filter((value) => value < alpha).length;
  return done({ standard: 1 - different / p.length, robust: 1 - different / tested.length });
}

/**
 * Andresen's S by resampling (M. Andresen, "Testing similarity in area-based spatial patterns: a nonparametric Monte Carlo
 * approach", Applied Geography 29, 2009): `share` of the test period's events are drawn without replacement `samples` times;
 * a unit differs when its share in the base period lies outside the middle `level` of its shares in the samples.
 *
 * Refuses what {@link shareDifferences} does, and `out-of-range` when share or level are not between 0 and 1 or a sample has no
 * event, and `cancelled`.
 */
export function andresenS(
  base: ArrayLike<number>,
  test: ArrayLike<number>,
  { seed, samples = 200, share = 0.85, level = 0.95, onProgress, cancelled }: AndresenOptions,
): Outcome<AndresenS> {
  const totals = checkPeriods(base, test);
  if ('ok' in totals) return totals;
  const refused = refuseDraws('samples', samples, seed);
  if (refused) return refused;
  const size = Math.round(share * totals.test);
  if (!(share > 0 && share <= 1 && isChance(level) && size >= 1))
    return refuse('out-of-range', `share is ${share} and level ${level}; give shares that draw an event to compare.`);
  const n = base.length;
  const events = new Uint32Array(totals.test);
  for (let i = 0, next = 0; i < n; i++) {
    events.fill(i, next, next + (test[i] ?? 0));
    next += test[i] ?? 0;
  }
  const random = createRandom(seed);
  const drawn = new Uint32Array(n);
  const atMost = new Uint32Array(n);
  const atLeast = new Uint32Array(n);
  for (let sample = 0; sample < samples; sample++) {
    if (cancelled?.()) return refuse('cancelled', `Stopped after ${sample} of ${samples} samples.`);
    random.shuffle(events);
    drawn.fill(0);
    for (let k = 0; k < size; k++) drawn[events[k] ?? 0] = (drawn[events[k] ?? 0] ?? 0) + 1;
    for (let i = 0; i < n; i++) {
      // Cross-multiplied, so that equal shares are equal.
      const difference = (drawn[i] ?? 0) * totals.base - (base[i] ?? 0) * size;
      if (difference <= 0) atMost[i] = (atMost[i] ?? 0) + 1;
      if (difference >= 0) atLeast[i] = (atLeast[i] ?? 0) + 1;
    }
    onProgress?.(sample + 1, samples);
  }
  // The samples that the interval leaves out at each end.
  const cut = Math.floor((samples * (1 - level)) / 2 + 1e-9);
  const direction = new Int8Array(n);
  const tested: (number | null)[] = [];
  for (let i = 0; i < n; i++) {
    if ((atMost[i] ?? 0) <= cut) direction[i] = -1;
    else if ((atLeast[i] ?? 0) <= cut) direction[i] = 1;
    tested.push((base[i] ?? 0) + (test[i] ?? 0) === 0 ? null : direction[i] === 0 ? 1 : 0);
  }
  const shares = similarity(tested);
  return shares.ok ? done({ ...shares.value, direction }) : shares;
}

/** The sums of both periods, or why they cannot be compared. */
function checkPeriods(base: ArrayLike<number>, test: ArrayLike<number>): { base: number; test: number } | Refusal {
  if (base.length !== test.length)
    return refuse('length-mismatch', `base has ${base.length} units, test ${test.length}.`);
  if (base.length === 0) return refuse('no-areas', 'base has no units.');
  if (base.length === 1) return refuse('one-area', 'The only unit has all events of both periods.');
  const sums = { base: 0, test: 0 };
  for (const [name, counts] of Object.entries({ base, test }) as ['base' | 'test', ArrayLike<number>][]) {
    for (let i = 0; i < counts.length; i++) {
      const count = counts[i] ?? Number.NaN;
      if (!Number.isFinite(count)) return refuse('not-finite', `${name}[${i}] is not a number.`);
      if (count < 0 || !Number.isInteger(count))
        return refuse('negative-count', `${name}[${i}] is ${count}; it is not a count.`);
      sums[name] += count;
    }
    if (sums[name] === 0) return refuse('all-zero', `${name} has no event.`);
    if (sums[name] > MOST_EVENTS)
      return refuse('out-of-range', `${name} has ${sums[name]} events; give at most ${MOST_EVENTS}.`);
  }
  return sums;
}

/** Pearson's χ² of the table a, b; all − a, later − b, times (N − 1)/N; its two-sided p. */
function chiSquare(a: number, b: number, all: number, later: number): number {
  const inside = a + b;
  const n = all + later;
  if (inside === 0 || inside === n) return 1;
  const gap = a * later - b * all;
  return normalTwoSided(Math.sqrt((gap * gap * (n - 1)) / (all * later * inside * (n - inside))));
}

/** Fisher's exact test of the same table: the sum of all tables as improbable as it or more so (as R's `fisher.test`). */
function fisher(a: number, b: number, all: number, later: number): number {
  const inside = a + b;
  const choose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  const whole = choose(all + later, inside);
  const probability = (x: number) => Math.exp(choose(all, x) + choose(later, inside - x) - whole);
  const limit = probability(a) * (1 + 1e-7);
  let sum = 0;
  for (let x = Math.max(0, inside - later); x <= Math.min(inside, all); x++) {
    const one = probability(x);
    if (one <= limit) sum += one;
  }
  return Math.min(sum, 1);
}
