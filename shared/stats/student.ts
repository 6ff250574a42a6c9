import { incompleteBeta } from './incomplete-beta.ts';

/**
 * Two-sided p of a Student t statistic, P(|T| ≥ |t|), with `degrees` of freedom above 0 (Abramowitz & Stegun 26.7.1).
 * Throws RangeError when an argument is NaN or there are no degrees of freedom.
 */
export function studentTwoSided(t: number, degrees: number): number {
  if (Number.isNaN(t)) throw new RangeError('t is not a number');
  return incompleteBeta(1 / (1 + (t * t) / degrees), degrees / 2, 0.5);
}
