import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellAt, cellMiddle, cellRing, metresPerDegree } from '../../../../shared/geo/grid.ts';
import { GRID_SHAPES, type Grid } from '../../../../shared/schemas/hotspot.ts';

const grids: fc.Arbitrary<Grid> = fc.record({
  shape: fc.constantFrom(...GRID_SHAPES),
  metres: fc.double({ min: 100, max: 50_000, noNaN: true }),
  lon: fc.double({ min: 95, max: 141, noNaN: true }),
  lat: fc.double({ min: -11, max: 6, noNaN: true }),
});
const cells = fc.record({ q: fc.integer({ min: -500, max: 500 }), r: fc.integer({ min: -500, max: 500 }) });
const offset = fc.double({ min: -3, max: 3, noNaN: true });

/** Distance in the grid's plane, metres. */
function apart(grid: Grid, [lonA = 0, latA = 0]: number[], [lonB = 0, latB = 0]: number[]): number {
  const { east, north } = metresPerDegree(grid);
  return Math.hypot((lonA - lonB) * east, (latA - latB) * north);
}

/** Surface of a closed ring in the grid's plane, square metres; above 0 when it runs counter-clockwise. */
function surface(grid: Grid, ring: [number, number][]): number {
  const { east, north } = metresPerDegree(grid);
  let sum = 0;
  for (const [at, [lon, lat]] of ring.entries()) {
    const [nextLon, nextLat] = ring[(at + 1) % ring.length] ?? [lon, lat];
    sum += (lon - grid.lon) * (nextLat - grid.lat) - (nextLon - grid.lon) * (lat - grid.lat);
  }
  return (sum / 2) * east * north;
}

describe('grid', () => {
  test('the middle of a cell lies in it', () => {
    fc.assert(
      fc.property(grids, cells, (grid, cell) => {
        expect(cellAt(grid, ...cellMiddle(grid, cell))).toEqual(cell);
      }),
    );
  });

  test('a place lies in the cell whose outline it is within: towards every corner, just inside is the cell, just outside another', () => {
    fc.assert(
      fc.property(grids, cells, (grid, cell) => {
        const [lon, lat] = cellMiddle(grid, cell);
        for (const corner of cellRing(grid, cell)) {
          const towards = (share: number): [number, number] => [
            lon + (corner[0] - lon) * share,
            lat + (corner[1] - lat) * share,
          ];
          expect(cellAt(grid, ...towards(0.999))).toEqual(cell);
          expect(cellAt(grid, ...towards(1.001))).not.toEqual(cell);
        }
      }),
    );
  });

  test('of a hexagon, the middle is nearer to its places than any other middle', () => {
    fc.assert(
      fc.property(grids, offset, offset, (given, east, north) => {
        const grid: Grid = { ...given, shape: 'hexagon' };
        const place: [number, number] = [grid.lon + east, grid.lat + north];
        const cell = cellAt(grid, ...place);
        const own = apart(grid, place, cellMiddle(grid, cell));
        for (const [q, r] of [
          [1, 0],
          [0, 1],
          [-1, 1],
          [-1, 0],
          [0, -1],
          [1, -1],
        ] as const) {
          const other = apart(grid, place, cellMiddle(grid, { q: cell.q + q, r: cell.r + r }));
          expect(own).toBeLessThanOrEqual(other + 1e-6);
        }
      }),
    );
  });

  test('an outline is closed, runs counter-clockwise and is as large as its shape says', () => {
    fc.assert(
      fc.property(grids, cells, (grid, cell) => {
        const ring = cellRing(grid, cell);
        expect(ring).toHaveLength(grid.shape === 'square' ? 5 : 7);
        expect(ring.at(-1)).toEqual(ring[0]);
        const share = grid.shape === 'square' ? 1 : Math.sqrt(3) / 2;
        expect(surface(grid, ring) / (grid.metres ** 2 * share)).toBeCloseTo(1, 6);
      }),
    );
  });

  test('neighbours have their corners in common', () => {
    fc.assert(
      fc.property(grids, cells, (grid, { q, r }) => {
        const east = cellRing(grid, { q: q + 1, r });
        const common = cellRing(grid, { q, r })
          .slice(1)
          .filter((corner) => east.slice(1).some((other) => apart(grid, corner, other) < 1e-4));
        expect(common).toHaveLength(2);
      }),
    );
  });

  test('a square begins at the origin, a hexagon has its middle there', () => {
    const place = { metres: 1_000, lon: 116.1, lat: -8.58 };
    expect(cellAt({ shape: 'square', ...place }, 116.1, -8.58)).toEqual({ q: 0, r: 0 });
    expect(cellAt({ shape: 'square', ...place }, 116.0999, -8.5801)).toEqual({ q: -1, r: -1 });
    expect(cellAt({ shape: 'hexagon', ...place }, 116.0999, -8.5801)).toEqual({ q: 0, r: 0 });
    // 1 km east along its parallel.
    expect(cellMiddle({ shape: 'hexagon', ...place }, { q: 1, r: 0 })[0]).toBeCloseTo(116.109095, 5);
  });
});
