import { isChance, isLength, MOST_EVENTS } from './checks.ts';
import { incompleteBeta } from './incomplete-beta.ts';
import { logGamma, poissonMass } from './poisson.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';

/** Two periods (or places) compared by their counts. */
export interface TwoCounts {
  /** Events of each: whole numbers ≥ 0. */
  counts: readonly [number, number];
  /** How long, or how large, each was: above 0, the same unit for both. */
  exposures: readonly [number, number];
}

/** Whether two Poisson rates differ. Both p values are two-sided. */
export interface TwoPoissonTest {
  /** Krishnamoorthy & Thomson's E-test: uses all that is known, and finds more than the conditional one. */
  p: number;
  /** Exact conditional test: given the sum, the first count is binomial; never too small, often too large. */
  conditionalP: number;
  /** 2(√k₁ − √k₂), about standard normal if equal exposures have equal rates. Says nothing where exposures differ. */
  rootDifference: number;
}

/** First rate over second. */
export interface RateRatio {
  /** null where the second count is 0. */
  ratio: number | null;
  /** Bounds of the exact (Clopper–Pearson) interval; `upper` is null, for infinite, where the second count is 0. */
  lower: number;
  upper: number | null;
}

/**
 * E-test of two Poisson rates (K. Krishnamoorthy, J. Thomson, "A more powerful test for comparing two Poisson means",
 * J. Statistical Planning and Inference 119, 2004) and the exact conditional one (Przyborowski & Wilenski 1940).
 *
 * The E-test's p is the chance, if both rates were (k₁ + k₂)/(n₁ + n₂), of counts whose
 * T = (x₁/n₁ − x₂/n₂)/√V is as far from 0 as that observed, with V = x₁/n₁² + x₂/n₂², or in the `pooled` form
 * V ∝ x₁ + x₂. Ties count as being as far, whatever rounding makes of them. Precise to about 1e-14; a p below that keeps
 * its order of magnitude only. Work grows with the square root of the counts (the conditional one's with the counts).
 *
 * Refuses `negative-count`, `not-finite`, `empty-period` (an exposure of 0 or less) and `all-zero` (no events in either).
 */
export function poissonTwoSample(
  { counts, exposures }: TwoCounts,
  { variance = 'unpooled' }: { variance?: 'unpooled' | 'pooled' } = {},
): Outcome<TwoPoissonTest> {
  const refused = check(counts, exposures);
  if (refused) return refused;
  if (counts[0] + counts[1] === 0) return refuse('all-zero', 'Neither count has an event.');
  return done({
    p: eTest(counts, exposures, variance),
    conditionalP: conditional(counts, exposures),
    rootDifference: 2 * (Math.sqrt(counts[0]) - Math.sqrt(counts[1])),
  });
}

/**
 * Ratio of the first rate to the second with the exact interval of confidence 1 − alpha, from Clopper and Pearson's of
 * the binomial share (as R's `poisson.test`). Refuses what {@link poissonTwoSample} does, and `out-of-range` an alpha
 * that is not between 0 and 1.
 */
export function poissonRateRatio(
  { counts, exposures }: TwoCounts,
  { alpha = 0.05 }: { alpha?: number } = {},
): Outcome<RateRatio> {
  const refused = check(counts, exposures);
  if (refused) return refused;
  const [k1, k2] = counts;
  if (k1 + k2 === 0) return refuse('all-zero', 'Neither count has an event.');
  if (!isChance(alpha)) return refuse('out-of-range', `alpha is ${alpha}; give a number between 0 and 1.`);
  const scale = exposures[1] / exposures[0];
  const odds = (share: number) => (share / (1 - share)) * scale;
  return done({
    ratio: k2 === 0 ? null : (k1 / k2) * scale,
    lower: k1 === 0 ? 0 : odds(betaQuantile(alpha / 2, k1, k2 + 1)),
    // Of the complement, which is precise where the share is near 1.
    upper: k2 === 0 ? null : scale ** 2 / odds(betaQuantile(alpha / 2, k2, k1 + 1)),
  });
}

function check(counts: TwoCounts['counts'], exposures: TwoCounts['exposures']): Refusal | undefined {
  if (![...counts, ...exposures].every(Number.isFinite))
    return refuse('not-finite', 'A count or an exposure is not a number.');
  if (!counts.every((count) => count >= 0 && Number.isInteger(count)))
    return refuse('negative-count', `counts is ${counts}; counts are whole numbers of at least 0.`);
  if (counts.some((count) => count > MOST_EVENTS))
    return refuse('out-of-range', `counts is ${counts}; give at most ${MOST_EVENTS}.`);
  if (!exposures.every((exposure) => exposure > 0))
    return refuse('empty-period', `exposures is ${exposures}; a period has a length above 0.`);
  if (!exposures.every(isLength)) return refuse('out-of-range', `exposures is ${exposures}; give another unit.`);
  return undefined;
}

function eTest([k1, k2]: readonly [number, number], [n1, n2]: readonly [number, number], variance: string): number {
  const distance = (x1: number, x2: number) => {
    const v = variance === 'pooled' ? (x1 + x2) / (n1 * n2) : x1 / n1 ** 2 + x2 / n2 ** 2;
    return v === 0 ? 0 : (x1 / n1 - x2 / n2) / Math.sqrt(v);
  };
  const observed = Math.abs(distance(k1, k2));
  const tie = 1e-12 * (1 + observed);
  if (observed <= tie) return 1;
  const rate = (k1 + k2) / (n1 + n2);
  const first = likely(n1 * rate, k1);
  const second = likely(n2 * rate, k2);
  const mass = Float64Array.from({ length: second.to - second.from + 1 }, (_, i) =>
    poissonMass(second.from + i, n2 * rate),
  );
  // below[i]: chance of fewer than second.from + i; above[i]: of that many or more.
  const below = new Float64Array(mass.length + 1);
  const above = new Float64Array(mass.length + 1);
  for (let i = 0; i < mass.length; i++) below[i + 1] = (below[i] ?? 0) + (mass[i] ?? 0);
  for (let i = mass.length - 1; i >= 0; i--) above[i] = (above[i + 1] ?? 0) + (mass[i] ?? 0);
  // T falls with x₂ and rises with x₁: both ends of what is nearer to 0 than observed only move up.
  let near = 0;
  let far = 0;
  let sum = 0;
  for (let x1 = first.from; x1 <= first.to; x1++) {
    while (near < mass.length && distance(x1, second.from + near) >= observed - tie) near++;
    far = Math.max(far, near);
    while (far < mass.length && distance(x1, second.from + far) > tie - observed) far++;
    sum += poissonMass(x1, n1 * rate) * ((below[near] ?? 0) + (above[far] ?? 0));
  }
  return Math.min(sum, 1);
}

/** Counts outside which less than 1e-20 of Poisson's distribution lies, `observed` among those inside. */
function likely(mean: number, observed: number): { from: number; to: number } {
  const reach = 10 * Math.sqrt(mean) + 30;
  return {
    from: Math.max(0, Math.min(observed, Math.floor(mean - reach))),
    to: Math.max(observed, Math.ceil(mean + reach)),
  };
}

/** Sum of the binomial probabilities that are no greater than that of the observed count, as R's `binom.test`. */
function conditional([k1, k2]: readonly [number, number], [n1, n2]: readonly [number, number]): number {
  const n = k1 + k2;
  const share = Math.log(n1 / (n1 + n2));
  const rest = Math.log(n2 / (n1 + n2));
  const whole = logGamma(n + 1);
  const probability = (k: number) =>
    Math.exp(whole - logGamma(k + 1) - logGamma(n - k + 1) + k * share + (n - k) * rest);
  const limit = probability(k1) * (1 + 1e-7);
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    const one = probability(k);
    if (one <= limit) sum += one;
  }
  return Math.min(sum, 1);
}

/** The x below which a share (under ½) of Beta(a, b) lies, by bisection. */
function betaQuantile(share: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < share) low = middle;
    else high = middle;
  }
  return high;
}
