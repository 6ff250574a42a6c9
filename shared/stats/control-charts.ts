import { GREATEST } from './checks.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';
import { meanOf, refuseParameter, refuseSeries, refuseShort, type WatchedPeriod } from './watched-series.ts';

/** A period on a control chart. */
export interface ChartPeriod extends WatchedPeriod {
  readonly upper: number;
  /** What the chart keeps: the moving average, or the sum of what was over. */
  readonly statistic: number;
  /** The statistic raises the alarm beyond this (Rossi's: at this). */
  readonly limit: number;
}

export interface Chart {
  /** Mean of the training periods, in incidents per period: what the chart takes as usual. */
  readonly mean: number;
  /** The periods after the training ones. */
  readonly periods: ChartPeriod[];
}

export interface ChartOptions {
  /** Periods at the start of the series that the mean comes from, at least 2; they are not judged themselves. */
  readonly training: number;
}

/**
 * EWMA chart of Poisson counts (Borror, Champ & Rigdon 1998; exact variance): E_i = λ x_i + (1 − λ) E_{i−1}, E_0 = μ;
 * limit μ + L √(μ λ/(2 − λ) (1 − (1 − λ)^{2i})), one-sided. `upper` is the count that would just reach the limit,
 * (limit − (1 − λ) E_{i−1}) / λ, at least 0; alarm when the average is above its limit.
 *
 * `counts`: incidents per period, oldest first; `lambda`: weight of the newest, in (0, 1]; `width`: L, in standard
 * deviations. Assumes a steady mean and Poisson variance in the training periods.
 * Refuses `not-finite`, `negative-count`, `out-of-range`, `too-short`, and `all-zero` when the training has no incident.
 */
export function ewmaChart(
  counts: ArrayLike<number>,
  { training, lambda = 0.2, width = 3 }: ChartOptions & { lambda?: number; width?: number },
): Outcome<Chart> {
  const refused =
    refuseParameter('lambda', lambda, lambda > 0 && lambda <= 1, 'a weight above 0, at most 1') ??
    refuseParameter('width', width, width > 0 && width <= GREATEST, 'a number above 0') ??
    refuseTraining(counts, training);
  if (refused) return refused;
  const mean = meanOf(counts, 0, training);
  let average = mean;
  let left = 1;
  return done({
    mean,
    periods: judge(counts, training, (observed) => {
      left *= (1 - lambda) ** 2;
      const limit = mean + width * Math.sqrt(((mean * lambda) / (2 - lambda)) * (1 - left));
      const upper = Math.max(0, (limit - (1 - lambda) * average) / lambda);
      average = lambda * observed + (1 - lambda) * average;
      return { upper, statistic: average, limit, alarm: average > limit };
    }),
  });
}

/**
 * CUSUM chart of Poisson counts (Montgomery, *Introduction to Statistical Quality Control*, 9.1): S = max(0, S + x − (μ + k σ)),
 * alarm when S > h σ, σ = √μ, one-sided, no reset after an alarm. `upper` is the count that would just reach the limit,
 * at least 0.
 *
 * `counts`: incidents per period, oldest first; `reference`: k, half the shift to be found; `decision`: h; both in standard
 * deviations. Assumptions and refusals as {@link ewmaChart}.
 */
export function cusumChart(
  counts: ArrayLike<number>,
  { training, reference = 0.5, decision = 5 }: ChartOptions & { reference?: number; decision?: number },
): Outcome<Chart> {
  const refused = refuseDecision(reference, decision) ?? refuseTraining(counts, training);
  if (refused) return refused;
  const mean = meanOf(counts, 0, training);
  const sigma = Math.sqrt(mean);
  const limit = decision * sigma;
  let sum = 0;
  return done({
    mean,
    periods: judge(counts, training, (observed) => {
      const upper = Math.max(0, limit - sum + mean + reference * sigma);
      sum = Math.max(0, sum + observed - (mean + reference * sigma));
      return { upper, statistic: sum, limit, alarm: sum > limit };
    }),
  });
}

/**
 * CUSUM of counts brought near the normal by Rossi, Lampugnani & Marchi (1999): z = (x − 3μ + 2√(xμ)) / (2√μ),
 * C = max(0, C + z − k), alarm when C ≥ h, one-sided, no reset after an alarm. `upper` is the least (broken) count that
 * would raise it, (√(4μ + 2√μ (h + k − C)) − √μ)², 0 where even none would.
 *
 * `counts`: incidents per period, oldest first; `reference`: k; `decision`: h. Assumptions and refusals as {@link ewmaChart}.
 */
export function rossiCusumChart(
  counts: ArrayLike<number>,
  { training, reference = 1.04, decision = 2.26 }: ChartOptions & { reference?: number; decision?: number },
): Outcome<Chart> {
  const refused = refuseDecision(reference, decision) ?? refuseTraining(counts, training);
  if (refused) return refused;
  const mean = meanOf(counts, 0, training);
  const root = Math.sqrt(mean);
  let sum = 0;
  return done({
    mean,
    periods: judge(counts, training, (observed) => {
      const needed = Math.sqrt(Math.max(0, 4 * mean + 2 * root * (decision + reference - sum))) - root;
      const z = (observed - 3 * mean + 2 * Math.sqrt(observed * mean)) / (2 * root);
      sum = Math.max(0, sum + z - reference);
      return { upper: Math.max(0, needed) ** 2, statistic: sum, limit: decision, alarm: sum >= decision };
    }),
  });
}

/** Judges the periods after the training ones in their order. */
function judge(
  counts: ArrayLike<number>,
  training: number,
  step: (observed: number) => Pick<ChartPeriod, 'upper' | 'statistic' | 'limit' | 'alarm'>,
): ChartPeriod[] {
  return Array.from({ length: counts.length - training }, (_, i) => {
    const observed = counts[training + i] ?? 0;
    return { index: training + i, observed, reason: null, ...step(observed) };
  });
}

function refuseDecision(reference: number, decision: number): Refusal | undefined {
  return (
    refuseParameter('reference', reference, reference >= 0 && reference <= GREATEST, 'at least 0') ??
    refuseParameter('decision', decision, decision > 0 && decision <= GREATEST, 'a number above 0')
  );
}

function refuseTraining(counts: ArrayLike<number>, training: number): Refusal | undefined {
  const refused =
    refuseParameter(
      'training',
      training,
      Number.isInteger(training) && training >= 2,
      'a whole number of at least 2',
    ) ??
    refuseSeries(counts) ??
    refuseShort(counts, training + 1, `a chart trained on ${training}`);
  if (refused) return refused;
  if (meanOf(counts, 0, training) > 0) return undefined;
  return refuse('all-zero', `The ${training} training periods have no incident; use the Bayes detector`);
}
