import { GREATEST, isChance } from './checks.ts';
import { normalQuantile } from './normal.ts';
import { done, type Outcome } from './result.ts';
import { meanOf, refuseParameter, refuseSeries, refuseShort, unjudged, type WatchedPeriod } from './watched-series.ts';

export interface EarsOptions {
  /** C1: against the periods just before; C2: the same, two periods earlier; C3: the C2 of the last two periods summed. */
  readonly variant: 'C1' | 'C2' | 'C3';
  /** Periods that the mean and the standard deviation come from, at least 2. */
  readonly baseline?: number;
  /** Least standard deviation; above 0 it keeps a quiet baseline from raising an alarm at one incident. */
  readonly leastSigma?: number;
  /** Chance of a false alarm per period under the normal model, one-sided. */
  readonly alpha?: number;
}

/**
 * EARS C1, C2, C3 (Hutwagner et al. 2003; Salmon, Schumacher & Höhle 2016, section 2.1): alarm when the count y is above
 * U = x̄ + z s of the baseline, z = Φ⁻¹(1 − α), one-sided. C3 instead asks whether the two periods before were over by more
 * than z together: U_t = max(0, y_t + s_t (z − Σ_{l=1,2} max(0, C2_{t−l} − 1))), C2_t = (y_t − x̄_t) / s_t, so its bound
 * moves with the count and its alarm comes a period after the rise.
 *
 * `counts`: incidents per period, oldest first. Gives the periods from the first that has a whole baseline (C3: two more).
 * A baseline without variance leaves its period unjudged (`no-variance`) unless `leastSigma` is above 0.
 * Assumes about normal counts without season or trend: fit for short histories, not for rare incidents.
 * Refuses `not-finite`, `negative-count`, `out-of-range`, `too-short`.
 */
export function ears(counts: ArrayLike<number>, options: EarsOptions): Outcome<WatchedPeriod[]> {
  const { variant, baseline = 7, leastSigma = 0, alpha = 0.001 } = options;
  const lag = variant === 'C1' ? 0 : 2;
  const first = baseline + lag + (variant === 'C3' ? 2 : 0);
  const refused =
    refuseParameter(
      'baseline',
      baseline,
      Number.isInteger(baseline) && baseline >= 2,
      'a whole number of at least 2',
    ) ??
    refuseParameter('leastSigma', leastSigma, leastSigma >= 0 && leastSigma <= GREATEST, 'at least 0') ??
    refuseParameter('alpha', alpha, isChance(alpha), 'a chance between 0 and 1') ??
    refuseSeries(counts) ??
    refuseShort(counts, first + 1, `EARS ${variant}`);
  if (refused) return refused;

  const z = normalQuantile(1 - alpha);
  const spread = (index: number) => {
    const start = index - lag - baseline;
    const mean = meanOf(counts, start, baseline);
    let squares = 0;
    for (let i = start; i < start + baseline; i++) squares += ((counts[i] ?? 0) - mean) ** 2;
    return { mean, sigma: Math.max(Math.sqrt(squares / (baseline - 1)), leastSigma) };
  };
  const periods: WatchedPeriod[] = [];
  for (let index = first; index < counts.length; index++) {
    const observed = counts[index] ?? 0;
    const { mean, sigma } = spread(index);
    let upper = mean + z * sigma;
    let least = sigma;
    if (variant === 'C3') {
      let over = 0;
      for (const before of [index - 1, index - 2]) {
        const past = spread(before);
        least = Math.min(least, past.sigma);
        over += Math.max(0, ((counts[before] ?? 0) - past.mean) / past.sigma - 1);
      }
      upper = Math.max(0, observed + sigma * (z - over));
    }
    periods.push(
      least > 0
        ? { index, observed, upper, alarm: observed > upper, reason: null }
        : unjudged(counts, index, 'no-variance'),
    );
  }
  return done(periods);
}
