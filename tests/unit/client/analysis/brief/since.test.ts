import fc from 'fast-check';
import { expect, test } from 'vitest';
import { riseOf } from '../../../../../client/analysis/brief/since.ts';

test('finds the step from which on there is more', () => {
  expect(riseOf([1, 0, 1, 0, 4, 5, 6])).toEqual({ step: 4, before: 0.5, since: 5 });
  expect(riseOf([0, 0, 0, 5])).toEqual({ step: 3, before: 0, since: 5 });
});

test('says nothing of what fell, stayed, or is too little', () => {
  expect(riseOf([6, 5, 1, 0])).toBeUndefined();
  expect(riseOf([3, 3, 3])).toBeUndefined();
  expect(riseOf([0, 0, 4])).toBeUndefined();
  expect(riseOf([9])).toBeUndefined();
  expect(riseOf([])).toBeUndefined();
});

test('a step from few to many is found wherever it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (few, many) => {
      const series = [...Array<number>(few).fill(1), ...Array<number>(many).fill(9)];
      expect(riseOf(series)).toEqual({ step: few, before: 1, since: 9 });
    }),
  );
});
