import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_VERTICES, polygonFault } from '../../../../server/access/polygon-check.ts';

type Ring = [number, number][];
const box = (west: number, south: number, size: number): Ring => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

/** A star-shaped ring around a place: never crosses itself. */
function star(count: number, radius: (index: number) => number, lon = 116, lat = -8): Ring {
  const ring = Array.from({ length: count }, (_, index): [number, number] => {
    const angle = (index / count) * 2 * Math.PI;
    return [lon + radius(index) * Math.cos(angle), lat + radius(index) * Math.sin(angle)];
  });
  return [...ring, ring[0] ?? [0, 0]];
}

describe('a polygon that is taken', () => {
  test.each([
    ['a box', [[box(116, -8, 1)]]],
    ['with a hole', [[box(116, -8, 1), box(116.2, -7.8, 0.2)]]],
    ['two boxes', [[box(116, -8, 1)], [box(118, -8, 1)]]],
    ['an island in a hole', [[box(116, -8, 1), box(116.2, -7.8, 0.5)], [box(116.3, -7.7, 0.1)]]],
    ['clockwise', [[[...box(116, -8, 1)].reverse() as Ring]]],
    ['most vertices', [[star(MOST_VERTICES, (index) => 1 + (index % 2))]]],
  ])('%s', (_, coordinates) => {
    expect(polygonFault(coordinates)).toBeUndefined();
  });

  test('any star around a place', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 5, maxLength: 60 }), (radii) => {
        expect(polygonFault([[star(radii.length, (index) => radii[index] ?? 1)]])).toBeUndefined();
      }),
    );
  });
});

describe('a polygon that is not', () => {
  test.each<[string, Ring[][], string, [number, number]]>([
    [
      'a bow tie',
      [
        [
          [
            [0, 0],
            [1, 1],
            [1, 0],
            [0, 1],
            [0, 0],
          ],
        ],
      ],
      'crosses or touches itself',
      [0.5, 0.5],
    ],
    [
      'open',
      [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        ],
      ],
      'not closed',
      [0, 1],
    ],
    [
      'too few corners',
      [
        [
          [
            [0, 0],
            [1, 0],
            [0, 0],
          ],
        ],
      ],
      'fewer than three corners',
      [0, 0],
    ],
    [
      'without width',
      [
        [
          [
            [0, 0],
            [1, 0],
            [2, 0],
            [0, 0],
          ],
        ],
      ],
      'itself',
      [0, 0],
    ],
    [
      'a spike',
      [
        [
          [
            [0, 0],
            [2, 0],
            [2, 2],
            [2, 1],
            [0, 2],
            [0, 0],
          ],
        ],
      ],
      'itself',
      [2, 1],
    ],
    [
      'a vertex twice',
      [
        [
          [
            [0, 0],
            [1, 0],
            [1, 0],
            [0, 1],
            [0, 0],
          ],
        ],
      ],
      'twice in a row',
      [1, 0],
    ],
    [
      'touching itself',
      [
        [
          [
            [0, 0],
            [4, 0],
            [4, 4],
            [2, 0],
            [0, 4],
            [0, 0],
          ],
        ],
      ],
      'itself',
      [2, 0],
    ],
    ['two that overlap', [[box(0, 0, 2)], [box(1, 1, 2)]], 'another ring', [1, 2]],
    ['two that share a side', [[box(0, 0, 1)], [box(1, 0, 1)]], 'another ring', [1, 0]],
    ['one in another', [[box(0, 0, 4)], [box(1, 1, 1)]], 'within another polygon', [1, 1]],
    ['a hole outside', [[box(0, 0, 1), box(5, 5, 1)]], 'outside of its polygon', [5, 5]],
    ['a hole in a hole', [[box(0, 0, 9), box(1, 1, 7), box(2, 2, 1)]], 'within a hole', [2, 2]],
    ['off the earth', [[box(179.5, 0, 1)]], 'no place on earth', [0, 0]],
    [
      'not a number',
      [
        [
          [
            [0, 0],
            [Number.NaN, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
      'no place on earth',
      [0, 0],
    ],
    [
      'endless',
      [
        [
          [
            [0, 0],
            [Number.POSITIVE_INFINITY, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
      'no place on earth',
      [0, 0],
    ],
    [
      'around the world',
      [
        [
          [
            [-179, 0],
            [179, 0],
            [179, 1],
            [-179, 0],
          ],
        ],
      ],
      '180th meridian',
      [179, 0],
    ],
    ['too many vertices', [[star(MOST_VERTICES + 1, () => 1)]], 'more than 2000', [117, -8]],
  ])('%s', (_, coordinates, problem, at) => {
    const fault = polygonFault(coordinates);
    expect(fault?.problem).toContain(problem);
    expect(fault?.at[0]).toBeCloseTo(at[0], 9);
    expect(fault?.at[1]).toBeCloseTo(at[1], 9);
  });
});

test('R12: the slowest to check, valid or not, takes less than half a second', () => {
  // Sides that all reach from west to east: each is compared with each.
  const half = MOST_VERTICES / 2 - 1;
  const zigzag: Ring = Array.from({ length: half }, (_, n): [number, number] => [n % 2, n / 1000]);
  const back = zigzag.map(([lon, lat]): [number, number] => [lon + 1e-5, lat + 5e-4]).reverse();
  const ribbon: Ring = [...zigzag, ...back, zigzag[0] ?? [0, 0]];
  const tangle = star(1_999, () => 1).map(([lon, lat], n): [number, number] =>
    n % 2 ? [232 - lon, -16 - lat] : [lon, lat],
  );
  tangle[tangle.length - 1] = tangle[0] ?? [0, 0];
  const times = [[[star(MOST_VERTICES, () => 1)]], [[ribbon]], [[tangle]]].map((coordinates) => {
    const begin = performance.now();
    polygonFault(coordinates);
    return Math.round(performance.now() - begin);
  });
  console.log(`R12: ${MOST_VERTICES} vertices in ${times.join(', ')} ms`);
  expect(Math.max(...times)).toBeLessThan(500);
});
