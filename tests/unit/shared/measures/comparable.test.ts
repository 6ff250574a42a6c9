import { expect, test } from 'vitest';
import { comparableCounts } from '../../../../shared/measures/comparable.ts';

test('the same number has the same class in both periods', () => {
  const { period, baseline, perDays } = comparableCounts([0, 1, 4, 9], [9, 4, 1, 0], { period: 28, baseline: 28 });
  expect(perDays).toBeUndefined();
  expect([...baseline.cls]).toEqual([...period.cls].reverse());
  expect(baseline.classes).toEqual(period.classes);
  expect(new Set(period.cls).size).toBe(4);
});

test('a longer baseline is brought to the length of the period', () => {
  const { period, baseline, perDays } = comparableCounts([2, 6], [4, 12], { period: 14, baseline: 28 });
  expect(perDays).toBe(14);
  expect([...baseline.value]).toEqual([2, 6]);
  expect([...baseline.cls]).toEqual([...period.cls]);
});

test('nothing at all is the class of zero everywhere', () => {
  const { period, baseline } = comparableCounts([0, 0], [0, 0], { period: 7, baseline: 7 });
  expect([...period.cls, ...baseline.cls]).toEqual([0, 0, 0, 0]);
  expect(period.classes[0]).toEqual({ kind: 'range', from: 0, to: 0 });
});
