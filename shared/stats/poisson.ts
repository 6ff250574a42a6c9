import { leastWhole } from './least-whole.ts';

const HALF_LOG_TWO_PI = 0.9189385332046727;

/**
 * Natural logarithm of Γ(x), x > 0: Stirling's series from 10 on (Abramowitz & Stegun 6.1.41), below it by the
 * recurrence Γ(x + 1) = x Γ(x). Absolute error about 1e-14 where the value is small, relative 1e-15 elsewhere.
 * Throws RangeError for anything but a finite number above 0.
 */
export function logGamma(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) throw new RangeError(`x is ${x}; logGamma takes a number above 0`);
  let product = 1;
  let shifted = x;
  while (shifted < 10) product *= shifted++;
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingTail(shifted) - Math.log(product);
}

/**
 * Regularised lower incomplete gamma function P(shape, x) = γ(shape, x) / Γ(shape), shape > 0, x ≥ 0: the chance that a
 * gamma variable of that shape is at most x. Relative error about 1e-13, the far lower tail included.
 * Throws RangeError for other arguments.
 */
export function lowerGamma(shape: number, x: number): number {
  checkGamma(shape, x);
  return x < shape + 1 ? lowerBySeries(shape, x) : 1 - upperByFraction(shape, x);
}

/** Regularised upper incomplete gamma function Q = 1 − P, precise in its own far tail. Arguments as {@link lowerGamma}. */
export function upperGamma(shape: number, x: number): number {
  checkGamma(shape, x);
  return x < shape + 1 ? 1 - lowerBySeries(shape, x) : upperByFraction(shape, x);
}

/**
 * P(N = n) for N ~ Poisson(mean), by Loader's saddle-point form, which loses no digits for large n (C. Loader, "Fast and
 * accurate computation of binomial probabilities", 2000). `n` is a count; 0 where it is not a whole number ≥ 0.
 * Throws RangeError when `mean` is not a finite number ≥ 0.
 */
export function poissonMass(n: number, mean: number): number {
  checkMean(mean);
  return n >= 0 && Number.isInteger(n) ? density(n, mean) : 0;
}

/**
 * One-sided upper tail P(N ≥ n) for N ~ Poisson(mean): the p of seeing `n` or more where `mean` was expected. Equals
 * P(n, mean) of the incomplete gamma function; relative error about 1e-13 down to 1e-300. A broken `n` counts as the next
 * whole number. Throws RangeError when `mean` is not a finite number ≥ 0 or `n` is NaN.
 */
export function poissonUpperTail(n: number, mean: number): number {
  checkMean(mean);
  checkCount(n);
  const count = Math.ceil(n);
  if (count <= 0) return 1;
  return count === Number.POSITIVE_INFINITY ? 0 : lowerGamma(count, mean);
}

/**
 * One-sided lower tail P(N ≤ n) for N ~ Poisson(mean), as precise in its far tail as {@link poissonUpperTail}. A broken
 * `n` counts as the whole number below. Throws RangeError when `mean` is not a finite number ≥ 0 or `n` is NaN.
 */
export function poissonLowerTail(n: number, mean: number): number {
  checkMean(mean);
  checkCount(n);
  const count = Math.floor(n);
  if (count < 0) return 0;
  return count === Number.POSITIVE_INFINITY ? 1 : upperGamma(count + 1, mean);
}

/**
 * Quantile: the least n with P(N ≤ n) ≥ `share` for N ~ Poisson(mean); 0 for a share of 0, infinite for a share of 1 (of a
 * mean above 0). Throws RangeError when `mean` is not a finite number ≥ 0 or `share` is outside 0…1.
 */
export function poissonQuantile(share: number, mean: number): number {
  checkMean(mean);
  if (!(share >= 0 && share <= 1)) throw new RangeError(`share is ${share}; give a probability from 0 to 1`);
  if (share === 0 || mean === 0) return 0;
  if (share === 1) return Number.POSITIVE_INFINITY;
  // The tail that is small is compared, so that a share near 1 is not lost in rounding.
  const reaches =
    share > 0.5
      ? (n: number) => poissonUpperTail(n + 1, mean) <= (1 - share) * (1 + 1e-13)
      : (n: number) => poissonLowerTail(n, mean) >= share * (1 - 1e-13);
  return leastWhole(reaches, Math.floor(mean), Math.max(1, Math.ceil(Math.sqrt(mean))));
}

/** x^a e^(−x) / Γ(a + 1), a ≥ 0: the Poisson mass carried over to broken a. */
function density(a: number, x: number): number {
  if (x === 0) return a === 0 ? 1 : 0;
  if (a === 0) return Math.exp(-x);
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/** ln Γ(a + 1) less Stirling's formula for it. */
function stirlingError(a: number): number {
  return a >= 10 ? stirlingTail(a) : logGamma(a + 1) - (a + 0.5) * Math.log(a) + a - HALF_LOG_TWO_PI;
}

/** The series in 1/x of Stirling's formula for ln Γ(x). */
function stirlingTail(x: number): number {
  const square = 1 / (x * x);
  return (
    (1 / 12 -
      square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360_360))))) /
    x
  );
}

/** a ln(a/x) + x − a without cancellation where a and x are near each other. */
function deviance(a: number, x: number): number {
  const difference = a - x;
  if (Math.abs(difference) >= 0.1 * (a + x)) return a * Math.log(a / x) + x - a;
  const v = difference / (a + x);
  let sum = difference * v;
  let term = 2 * a * v;
  for (let k = 3; ; k += 2) {
    term *= v * v;
    const next = sum + term / k;
    if (next === sum) return sum;
    sum = next;
  }
}

/** P(a, x) = density(a, x) (1 + x/(a+1) + x²/((a+1)(a+2)) + …), for x < a + 1. */
function lowerBySeries(a: number, x: number): number {
  const first = density(a, x);
  if (first === 0) return 0;
  let sum = 1;
  let term = 1;
  for (let k = a + 1; term > sum * 1e-17; k++) {
    term *= x / k;
    sum += term;
  }
  return Math.min(first * sum, 1);
}

/** Q(a, x) by Legendre's continued fraction in Lentz's form, for x ≥ a + 1. */
function upperByFraction(a: number, x: number): number {
  const first = density(a, x) * a;
  if (first === 0) return 0;
  let b = x + 1 - a;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; ; k++) {
    const an = -k * (k - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-15) return Math.min(first * fraction, 1);
  }
}

function checkGamma(shape: number, x: number): void {
  if (!(shape > 0 && shape < Number.POSITIVE_INFINITY))
    throw new RangeError(`shape is ${shape}; give a number above 0`);
  if (!(x >= 0 && x < Number.POSITIVE_INFINITY)) throw new RangeError(`x is ${x}; give a number of at least 0`);
}

function checkMean(mean: number): void {
  if (!(mean >= 0 && mean < Number.POSITIVE_INFINITY))
    throw new RangeError(`mean is ${mean}; give the expected number, at least 0`);
}

function checkCount(n: number): void {
  if (Number.isNaN(n)) throw new RangeError('n is not a number; give a count');
}
