import type { IncidentCategory } from '../../shared/schemas/incident.ts';
import type { WarningRule } from '../../shared/schemas/warning.ts';
import { bayesDetector } from '../../shared/stats/bayes-detector.ts';
import { type Chart, cusumChart, ewmaChart } from '../../shared/stats/control-charts.ts';
import { farringtonFlexible } from '../../shared/stats/farrington.ts';
import { negativeBinomialUpperTail } from '../../shared/stats/negative-binomial.ts';
import { meanOf } from '../../shared/stats/watched-series.ts';

/** Weeks at the end of a series that are judged, and those before them that say what is usual. */
const WATCHED_WEEKS = 8;
const LEAST_TRAINING = 12;
const MOST_TRAINING = 52;
/** History below which nothing is judged, weeks. */
export const LEAST_WEEKS = WATCHED_WEEKS + LEAST_TRAINING;
/** Weeks that no rule looks beyond: Farrington's five years, their window, and those that are judged. */
export const MOST_WEEKS = 5 * 52 + 3 + WATCHED_WEEKS;
/** Incidents a week below which the limits of the charts, those of a normal distribution, take a single one for an alarm. */
const FREQUENT = 1;
/** No rule speaks of fewer incidents than Farrington's does. */
const LEAST_RECENT = { incidents: 5, periods: 4 };

/** What one rule says of one series. */
export interface Verdict {
  readonly rule: WarningRule;
  readonly alarm: boolean;
  /** Chance of so much or more without a rise, one-sided: see {@link judgeSeries}; 1 without an alarm. */
  readonly p: number;
  /** Of the last week. */
  readonly observed: number;
  readonly expected: number;
  readonly statistic: number;
  readonly upperBound: number;
  /** Weeks that the rise has lasted, up to the last. */
  readonly weeks: number;
  readonly observedWeeks: number;
  readonly expectedWeeks: number;
  readonly series: VerdictSeries;
}

/** The weeks as they are drawn: counts, and of those that were judged what was expected and held against the bound. */
export interface VerdictSeries {
  readonly counts: number[];
  readonly judgedFrom: number;
  readonly expected: number[];
  readonly statistic: number[];
  readonly bound: number[];
}

/** Counts by week of one area and category, oldest first; the last week is judged. */
export interface CountedSeries {
  readonly code: string;
  readonly category: IncidentCategory;
  readonly counts: Uint32Array;
}

/** Whether a series has enough incidents for the charts and Farrington, by the mean of the weeks before those judged. */
export function isFrequent(counts: Uint32Array): boolean {
  const training = trainingOf(counts);
  return meanOf(counts, counts.length - WATCHED_WEEKS - training, training) >= FREQUENT;
}

/**
 * Judges the last week of a series by the rules that its history and frequency allow: frequent ones by Farrington's
 * improved method from three years of history on, before that by EWMA and CUSUM charts trained on up to a year before the
 * last eight weeks; rare ones by the Bayes detector against the same weeks.
 *
 * The p of the charts is that of the total since the rise began, a negative binomial tail whose mean k μ and variance
 * k μ φ (1 + k/w) carry the dispersion φ of the w weeks of training and the uncertainty of their mean μ (with φ = 1 the
 * predictive variance of Poisson counts); that it could have begun in any of eight weeks is allowed for. φ is at least 1
 * and of successive differences (von Neumann 1941; the moving range of charts, Montgomery, 6.4): a level that changed
 * once, as where the rise began slowly, is no dispersion. The p of Farrington and of Bayes is that of the last week alone.
 * The rise began after the last week in which the sum was zero (CUSUM: Montgomery, 9.1) or the average not above the mean
 * (EWMA: Nishina 1992), for the others with the first week of the unbroken alarm.
 *
 * `counts`: at least {@link LEAST_WEEKS}. Series without incidents of late are passed over: they give no verdict.
 */
export function judgeSeries(counts: Uint32Array): Verdict[] {
  if (sumOf(counts, counts.length - LEAST_RECENT.periods) < LEAST_RECENT.incidents) return [];
  if (!isFrequent(counts)) return [byBayes(counts)].flatMap((verdict) => verdict ?? []);
  const years = Math.min(5, Math.floor((counts.length - WATCHED_WEEKS - 3) / 52));
  const byYears = years >= 3 ? byFarrington(counts, years) : undefined;
  if (byYears) return [byYears];
  const training = trainingOf(counts);
  const tail = counts.subarray(counts.length - training - WATCHED_WEEKS);
  const ewma = ewmaChart(tail, { training });
  const cusum = cusumChart(tail, { training });
  return [
    ...(ewma.ok ? [byChart('ewma', tail, ewma.value, (statistic, mean) => statistic <= mean)] : []),
    ...(cusum.ok ? [byChart('cusum', tail, cusum.value, (statistic) => statistic === 0)] : []),
  ];
}

function byChart(
  rule: 'ewma' | 'cusum',
  tail: Uint32Array,
  { mean, periods }: Chart,
  isUsual: (statistic: number, mean: number) => boolean,
): Verdict {
  const training = tail.length - WATCHED_WEEKS;
  const last = periods.findLastIndex(({ statistic }) => isUsual(statistic, mean));
  const weeks = Math.max(1, WATCHED_WEEKS - 1 - last);
  const observedWeeks = sumOf(tail, tail.length - weeks);
  const now = periods.at(-1);
  const alarm = now?.alarm ?? false;
  const p = alarm ? chartP(tail, training, weeks) : 1;
  return {
    rule,
    alarm,
    p,
    observed: tail.at(-1) ?? 0,
    expected: mean,
    statistic: now?.statistic ?? 0,
    upperBound: now?.limit ?? 0,
    weeks,
    observedWeeks,
    expectedWeeks: mean * weeks,
    series: {
      counts: [...tail],
      judgedFrom: training,
      expected: periods.map(() => mean),
      statistic: periods.map(({ statistic }) => statistic),
      bound: periods.map(({ limit }) => limit),
    },
  };
}

/**
 * Weighted Bonferroni: half of the chance of an error for all the weeks that are judged, half divided among those in which
 * the rise could have begun.
 */
function chartP(tail: Uint32Array, training: number, weeks: number): number {
  const whole = 2 * totalTail(tail, training, WATCHED_WEEKS);
  const since = 2 * WATCHED_WEEKS * totalTail(tail, training, weeks);
  return Math.min(1, whole, since);
}

/** P(N ≥ n) of the total of the last `weeks` weeks, by the mean and the dispersion of the first `training` of the tail. */
function totalTail(tail: Uint32Array, training: number, weeks: number): number {
  const mean = meanOf(tail, 0, training);
  let squares = 0;
  for (let i = 1; i < training; i++) squares += ((tail[i] ?? 0) - (tail[i - 1] ?? 0)) ** 2;
  const dispersion = Math.max(1, squares / (2 * (training - 1)) / mean) * (1 + weeks / training);
  return negativeBinomialUpperTail(sumOf(tail, tail.length - weeks), (mean * weeks) / (dispersion - 1), 1 / dispersion);
}

function byFarrington(counts: Uint32Array, years: number): Verdict | undefined {
  const from = counts.length - WATCHED_WEEKS;
  const options = { perYear: 52, years, halfWindow: 3, least: LEAST_RECENT };
  // One fit tells whether there is an alarm; the weeks before it matter only then.
  const newest = farringtonFlexible(counts, options);
  const now = newest.ok ? newest.value[0] : undefined;
  if (!now?.model || now.upper === null) return undefined;
  const all = now.alarm ? farringtonFlexible(counts, { ...options, from }) : newest;
  const periods = all.ok ? all.value : [now];
  const shown = Math.min(counts.length, MOST_TRAINING + WATCHED_WEEKS);
  return byCount('farrington', counts.subarray(counts.length - shown), {
    p: now.model.p,
    periods: periods.map(({ observed, upper, alarm, model }) => ({
      observed,
      bound: upper ?? 0,
      alarm,
      expected: model?.mean ?? 0,
    })),
  });
}

function byBayes(counts: Uint32Array): Verdict | undefined {
  const training = trainingOf(counts);
  const tail = counts.subarray(counts.length - training - WATCHED_WEEKS);
  const told = bayesDetector(tail, { window: training });
  if (!told.ok) return undefined;
  // The rise may have begun weeks ago: all that are judged are held against the window before the first of them.
  const total = sumOf(tail.subarray(0, training), 0);
  const bound = told.value[0]?.upper ?? 0;
  const expected = total / training;
  const observed = tail.at(-1) ?? 0;
  return byCount('bayes', tail, {
    p: negativeBinomialUpperTail(observed, total + 0.5, training / (training + 1)),
    periods: told.value.map(({ observed }) => ({ observed, bound, alarm: observed > bound, expected })),
  });
}

interface CountVerdict {
  readonly p: number;
  readonly periods: readonly { observed: number; bound: number; alarm: boolean; expected: number }[];
}

/** Of rules that hold each week's count against a bound of its own. */
function byCount(rule: 'farrington' | 'bayes', shown: Uint32Array, { p, periods }: CountVerdict): Verdict {
  const now = periods.at(-1) ?? { observed: 0, bound: 0, alarm: false, expected: 0 };
  const weeks = now.alarm ? periods.length - 1 - periods.findLastIndex(({ alarm }) => !alarm) : 1;
  const rise = periods.slice(-weeks);
  return {
    rule,
    alarm: now.alarm,
    p: now.alarm ? p : 1,
    observed: now.observed,
    expected: now.expected,
    statistic: now.observed,
    upperBound: now.bound,
    weeks,
    observedWeeks: rise.reduce((sum, { observed }) => sum + observed, 0),
    expectedWeeks: rise.reduce((sum, { expected }) => sum + expected, 0),
    series: {
      counts: [...shown],
      judgedFrom: shown.length - periods.length,
      expected: periods.map(({ expected }) => expected),
      statistic: periods.map(({ observed }) => observed),
      bound: periods.map(({ bound }) => bound),
    },
  };
}

function trainingOf(counts: Uint32Array): number {
  return Math.min(MOST_TRAINING, counts.length - WATCHED_WEEKS);
}

function sumOf(counts: Uint32Array, from: number): number {
  let sum = 0;
  for (let i = Math.max(0, from); i < counts.length; i++) sum += counts[i] ?? 0;
  return sum;
}
