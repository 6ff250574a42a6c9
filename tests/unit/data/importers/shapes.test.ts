import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { FeatureCollection, MultiPolygon, Position } from 'geojson';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';
import { describe, expect, inject, test } from 'vitest';
import { simplifiedShapes } from '../../../../data/importers/boundaries/shapes.ts';
import { multiPolygonArea } from '../../../../shared/geo/area.ts';
import { BAND_COUNT, FULL_BAND, lastZoomOfBand } from '../../../../shared/geo/bands.ts';

type Shape = Position[][][];

/** A grid of areas whose shared borders wobble: every border between two of them has the same vertices in both. */
function wobblyGrid(size: number, step: number, wobble: (edge: number) => number): Shape[] {
  const points = 12;
  const edge = (fromX: number, fromY: number, alongX: boolean): Position[] =>
    Array.from({ length: points }, (_, i) => {
      const t = i / points;
      const off = i === 0 ? 0 : wobble(((fromX * 16 + fromY) * 2 + Number(alongX)) * points + i) * 0.05;
      const [x, y] = alongX ? [fromX + t, fromY + off] : [fromX + off, fromY + t];
      return [116 + x * step, -8 + y * step];
    });
  const areas: Shape[] = [];
  for (let x = 0; x < size; x++) {
    for (let y = 0; y < size; y++) {
      const back = (line: Position[], corner: Position) => [corner, ...line.slice(1).reverse()];
      const corner = (cx: number, cy: number): Position => [116 + cx * step, -8 + cy * step];
      const ring = [
        ...edge(x, y, true),
        ...edge(x + 1, y, false),
        ...back(edge(x, y + 1, true), corner(x + 1, y + 1)),
        ...back(edge(x, y, false), corner(x, y + 1)),
        corner(x, y),
      ];
      areas.push([[ring]]);
    }
  }
  return areas;
}

/** Every edge between two vertices, without direction, and how many rings have it. */
function edges(shapes: Shape[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const ring of shapes.flat(2)) {
    for (let i = 1; i < ring.length; i++) {
      const key = [String(ring[i - 1]), String(ring[i])].sort().join(' ');
      count.set(key, (count.get(key) ?? 0) + 1);
    }
  }
  return count;
}

/** Noise from -1 to 1 for any whole number, another for each seed. */
const wobbles = fc.integer({ min: 1, max: 1e6 }).map((seed) => (n: number) => {
  const x = Math.sin(n * 12.9898 + seed * 78.233) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
});

describe('shapes for drawing', () => {
  test('neighbours share every simplified border, in every band', () => {
    fc.assert(
      fc.property(wobbles, fc.constantFrom(0.002, 0.02, 0.2), (wobble, step) => {
        const size = 3;
        const areas = wobblyGrid(size, step, wobble);
        const shapes = simplifiedShapes(areas);
        for (let band = 0; band < BAND_COUNT; band++) {
          const drawn = areas.map((_, i) => shapes(i, band));
          // Nothing between them and nothing twice: together they cover what the outline of all covers.
          const inner = [...edges(drawn).values()].filter((count) => count === 2).length;
          const once = [...edges(drawn)].filter(([, count]) => count === 1).map(([key]) => key);
          expect(inner).toBeGreaterThan(0);
          expect([...edges(drawn).values()].every((count) => count <= 2)).toBe(true);
          for (const key of once) expect(isOuter(key, size, step)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('keeps the vertices that TopoJSON keeps', () => {
    fc.assert(
      fc.property(wobbles, (wobble) => {
        const areas = wobblyGrid(3, 0.2, wobble);
        const shapes = simplifiedShapes(areas);
        const project = ([lon = 0, lat = 0]: Position) => [lon / 360, mercatorY(lat)];
        const all: FeatureCollection<MultiPolygon, Record<string, never>> = {
          type: 'FeatureCollection',
          features: areas.map((polygons) => ({
            type: 'Feature',
            properties: {},
            geometry: {
              type: 'MultiPolygon',
              coordinates: polygons.map((rings) => rings.map((ring) => ring.map(project))),
            },
          })),
        };
        const weighed = presimplify({ ...topology({ all }), objects: {} });
        for (let band = 0; band < FULL_BAND; band++) {
          const pixel = 1 / (512 * 2 ** (lastZoomOfBand(band) ?? 0));
          const theirs = simplify(weighed, pixel ** 2 / 2).arcs.reduce((sum, arc) => sum + arc.length - 1, 0);
          const ours = edges(areas.map((_, i) => shapes(i, band))).size;
          expect(ours).toBe(theirs);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('every area keeps a ring with an inside in every band, however small it is', () => {
    const tiny = wobblyGrid(2, 0.0001, (n) => Math.sin(n));
    const shapes = simplifiedShapes(tiny);
    for (let band = 0; band < BAND_COUNT; band++) {
      tiny.forEach((_, i) => {
        expect(multiPolygonArea(shapes(i, band))).toBeGreaterThan(0);
      });
    }
  });

  test('islands below a pixel are left out of wide bands, and all are there in the full one', () => {
    const island = (x: number, size: number): Position[][] => [
      [[x, -8], [x + size, -8], [x + size, -8 + size], [x, -8 + size], [x, -8]], // biome-ignore format: one ring, one line
    ];
    const area = [island(116, 0.5), island(117, 0.0005)];
    const shapes = simplifiedShapes([area]);
    expect(shapes(0, 0)).toHaveLength(1);
    expect(shapes(0, FULL_BAND)).toEqual(area);
  });

  test.skipIf(!inject('sharedDir'))('of Lombok: fewer vertices the wider the band, and hardly another size', () => {
    const text = gunzipSync(
      readFileSync(join(inject('sharedDir'), 'geo/lombok_desa_wilayah2026.geojson.gz')),
    ).toString();
    const areas: Shape[] = JSON.parse(text).features.map(
      ({ geometry }: { geometry: { type: string; coordinates: unknown } }) =>
        geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
    );
    const shapes = simplifiedShapes(areas);
    const bands = Array.from({ length: BAND_COUNT }, (_, band) => areas.map((_, i) => shapes(i, band)));
    const sizes = bands.map((drawn) => drawn.flat(3).length);
    expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
    expect(sizes[0]).toBeLessThan((sizes[FULL_BAND] ?? 0) / 4);
    const whole = areas.reduce((sum, area) => sum + multiPolygonArea(area), 0);
    for (const drawn of bands) {
      const size = drawn.reduce((sum, area) => sum + multiPolygonArea(area), 0);
      expect(Math.abs(size / whole - 1)).toBeLessThan(0.01);
    }
  });
});

/** Whether an edge lies at the border of the whole grid, give or take the wobble. */
function isOuter(key: string, size: number, step: number): boolean {
  return key.split(' ').every((position) => {
    const [x = 0, y = 0] = position.split(',').map(Number);
    const [gx, gy] = [(x - 116) / step, (y + 8) / step];
    return [gx, gy].some((g) => g < 0.25 || g > size - 0.25);
  });
}

function mercatorY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
