import { isChance } from './checks.ts';
import { negativeBinomialQuantile } from './negative-binomial.ts';
import { done, type Outcome } from './result.ts';
import { refuseParameter, refuseSeries, refuseShort, type WatchedPeriod } from './watched-series.ts';

/**
 * Bayes detector without earlier years, `bayes(b = 0, w)` of Höhle (2007), "surveillance: An R package for the monitoring
 * of infectious diseases": the periods just before are Poisson with one mean, whose Jeffreys prior Γ(½, 0) makes the next
 * count negative binomial with size Σ + ½ and probability w / (w + 1). U is its 1 − α quantile; alarm when the count is
 * above it, one-sided. Works on a baseline of zeros, so it is the detector for rare incidents and short histories.
 *
 * `counts`: incidents per period, oldest first; `window`: w, at least 1; `alpha`: chance of a false alarm per period, at
 * most. Gives the periods from the w-th (from 0) on. Assumes no season or trend within the window.
 * Refuses `not-finite`, `negative-count`, `out-of-range`, `too-short`.
 */
export function bayesDetector(
  counts: ArrayLike<number>,
  { window = 6, alpha = 0.05 }: { window?: number; alpha?: number } = {},
): Outcome<WatchedPeriod[]> {
  const refused =
    refuseParameter('window', window, Number.isInteger(window) && window >= 1, 'a whole number of at least 1') ??
    refuseParameter('alpha', alpha, isChance(alpha), 'a chance between 0 and 1') ??
    refuseSeries(counts) ??
    refuseShort(counts, window + 1, `the Bayes detector with a window of ${window}`);
  if (refused) return refused;
  const periods: WatchedPeriod[] = [];
  let sum = 0;
  for (let i = 0; i < window; i++) sum += counts[i] ?? 0;
  for (let index = window; index < counts.length; index++) {
    const observed = counts[index] ?? 0;
    const upper = negativeBinomialQuantile(1 - alpha, sum + 0.5, window / (window + 1));
    periods.push({ index, observed, upper, alarm: observed > upper, reason: null });
    sum += observed - (counts[index - window] ?? 0);
  }
  return done(periods);
}
