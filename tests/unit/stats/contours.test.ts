import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContourRing, contours } from '../../../shared/stats/density/contours.ts';
import type { DensityGrid } from '../../../shared/stats/density/grid.ts';
import { accepted, refused } from './outcome.ts';

const grid = (columns: number, rows: number): DensityGrid => ({
  west: 100,
  south: 200,
  cellWidth: 10,
  cellHeight: 20,
  columns,
  rows,
});
const area = (ring: ContourRing) =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] as [number, number];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

const surfaces = fc.array(fc.nat({ max: 9 }), { minLength: 63, maxLength: 63 });

describe('contours', () => {
  test('rings close; outer ones run counter-clockwise, holes clockwise', () => {
    fc.assert(
      fc.property(surfaces, fc.integer({ min: 1, max: 10 }), (values, level) => {
        const [contour] = accepted(contours(values, grid(9, 7), [level - 0.5]));
        for (const [outer, ...holes] of contour?.polygons ?? []) {
          for (const ring of [outer ?? [], ...holes]) expect(ring[0]).toEqual(ring.at(-1));
          expect(area(outer ?? [])).toBeGreaterThan(0);
          for (const hole of holes) expect(area(hole)).toBeLessThan(0);
        }
      }),
    );
  });

  test('the centre of a cell is inside exactly when it is above the level', () => {
    fc.assert(
      fc.property(surfaces, fc.integer({ min: 1, max: 9 }), (values, level) => {
        const [contour] = accepted(contours(values, grid(9, 7), [level - 0.5]));
        const rings = contour?.polygons.flat() ?? [];
        values.forEach((value, cell) => {
          // Just beside the centre, so that no corner of a ring is in the way of counting crossings.
          const x = 100 + ((cell % 9) + 0.5) * 10 + 1e-7;
          const y = 200 + (Math.floor(cell / 9) + 0.5) * 20 + 1.3e-7;
          const crossings = rings.filter((ring) => isInside(ring, x, y)).length;
          expect(crossings % 2 === 1).toBe(value > level - 0.5);
        });
      }),
    );
  });

  test('a cone has circles of the right size', () => {
    const cells = { west: -100, south: -100, cellWidth: 1, cellHeight: 1, columns: 200, rows: 200 };
    const cone = Float64Array.from({ length: 40_000 }, (_, i) =>
      Math.max(0, 80 - Math.hypot((i % 200) - 99.5, Math.floor(i / 200) - 99.5)),
    );
    const found = accepted(contours(cone, cells, [20, 50]));
    expect(found.map(({ polygons }) => polygons.map((rings) => rings.length))).toEqual([[1], [1]]);
    const areas = found.map(({ polygons }) => area(polygons[0]?.[0] ?? []));
    expect((areas[0] ?? 0) / (Math.PI * 60 ** 2)).toBeCloseTo(1, 3);
    expect((areas[1] ?? 0) / (Math.PI * 30 ** 2)).toBeCloseTo(1, 3);
  });

  test('a ring of high ground has a hole, and an island in the hole is a polygon of its own', () => {
    const values = Float64Array.from({ length: 49 }, (_, i) => {
      const away = Math.max(Math.abs((i % 7) - 3), Math.abs(Math.floor(i / 7) - 3));
      return away === 2 || away === 0 ? 1 : 0;
    });
    const [contour] = accepted(contours(values, grid(7, 7), [0.5]));
    expect(contour?.polygons.map((rings) => rings.length).sort()).toEqual([1, 2]);
  });

  test('high ground to the border of the grid ends there', () => {
    const [contour] = accepted(contours([5, 5, 5, 5], grid(2, 2), [1]));
    const points = contour?.polygons[0]?.[0] ?? [];
    expect(Math.min(...points.map(([x]) => x))).toBe(100);
    expect(Math.max(...points.map(([, y]) => y))).toBe(240);
  });

  test('nothing above the level is no polygon', () => {
    expect(accepted(contours([0, 0, 0, 0], grid(2, 2), [1, 2]))).toEqual([
      { level: 1, polygons: [] },
      { level: 2, polygons: [] },
    ]);
  });

  test.each([
    ['length-mismatch', [1], grid(2, 2), [1]],
    ['not-finite', [1, 2, 3, Number.NaN], grid(2, 2), [1]],
    ['out-of-range', [1, 2, 3, 4], grid(2, 2), [0]],
    ['out-of-range', [1, 2, 3, 4], grid(2, 2), [Number.NaN]],
    ['out-of-range', [], grid(0, 2), [1]],
  ] as const)('%s', (reason, values, cells, levels) => {
    expect(refused(contours(values, cells, levels))).toBe(reason);
  });
});

function isInside(ring: ContourRing, x: number, y: number): boolean {
  let inside = false;
  ring.forEach(([x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length] as [number, number];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  });
  return inside;
}
