import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalCdf, normalQuantile, normalTail, normalTwoSided } from '../../../shared/stats/normal.ts';
import { expectNear } from './reference-file.ts';

describe('the normal distribution', () => {
  // Computed with 40 digits: erfc(z / √2) / 2.
  test.each([
    [0.3, 0.3820885778110474],
    [1, 0.15865525393145705],
    [3, 0.0013498980316300946],
    [6, 9.865876450376981e-10],
    [10, 7.619853024160525e-24],
    [20, 2.7536241186062337e-89],
    [37, 5.725571222524577e-300],
  ])('the tail beyond %d', (z, tail) => {
    expectNear(normalTail(z), tail, { rel: 2e-15 }, 'tail');
    expectNear(normalCdf(-z), tail, { rel: 2e-15 }, 'lower tail');
    expectNear(normalTwoSided(-z), 2 * tail, { rel: 2e-15 }, 'both tails');
    expectNear(normalCdf(z), 1 - tail, { rel: 2e-15 }, 'cdf');
    expectNear(normalQuantile(tail), -z, { rel: 2e-15 }, 'quantile');
  });

  test('ends', () => {
    expect(normalTail(0)).toBe(0.5);
    expect(normalTail(Number.POSITIVE_INFINITY)).toBe(0);
    expect(normalTail(Number.NEGATIVE_INFINITY)).toBe(1);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(1.1)).toBeNaN();
  });

  test('the quantile leads back', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (z) => {
        expectNear(normalQuantile(normalCdf(z)), z, { abs: 1e-9 }, 'z');
      }),
    );
  });
});
