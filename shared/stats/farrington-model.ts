import { fitQuasiPoisson, type QuasiPoissonFit, quadratic } from './quasi-poisson.ts';
import { studentTwoSided } from './student.ts';

/** Earlier periods that a period is compared with. */
export interface ReferencePeriods {
  readonly counts: Float64Array;
  /** Position of each in the series. */
  readonly times: Float64Array;
  /** Season of each, 0 … seasons − 1; the period that is judged belongs to the last. */
  readonly season: Uint8Array;
  readonly seasons: number;
}

export interface ModelRules {
  /** Whether past outbreaks are weighted down, and from which standardised Anscombe residual on. */
  readonly reweightAbove: number | null;
  /** Whether a linear trend is tried: kept when its p is below this, and the forecast not above all that was seen. */
  readonly trendBelow: number | null;
  /**
   * Dispersion in standard errors. `fitted`: that of the fit, held at 1 or above for the forecast. `prior`: Pearson's X² with
   * the weights of the past outbreaks instead of those of the fit, not held above 1: so `farringtonFlexible` of R's
   * surveillance has it when it reweights.
   */
  readonly errors: 'fitted' | 'prior';
}

/** What the model expects of the period that is judged. */
export interface Forecast {
  /** Expected incidents μ₀. */
  readonly mean: number;
  /** Standard error of log μ₀. */
  readonly logError: number;
  /** Overdispersion φ, at least 1. */
  readonly dispersion: number;
  readonly trend: boolean;
}

interface Model {
  readonly fit: QuasiPoissonFit;
  readonly weights: Float64Array | undefined;
  readonly withTrend: boolean;
}

/**
 * The quasi-Poisson model of Farrington et al. (1996) and Noufaily et al. (2013), fitted to the reference periods and carried
 * to `time`: log-linear in season and, if it passes the rules, time; past outbreaks weighted down by their Anscombe
 * residuals. `undefined` when the fit does not converge.
 */
export function forecast(references: ReferencePeriods, time: number, rules: ModelRules): Forecast | undefined {
  let model = rules.trendBelow === null ? undefined : reweighted(references, time, true, rules);
  if (model && !keepsTrend(model, references, rules)) model = undefined;
  model ??= reweighted(references, time, false, rules);
  if (!model) return undefined;
  const { fit, withTrend } = model;
  const here = rowNow(references.seasons, withTrend);
  const spread = errorDispersion(model, references.counts, rules);
  return {
    mean: Math.exp(product(here, fit.coefficients)),
    logError: Math.sqrt(quadratic(fit.covariance, here) * (rules.errors === 'fitted' ? Math.max(1, spread) : spread)),
    dispersion: Math.max(1, fit.dispersion),
    trend: withTrend,
  };
}

/** The fit, and once more with past outbreaks weighted down. */
function reweighted(
  references: ReferencePeriods,
  time: number,
  withTrend: boolean,
  rules: ModelRules,
): Model | undefined {
  const { design, columns } = designOf(references, time, withTrend);
  const first = fitQuasiPoisson(references.counts, design, columns);
  if (!first || rules.reweightAbove === null) return first && { fit: first, weights: undefined, withTrend };
  const weights = outbreakWeights(references.counts, first, rules.reweightAbove);
  const fit = fitQuasiPoisson(references.counts, design, columns, weights);
  return fit && { fit, weights, withTrend };
}

/**
 * Weights γ s⁻² where the standardised Anscombe residual s = 3/2 (y^⅔ μ^−⅙ − μ^½) / √(φ (1 − h)) is above the threshold, γ
 * elsewhere, with γ such that they sum to the number of periods.
 */
function outbreakWeights(counts: Float64Array, fit: QuasiPoissonFit, threshold: number): Float64Array {
  const dispersion = Math.max(1, fit.dispersion);
  const weights = counts.map((count, i) => {
    const mean = fit.fitted[i] ?? 0;
    const free = 1 - (fit.leverage[i] ?? 0);
    if (free < 1e-12) return 1;
    const residual = (1.5 * (count ** (2 / 3) * mean ** (-1 / 6) - Math.sqrt(mean))) / Math.sqrt(dispersion * free);
    return residual > threshold ? residual ** -2 : 1;
  });
  const gamma = weights.length / weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight * gamma);
}

/** Whether the trend is significant (two-sided t test) and its forecast not above every count of the past. */
function keepsTrend(model: Model, references: ReferencePeriods, rules: ModelRules): boolean {
  const { fit } = model;
  const columns = fit.coefficients.length;
  const last = columns - 1;
  const variance = (fit.covariance[last * columns + last] ?? 0) * errorDispersion(model, references.counts, rules);
  const slope = fit.coefficients[last] ?? 0;
  const p = variance > 0 ? studentTwoSided(slope / Math.sqrt(variance), fit.degrees) : 1;
  const mean = Math.exp(product(rowNow(references.seasons, true), fit.coefficients));
  return p < (rules.trendBelow ?? 0) && mean <= references.counts.reduce((most, count) => Math.max(most, count), 0);
}

/** Dispersion for standard errors; not held above 1. */
function errorDispersion({ fit, weights }: Model, counts: Float64Array, rules: ModelRules): number {
  if (rules.errors === 'fitted' || !weights) return fit.dispersion;
  return (
    weights.reduce((sum, weight, i) => sum + weight * ((counts[i] ?? 0) / (fit.fitted[i] ?? 1) - 1) ** 2, 0) /
    fit.degrees
  );
}

/**
 * Design: one column for the judged period's season and the level, one for each other season, and at last the time, counted
 * from the judged period in steps of the whole span, which keeps the numbers near 1 and changes no result.
 */
function designOf(references: ReferencePeriods, time: number, withTrend: boolean) {
  const { times, season, seasons } = references;
  const columns = seasons + (withTrend ? 1 : 0);
  const design = new Float64Array(times.length * columns);
  const span = Math.max(1, time - (times[0] ?? time));
  times.forEach((past, i) => {
    const row = i * columns;
    design[row] = 1;
    const block = season[i] ?? 0;
    if (block < seasons - 1) design[row + 1 + block] = 1;
    if (withTrend) design[row + columns - 1] = (past - time) / span;
  });
  return { design, columns };
}

/** The design's row of the judged period: its own season, at time 0. */
function rowNow(seasons: number, withTrend: boolean): Float64Array {
  const row = new Float64Array(seasons + (withTrend ? 1 : 0));
  row[0] = 1;
  return row;
}

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
