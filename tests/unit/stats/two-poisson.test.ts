import fc from 'fast-check';
import { expect, test } from 'vitest';
import { poissonRateRatio, poissonTwoSample } from '../../../shared/stats/two-poisson.ts';
import { accepted, refused } from './outcome.ts';

const counts = fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 200 })).filter(([a, b]) => a + b > 0);
const exposure = fc.double({ min: 0.1, max: 50, noNaN: true });

test('p stays in 0…1 and does not care which period comes first', () => {
  fc.assert(
    fc.property(counts, exposure, exposure, ([k1, k2], n1, n2) => {
      const one = accepted(poissonTwoSample({ counts: [k1, k2], exposures: [n1, n2] }));
      const other = accepted(poissonTwoSample({ counts: [k2, k1], exposures: [n2, n1] }));
      expect(one.p).toBeCloseTo(other.p, 9);
      expect(one.conditionalP).toBeCloseTo(other.conditionalP, 6);
      for (const p of [one.p, one.conditionalP]) {
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('the E-test is the sum over all pairs of counts that are as far out', () => {
  fc.assert(
    fc.property(fc.nat({ max: 12 }), fc.integer({ min: 1, max: 12 }), exposure, (k1, k2, n1) => {
      const rate = (k1 + k2) / (n1 + 1);
      const distance = (x1: number, x2: number) =>
        x1 + x2 === 0 ? 0 : Math.abs(x1 / n1 - x2) / Math.sqrt(x1 / n1 ** 2 + x2);
      let sum = 0;
      let first = Math.exp(-n1 * rate);
      for (let x1 = 0; x1 < 150; x1++) {
        let second = Math.exp(-rate);
        for (let x2 = 0; x2 < 150; x2++) {
          if (distance(x1, x2) >= distance(k1, k2) - 1e-10) sum += first * second;
          second *= rate / (x2 + 1);
        }
        first *= (n1 * rate) / (x1 + 1);
      }
      const { p } = accepted(poissonTwoSample({ counts: [k1, k2], exposures: [n1, 1] }));
      expect(p).toBeCloseTo(sum, 9);
    }),
    { numRuns: 60 },
  );
});

test('of equal rates, few tests find a difference: at 5 %, no more than about 5 in 100', () => {
  // Every pair of counts by its chance, at a mean of 6: the size of the test itself.
  let size = 0;
  const mass = (k: number) =>
    Math.exp(-6) * Array.from({ length: k }, (_, i) => 6 / (i + 1)).reduce((a, b) => a * b, 1);
  for (let k1 = 0; k1 < 30; k1++)
    for (let k2 = 0; k2 < 30; k2++) {
      const outcome = poissonTwoSample({ counts: [k1, k2], exposures: [1, 1] });
      if (outcome.ok && outcome.value.p <= 0.05) size += mass(k1) * mass(k2);
    }
  expect(size).toBeGreaterThan(0.03);
  expect(size).toBeLessThan(0.055);
});

test('large counts are quick and sane', () => {
  const { p, conditionalP } = accepted(poissonTwoSample({ counts: [100_400, 100_000], exposures: [1, 1] }));
  expect(p).toBeCloseTo(0.3716, 3);
  expect(conditionalP).toBeCloseTo(0.3728, 3);
});

test('the ratio lies in its interval, which turns over with the periods', () => {
  fc.assert(
    fc.property(counts, exposure, exposure, ([k1, k2], n1, n2) => {
      const one = accepted(poissonRateRatio({ counts: [k1, k2], exposures: [n1, n2] }));
      const other = accepted(poissonRateRatio({ counts: [k2, k1], exposures: [n2, n1] }));
      if (k2 === 0) expect([one.ratio, one.upper]).toEqual([null, null]);
      else expect(one.ratio ?? 0).toBeLessThan(one.upper ?? Number.POSITIVE_INFINITY);
      if (k1 > 0) expect((other.upper ?? 0) * one.lower).toBeCloseTo(1, 9);
      expect(one.lower).toBeLessThanOrEqual(one.ratio ?? Number.POSITIVE_INFINITY);
    }),
  );
});

test.each([
  ['negative-count', [-1, 2], [1, 1]],
  ['negative-count', [1.5, 2], [1, 1]],
  ['not-finite', [Number.NaN, 2], [1, 1]],
  ['not-finite', [1, 2], [1, Number.POSITIVE_INFINITY]],
  ['empty-period', [1, 2], [0, 1]],
  ['all-zero', [0, 0], [1, 1]],
] as const)('%s: counts %j, exposures %j', (reason, two, exposures) => {
  expect(refused(poissonTwoSample({ counts: two, exposures }))).toBe(reason);
  expect(refused(poissonRateRatio({ counts: two, exposures }))).toBe(reason);
});
