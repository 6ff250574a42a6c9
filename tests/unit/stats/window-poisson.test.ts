import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { poissonUpperTail } from '../../../shared/stats/poisson.ts';
import { WINDOW_STATE, windowPoisson } from '../../../shared/stats/window-poisson.ts';
import { mapAndOrder, reordered, weightsOf } from './arbitrary-maps.ts';
import { accepted, refused } from './outcome.ts';
import { expectAllNear } from './reference-file.ts';

/** A row of five places, each touching the next, and an island. */
const map = { values: [0, 2, 5, 0, 1, 4], lists: [[1], [0, 2], [1, 3], [2, 4], [3], []] };
const weights = weightsOf(map);

describe('the exact Poisson window', () => {
  test('takes a place and its neighbours, an island alone', () => {
    const found = accepted(windowPoisson(map.values, [1, 1, 1, 1, 1, 0.5], weights));
    expect([...found.observed]).toEqual([2, 7, 7, 6, 1, 4]);
    expect([...found.expected]).toEqual([2, 3, 3, 3, 2, 0.5]);
    expectAllNear(
      found.p,
      [
        [2, 2],
        [7, 3],
        [7, 3],
        [6, 3],
        [1, 2],
        [4, 0.5],
      ].map(([n = 0, mean = 0]) => poissonUpperTail(n, mean)),
      { rel: 1e-14 },
      'p',
    );
    // 1 − e^−½ (1 + ½ + ⅛ + 1/48), by hand.
    expectAllNear(
      found.p.subarray(5),
      [1 - Math.exp(-0.5) * (1 + 0.5 + 0.125 + 1 / 48)],
      { rel: 1e-10 },
      'p of the island',
    );
    expect(found.discoveries.significant[5]).toBe(1);
    expect(found.discoveries.count).toBe(1);
  });

  test('says where nothing was expected, and tests nothing there', () => {
    const found = accepted(windowPoisson(map.values, [1, 0, 0, 0, 0, 0], weights));
    const { defined, nothingExpected } = WINDOW_STATE;
    expect([...found.state]).toEqual([defined, defined, ...new Array(4).fill(nothingExpected)]);
    expect(found.p[5]).toBe(1);
    expect(found.discoveries.tested).toBe(2);
  });

  test('p is from 0 to 1 and does not depend on the order of the places; a greater count never raises it', () => {
    fc.assert(
      fc.property(mapAndOrder, fc.double({ min: 1e-6, max: 1e4, noNaN: true }), ({ map: some, order }, mean) => {
        const counts = some.values.map((value) => Math.floor(Math.abs(value) % 50));
        const expected = counts.map((_, place) => mean * (place % 3));
        const one = windowPoisson(counts, expected, weightsOf(some));
        if (!one.ok) return;
        const { p, state } = one.value;
        expect(p.every((value) => value >= 0 && value <= 1)).toBe(true);
        const moved = reordered({ ...some, values: counts }, order);
        const other = accepted(
          windowPoisson(
            moved.values,
            order.map((from) => expected[from] ?? 0),
            weightsOf(moved),
          ),
        );
        expectAllNear(
          other.p,
          order.map((from) => p[from] ?? 0),
          { rel: 1e-9 },
          'p',
        );
        expect([...other.state]).toEqual(order.map((from) => state[from]));
        const more = accepted(
          windowPoisson(
            counts.map((count) => count + 1),
            expected,
            weightsOf(some),
          ),
        );
        expect(more.p.every((value, place) => value <= (p[place] ?? 0))).toBe(true);
      }),
    );
  });

  test.each([
    ['no-areas', [], []],
    ['length-mismatch', map.values, [1]],
    ['length-mismatch', [1], [1]],
    ['negative-count', [0, -1, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1]],
    ['negative-count', [0, 0.5, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1]],
    ['not-finite', [0, Number.NaN, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1]],
    ['not-finite', map.values, [1, 1, Number.POSITIVE_INFINITY, 1, 1, 1]],
    ['out-of-range', map.values, [1, 1, -1, 1, 1, 1]],
    ['all-zero', [0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1]],
    ['all-zero', map.values, [0, 0, 0, 0, 0, 0]],
  ])('%s: %j against %j', (reason, counts, expected) => {
    expect(refused(windowPoisson(counts, expected, weights))).toBe(reason);
  });

  test('an alpha out of range is refused', () => {
    expect(refused(windowPoisson(map.values, [1, 1, 1, 1, 1, 1], weights, { alpha: 5 }))).toBe('out-of-range');
  });
});
