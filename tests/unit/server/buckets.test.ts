import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Buckets } from '../../../server/buckets.ts';

const ALLOWANCE = { burst: 100, perSecond: 20 };

test('never gives more than the burst and what was filled since', () => {
  const step = fc.record({ waitMs: fc.integer({ min: 0, max: 4_000 }), count: fc.integer({ min: 1, max: 100 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      let now = 0;
      const buckets = new Buckets<string>(ALLOWANCE, () => now);
      let taken = 0;
      for (const { waitMs, count } of steps) {
        now += waitMs;
        const wait = buckets.take('one', count);
        if (wait === 0) {
          taken += count;
          expect(taken).toBeLessThanOrEqual(ALLOWANCE.burst + (now / 1000) * ALLOWANCE.perSecond + 1e-6);
          continue;
        }
        // The wait it names is long enough.
        now += wait * 1000;
        expect(buckets.take('one', count)).toBe(0);
        taken += count;
      }
    }),
  );
});

test('a reserve is left for what matters more, and nobody pays for another', () => {
  const buckets = new Buckets<number>(ALLOWANCE, () => 0);
  expect(buckets.take(1, 80, 20)).toBe(0);
  expect(buckets.take(1, 1, 20)).toBe(1);
  expect(buckets.take(1, 20)).toBe(0);
  expect(buckets.take(1, 40)).toBe(2);
  expect(buckets.take(2, 100)).toBe(0);
});

test('a clock that goes back gives nothing', () => {
  let now = 10_000;
  const buckets = new Buckets<number>(ALLOWANCE, () => now);
  buckets.take(1, 100);
  now = 0;
  expect(buckets.take(1, 1)).toBe(1);
});
