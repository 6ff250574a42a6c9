import { booleanPointInPolygon, polygon } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOfPlaces, leastMetres, originOf } from '../../../../server/hotspots/cell-fill.ts';
import { type Cell, cellAt, cellMiddle } from '../../../../shared/geo/grid.ts';
import { GRID_SHAPES, type Grid } from '../../../../shared/schemas/hotspot.ts';

/** A star about a place with a hole of the same form within, degrees: it turns inwards and outwards. */
const stars = fc
  .record({
    lon: fc.double({ min: 116, max: 116.2, noNaN: true }),
    lat: fc.double({ min: -8.7, max: -8.5, noNaN: true }),
    radii: fc.array(fc.double({ min: 0.02, max: 0.1, noNaN: true }), { minLength: 3, maxLength: 12 }),
  })
  .map(({ lon, lat, radii }) => {
    const ring = (share: number) => {
      const corners = radii.map((radius, at) => {
        const angle = (2 * Math.PI * at) / radii.length + 0.1;
        return [lon + Math.cos(angle) * radius * share, lat + Math.sin(angle) * radius * share];
      });
      return [...corners, corners[0] ?? []];
    };
    return [ring(1), ring(0.4).reverse()];
  });
const grids: fc.Arbitrary<Grid> = fc.record({
  shape: fc.constantFrom(...GRID_SHAPES),
  metres: fc.double({ min: 700, max: 6_000, noNaN: true }),
  lon: fc.constant(116.1),
  lat: fc.constant(-8.6),
});

/** The cells whose middles lie in a polygon, by asking each one. */
function oneByOne(grid: Grid, rings: number[][][]): string[] {
  const shape = polygon(rings);
  const found: string[] = [];
  const [from, to] = [cellAt(grid, 115.8, -8.9), cellAt(grid, 116.4, -8.3)];
  for (let r = from.r - 1; r <= to.r + 1; r++) {
    // Axial columns lean with the rows.
    for (let q = from.q - to.r - 1; q <= to.q - from.r + 1; q++) {
      if (booleanPointInPolygon(cellMiddle(grid, { q, r }), shape)) found.push(`${q},${r}`);
    }
  }
  return found.sort();
}
const names = (cells: Cell[] | undefined) => cells?.map(({ q, r }) => `${q},${r}`).sort();
const nowhere = { areas: [], drawn: [], within: null };

describe('cells of places', () => {
  test('are those whose middles lie in a polygon and not in its holes', () => {
    fc.assert(
      fc.property(grids, stars, (grid, star) => {
        expect(names(cellsOfPlaces(grid, { ...nowhere, areas: [star] }, 1e6))).toEqual(oneByOne(grid, star));
      }),
    );
  });

  test('are of any area and of what was drawn, once each, and of what was drawn only within the area that was asked for', () => {
    fc.assert(
      fc.property(grids, stars, stars, stars, (grid, area, drawn, within) => {
        const [ofArea, ofDrawn] = [oneByOne(grid, area), oneByOne(grid, drawn)];
        const both = { areas: [area, area], drawn: [drawn], within: null };
        expect(names(cellsOfPlaces(grid, both, 1e6))).toEqual([...new Set([...ofArea, ...ofDrawn])].sort());
        const ofWithin = new Set(oneByOne(grid, within));
        const clipped = names(cellsOfPlaces(grid, { areas: [], drawn: [drawn], within: [within] }, 1e6));
        expect(clipped).toEqual(ofDrawn.filter((name) => ofWithin.has(name)));
      }),
    );
  });

  test('of a small place within a wide area only its own cells are gone through', () => {
    const square = (w: number, s: number, e: number, n: number) => [[[w, s], [e, s], [e, n], [w, n], [w, s]]]; // biome-ignore format: a ring
    const grid: Grid = { shape: 'hexagon', metres: 100, lon: 116.1, lat: -8.6 };
    const small = { areas: [], drawn: [square(116, -8.7, 116.05, -8.6)] };
    // A hundred million cells and more, which no thread has room for.
    const wide = cellsOfPlaces(grid, { ...small, within: [square(111, -13, 121, -3)] }, 50_000);
    expect(wide?.length).toBeGreaterThan(5_000);
    expect(wide).toEqual(cellsOfPlaces(grid, { ...small, within: null }, 50_000));
    const whole = { areas: [], drawn: [square(111, -13, 121, -3)] };
    const half = cellsOfPlaces(grid, { ...whole, within: [square(116, -8.7, 116.05, -8.6)] }, 50_000);
    expect(half).toEqual(wide);
  });

  test('beyond the most there are none, and the least size that fits is told', () => {
    fc.assert(
      fc.property(grids, stars, fc.integer({ min: 1, max: 400 }), (given, star, most) => {
        const places = { ...nowhere, areas: [star] };
        const grid = { ...given, metres: 100 };
        fc.pre(cellsOfPlaces(grid, places, most) === undefined);
        const least = leastMetres(grid, places, most);
        expect(cellsOfPlaces({ ...grid, metres: least }, places, most)?.length).toBeLessThanOrEqual(most);
        expect(cellsOfPlaces({ ...grid, metres: least - 10 }, places, most)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  test('neighbouring areas share no cell and leave none between them', () => {
    const west = [[[116, -8.6], [116.1, -8.6], [116.13, -8.55], [116.1, -8.5], [116, -8.5], [116, -8.6]]]; // biome-ignore format: a ring
    const east = [[[116.1, -8.6], [116.2, -8.6], [116.2, -8.5], [116.1, -8.5], [116.13, -8.55], [116.1, -8.6]]]; // biome-ignore format: a ring
    const whole = [[[116, -8.6], [116.2, -8.6], [116.2, -8.5], [116, -8.5], [116, -8.6]]]; // biome-ignore format: a ring
    const grid: Grid = { shape: 'square', metres: 250, lon: 116.1, lat: -8.55 };
    const of = (rings: number[][][]) => names(cellsOfPlaces(grid, { ...nowhere, areas: [rings] }, 1e6)) ?? [];
    expect([...of(west), ...of(east)].sort()).toEqual(of(whole));
  });

  test('the origin is the middle of all bounds in hundredths of a degree', () => {
    const square = (w: number, s: number, e: number, n: number) => [[[w, s], [e, s], [e, n], [w, n], [w, s]]]; // biome-ignore format: a ring
    const places = { areas: [square(116, -9, 116.1, -8.9)], drawn: [square(117, -8, 117.1, -7.876)], within: null };
    expect(originOf(places)).toEqual({ lon: 116.55, lat: -8.44 });
    expect(originOf(nowhere)).toEqual({ lon: 0, lat: 0 });
  });
});
