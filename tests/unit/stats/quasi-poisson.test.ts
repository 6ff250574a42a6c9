import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitQuasiPoisson } from '../../../shared/stats/quasi-poisson.ts';

test('a level alone is the mean, with the variance over the mean as dispersion', () => {
  const fit = fitQuasiPoisson(Float64Array.of(1, 2, 3, 10), new Float64Array(4).fill(1), 1);
  expect(Math.exp(fit?.coefficients[0] ?? 0)).toBeCloseTo(4, 6);
  expect(fit?.dispersion).toBeCloseTo(50 / 4 / 3, 5);
  expect(fit?.degrees).toBe(3);
  expect(Array.from(fit?.leverage ?? [])).toEqual([0, 0, 0, 0].map(() => expect.closeTo(0.25, 6)));
});

test('a trend that the counts follow exactly is found', () => {
  const design = Float64Array.from([0, 1, 2, 3, 4].flatMap((t) => [1, t]));
  const counts = Float64Array.from([0, 1, 2, 3, 4], (t) => 3 * 2 ** t);
  const fit = fitQuasiPoisson(counts, design, 2);
  expect(Math.exp(fit?.coefficients[0] ?? 0)).toBeCloseTo(3, 8);
  expect(Math.exp(fit?.coefficients[1] ?? 0)).toBeCloseTo(2, 8);
  expect(fit?.dispersion).toBeCloseTo(0, 8);
});

test('the fitted means meet the score equations Σ w (y − μ) x = 0, and the leverages sum to the columns', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(30), fc.double({ min: 0.1, max: 3, noNaN: true })), { minLength: 5, maxLength: 40 }),
      (rows) => {
        fc.pre(rows.some(([count]) => count > 0));
        const counts = Float64Array.from(rows, ([count]) => count);
        const weights = Float64Array.from(rows, ([, weight]) => weight);
        const time = (i: number) => i / rows.length;
        const design = Float64Array.from(rows.flatMap((_, i) => [1, time(i)]));
        const fit = fitQuasiPoisson(counts, design, 2, weights);
        // A single count at an end sends the trend to infinity: then it does not settle, and says so.
        if (!fit) return;
        let level = 0;
        let trend = 0;
        rows.forEach(([count, weight], i) => {
          level += weight * (count - (fit.fitted[i] ?? 0));
          trend += weight * (count - (fit.fitted[i] ?? 0)) * time(i);
        });
        const total = counts.reduce((sum, count) => sum + count, 0);
        expect(Math.abs(level) / total).toBeLessThan(1e-3);
        expect(Math.abs(trend) / total).toBeLessThan(1e-3);
        expect(fit.leverage.reduce((sum, share) => sum + share, 0)).toBeCloseTo(2, 6);
        expect(Number.isFinite(fit.dispersion)).toBe(true);
      },
    ),
  );
});

test('no fit where the columns depend on each other or there are too few counts', () => {
  const twice = Float64Array.from([1, 1, 1, 1, 1, 1]);
  expect(fitQuasiPoisson(Float64Array.of(1, 2, 3), twice, 2)).toBeUndefined();
  expect(fitQuasiPoisson(Float64Array.of(1), Float64Array.of(1), 1)).toBeUndefined();
});
