import { bayesDetector } from './bayes-detector.ts';
import { type Chart, cusumChart, ewmaChart } from './control-charts.ts';
import { ears } from './ears.ts';
import { type FarringtonPeriod, farrington, farringtonFlexible } from './farrington.ts';
import { done, type Outcome, refuse } from './result.ts';
import { refuseParameter, refuseSeries, type WatchedPeriod } from './watched-series.ts';

/** What each detector says of one area's series, or why it says nothing. */
export interface EarlyWarning {
  readonly ewma: Outcome<Chart>;
  readonly cusum: Outcome<Chart>;
  readonly ears: { readonly C1: Outcome<WatchedPeriod[]>; C2: Outcome<WatchedPeriod[]>; C3: Outcome<WatchedPeriod[]> };
  readonly bayes: Outcome<WatchedPeriod[]>;
  /** The improved method where three years of history are there, the classic one where two are. */
  readonly farrington: Outcome<{ readonly method: 'flexible' | 'classic'; readonly periods: FarringtonPeriod[] }>;
}

export interface EarlyWarningOptions {
  /** Periods in a year: 52 for weeks, 365 for days. */
  readonly perYear: number;
  /** The newest periods that are judged; by default the last one. The charts run from their training up to now. */
  readonly watched?: number;
  /** Periods at the start that the charts take as usual; by default half of the series, at most a year. */
  readonly training?: number;
}

/** Years of history that each of Farrington's methods asks for at least, and that are used at most. */
const FLEXIBLE_YEARS = 3;
const CLASSIC_YEARS = 2;
const MOST_YEARS = 5;
/** Standard deviation below which EARS takes no baseline: one incident in a quiet area is no outbreak. */
const LEAST_SIGMA = 0.5;

/**
 * Early warning for one area and category: every detector over its series of counts, each with its upper bound, and a named
 * reason where the history is too short for one or has nothing in it. All alarms are one-sided, upwards.
 *
 * False alarms on steady Poisson weeks (5 years, defaults; per cent of the weeks judged), by the mean per week:
 *
 * | mean  | EWMA | CUSUM | EARS C1 | Bayes | Farrington |
 * | ----- | ---- | ----- | ------- | ----- | ---------- |
 * | 0.02  | 2.2  | 5.2   | 0.03    | 0.03  | 0          |
 * | 0.1   | 2.9  | 10.2  | 0.3     | 0.3   | 0          |
 * | 0.5   | 1.4  | 5.0   | 2.9     | 2.4   | 1.1        |
 * | 2     | 0.7  | 3.0   | 3.0     | 3.3   | 3.6        |
 * | 8     | 0.2  | 0.9   | 2.0     | 4.5   | 4.3        |
 *
 * Below about one incident a week the charts, whose limits are those of a normal distribution, call a single incident an
 * alarm: there take Bayes, or Farrington, whose rule of least incidents keeps it quiet.
 *
 * `counts`: incidents per period, oldest first, without gaps. Each detector's own docstring has its formula, source and
 * assumptions; they are run with their defaults. Refuses what no detector could take: `not-finite`, `negative-count`,
 * `out-of-range`, `too-short` (fewer than two periods).
 */
export function earlyWarning(counts: ArrayLike<number>, options: EarlyWarningOptions): Outcome<EarlyWarning> {
  const { perYear, watched = 1 } = options;
  const { training = Math.max(2, Math.min(perYear, Math.floor(counts.length / 2))) } = options;
  if (counts.length < 2) return refuse('too-short', `counts has ${counts.length} periods; early warning needs two`);
  const refused =
    refuseParameter('perYear', perYear, Number.isInteger(perYear) && perYear >= 12, 'at least 12') ??
    refuseParameter(
      'watched',
      watched,
      Number.isInteger(watched) && watched >= 1 && watched <= counts.length,
      `1 to ${counts.length}, the length of counts`,
    ) ??
    refuseSeries(counts);
  if (refused) return refused;
  const from = counts.length - watched;
  const newest = <P extends WatchedPeriod>(periods: readonly P[]) => periods.filter(({ index }) => index >= from);
  const c = (variant: 'C1' | 'C2' | 'C3') => map(ears(counts, { variant, leastSigma: LEAST_SIGMA }), newest);
  const chart = ({ mean, periods }: Chart) => ({ mean, periods: newest(periods) });
  return done({
    ewma: map(ewmaChart(counts, { training }), chart),
    cusum: map(cusumChart(counts, { training }), chart),
    ears: { C1: c('C1'), C2: c('C2'), C3: c('C3') },
    bayes: map(bayesDetector(counts), newest),
    farrington: farringtonByHistory(counts, perYear, from),
  });
}

/** The better of Farrington's methods that the history before the watched periods allows. */
function farringtonByHistory(counts: ArrayLike<number>, perYear: number, from: number): EarlyWarning['farrington'] {
  const halfWindow = Math.max(1, Math.round((perYear * 3) / 52));
  const whole = Math.floor((from - halfWindow) / perYear);
  if (whole < CLASSIC_YEARS)
    return refuse(
      'too-short',
      `${from} periods before the watched ones; Farrington needs ${CLASSIC_YEARS * perYear + halfWindow}`,
    );
  const shared = { perYear, from, years: Math.min(whole, MOST_YEARS), halfWindow };
  if (whole < FLEXIBLE_YEARS) return map(farrington(counts, shared), (periods) => ({ method: 'classic', periods }));
  const recentLeftOut = Math.floor(perYear / 2);
  return map(farringtonFlexible(counts, { ...shared, recentLeftOut }), (periods) => ({ method: 'flexible', periods }));
}

function map<T, U>(outcome: Outcome<T>, change: (value: T) => U): Outcome<U> {
  return outcome.ok ? done(change(outcome.value)) : outcome;
}
