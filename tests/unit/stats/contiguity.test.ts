import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contiguityNeighbours, type MultiPolygonCoordinates } from '../../../shared/stats/contiguity.ts';
import type { Neighbours } from '../../../shared/stats/weights.ts';
import { accepted, refused } from './outcome.ts';

/** A square of side 1 with its lower left corner there, as a MultiPolygon. */
const square = (x: number, y: number): MultiPolygonCoordinates => [rings(x, y)];

const rings = (x: number, y: number) => [
  [
    [x, y],
    [x + 1, y],
    [x + 1, y + 1],
    [x, y + 1],
    [x, y],
  ],
];

const lists = ({ starts, neighbours }: Neighbours) =>
  Array.from({ length: starts.length - 1 }, (_, place) => [...neighbours.subarray(starts[place], starts[place + 1])]);

const queen = (polygons: MultiPolygonCoordinates[], tolerance?: number) =>
  lists(accepted(contiguityNeighbours(polygons, { rule: 'queen', tolerance })));
const rook = (polygons: MultiPolygonCoordinates[]) => lists(accepted(contiguityNeighbours(polygons, { rule: 'rook' })));

describe('polygons that touch', () => {
  const board = [0, 1, 2].flatMap((y) => [0, 1, 2].map((x) => square(x, y)));

  test('a chess board by its corners and by its edges', () => {
    expect(queen(board)[4]).toEqual([0, 1, 2, 3, 5, 6, 7, 8]);
    expect(queen(board)[0]).toEqual([1, 3, 4]);
    expect(rook(board)[4]).toEqual([1, 3, 5, 7]);
    expect(rook(board)[0]).toEqual([1, 3]);
  });

  test('an island, a polygon without rings and one whose part is elsewhere', () => {
    const far: MultiPolygonCoordinates = [...square(50, 50), ...square(10, 0)];
    expect(queen([square(0, 0), square(20, 0), [], far, square(11, 1)])).toEqual([[], [], [], [4], [3]]);
  });

  test('a polygon in the hole of another touches it; a corner met twice counts once', () => {
    const outer = [
      [-1, -1],
      [3, -1],
      [3, 3],
      [-1, 3],
      [-1, -1],
    ];
    const holed: MultiPolygonCoordinates = [[outer, ...rings(0, 0)]];
    expect(rook([holed, square(0, 0)])).toEqual([[1], [0]]);
    // Two rings of one polygon that meet at the corner of a third: one corner shared, no border.
    const bow: MultiPolygonCoordinates = [...square(0, 0), ...square(1, 1)];
    expect(rook([bow, square(1, -1)])).toEqual([[], []]);
  });

  test.each([0, 1e-8, 5e-8])(
    'corners that rounding moved by %d are one, wherever the grid of the search lies',
    (offset) => {
      for (let i = 0; i < 200; i++) {
        const x = i * 0.013_37 + offset;
        expect(queen([square(x, -x), square(x + 1 + 9e-8, -x - 9e-8)])).toEqual([[1], [0]]);
        expect(queen([square(x, -x), square(x + 1 + 3e-7, -x)])).toEqual([[], []]);
      }
    },
  );

  test('a tolerance in the unit of the coordinates', () => {
    const metres = [square(500_000, 9_000_000), square(500_001.004, 9_000_000.004)];
    expect(queen(metres)).toEqual([[], []]);
    expect(queen(metres, 0.01)).toEqual([[1], [0]]);
  });

  test('the same as comparing all corners with all others', () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: -3, max: 3 }));
    const polygon = fc.array(cell, { maxLength: 3 }).map((cells) => cells.flatMap(([x, y]) => square(x, y)));
    fc.assert(
      fc.property(fc.array(polygon, { minLength: 1, maxLength: 12 }), (polygons) => {
        const corners = polygons.map((parts) => [...new Set(parts.flat(2).map((corner) => String(corner)))]);
        const wanted = (needed: number) =>
          corners.map((own, i) =>
            corners.flatMap((others, j) =>
              i !== j && own.filter((corner) => others.includes(corner)).length >= needed ? [j] : [],
            ),
          );
        expect(queen(polygons)).toEqual(wanted(1));
        expect(rook(polygons)).toEqual(wanted(2));
      }),
    );
  });

  test('what is refused', () => {
    expect(refused(contiguityNeighbours([]))).toBe('no-areas');
    expect(refused(contiguityNeighbours([square(Number.NaN, 0)]))).toBe('not-finite');
    expect(refused(contiguityNeighbours([[[[[0]]]]]))).toBe('not-finite');
    expect(refused(contiguityNeighbours(board, { tolerance: 0 }))).toBe('out-of-range');
  });
});
