import { refuseRates } from './empirical-bayes.ts';
import { poissonLowerTail, poissonUpperTail } from './poisson.ts';
import { done, type Outcome } from './result.ts';

export interface ProbabilityMap {
  /** Cases that the place would have at the rate of all places together. */
  readonly expected: Float64Array;
  /** Cases ÷ expected; 0 where nothing is expected. */
  readonly relativeRisk: Float64Array;
  /** One-sided P(N ≤ n): small where there are fewer cases than chance allows. */
  readonly atMost: Float64Array;
  /** One-sided P(N ≥ n): small where there are more. */
  readonly atLeast: Float64Array;
}

/**
 * Choynowski's probability map (1959, JASA 54:385): each place's cases against the Poisson distribution with what it would
 * have at the rate of all places together, x Σn/Σx. A place without population expects nothing: both its p are 1.
 *
 * `cases`: whole numbers; `population`: at least 0; one of each per place. Assumes one true rate everywhere, taken as known;
 * says nothing about neighbours. Refusals as `empiricalBayesRates`.
 */
export function choynowski(cases: ArrayLike<number>, population: ArrayLike<number>): Outcome<ProbabilityMap> {
  const refused = refuseRates(cases, population);
  if (refused) return refused;
  const size = cases.length;
  let n = 0;
  let x = 0;
  for (let i = 0; i < size; i++) {
    if ((population[i] ?? 0) === 0) continue;
    n += cases[i] ?? 0;
    x += population[i] ?? 0;
  }
  const map = {
    expected: new Float64Array(size),
    relativeRisk: new Float64Array(size),
    atMost: new Float64Array(size).fill(1),
    atLeast: new Float64Array(size).fill(1),
  };
  for (let i = 0; i < size; i++) {
    const count = cases[i] ?? 0;
    const expected = ((population[i] ?? 0) * n) / x;
    if (expected === 0) continue;
    map.expected[i] = expected;
    map.relativeRisk[i] = count / expected;
    map.atMost[i] = poissonLowerTail(count, expected);
    map.atLeast[i] = poissonUpperTail(count, expected);
  }
  return done(map);
}
