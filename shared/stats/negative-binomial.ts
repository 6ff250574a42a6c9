import { incompleteBeta } from './incomplete-beta.ts';
import { leastWhole } from './least-whole.ts';

/**
 * One-sided upper tail P(N ≥ n) of a negative binomial count with `size` > 0 (need not be whole) and `probability` in
 * (0, 1]: mean size (1 − p) / p, variance mean / p. Equals I_{1−p}(n, size) (Johnson, Kemp & Kotz, *Univariate Discrete
 * Distributions*, 5.31). A broken `n` counts as the next whole number. Throws RangeError for parameters outside these ranges.
 */
export function negativeBinomialUpperTail(n: number, size: number, probability: number): number {
  check(size, probability);
  const count = Math.ceil(n);
  return count <= 0 ? 1 : incompleteBeta(1 - probability, count, size);
}

/**
 * Quantile: the least n with P(N ≤ n) ≥ `share`, 0 ≤ share < 1. Throws RangeError for parameters outside their ranges.
 */
export function negativeBinomialQuantile(share: number, size: number, probability: number): number {
  check(size, probability);
  if (!(share >= 0 && share < 1)) throw new RangeError(`share is ${share}; give a probability from 0 to below 1`);
  if (probability === 1) return 0;
  // The small tail is compared, and a rounding's breadth is allowed, so that a share that is met exactly counts as met.
  const tail = (1 - share) * (1 + 1e-13);
  const reaches = (n: number) => negativeBinomialUpperTail(n + 1, size, probability) <= tail;
  return leastWhole(reaches, Math.floor((size * (1 - probability)) / probability));
}

function check(size: number, probability: number): void {
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) throw new RangeError(`size is ${size}; give a number above 0`);
  if (!(probability > 0 && probability <= 1))
    throw new RangeError(`probability is ${probability}; give a number above 0, at most 1`);
}
