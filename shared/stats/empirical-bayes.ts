import { isLength } from './checks.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';

/** Rates drawn towards what is usual, the more the smaller the population. */
export interface SmoothedRates {
  /** Smoothed rate per place: cases per head of population. */
  readonly rates: Float64Array;
  /** Cases ÷ population. */
  readonly raw: Float64Array;
  /** 1 where a place has no population and so no rate: its 0 in the other arrays is to be drawn as no data. */
  readonly withoutRate: Uint8Array;
}

/** Rates drawn towards the rate of all places together. */
export interface GlobalRates extends SmoothedRates {
  /** Rate of all places together. */
  readonly mean: number;
  /** Variance of the true rates between places, at least 0; 0 draws every rate onto the mean. */
  readonly variance: number;
}

/**
 * Global empirical Bayes rates by the method of moments (Marshall 1991, Applied Statistics 40:283; the binomial form of
 * Martuzzi & Elliott 1996, Statistics in Medicine 15:1867): b = Σn/Σx, s² = Σ x (p − b)² / Σx, A = max(0, s² − b/x̄), rate
 * θ = b + (p − b) A / (A + b/x).
 *
 * `cases`: n, whole numbers; `population`: x, households, people or polling stations, at least 0; one of each per place;
 * a place of 0 has no rate and its cases are left out.
 * `family`: `poisson` for rare cases, `binomial` where a case is a share of the population. Assumes that true rates vary about
 * one mean without regard to place. Refuses `no-areas`, `one-area`, `length-mismatch`, `not-finite`, `negative-count`,
 * `out-of-range` (a population below 0, or none anywhere), `all-zero` (no cases).
 */
export function empiricalBayesRates(
  cases: ArrayLike<number>,
  population: ArrayLike<number>,
  { family = 'poisson' }: { family?: 'poisson' | 'binomial' } = {},
): Outcome<GlobalRates> {
  const refused = refuseRates(cases, population);
  if (refused) return refused;
  const { mean, spread, averagePopulation } = momentsOf(cases, population);
  const { raw, withoutRate } = rawRates(cases, population);
  const variance = Math.max(0, spread - mean / averagePopulation);
  const chance = mean * (1 - mean);
  const rates = raw.map((rate, i) => {
    const x = population[i] ?? 0;
    if (x === 0) return 0;
    if (family === 'poisson') return mean + ((rate - mean) * variance) / (variance + mean / x);
    const between = x * (spread - chance / averagePopulation);
    // Less spread than chance alone would make says nothing about places: all are drawn onto the mean.
    const share = between > 0 ? between / ((x - 1) * spread + (1 - x / averagePopulation) * chance) : 0;
    return share * rate + (1 - share) * mean;
  });
  return done({ rates, raw, withoutRate, mean, variance });
}

/**
 * Rates standardised for Moran's I of rates (Assunção & Reis 1999, Statistics in Medicine 18:2147): z = (p − b) / √v,
 * v = s² − b/x̄ + b/x, or b/x where that is not above 0. A place without population gets 0, the mean. Arguments and refusals
 * as {@link empiricalBayesRates}.
 */
export function standardisedRates(cases: ArrayLike<number>, population: ArrayLike<number>): Outcome<Float64Array> {
  const refused = refuseRates(cases, population);
  if (refused) return refused;
  const { mean, spread, averagePopulation } = momentsOf(cases, population);
  return done(
    rawRates(cases, population).raw.map((rate, i) => {
      const x = population[i] ?? 0;
      if (x === 0) return 0;
      const variance = spread - mean / averagePopulation + mean / x;
      return (rate - mean) / Math.sqrt(variance > 0 ? variance : mean / x);
    }),
  );
}

/** Cases ÷ population per place, and where there is none. */
export function rawRates(
  cases: ArrayLike<number>,
  population: ArrayLike<number>,
): { raw: Float64Array; withoutRate: Uint8Array } {
  const raw = new Float64Array(cases.length);
  const withoutRate = new Uint8Array(cases.length);
  for (let i = 0; i < cases.length; i++) {
    const x = population[i] ?? 0;
    if (x > 0) raw[i] = (cases[i] ?? 0) / x;
    else withoutRate[i] = 1;
  }
  return { raw, withoutRate };
}

/** Says what is wrong with cases and population, if anything. */
export function refuseRates(cases: ArrayLike<number>, population: ArrayLike<number>): Refusal | undefined {
  if (cases.length !== population.length)
    return refuse('length-mismatch', `cases has ${cases.length} places and population ${population.length}`);
  if (cases.length === 0) return refuse('no-areas', 'cases is empty');
  let all = 0;
  let places = 0;
  for (let i = 0; i < cases.length; i++) {
    const n = cases[i] ?? 0;
    const x = population[i] ?? 0;
    if (!Number.isFinite(n)) return refuse('not-finite', `cases[${i}] is ${n}; give a whole number`);
    if (!Number.isFinite(x)) return refuse('not-finite', `population[${i}] is ${x}; give a number of at least 0`);
    if (n < 0 || !Number.isInteger(n))
      return refuse('negative-count', `cases[${i}] is ${n}; give a whole number of at least 0`);
    if (n > Number.MAX_SAFE_INTEGER) return refuse('out-of-range', `cases[${i}] is ${n}, more than can be counted`);
    if (x < 0 || (x > 0 && !isLength(x)))
      return refuse('out-of-range', `population[${i}] is ${x}; give a number of at least 0`);
    if (x === 0) continue;
    places++;
    all += n;
  }
  if (places === 0) return refuse('out-of-range', 'population is 0 in every place');
  if (places === 1) return refuse('one-area', 'A single place has a population; there is nothing to compare it with');
  return all > 0 ? undefined : refuse('all-zero', 'No place with a population has a case');
}

/** Rate of all places b, the weighted variance of their rates s², and the mean population of those that have one. */
function momentsOf(cases: ArrayLike<number>, population: ArrayLike<number>) {
  let n = 0;
  let x = 0;
  let places = 0;
  for (let i = 0; i < cases.length; i++) {
    if ((population[i] ?? 0) === 0) continue;
    n += cases[i] ?? 0;
    x += population[i] ?? 0;
    places++;
  }
  const mean = n / x;
  let squares = 0;
  for (let i = 0; i < cases.length; i++) {
    const own = population[i] ?? 0;
    if (own > 0) squares += own * ((cases[i] ?? 0) / own - mean) ** 2;
  }
  return { mean, spread: squares / x, averagePopulation: x / places };
}
