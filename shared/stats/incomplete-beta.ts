import { logGamma } from './poisson.ts';

/**
 * Regularised incomplete beta function I_x(a, b): the chance that a Beta(a, b) variable is at most x. a and b above 0,
 * 0 ≤ x ≤ 1. Continued fraction of Didonato & Morris (DLMF 8.17.22) in Lentz's form, with I_x(a, b) = 1 − I_{1−x}(b, a)
 * on the side where it converges fast. Relative error about 1e-12. Throws RangeError for arguments outside those ranges.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0 && a + b < Number.POSITIVE_INFINITY))
    throw new RangeError(`a is ${a} and b ${b}; give numbers above 0`);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`x is ${x}; give a number from 0 to 1`);
  if (x === 0 || x === 1) return x;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? Math.min(1, (front * fraction(x, a, b)) / a)
    : Math.max(0, 1 - (front * fraction(1 - x, b, a)) / b);
}

/** Nearest to zero that a partial denominator may come. */
const TINY = 1e-300;

/** The continued fraction, without its factor xᵃ(1 − x)ᵇ / (a B(a, b)). */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}

const away = (denominator: number) => (Math.abs(denominator) < TINY ? TINY : denominator);
