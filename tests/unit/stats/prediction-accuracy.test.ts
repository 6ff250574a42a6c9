import fc from 'fast-check';
import { expect, test } from 'vitest';
import { predictionAccuracyIndex, ranksWithin } from '../../../shared/stats/prediction-accuracy.ts';
import { accepted, refused } from './outcome.ts';

const places = fc.array(
  fc.record({
    observed: fc.nat({ max: 20 }),
    predicted: fc.double({ min: 0, max: 50, noNaN: true }),
    area: fc.double({ min: 0.01, max: 10, noNaN: true }),
  }),
  { minLength: 1, maxLength: 40 },
);

test('shares end at 1, PAI too, and PEI reaches 1 with the whole area; no figure is NaN', () => {
  fc.assert(
    fc.property(places, (rows) => {
      const [observed, predicted, area] = (['observed', 'predicted', 'area'] as const).map((key) =>
        rows.map((row) => row[key]),
      ) as [number[], number[], number[]];
      const outcome = predictionAccuracyIndex(observed, predicted, area);
      fc.pre(outcome.ok);
      const accuracy = accepted(outcome);
      expect([...accuracy.order].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i));
      for (const share of [accuracy.hitRate, accuracy.areaFraction, accuracy.pai, accuracy.pei])
        expect(share.at(-1)).toBeCloseTo(1, 9);
      const figures = [accuracy.pai, accuracy.pei, accuracy.hitRate, accuracy.areaFraction].flatMap((all) => [...all]);
      expect(figures.every((figure) => Number.isFinite(figure) && figure >= 0)).toBe(true);
      expect(accuracy.rri.every((figure) => figure === null || Number.isFinite(figure))).toBe(true);
    }),
  );
});

test('a map that foresaw everything has the best PAI at every rank', () => {
  const accuracy = accepted(predictionAccuracyIndex([1, 9, 4, 0], [2, 18, 8, 0], [1, 3, 1, 5]));
  expect([...accuracy.order]).toEqual([2, 1, 0, 3]);
  expect([...accuracy.pei]).toEqual([1, 1, 1, 1]);
});

test('what a share of the area allows', () => {
  const accuracy = accepted(predictionAccuracyIndex([3, 2, 1], [3, 2, 1], [1, 1, 1]));
  expect([0.1, 1 / 3, 0.5, 2 / 3, 0.99, 1].map((limit) => ranksWithin(accuracy, limit))).toEqual([0, 1, 1, 2, 2, 3]);
});

test.each([
  ['no-areas', [], [], []],
  ['length-mismatch', [1], [1, 2], [1]],
  ['not-finite', [1, Number.NaN], [1, 1], [1, 1]],
  ['not-finite', [1, 1], [1, Number.POSITIVE_INFINITY], [1, 1]],
  ['negative-count', [-1, 1], [1, 1], [1, 1]],
  ['negative-count', [1.5, 1], [1, 1], [1, 1]],
  ['negative-count', [1, 1], [-1, 1], [1, 1]],
  ['out-of-range', [1, 1], [1, 1], [0, 1]],
  ['all-zero', [0, 0], [1, 1], [1, 1]],
  ['all-zero', [1, 1], [0, 0], [1, 1]],
] as const)('%s: observed %j, predicted %j, area %j', (reason, observed, predicted, area) => {
  expect(refused(predictionAccuracyIndex(observed, predicted, area))).toBe(reason);
});
