import { booleanPointInPolygon, multiPolygon, point } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COVERS, Shape } from '../../../../server/access/shape.ts';
import type { Polygon } from '../../../../server/access/shape-edges.ts';
import { CELL_ZOOM, cellKey, latitudeOf, mercatorX, mercatorY } from '../../../../shared/live/cells.ts';

const TILES = 2 ** CELL_ZOOM;
type Ring = [number, number][];

/** A star around a place: a ring without self-crossing, of any roughness. */
const star = (minPoints = 3) =>
  fc
    .record({
      lon: fc.double({ min: 95, max: 141, noNaN: true }),
      lat: fc.double({ min: -11, max: 6, noNaN: true }),
      size: fc.constantFrom(0.01, 0.1, 0.5, 3),
      radii: fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: minPoints, maxLength: 60 }),
    })
    .map(({ lon, lat, size, radii }) => ({ lon, lat, size, ring: starRing(lon, lat, size, radii) }));

function starRing(lon: number, lat: number, size: number, radii: number[]): Ring {
  const ring = radii.map((radius, index): [number, number] => {
    const angle = (index / radii.length) * 2 * Math.PI;
    return [lon + Math.cos(angle) * radius * size, lat + Math.sin(angle) * radius * size];
  });
  return [...ring, ring[0] ?? [lon, lat]];
}

const small = (ring: Ring, lon: number, lat: number): Ring =>
  ring.map(([x, y]) => [lon + (x - lon) * 0.15, lat + (y - lat) * 0.15]);

const square = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

const keyAt = (lon: number, lat: number) =>
  cellKey(Math.floor(mercatorX(lon) * TILES), Math.floor(mercatorY(lat) * TILES));

describe('a shape in memory', () => {
  test('agrees with a point-in-polygon test of others, holes and several polygons included', () => {
    fc.assert(
      fc.property(
        fc.array(star(), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.infiniteStream(fc.double({ min: -1.2, max: 1.2, noNaN: true })),
        (stars, holes, spread) => {
          const polygons = stars.map(({ ring, lon, lat }) => (holes ? [ring, small(ring, lon, lat)] : [ring]));
          const shape = new Shape(polygons);
          for (const { lon, lat, size } of stars) {
            for (let i = 0; i < 40; i++) {
              const [x = 0, y = 0] = [...spread.take(2)];
              const place = [lon + x * size, lat + y * size] as const;
              const inside = polygons.some((polygon) =>
                booleanPointInPolygon(point([...place]), multiPolygon([polygon])),
              );
              expect(shape.contains(...place)).toBe(inside);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('says of a cell that it is inside or outside only when every place in it is', () => {
    fc.assert(
      fc.property(
        star(),
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        ({ ring, lon, lat, size }, at) => {
          const polygon: Polygon = [ring];
          const shape = new Shape([polygon]);
          for (let i = 0; i < 30; i++) {
            const [a = 0, b = 0, c = 0, d = 0] = [...at.take(4)];
            const column = Math.floor(mercatorX(lon + (a * 2.4 - 1.2) * size) * TILES);
            const row = Math.floor(mercatorY(lat + (b * 2.4 - 1.2) * size) * TILES);
            const covers = shape.cell(cellKey(column, row));
            if (covers === COVERS.part) continue;
            const place = [((column + c) / TILES) * 360 - 180, latitudeOf((row + d) / TILES)];
            expect(covers === COVERS.whole).toBe(booleanPointInPolygon(point(place), multiPolygon([[ring]])));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('pieces of one shape leave no border where they were cut, even where one side was cut again', () => {
    const pieces: Polygon[] = [[square(106, -7, 107, -6)], [square(107, -7, 108, -6.5)], [square(107, -6.5, 108, -6)]];
    const shape = new Shape(pieces);
    for (const [lon, lat] of [
      [107, -6.5],
      [107.5, -6.5],
      [106.5, -6.9],
    ] as const) {
      expect(shape.cell(keyAt(lon, lat))).toBe(COVERS.whole);
    }
    expect(shape.cell(keyAt(106, -6.5))).toBe(COVERS.part);
    expect(shape.cell(keyAt(105.9, -6.5))).toBe(COVERS.none);
  });

  test('polygons that overlap cover what either covers; either way round', () => {
    const shape = new Shape([[square(106, -7, 107, -6).reverse()], [square(106.5, -7, 107.5, -6)]]);
    for (const lon of [106.2, 106.7, 107.2]) expect(shape.contains(lon, -6.5)).toBe(true);
    expect(shape.contains(107.6, -6.5)).toBe(false);
  });

  test('nothing covers nothing', () => {
    const shape = new Shape([]);
    expect([shape.contains(106, -6), shape.cell(keyAt(106, -6))]).toEqual([false, COVERS.none]);
  });

  test('the whole world, the poles, the 180th meridian and beyond it are answered', () => {
    const world = new Shape([[square(-180, -90, 180, 90)]]);
    expect([world.contains(106, -6), world.contains(179.99, 88), world.cell(keyAt(106, -6))]).toEqual([
      true,
      true,
      COVERS.whole,
    ]);
    const beyond = new Shape([[square(170, -10, 190, 10)]]);
    expect([beyond.contains(175, 0), beyond.contains(-175, 0), beyond.cell(keyAt(175, 0))]).toEqual([
      true,
      false,
      COVERS.whole,
    ]);
    expect(
      () =>
        new Shape([
          [
            [
              [Number.NaN, 1],
              [2, 3],
              [4, 5],
            ],
          ],
        ]),
    ).toThrow(RangeError);
  });

  test('a border thousands of kilometres long many times over keeps its index small, and stays right', () => {
    const zigzag: Ring = [];
    for (let i = 0; i < 1000; i++) zigzag.push([95 + i * 0.045, i % 2 === 0 ? -40 : 60]);
    const ring: Ring = [...zigzag, [140, -60], [95, -60], [95, -40]];
    const begun = performance.now();
    const shape = new Shape([[ring]]);
    expect(performance.now() - begun).toBeLessThan(5_000);
    for (let i = 0; i < 200; i++) {
      const place = [95 + ((i * 7919) % 4500) / 100, -65 + ((i * 104_729) % 13_000) / 100] as const;
      expect(shape.contains(...place)).toBe(booleanPointInPolygon(point([...place]), multiPolygon([[ring]])));
    }
  });
});
