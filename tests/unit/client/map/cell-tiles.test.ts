import { expect, test } from 'vitest';
import { CELL_LAYER, CellTiles } from '../../../../client/map/cell-tiles.ts';
import { cellAt, cellMiddle } from '../../../../shared/geo/grid.ts';
import type { Grid } from '../../../../shared/schemas/hotspot.ts';
import { BUFFER, EXTENT, Projection } from '../../../../shared/tiles/projection.ts';
import { type DecodedFeature, decodeTile, tileAt } from '../../../support/tiles.ts';

// The middle of a tile of zoom 12.
const WHERE = [110.083, -7.0575] as const;
const gridOf = (shape: Grid['shape'], metres: number): Grid => ({ shape, metres, lon: 110, lat: -7 });
/** A square of cells about the one at the place. */
function cellsAround(grid: Grid, reach: number) {
  const { q, r } = cellAt(grid, ...WHERE);
  const side = Array.from({ length: 2 * reach + 1 }, (_, at) => at - reach);
  return { q: side.flatMap((column) => side.map(() => q + column)), r: side.flatMap(() => side.map((row) => r + row)) };
}
function featuresAt(grid: Grid, cells: { q: number[]; r: number[] }, z: number): DecodedFeature[] {
  const [x, y] = tileAt(...WHERE, z);
  return decodeTile(new CellTiles(grid, cells.q, cells.r).tile({ z, x, y }))[CELL_LAYER] ?? [];
}
const doubleArea = (ring: [number, number][]) =>
  ring.slice(1).reduce((sum, [x, y], at) => sum + (ring[at]?.[0] ?? 0) * y - x * (ring[at]?.[1] ?? 0), 0);

test.each(['square', 'hexagon'] as const)(
  '%s cells lie in the tile where they are, by their names, without gaps',
  (shape) => {
    const grid = gridOf(shape, 500);
    const cells = cellsAround(grid, 3);
    const z = 12;
    const [x, y] = tileAt(...WHERE, z);
    const features = featuresAt(grid, cells, z);
    expect(features.map(({ properties }) => properties.cell).sort()).toEqual(
      cells.q.map((q, at) => `${q},${cells.r[at]}`).sort(),
    );
    const corners = new Map<string, number>();
    for (const { properties, parts } of features) {
      const [q = 0, r = 0] = String(properties.cell).split(',').map(Number);
      const [ring = []] = parts;
      expect(parts).toHaveLength(1);
      // Shells, as the format has them.
      expect(doubleArea(ring)).toBeGreaterThan(0);
      const middle = cellMiddle(grid, { q, r });
      const projection = new Projection({ z, x, y });
      const own = [projection.x(middle[0]), projection.y(middle[1])];
      const mean = [0, 1].map(
        (axis) => ring.slice(1).reduce((sum, point) => sum + (point[axis] ?? 0), 0) / (ring.length - 1),
      );
      for (const axis of [0, 1]) expect(Math.abs((mean[axis] ?? 0) - (own[axis] ?? 0))).toBeLessThan(1);
      for (const point of ring.slice(1)) corners.set(point.join(), (corners.get(point.join()) ?? 0) + 1);
    }
    // Neighbours have their corners in common.
    const shared = [...corners.values()].filter((times) => times === (shape === 'square' ? 4 : 3)).length;
    expect(shared).toBeGreaterThanOrEqual(6 * 6);
  },
);

test('a cell wider than a tile is cut at its margin, one elsewhere is not in it, and one smaller than a unit is left out', () => {
  const wide = gridOf('hexagon', 50_000);
  const [feature] = featuresAt(wide, cellsAround(wide, 0), 14);
  const [ring = []] = feature?.parts ?? [];
  expect(new Set(ring.map((point) => point.join()))).toEqual(
    new Set([-BUFFER, EXTENT + BUFFER].flatMap((a) => [-BUFFER, EXTENT + BUFFER].map((b) => `${a},${b}`))),
  );
  const near = gridOf('square', 500);
  expect(featuresAt(near, { q: [200], r: [200] }, 12)).toEqual([]);
  expect(featuresAt(near, cellsAround(near, 1), 1)).toEqual([]);
});
