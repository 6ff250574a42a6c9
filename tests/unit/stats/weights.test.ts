import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceBandWeights, kNearestWeights } from '../../../shared/stats/proximity.ts';
import {
  contiguityWeights,
  inverseDistanceWeights,
  neighboursFromLists,
  type PlanePoints,
  type SpatialWeights,
} from '../../../shared/stats/weights.ts';
import { accepted, refused } from './outcome.ts';

const pointsOf = (pairs: readonly (readonly [number, number])[]): PlanePoints => ({
  x: Float64Array.from(pairs, ([x]) => x),
  y: Float64Array.from(pairs, ([, y]) => y),
});
const listsOf = ({ size, starts, neighbours }: SpatialWeights) =>
  Array.from({ length: size }, (_, place) => [...neighbours.subarray(starts[place], starts[place + 1])]);

/** Points in clumps, on lines and at the same spot, some of them far away. */
const somePairs = fc.array(
  fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })),
    fc.tuple(fc.double({ min: -100, max: 100, noNaN: true }), fc.constant(3)),
    fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: -1e6, max: 0 })),
  ),
  { minLength: 2, maxLength: 40 },
);
const squared = (a: readonly number[], b: readonly number[]) =>
  ((a[0] ?? 0) - (b[0] ?? 0)) ** 2 + ((a[1] ?? 0) - (b[1] ?? 0)) ** 2;

describe('neighbours from lists', () => {
  test('are sorted, weigh 1 or their share, and say who has none', () => {
    const neighbours = accepted(neighboursFromLists([[2, 1], [0], [0], []]));
    const binary = accepted(contiguityWeights(neighbours));
    expect(listsOf(binary)).toEqual([[1, 2], [0], [0], []]);
    expect([...binary.weights]).toEqual([1, 1, 1, 1]);
    expect([...binary.islands]).toEqual([3]);
    const shares = accepted(contiguityWeights(neighbours, { style: 'row-standardised' }));
    expect([...shares.weights]).toEqual([0.5, 0.5, 1, 1]);
  });

  test.each([
    ['no-areas', []],
    ['out-of-range', [[1], [2]]],
    ['out-of-range', [[-1], []]],
    ['out-of-range', [[0.5], []]],
    ['out-of-range', [[0], []]],
    ['out-of-range', [[1, 1], [0]]],
  ])('%s: %j', (reason, lists) => {
    expect(refused(neighboursFromLists(lists))).toBe(reason);
  });
});

describe('inverse distances', () => {
  const neighbours = accepted(neighboursFromLists([[1], [0, 2], [1]]));

  test('are those of the points', () => {
    const points = pointsOf([
      [0, 0],
      [3, 4],
      [3, 14],
    ]);
    expect([...accepted(inverseDistanceWeights(neighbours, points)).weights]).toEqual([0.2, 0.2, 0.1, 0.1]);
  });

  test.each([
    [
      'out-of-range',
      [
        [0, 0],
        [0, 0],
        [1, 1],
      ],
    ],
    [
      'not-finite',
      [
        [0, 0],
        [Number.NaN, 0],
        [1, 1],
      ],
    ],
    [
      'length-mismatch',
      [
        [0, 0],
        [1, 1],
      ],
    ],
  ] as [string, [number, number][]][])('%s', (reason, pairs) => {
    expect(refused(inverseDistanceWeights(neighbours, pointsOf(pairs)))).toBe(reason);
  });
});

describe('a band of distance', () => {
  test('holds whom comparing all with all finds', () => {
    fc.assert(
      fc.property(somePairs, fc.constantFrom(0.5, 1, 2, 40, 1e5), (pairs, metres) => {
        const weights = accepted(distanceBandWeights(pointsOf(pairs), metres));
        const wanted = pairs.map((own, i) =>
          pairs.flatMap((other, j) => (i !== j && squared(own, other) <= metres ** 2 ? [j] : [])),
        );
        expect(listsOf(weights)).toEqual(wanted);
        expect([...weights.islands]).toEqual(wanted.flatMap((list, i) => (list.length === 0 ? [i] : [])));
      }),
    );
  });

  test('with inverse distances, and what is refused', () => {
    const points = pointsOf([
      [0, 0],
      [0, 5],
      [90, 0],
    ]);
    const weights = accepted(distanceBandWeights(points, 10, { style: 'inverse-distance' }));
    expect([...weights.weights]).toEqual([0.2, 0.2]);
    expect(refused(distanceBandWeights(points, 0))).toBe('out-of-range');
    expect(refused(distanceBandWeights(pointsOf([]), 1))).toBe('no-areas');
    expect(refused(distanceBandWeights(pointsOf([[0, Number.NaN]]), 1))).toBe('not-finite');
    expect(refused(distanceBandWeights({ ...points, y: new Float64Array(2) }, 1))).toBe('length-mismatch');
  });
});

describe('the k nearest', () => {
  test('are those that sorting all finds, the earlier of equally near ones first', () => {
    fc.assert(
      fc.property(somePairs, fc.integer({ min: 1, max: 6 }), (pairs, wish) => {
        const k = Math.min(wish, pairs.length - 1);
        const weights = accepted(kNearestWeights(pointsOf(pairs), k, { style: 'row-standardised' }));
        const wanted = pairs.map((own, i) =>
          pairs
            .map((other, j) => ({ j, distance: squared(own, other) }))
            .filter(({ j }) => j !== i)
            .sort((a, b) => a.distance - b.distance || a.j - b.j)
            .slice(0, k)
            .map(({ j }) => j)
            .sort((a, b) => a - b),
        );
        expect(listsOf(weights)).toEqual(wanted);
        expect(weights.weights.every((weight) => weight === 1 / k)).toBe(true);
        expect(weights.islands).toHaveLength(0);
      }),
    );
  });

  test.each([0, 3, 1.5, Number.NaN])('k = %d of three places is refused', (k) => {
    const points = pointsOf([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(refused(kNearestWeights(points, k))).toBe('out-of-range');
  });
});
