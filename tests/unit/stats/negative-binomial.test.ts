import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incompleteBeta } from '../../../shared/stats/incomplete-beta.ts';
import { negativeBinomialQuantile, negativeBinomialUpperTail } from '../../../shared/stats/negative-binomial.ts';
import { studentTwoSided } from '../../../shared/stats/student.ts';

/** Ours over the exact one, less 1. */
const error = (ours: number, exact: number) => (exact === ours ? 0 : ours / exact - 1);

describe('incomplete beta function', () => {
  /** x, a, b and the value by mpmath with 40 digits. */
  test.each([
    [0.2, 0.5, 0.5, 0.2951672353008666],
    [0.5, 2, 3, 0.6875],
    [0.01, 3, 0.7, 5.367111806638314e-7],
    [0.999, 5, 0.01, 0.04720411999292276],
    [1e-6, 10, 4, 2.859992200007149e-58],
    [0.14285714285714285, 1080, 6000.5, 0.01079890010600449],
    [0.3, 400, 1000, 0.881018529780791],
    [0.9, 0.02, 30, 1],
    [0, 2, 3, 0],
    [1, 2, 3, 1],
  ])('I of %d with a %d, b %d', (x, a, b, exact) => {
    expect(error(incompleteBeta(x, a, b), exact)).toBeCloseTo(0, 10);
  });

  test('both sides make 1', () => {
    const shape = fc.double({ min: 0.01, max: 2000, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shape, shape, (x, a, b) => {
        expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 10);
      }),
    );
  });

  test('arguments outside its ranges are named', () => {
    expect(() => incompleteBeta(1.1, 2, 3)).toThrow('x is 1.1');
    expect(() => incompleteBeta(0.5, 0, 3)).toThrow('a is 0');
  });
});

test.each([
  [0, 5, 1],
  [1, 1, 0.5],
  [2, 10, 0.07338803477074037],
  [-2.5, 26, 0.01905747275324812],
  [6, 26, 2.461974558824985e-6],
  [12, 300, 2.319124753616133e-27],
  [0.01, 4, 0.9925001562458985],
])('two-sided p of t %d with %d degrees of freedom', (t, degrees, exact) => {
  expect(error(studentTwoSided(t, degrees), exact)).toBeCloseTo(0, 11);
});

describe('negative binomial', () => {
  /** n, size, probability and P(N ≥ n) by mpmath with 40 digits. */
  test.each([
    [1, 0.5, 6 / 7, 0.0741799002274486],
    [4, 0.5, 6 / 7, 0.0001210402055553003],
    [5, 2.4, 0.62, 0.04815839745700341],
    [40, 10, 0.5, 4.631773204977208e-6],
    [1200, 6000.5, 6 / 7, 8.541758761641357e-9],
    [3, 0.001, 0.4, 0.0001364056099980672],
    [2, 1e6, 0.999999, 0.2642414855472884],
    [0, 3, 0.5, 1],
  ])('P(N ≥ %d), size %d', (n, size, probability, exact) => {
    expect(error(negativeBinomialUpperTail(n, size, probability), exact)).toBeCloseTo(0, 8);
  });

  /** Quantiles by scipy. */
  test.each([
    [0.95, 0.5, 6 / 7, 1],
    [0.95, 6000.5, 6 / 7, 1057],
    [0.95, 2.4, 0.62, 4],
    [0.999, 10, 0.5, 28],
    [0.01, 10, 0.5, 2],
    [0.95, 0.001, 0.4, 0],
    [0.95, 1e6, 0.999999, 3],
    [0.5, 1e6, 1, 0],
  ])('quantile at %d, size %d', (share, size, probability, exact) => {
    expect(negativeBinomialQuantile(share, size, probability)).toBe(exact);
  });

  test('the quantile is the least count that reaches its share of the summed probabilities', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.999, noNaN: true }),
        fc.double({ min: 0.05, max: 40, noNaN: true }),
        fc.double({ min: 0.1, max: 0.95, noNaN: true }),
        (share, size, probability) => {
          const quantile = negativeBinomialQuantile(share, size, probability);
          let mass = probability ** size;
          let below = 0;
          for (let n = 0; n < quantile; n++) {
            below += mass;
            mass *= ((n + size) / (n + 1)) * (1 - probability);
          }
          expect(below).toBeLessThan(share + 1e-9);
          expect(below + mass).toBeGreaterThan(share - 1e-9);
        },
      ),
    );
  });

  test('parameters outside their ranges are named', () => {
    expect(() => negativeBinomialUpperTail(1, 0, 0.5)).toThrow('size is 0');
    expect(() => negativeBinomialUpperTail(1, 1, 0)).toThrow('probability is 0');
    expect(() => negativeBinomialQuantile(1, 1, 0.5)).toThrow('share is 1');
  });
});
