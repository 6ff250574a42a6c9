import fc from 'fast-check';
import { expect, test } from 'vitest';
import { riseOf } from '../../../../../client/analysis/brief/since.ts';
import { createRandom } from '../../../../../shared/stats/index.ts';

const ASKED = { alpha: 0.05, seed: 1 };

test('finds the step from which on there is more', () => {
  expect(riseOf([1, 0, 1, 0, 4, 5, 6], ASKED)).toEqual({ step: 4, before: 0.5, since: 5 });
  expect(riseOf([0, 0, 0, 5], ASKED)).toEqual({ step: 3, before: 0, since: 5 });
});

test('says nothing of what fell, stayed, or is too little', () => {
  expect(riseOf([6, 5, 1, 0], ASKED)).toBeUndefined();
  expect(riseOf([3, 3, 3], ASKED)).toBeUndefined();
  expect(riseOf([0, 0, 4], ASKED)).toBeUndefined();
  expect(riseOf([9], ASKED)).toBeUndefined();
  expect(riseOf([], ASKED)).toBeUndefined();
});

test('says nothing of what chance gives as well', () => {
  expect(riseOf([1, 2, 0, 1, 2, 1, 3, 2], ASKED)).toBeUndefined();
});

test('a level that rises ninefold is found wherever it does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 20 }), fc.integer({ min: 1, max: 20 }), (few, many) => {
      const series = [...Array<number>(few).fill(1), ...Array<number>(many).fill(9)];
      expect(riseOf(series, ASKED)).toEqual({ step: few, before: 1, since: 9 });
    }),
    { numRuns: 20 },
  );
});

test.each([2, 30])('of flat series of %f a step no more rise than alpha allows', (mean) => {
  const random = createRandom(2026);
  const risen = Array.from({ length: 200 }, (_, seed) =>
    riseOf(
      Array.from({ length: 24 }, () => random.poisson(mean)),
      { alpha: 0.05, seed },
    ),
  ).filter((rise) => rise !== undefined);
  expect(risen.length).toBeLessThanOrEqual(20);
});

test('a doubling is found, near where it was', () => {
  const random = createRandom(7);
  const found = Array.from({ length: 20 }, (_, seed) =>
    riseOf(
      Array.from({ length: 24 }, (_, step) => random.poisson(step < 12 ? 12 : 24)),
      { alpha: 0.05, seed },
    ),
  );
  expect(found.every((rise) => rise !== undefined && Math.abs(rise.step - 12) <= 4)).toBe(true);
});
