import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mannKendall } from '../../../shared/stats/mann-kendall.ts';
import { accepted, refused } from './outcome.ts';
import { expectNear } from './reference-file.ts';

const someSeries = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: -1e300, max: 1e300, noNaN: true })),
  { minLength: 2, maxLength: 60 },
);

describe('the trend of Mann and Kendall', () => {
  test('turned round is the opposite, and p stays', () => {
    fc.assert(
      fc.property(someSeries, (series) => {
        const one = accepted(mannKendall(series));
        const back = accepted(mannKendall(series.toReversed()));
        expect(back.s + one.s).toBe(0);
        expect(back.z + one.z).toBe(0);
        expect(back.p).toBe(one.p);
        expect(back.exactP).toBe(one.exactP);
        for (const p of [one.p, one.pUncorrected, one.exactP ?? 1]) expect(p >= 0 && p <= 1).toBe(true);
        for (const figure of [one.z, one.zUncorrected, one.slope, one.tau ?? 0])
          expect(figure).toSatisfy(Number.isFinite);
      }),
    );
  });

  test('only the ranks count, and for the slope the unit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 30 }), (series) => {
        const { slope, ...one } = accepted(mannKendall(series));
        const { slope: _, ...cubed } = accepted(mannKendall(series.map((value) => value ** 3 + 5)));
        expect(cubed).toEqual(one);
        expectNear(
          accepted(mannKendall(series.map((value) => 4 * value + 7))).slope,
          4 * slope,
          { rel: 1e-12 },
          'slope',
        );
      }),
    );
  });

  test.each([3, 5, 7])('the exact p of %d values is that of all their orders', (n) => {
    const orders = ordersOf(Array.from({ length: n }, (_, i) => i));
    const sizes = orders.map((order) => Math.abs(accepted(mannKendall(order)).s));
    for (const [at, order] of orders.entries()) {
      const share = sizes.filter((size) => size >= (sizes[at] ?? 0)).length / orders.length;
      expectNear(accepted(mannKendall(order)).exactP, share, { abs: 1e-12 }, String(order));
    }
  });

  test("Sen's slope does not follow a far value", () => {
    expect(accepted(mannKendall([1, 3, 5, 7, 1000, 11, 13])).slope).toBe(2);
  });

  test('equal values have no trend', () => {
    expect(accepted(mannKendall([4, 4, 4]))).toEqual({
      n: 3,
      s: 0,
      ties: [3],
      variance: 0,
      z: 0,
      p: 1,
      zUncorrected: 0,
      pUncorrected: 1,
      exactP: null,
      tau: null,
      slope: 0,
    });
  });

  test.each([
    ['too-short', []],
    ['too-short', [1]],
    ['not-finite', [1, Number.NaN, 2]],
    ['out-of-range', [1, 1e301, 2]],
  ])('%s: %j', (reason, series) => {
    expect(refused(mannKendall(series))).toBe(reason);
  });
});

function ordersOf(values: readonly number[]): number[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((first, at) => ordersOf(values.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}
