import { rawRates, refuseRates, type SmoothedRates } from './empirical-bayes.ts';
import { done, type Outcome, refuse } from './result.ts';
import type { Neighbours } from './weights.ts';

/** Rates drawn towards the rate of each place's neighbourhood, the place itself included. */
export interface LocalRates extends SmoothedRates {
  /** Rate of each neighbourhood. */
  readonly means: Float64Array;
  /** Variance of the true rates within each neighbourhood, at least 0; 0 draws the rate onto the mean. */
  readonly variances: Float64Array;
}

/**
 * Local empirical Bayes rates (Marshall 1991, Applied Statistics 40:283): over the neighbours of i and i itself,
 * m = Σn/Σx, C = Σ x_j (p_j − m′)², A = max(0, C/Σx − m/x̄), rate θ = m + (p − m) A / (A + m/x).
 *
 * `cases`, `population`: as `empiricalBayesRates`; `neighbours`: of the same places, weights are not used. `about`: the
 * mean that deviations are taken from, each neighbour's `own` neighbourhood mean (R's spdep) or that of the place in the
 * middle, `focal` (GeoDa). A neighbourhood without a case has rate 0; a place without neighbours or population keeps its raw
 * rate, since there is nothing to draw it to. Refuses as `empiricalBayesRates`, and `no-neighbours`.
 */
export function localEmpiricalBayesRates(
  cases: ArrayLike<number>,
  population: ArrayLike<number>,
  { starts, neighbours }: Neighbours,
  { about = 'own' }: { about?: 'own' | 'focal' } = {},
): Outcome<LocalRates> {
  const size = cases.length;
  const refused = refuseRates(cases, population);
  if (refused) return refused;
  if (starts.length !== size + 1)
    return refuse('length-mismatch', `cases has ${size} places and neighbours ${starts.length - 1}`);
  if (neighbours.length === 0) return refuse('no-neighbours', 'neighbours: no place has a neighbour');

  const { raw, withoutRate } = rawRates(cases, population);
  // Plain loops over typed arrays from here on: on a map of a whole country their callbacks would cost more than the sums.
  const n = new Float64Array(size);
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    x[i] = population[i] ?? 0;
    if (withoutRate[i] === 0) n[i] = cases[i] ?? 0;
  }
  const means = new Float64Array(size);
  const variances = new Float64Array(size);
  const people = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let cases = n[i] ?? 0;
    let sum = x[i] ?? 0;
    const end = starts[i + 1] ?? 0;
    for (let at = starts[i] ?? 0; at < end; at++) {
      const j = neighbours[at] ?? 0;
      cases += n[j] ?? 0;
      sum += x[j] ?? 0;
    }
    people[i] = sum;
    means[i] = sum > 0 ? cases / sum : 0;
  }
  const squares = new Float64Array(size);
  for (let j = 0; j < size; j++) squares[j] = (x[j] ?? 0) * ((raw[j] ?? 0) - (means[j] ?? 0)) ** 2;
  const rates = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const own = x[i] ?? 0;
    const mean = means[i] ?? 0;
    if (own === 0) continue;
    let spread = squares[i] ?? 0;
    let places = 1;
    const end = starts[i + 1] ?? 0;
    for (let at = starts[i] ?? 0; at < end; at++) {
      const j = neighbours[at] ?? 0;
      const weight = x[j] ?? 0;
      if (weight === 0) continue;
      spread += about === 'own' ? (squares[j] ?? 0) : weight * ((raw[j] ?? 0) - mean) ** 2;
      places++;
    }
    const sum = people[i] ?? 0;
    const variance = Math.max(0, spread / sum - (mean * places) / sum);
    variances[i] = variance;
    if (mean > 0) rates[i] = mean + (((raw[i] ?? 0) - mean) * variance) / (variance + mean / own);
  }
  return done({ rates, raw, withoutRate, means, variances });
}
