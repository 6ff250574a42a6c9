import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from 'geojson';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { GeometryChecker } from '../../../../data/importers/boundaries/geometry-checker.ts';
import { decodePolygons, encodeLine, encodeMultiPolygon, encodePoint } from '../../../../data/importers/wkb.ts';
import { multiPolygonArea } from '../../../../shared/geo/area.ts';

const square = (x: number, y: number, size: number): Position[][] => [
  [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]], // biome-ignore format: one ring, one line
];

let checker = new GeometryChecker();
afterEach(async () => {
  await checker.close();
  checker = new GeometryChecker();
});

/** A star polygon whose every edge crosses most others. */
function star(points: number): Position[][][] {
  const ring = Array.from({ length: points }, (_, i) => {
    const angle = (((i * (points - 1)) / 2) * 2 * Math.PI) / points;
    return [110 + Math.cos(angle), -7 + Math.sin(angle)];
  });
  return [[[...ring, [...(ring[0] ?? [])]]]];
}

describe('validity and repair', () => {
  test('valid polygons pass', async () => {
    expect(await checker.judge([square(110, -7, 1)])).toEqual({ kind: 'valid' });
  });

  test('a small crossing is repaired, and its area stays', async () => {
    const ring = [[110, -7], [111, -7], [111, -6], [110.5, -6], [110.5001, -6.0001], [110.5001, -6], [110, -6], [110, -7]]; // biome-ignore format: one ring, one line
    const verdict = await checker.judge([[ring]]);
    expect(verdict).toMatchObject({ kind: 'repaired', note: expect.stringMatching(/Self-intersection at .* became/) });
    if (verdict.kind !== 'repaired') return;
    expect(multiPolygonArea(verdict.polygons) / multiPolygonArea([[ring]])).toBeCloseTo(1, 3);
  });

  test('a shell within a shell is united with it, not taken out of it', async () => {
    const verdict = await checker.judge([square(110, -7, 1), square(110.4, -6.6, 0.2)]);
    expect(verdict).toMatchObject({ kind: 'repaired', note: expect.stringContaining('overlapping parts united') });
    if (verdict.kind !== 'repaired') return;
    expect(multiPolygonArea(verdict.polygons)).toBeCloseTo(multiPolygonArea([square(110, -7, 1)]), 0);
  });

  test.each([
    [
      'a bow tie',
      [
        [
          [
            [106, -6],
            [107, -5],
            [107, -6],
            [106, -5],
            [106, -6],
          ],
        ],
      ],
      /drawn it has 0.0 m², repaired \d+/,
    ],
    ['a hole outside', [[...square(106, -6, 1), ...square(110, -6, 1)]], /Hole lies outside shell/],
    [
      'a ring run twice',
      [[[...(square(106, -6, 1)[0] ?? []), ...(square(106, -6, 1)[0] ?? []).slice(1)]]],
      /0.1 % apart/,
    ],
  ])('%s is refused with both figures', async (_, polygons, reason) => {
    const verdict = await checker.judge(polygons);
    expect(verdict).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
  });

  test('a polygon that takes too long is refused, and the others are judged', async () => {
    await checker.close();
    checker = new GeometryChecker(400);
    const verdicts = await Promise.all(
      [[square(110, -7, 1)], star(2001), [square(111, -7, 1)]].map((polygons) => checker.judge(polygons)),
    );
    expect(verdicts).toEqual([
      { kind: 'valid' },
      { kind: 'refused', reason: expect.stringContaining('longer than 0.4 s') },
      { kind: 'valid' },
    ]);
  });

  test.skipIf(!inject('sharedDir')).each(['bomb-star-101', 'bomb-star-201', 'bowtie', 'hole-outside'])(
    '%s is refused in time',
    async (name) => {
      const file = join(inject('sharedDir'), `corpora/homemade/${name}.geojson`);
      const { coordinates } = JSON.parse(readFileSync(file, 'utf8'));
      expect(await checker.judge([coordinates])).toMatchObject({ kind: 'refused' });
    },
  );

  test.skipIf(!inject('sharedDir')).each(['slow-valid-ribbon-2000', 'slow-valid-comb-a-500', 'big-valid-circle-100k'])(
    '%s is valid',
    async (name) => {
      const file = join(inject('sharedDir'), `corpora/homemade/${name}.geojson`);
      const { coordinates } = JSON.parse(readFileSync(file, 'utf8'));
      expect(await checker.judge([coordinates])).toEqual({ kind: 'valid' });
    },
  );

  test('parts of one area are united along their border', async () => {
    const verdict = await checker.unite([square(110, -7, 1), square(111, -7, 1)]);
    expect(verdict).toMatchObject({ kind: 'repaired', polygons: { length: 1 } });
  });
});

test('well-known binary there and back', () => {
  const polygons = [[...square(110, -7, 1), ...square(110.2, -6.8, 0.1)], square(115, -7, 1)];
  expect(decodePolygons(encodeMultiPolygon(polygons))).toEqual(polygons);
  const collection = Buffer.alloc(9);
  collection.writeUInt8(1, 0);
  collection.writeUInt32LE(7, 1);
  collection.writeUInt32LE(3, 5);
  const parts = [encodeLine([[1, 2], [3, 4]]), encodePoint(5, 6), encodeMultiPolygon(polygons)]; // biome-ignore format: one line
  expect(decodePolygons(Buffer.concat([collection, ...parts]))).toEqual(polygons);
});

test('area on the ellipsoid: a degree at the equator, as PostGIS measures it by geography', () => {
  expect(multiPolygonArea([square(110, 0, 1)]) / 12308778361).toBeCloseTo(1, 4);
});
