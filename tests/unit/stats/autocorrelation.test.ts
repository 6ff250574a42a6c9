import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GETIS_ORD_STATE, getisOrdG } from '../../../shared/stats/getis-ord.ts';
import {
  type GlobalAutocorrelation,
  gearyC,
  globalMoran,
  globalMoranPermutation,
} from '../../../shared/stats/global-moran.ts';
import { LOCAL_MORAN_STATE, LOCAL_QUADRANT, localMoran } from '../../../shared/stats/local-moran.ts';
import { localMoranPermutation } from '../../../shared/stats/local-moran-permutation.ts';
import type { Outcome } from '../../../shared/stats/result.ts';
import { contiguityWeights, neighboursFromLists } from '../../../shared/stats/weights.ts';
import { mapAndOrder, reordered, type SmallMap, smallMap, weightsOf } from './arbitrary-maps.ts';
import { accepted, refused } from './outcome.ts';
import { expectAllNear, expectNear } from './reference-file.ts';

/** What a local method says of each place. */
interface Local {
  z: Float64Array;
  p: Float64Array;
  state: Uint8Array;
}

const LOCAL: [string, (map: SmallMap) => Outcome<Local>][] = [
  ['Gi', (map) => getisOrdG(map.values, weightsOf(map), { star: false })],
  ['Gi*', (map) => getisOrdG(map.values, weightsOf(map))],
  ['Gi* of row-standardised weights', (map) => getisOrdG(map.values, weightsOf(map, 'row-standardised'))],
  ['local Moran, conditional', (map) => localMoran(map.values, weightsOf(map))],
  ['local Moran, total', (map) => localMoran(map.values, weightsOf(map, 'row-standardised'), { moments: 'total' })],
];

const GLOBAL: [string, (map: SmallMap) => Outcome<GlobalAutocorrelation>][] = [
  ['Moran', (map) => globalMoran(map.values, weightsOf(map))],
  ['Moran of row-standardised weights', (map) => globalMoran(map.values, weightsOf(map, 'row-standardised'))],
  ['Geary', (map) => gearyC(map.values, weightsOf(map))],
];

/** A map whose values have few digits, so that another order or unit only rounds otherwise. */
const isPlain = ({ values }: SmallMap) =>
  values.every((value) => (Math.abs(value) <= 1e6 && Math.abs(value) >= 1e-3) || value === 0);
const NEAR = { rel: 1e-6, abs: 1e-6 };

describe.each(LOCAL)('%s on any map', (_, method) => {
  test('p is from 0 to 1, every figure finite, and a place without a figure says so', () => {
    fc.assert(
      fc.property(smallMap, (map) => {
        const outcome = method(map);
        if (!outcome.ok) return;
        for (const [name, figures] of Object.entries(outcome.value)) {
          if (!(figures instanceof Float64Array)) continue;
          expect(figures.every(Number.isFinite), name).toBe(true);
        }
        const { z, p, state } = outcome.value;
        expect(p.every((value) => value >= 0 && value <= 1)).toBe(true);
        for (const [place, code] of state.entries())
          if (code !== 0) expect([Math.abs(z[place] ?? 9), p[place]]).toEqual([0, 1]);
      }),
    );
  });

  test('the order of the places plays no part', () => {
    fc.assert(
      fc.property(mapAndOrder, ({ map, order }) => {
        fc.pre(isPlain(map));
        const [one, other] = [method(map), method(reordered(map, order))];
        expect(refused(other)).toBe(refused(one));
        if (!one.ok || !other.ok) return;
        const { z, state } = one.value;
        expect([...other.value.state]).toEqual(order.map((from) => state[from]));
        expectAllNear(
          other.value.z,
          order.map((from) => z[from] ?? 0),
          NEAR,
          'z',
        );
      }),
    );
  });

  test('the unit of the values and where it begins play no part', () => {
    fc.assert(
      fc.property(smallMap, fc.integer({ min: -3, max: 9 }), fc.integer({ min: -50, max: 50 }), (map, power, shift) => {
        fc.pre(isPlain(map));
        const moved = { ...map, values: map.values.map((value) => (value + shift) * 2 ** power) };
        const [one, other] = [method(map), method(moved)];
        if (!one.ok || !other.ok) return;
        expectAllNear(other.value.z, [...one.value.z], NEAR, 'z');
      }),
    );
  });
});

describe.each(GLOBAL)('%s on any map', (_, method) => {
  test('figures are finite, p is from 0 to 1, and the order of the places plays no part', () => {
    fc.assert(
      fc.property(mapAndOrder, ({ map, order }) => {
        const [one, other] = [method(map), method(reordered(map, order))];
        if (!one.ok) return;
        const { statistic, expected, randomisation, normality } = one.value;
        const figures = [statistic, expected, ...Object.values(randomisation), ...Object.values(normality)];
        expect(figures.every(Number.isFinite)).toBe(true);
        for (const { p } of [randomisation, normality]) expect(p >= 0 && p <= 1).toBe(true);
        if (isPlain(map)) expectNear(accepted(other).statistic, statistic, NEAR, 'statistic');
      }),
    );
  });
});

/** A row of places, each touching the next, then an island. */
const rowOf = (values: number[]): SmallMap => ({
  values,
  lists: values.map((_, place) =>
    place === values.length - 1
      ? []
      : [place - 1, place + 1].filter((other) => other >= 0 && other < values.length - 1),
  ),
});

describe('islands', () => {
  const map = rowOf([4, 9, 2, 7, 7, 1, 50]);

  test('have Gi* of themselves, and neither Gi nor Moran', () => {
    const star = accepted(getisOrdG(map.values, weightsOf(map)));
    expect(star.state[6]).toBe(GETIS_ORD_STATE.defined);
    expect(star.z[6]).toBeGreaterThan(2);
    expect(accepted(getisOrdG(map.values, weightsOf(map), { star: false })).state[6]).toBe(
      GETIS_ORD_STATE.noNeighbours,
    );
    for (const moments of ['total', 'conditional'] as const) {
      const moran = accepted(localMoran(map.values, weightsOf(map), { moments }));
      expect(moran.state[6]).toBe(LOCAL_MORAN_STATE.noNeighbours);
      expect(moran.quadrant[6]).toBe(LOCAL_QUADRANT.none);
    }
  });

  test('are left out of the global statistics: their moments are those of all orders of the other values', () => {
    const weights = weightsOf(map);
    for (const method of [globalMoran, gearyC]) {
      const found = accepted(method(map.values, weights));
      expect(found.places).toBe(6);
      const all = ordersOf(map.values.slice(0, 6)).map((order) => accepted(method([...order, 50], weights)).statistic);
      const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
      const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
      expectNear(found.expected, mean, { abs: 1e-12 }, 'mean');
      expectNear(found.randomisation.variance, variance, { rel: 1e-9 }, 'variance');
    }
  });
});

test('weights that are not symmetric have the moments of all orders too', () => {
  const weights = accepted(contiguityWeights(accepted(neighboursFromLists([[1, 2], [2], [0, 4], [0, 1, 2], [3]]))));
  const values = [3, 1, 4, 1, 5.5];
  for (const method of [globalMoran, gearyC]) {
    const all = ordersOf(values).map((order) => accepted(method(order, weights)).statistic);
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
    expectNear(accepted(method(values, weights)).randomisation.variance, variance, { rel: 1e-9 }, 'variance');
  }
});

test('a far value leaves the others their own variance', () => {
  const values = [1, 2, 3, 2, 1, 1e9];
  const map = rowOf([...values, 2]);
  const { z, state } = accepted(getisOrdG(map.values, weightsOf(map), { star: false }));
  const near = accepted(getisOrdG([1, 2, 3, 2, 1, 7, 2], weightsOf(map), { star: false }));
  // Gi of the far place itself does not know its value.
  expect(state[5]).toBe(GETIS_ORD_STATE.defined);
  expectNear(z[5], near.z[5] ?? 0, { rel: 1e-9 }, 'z');
});

describe('permutations', () => {
  const map = rowOf([1, 2, 2, 3, 8, 9, 7, 9, 1, 2, 1, 0, 4]);
  const weights = weightsOf(map);

  test('agree with the moments, and a seed repeats them', () => {
    const options = { permutations: 4999, seed: 11 };
    const moran = accepted(globalMoran(map.values, weights));
    const drawn = accepted(globalMoranPermutation(map.values, weights, options));
    expectNear(drawn.statistic, moran.statistic, { rel: 1e-12 }, 'I');
    expect(drawn.expected).toBe(moran.expected);
    expectNear(drawn.mean, moran.expected, { abs: 0.02 }, 'mean');
    expectNear(drawn.deviation, Math.sqrt(moran.randomisation.variance), { rel: 0.05 }, 'deviation');
    expectNear(drawn.p, moran.randomisation.p, { abs: 0.02 }, 'p');
    expect(accepted(globalMoranPermutation(map.values, weights, options))).toEqual(drawn);
    expect(accepted(globalMoranPermutation(map.values, weights, { ...options, seed: 12 }))).not.toEqual(drawn);

    const local = accepted(localMoranPermutation(map.values, weights, options));
    expect(accepted(localMoranPermutation(map.values, weights, options))).toEqual(local);
    expect(local.p[5]).toBeLessThan(0.1);
    expect(local.state[12]).toBe(LOCAL_MORAN_STATE.noNeighbours);
    expect(local.p.every((p) => p >= 2 / 5000 && p <= 1)).toBe(true);
  });

  test('tell how far they are, and stop when asked', () => {
    for (const method of [globalMoranPermutation, localMoranPermutation]) {
      const steps: [number, number][] = [];
      const onProgress = (done: number, total: number) => steps.push([done, total]);
      expect(method(map.values, weights, { permutations: 20, seed: 1, onProgress }).ok).toBe(true);
      expect(steps.at(-1)?.[0]).toBe(steps.at(-1)?.[1]);
      expect(steps.length).toBeGreaterThan(1);
      const cancelled = () => true;
      expect(refused(method(map.values, weights, { permutations: 20, seed: 1, cancelled }))).toBe('cancelled');
    }
  });

  test('of values without a pattern give each p its share', () => {
    let low = 0;
    for (let seed = 0; seed < 200; seed++) {
      const values = ordersOf([0, 1, 2, 3, 4])[(seed * 7) % 120] ?? [];
      const ring = { values, lists: values.map((_, i) => [(i + 1) % 5, (i + 4) % 5]) };
      low += accepted(globalMoranPermutation(values, weightsOf(ring), { permutations: 99, seed })).p <= 0.2 ? 1 : 0;
    }
    expect(low).toBeLessThan(60);
  });
});

describe('what is refused', () => {
  const map = rowOf([1, 2, 3, 4, 5]);
  const methods: ((values: number[]) => Outcome<unknown>)[] = [
    (values) => getisOrdG(values, weightsOf(map)),
    (values) => localMoran(values, weightsOf(map)),
    (values) => globalMoran(values, weightsOf(map)),
    (values) => gearyC(values, weightsOf(map)),
    (values) => globalMoranPermutation(values, weightsOf(map), { permutations: 9, seed: 1 }),
    (values) => localMoranPermutation(values, weightsOf(map), { permutations: 9, seed: 1 }),
  ];
  test.each([
    ['all-zero', [0, 0, 0, 0, 0]],
    ['no-variance', [2, 2, 2, 2, 2]],
    ['not-finite', [1, 2, Number.NaN, 4, 5]],
    ['not-finite', [1, 2, Number.POSITIVE_INFINITY, 4, 5]],
    ['out-of-range', [1, 2, 1e80, 4, 5]],
    ['length-mismatch', [1, 2, 3]],
  ])('%s', (reason, values) => {
    for (const method of methods) expect(refused(method(values))).toBe(reason);
  });

  test('maps that are too small, and options out of range', () => {
    const lonely = { values: [1, 2], lists: [[], []] };
    const pair = { values: [1, 2], lists: [[1], [0]] };
    expect(refused(getisOrdG([1], weightsOf({ values: [1], lists: [[]] })))).toBe('one-area');
    expect(refused(getisOrdG(lonely.values, weightsOf(lonely)))).toBe('no-neighbours');
    expect(refused(localMoran(pair.values, weightsOf(pair)))).toBe('few-areas');
    expect(refused(globalMoran(pair.values, weightsOf(pair)))).toBe('few-areas');
    expect(refused(globalMoran([1, 1, 1, 1, 9], weightsOf(rowOf([1, 1, 1, 1, 9]))))).toBe('no-variance');
    expect(refused(globalMoranPermutation(map.values, weightsOf(map), { permutations: 0, seed: 1 }))).toBe(
      'out-of-range',
    );
    expect(refused(localMoranPermutation(map.values, weightsOf(map), { permutations: 0.5, seed: 1 }))).toBe(
      'out-of-range',
    );
  });
});

test('a place at the mean has no I to judge, yet its lag is compared with those drawn', () => {
  const map = rowOf([0, 6, 3, 1, 5]);
  const drawn = accepted(localMoranPermutation(map.values, weightsOf(map), { permutations: 4000, seed: 1 }));
  expect([drawn.state[2], drawn.p[2]]).toEqual([LOCAL_MORAN_STATE.atMean, 1]);
  // Of the pairs of 0, 6, 1 and 5 there are six: two have a sum of 7 or more, five one of 7 or less.
  expect((drawn.atLeast[2] ?? 0) / 4000).toBeCloseTo(2 / 6, 1);
  expect((drawn.atMost[2] ?? 0) / 4000).toBeCloseTo(5 / 6, 1);
});

function ordersOf(values: readonly number[]): number[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((first, at) => ordersOf(values.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}
