import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type BeforeAfter,
  harmWeightedDifference,
  weightedDisplacementDifference,
} from '../../../shared/stats/displacement.ts';
import { accepted, refused } from './outcome.ts';

const PAPER = {
  control: [308, 318],
  treated: [207, 110],
  controlSurroundings: [150, 140],
  treatedSurroundings: [178, 157],
} as const;

test('areas of different sizes, as A. Wheeler has published them', () => {
  const judged = accepted(weightedDisplacementDifference({ ...PAPER, areaWeights: [0.9, 1.2, 1.6, 1.5] }));
  expect(judged.estimate).toBeCloseTo(-99.69444444, 8);
  expect(judged.standardError).toBeCloseTo(35.4280755, 7);
  expect(judged.z).toBeCloseTo(-2.813995483, 9);
  expect(judged.lower).toBeCloseTo(-169.1321965, 7);
  expect(judged.upper).toBeCloseTo(-30.25669241, 7);
  expect(judged.p).toBeCloseTo(0.004893, 6);
});

test('treated and control change places: the sign turns, and nothing else', () => {
  const pair = fc.tuple(fc.nat({ max: 500 }), fc.nat({ max: 500 }));
  fc.assert(
    fc.property(pair, pair, (treated: BeforeAfter, control: BeforeAfter) => {
      fc.pre([...treated, ...control].some((count) => count > 0));
      const one = accepted(weightedDisplacementDifference({ treated, control }));
      const other = accepted(weightedDisplacementDifference({ treated: control, control: treated }));
      expect(other.estimate).toBeCloseTo(-one.estimate, 9);
      expect(other.p).toBeCloseTo(one.p, 12);
      expect(one.p).toBeGreaterThanOrEqual(0);
      expect(one.p).toBeLessThanOrEqual(1);
      expect(one.lower).toBeLessThan(one.upper);
    }),
  );
});

test.each([
  ['negative-count', { treated: [-1, 2], control: [1, 2] }, 0.05],
  ['negative-count', { treated: [1.5, 2], control: [1, 2] }, 0.05],
  ['not-finite', { treated: [Number.NaN, 2], control: [1, 2] }, 0.05],
  ['not-finite', { treated: [1, 2], control: [1, 2], timeWeights: [Number.NaN, 1] }, 0.05],
  ['empty-period', { treated: [1, 2], control: [1, 2], timeWeights: [0, 1] }, 0.05],
  ['out-of-range', { treated: [1, 2], control: [1, 2], areaWeights: [1, 0, 1, 1] }, 0.05],
  ['out-of-range', { treated: [1, 2], control: [1, 2] }, 0],
  ['all-zero', { treated: [0, 0], control: [0, 0] }, 0.05],
] as const)('%s: %j, alpha %d', (reason, input, alpha) => {
  expect(refused(weightedDisplacementDifference(input, { alpha }))).toBe(reason);
});

test.each([
  ['no-areas', [], 0.05],
  ['not-finite', [{ estimate: Number.NaN, standardError: 1, weight: 1 }], 0.05],
  ['out-of-range', [{ estimate: 1, standardError: -1, weight: 1 }], 0.05],
  ['out-of-range', [{ estimate: 1, standardError: 1, weight: 1 }], 1],
  ['no-variance', [{ estimate: 1, standardError: 0, weight: 1 }], 0.05],
] as const)('harm, %s', (reason, differences, alpha) => {
  expect(refused(harmWeightedDifference(differences, { alpha }))).toBe(reason);
});
