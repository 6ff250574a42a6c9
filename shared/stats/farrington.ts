import { isChance, MOST_EVENTS } from './checks.ts';
import { type Forecast, forecast, type ModelRules, type ReferencePeriods } from './farrington-model.ts';
import { negativeBinomialQuantile, negativeBinomialUpperTail } from './negative-binomial.ts';
import { normalQuantile, normalTail } from './normal.ts';
import { poissonQuantile, poissonUpperTail } from './poisson.ts';
import { done, type Outcome, refuse } from './result.ts';
import { refuseParameter, refuseSeries, unjudged, type WatchedPeriod } from './watched-series.ts';

/** A period judged by Farrington's method. */
export interface FarringtonPeriod extends WatchedPeriod {
  /** What the model expected; null where the period could not be judged. */
  readonly model: (Forecast & { readonly p: number }) | null;
  /** Whether there were enough incidents of late for an alarm. */
  readonly enough: boolean;
}

export interface FarringtonOptions {
  /** Periods in a year: 52 for weeks, 365 for days, 12 for months. */
  readonly perYear: number;
  /** First period to be judged (from 0), and the one after the last; by default the last of the series. */
  readonly from?: number;
  readonly to?: number;
  /** Earlier years that are looked at, b. */
  readonly years?: number;
  /** Periods to either side of the same period in those years, w. */
  readonly halfWindow?: number;
  /** One-sided chance of a false alarm; the classic method halves it, as R's surveillance does. */
  readonly alpha?: number;
  /** Whether past outbreaks are weighted down. */
  readonly reweight?: boolean;
  /** Whether a trend is tried; it needs three years. */
  readonly trend?: boolean;
  /** No alarm with fewer than `incidents` in the last `periods`, the judged one included. */
  readonly least?: { readonly incidents: number; readonly periods: number };
}

export interface FlexibleOptions extends FarringtonOptions {
  /** Anscombe residual above which a past period is weighted down. */
  readonly reweightAbove?: number;
  /** The trend is kept when its two-sided p is below this; 1 keeps it whatever its p. */
  readonly trendBelow?: number;
  /** Seasons that a year is cut into, the one around the judged period included; 1 uses that one alone. */
  readonly seasons?: number;
  /** Periods just before the judged one that are left out, since an outbreak may have begun in them. */
  readonly recentLeftOut?: number;
  /**
   * `negative-binomial`: its quantile with the fitted mean; `muan`: the same with the 1 − α quantile of the fitted mean, so
   * that the uncertainty of the fit counts; `delta`: normal on the scale of the power ⅔.
   */
  readonly bound?: 'negative-binomial' | 'muan' | 'delta';
}

/**
 * Farrington's method (Farrington, Andrews, Beale & Catchpole 1996, JRSS A 159:547): the count against those of the same
 * weeks of earlier years. Upper bound U = (μ₀^⅔ + z √(4/9 μ₀^⅓ τ))^{3/2}, τ = φ + Var(μ₀)/μ₀, z = Φ⁻¹(1 − α/2): the two-sided
 * quantile, as R's surveillance has it. Past outbreaks (Anscombe residual above 1) are weighted down; a trend is kept when its
 * p is below 0.05, there are three years, and it forecasts no more than was ever seen. Alarm when the count is above U and
 * there are enough incidents; `p` is one-sided, P(N ≥ n) by the same normal approximation.
 *
 * `counts`: incidents per period, oldest first. A period whose earlier years are not all there is `too-short`; one that saw
 * no incident in them is `all-zero`; a fit that does not settle is `no-convergence`. Refuses `not-finite`, `negative-count`,
 * `out-of-range`, and `too-short` when no period can be judged.
 */
export function farrington(counts: ArrayLike<number>, options: FarringtonOptions): Outcome<FarringtonPeriod[]> {
  const { alpha = 0.05, halfWindow = 3, reweight = true } = options;
  return judge(counts, options, {
    seasons: 1,
    leftOut: halfWindow,
    rules: { reweightAbove: reweight ? 1 : null, trendBelow: trendRule(options, 0.05), errors: 'fitted' },
    bound: ({ mean, logError, dispersion }, observed) => powerBound(mean, logError, dispersion, alpha / 2, observed),
  });
}

/**
 * The improved method of Noufaily et al. (2013, Statistics in Medicine 32:1206), with the rest of the year in seasons of its
 * own, outbreaks weighted down only from a residual of 2.58, the last half year left out, the trend always kept, and the bound
 * as the 1 − α quantile of a negative binomial with mean μ₀ and variance φ μ₀ (Poisson when φ = 1); one-sided. With
 * `bound: 'delta'` the bound of {@link farrington} at the whole α, with `'muan'` {@link meanQuantileBound}. Periods, `p` and refusals as there; the reference periods
 * and the defaults of `farringtonFlexible` in R's surveillance are followed, so is its dispersion in the standard errors.
 */
export function farringtonFlexible(counts: ArrayLike<number>, options: FlexibleOptions): Outcome<FarringtonPeriod[]> {
  const {
    alpha = 0.05,
    reweight = true,
    reweightAbove = 2.58,
    seasons = 10,
    recentLeftOut = 26,
    trendBelow = 1,
  } = options;
  const { bound = 'negative-binomial', halfWindow = 3, perYear } = options;
  const seasonLength = perYear - 2 * halfWindow - 1;
  const refused =
    refuseParameter(
      'seasons',
      seasons,
      Number.isInteger(seasons) && seasons >= 1 && seasons - 1 <= seasonLength && seasons < 256,
      `a whole number from 1 to ${Math.min(255, seasonLength + 1)}`,
    ) ??
    refuseParameter(
      'recentLeftOut',
      recentLeftOut,
      Number.isInteger(recentLeftOut) && recentLeftOut >= 0,
      'a whole number of at least 0',
    ) ??
    refuseParameter('reweightAbove', reweightAbove, reweightAbove > 0, 'a residual above 0') ??
    refuseParameter('trendBelow', trendBelow, trendBelow >= 0 && trendBelow <= 1, 'a chance from 0 to 1');
  if (refused) return refused;
  return judge(counts, options, {
    seasons,
    leftOut: recentLeftOut,
    rules: {
      reweightAbove: reweight ? reweightAbove : null,
      trendBelow: trendRule(options, trendBelow),
      errors: 'prior',
    },
    bound: (expected, observed) => BOUNDS[bound](expected, alpha, observed),
  });
}

interface Bound {
  readonly upper: number;
  readonly p: number;
}

interface Variant {
  readonly seasons: number;
  readonly leftOut: number;
  readonly rules: ModelRules;
  /** `undefined` where the forecast is too uncertain for one. */
  readonly bound: (forecast: Forecast, observed: number) => Bound | undefined;
}

function judge(counts: ArrayLike<number>, options: FarringtonOptions, variant: Variant): Outcome<FarringtonPeriod[]> {
  const { perYear, years = 5, halfWindow = 3, alpha = 0.05, least = { incidents: 5, periods: 4 } } = options;
  const { from = counts.length - 1, to = counts.length } = options;
  const whole = (value: number, smallest: number) => Number.isInteger(value) && value >= smallest;
  const refused =
    refuseParameter('perYear', perYear, whole(perYear, 2), 'a whole number of at least 2') ??
    refuseParameter('years', years, whole(years, 1), 'a whole number of at least 1') ??
    refuseParameter(
      'halfWindow',
      halfWindow,
      whole(halfWindow, 0) && 2 * halfWindow + 1 < perYear,
      'a whole number of at least 0, less than half a year',
    ) ??
    refuseParameter('alpha', alpha, isChance(alpha), 'a chance between 0 and 1') ??
    refuseParameter('least.periods', least.periods, whole(least.periods, 1), 'a whole number of at least 1') ??
    refuseParameter('least.incidents', least.incidents, least.incidents >= 0, 'a number of at least 0') ??
    refuseParameter('from', from, whole(from, 0) && from < to, 'a period before `to`') ??
    refuseParameter('to', to, whole(to, 1) && to <= counts.length, `at most ${counts.length}, the length of counts`) ??
    refuseSeries(counts);
  if (refused) return refused;
  const history = years * perYear + halfWindow;
  if (to <= history)
    return refuse('too-short', `The last period has ${to - 1} before it; ${years} years of reference need ${history}`);
  const periods: FarringtonPeriod[] = [];
  for (let index = from; index < to; index++)
    periods.push(judgeOne(counts, index, { perYear, years, halfWindow, least }, variant));
  return done(periods);
}

function judgeOne(
  counts: ArrayLike<number>,
  index: number,
  options: Required<Pick<FarringtonOptions, 'perYear' | 'years' | 'halfWindow' | 'least'>>,
  variant: Variant,
): FarringtonPeriod {
  const { perYear, years, halfWindow, least } = options;
  let recent = 0;
  for (let i = Math.max(0, index - least.periods + 1); i <= index; i++) recent += counts[i] ?? 0;
  const enough = recent >= least.incidents;
  const without = { model: null, enough };
  if (index < years * perYear + halfWindow) return { ...unjudged(counts, index, 'too-short'), ...without };
  const references = referencePeriods(counts, index, options, variant);
  if (!references) return { ...unjudged(counts, index, 'too-short'), ...without };
  if (references.counts.every((count) => count === 0)) return { ...unjudged(counts, index, 'all-zero'), ...without };
  const expected = forecast(references, index, variant.rules);
  if (!expected) return { ...unjudged(counts, index, 'no-convergence'), ...without };
  const observed = counts[index] ?? 0;
  const bound = variant.bound(expected, observed);
  if (!bound) return { ...unjudged(counts, index, 'no-convergence'), ...without };
  const { upper, p } = bound;
  return { index, observed, upper, alarm: enough && observed > upper, reason: null, model: { ...expected, p }, enough };
}

/**
 * The window around the same period in each earlier year, and around now what is not left out; with more than one season also
 * what lies between the windows, cut into seasons of about equal length, the earlier ones longer by one where it does not go up.
 * A season of which nothing is left takes no part; `undefined` when that is the judged period's own.
 */
function referencePeriods(
  counts: ArrayLike<number>,
  index: number,
  { perYear, years, halfWindow }: { perYear: number; years: number; halfWindow: number },
  { seasons, leftOut }: Variant,
): ReferencePeriods | undefined {
  const first = index - years * perYear - halfWindow;
  const chosen: { time: number; season: number }[] = [];
  for (let time = first; time < index - leftOut; time++) {
    const sinceWindow = (time - first) % perYear;
    if (sinceWindow <= 2 * halfWindow) chosen.push({ time, season: seasons - 1 });
    else if (seasons > 1) {
      const between = perYear - 2 * halfWindow - 1;
      const length = Math.floor(between / (seasons - 1));
      const longer = between % (seasons - 1);
      const at = sinceWindow - 2 * halfWindow - 1;
      const season =
        at < longer * (length + 1)
          ? Math.floor(at / (length + 1))
          : longer + Math.floor((at - longer * (length + 1)) / length);
      chosen.push({ time, season });
    }
  }
  const present = [...new Set(chosen.map(({ season }) => season))].sort((a, b) => a - b);
  if (present.at(-1) !== seasons - 1) return undefined;
  return {
    counts: Float64Array.from(chosen, ({ time }) => counts[time] ?? 0),
    times: Float64Array.from(chosen, ({ time }) => time),
    season: Uint8Array.from(chosen, ({ season }) => present.indexOf(season)),
    seasons: present.length,
  };
}

/** Bound and one-sided p on the scale of the power ⅔, where a Poisson count is about normal. */
function powerBound(mean: number, logError: number, dispersion: number, alpha: number, observed: number) {
  const spread = dispersion + mean * logError ** 2;
  const sigma = Math.sqrt((4 / 9) * mean ** (1 / 3) * spread);
  return {
    upper: (mean ** (2 / 3) + normalQuantile(1 - alpha) * sigma) ** 1.5,
    p: normalTail((observed ** (2 / 3) - mean ** (2 / 3)) / sigma),
  };
}

/**
 * Bound and one-sided p of a count whose mean is the 1 − α quantile of the fitted one, exp(η + z se(η)), log-normal about it:
 * threshold `muan` of `farringtonFlexible` in R's surveillance (Salmon, Schumacher & Höhle 2016, section 3.1), which widens
 * the bound of Noufaily et al. where few years make the fit uncertain. `undefined` where it would lie above every count that
 * can be.
 */
export function meanQuantileBound(
  { mean, logError, dispersion }: Forecast,
  alpha: number,
  observed: number,
): Bound | undefined {
  const quantile = mean * Math.exp(normalQuantile(1 - alpha) * logError);
  return quantile <= MOST_EVENTS ? countBound(quantile, dispersion, alpha, observed) : undefined;
}

const BOUNDS = {
  'negative-binomial': ({ mean, dispersion }: Forecast, alpha: number, observed: number) =>
    countBound(mean, dispersion, alpha, observed),
  muan: meanQuantileBound,
  delta: ({ mean, logError, dispersion }: Forecast, alpha: number, observed: number) =>
    powerBound(mean, logError, dispersion, alpha, observed),
};

/** Bound and one-sided p of a count with variance `dispersion` times its mean. */
function countBound(mean: number, dispersion: number, alpha: number, observed: number) {
  if (dispersion === 1) return { upper: poissonQuantile(1 - alpha, mean), p: poissonUpperTail(observed, mean) };
  const size = mean / (dispersion - 1);
  return {
    upper: negativeBinomialQuantile(1 - alpha, size, 1 / dispersion),
    p: negativeBinomialUpperTail(observed, size, 1 / dispersion),
  };
}

function trendRule({ trend = true, years = 5 }: FarringtonOptions, below: number): number | null {
  return trend && years >= 3 ? below : null;
}
