import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Allowance } from '../../../server/allowance.ts';

test('S14: never more than the burst and what came back since, and always that much', () => {
  const step = fc.record({ wait: fc.integer({ min: 0, max: 3_000 }), amount: fc.integer({ min: 1, max: 12 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let now = 1_000_000;
      const allowance = new Allowance({ burst: 20, perSecond: 4 }, () => now);
      let left = 20;
      for (const { wait, amount } of steps) {
        now += wait;
        left = Math.min(20, left + (wait / 1000) * 4);
        // Sums of fractions differ in their last digit.
        if (Math.abs(left - amount) < 1e-6) continue;
        expect(allowance.has('x', amount)).toBe(left >= amount);
        const seconds = allowance.take('x', amount);
        if (left >= amount) {
          expect(seconds).toBe(0);
          left -= amount;
        } else expect(seconds).toBeCloseTo((amount - left) / 4);
      }
    }),
  );
});

test('S14: names do not share, and a clock that is set back takes nothing away', () => {
  let now = 10_000;
  const allowance = new Allowance({ burst: 2, perSecond: 1 }, () => now);
  expect([allowance.take('a', 2), allowance.take('a'), allowance.take('b', 2)]).toEqual([0, 1, 0]);
  now = 0;
  expect(allowance.take('a')).toBe(1);
  now = 1_000;
  expect(allowance.take('a')).toBe(0);
});
