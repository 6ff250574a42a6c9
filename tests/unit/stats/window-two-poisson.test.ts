import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WINDOW_STATE } from '../../../shared/stats/window-poisson.ts';
import { windowTwoPoisson } from '../../../shared/stats/window-two-poisson.ts';
import { weightsOf } from './arbitrary-maps.ts';
import { accepted, refused } from './outcome.ts';
import { expectAllNear } from './reference-file.ts';

/** A row of four places and two islands. */
const weights = weightsOf({ values: [0, 0, 0, 0, 0, 0], lists: [[1], [0, 2], [1, 3], [2], [], []] });
const counts = [1, 2, 0, 3, 4, 0];
const baseline = [0, 1, 1, 0, 0, 0];

/** P(X ≥ n) for X binomial, summed term by term. */
function binomialTail(n: number, size: number, share: number): number {
  let sum = 0;
  for (let k = n; k <= size; k++) {
    let term = 1;
    for (let i = 1; i <= k; i++) term *= ((size - k + i) / i) * share;
    sum += term * (1 - share) ** (size - k);
  }
  return sum;
}

test('the p of a window is the tail of the binomial of all its incidents', () => {
  const found = accepted(windowTwoPoisson(counts, baseline, weights, { exposures: [30, 60] }));
  expect([...found.observed]).toEqual([3, 3, 5, 3, 4, 0]);
  expect([...found.expected]).toEqual([0.5, 1, 1, 0.5, 0, 0]);
  const tails = [
    [3, 4],
    [3, 5],
    [5, 7],
    [3, 4],
    [4, 4],
  ].map(([n = 0, size = 0]) => binomialTail(n, size, 1 / 3));
  expectAllNear(found.p, [...tails, 1], { rel: 1e-12 }, 'p');
  // (1/3)⁴, by hand: all four of the island fell into the period, a third of the time.
  expect(found.p[4]).toBeCloseTo(1 / 81, 14);
  expect([...found.state]).toEqual([0, 0, 0, 0, 0, WINDOW_STATE.nothingExpected]);
  expect(found.discoveries.tested).toBe(5);
});

test('a greater count never raises p, a greater baseline never lowers it', () => {
  const count = fc.nat({ max: 200 });
  fc.assert(
    fc.property(count, count, fc.double({ min: 0.01, max: 100, noNaN: true }), (n, b, ratio) => {
      const lone = weightsOf({ values: [0, 0], lists: [[], []] });
      const { p } = accepted(windowTwoPoisson([n, n + 1], [b, b], lone, { exposures: [ratio, 1] }));
      const { p: calmer } = accepted(windowTwoPoisson([n, n + 1], [b + 1, b + 1], lone, { exposures: [ratio, 1] }));
      expect(p[1]).toBeLessThanOrEqual((p[0] ?? 0) + 1e-12);
      expect(calmer[1]).toBeGreaterThanOrEqual((p[1] ?? 0) - 1e-12);
    }),
  );
});

test.each([
  ['no-areas', [], [], [1, 1]],
  ['length-mismatch', counts, [1], [1, 1]],
  ['negative-count', counts.with(0, -1), baseline, [1, 1]],
  ['negative-count', counts, baseline.with(0, 0.5), [1, 1]],
  ['not-finite', counts, baseline.with(0, Number.NaN), [1, 1]],
  ['out-of-range', counts.with(0, 2e7), baseline, [1, 1]],
  ['all-zero', counts.map(() => 0), counts.map(() => 0), [1, 1]],
  ['empty-period', counts, baseline, [0, 1]],
  ['not-finite', counts, baseline, [1, Number.NaN]],
] as const)('refuses %s', (reason, some, before, exposures) => {
  expect(refused(windowTwoPoisson([...some], [...before], weights, { exposures }))).toBe(reason);
});
