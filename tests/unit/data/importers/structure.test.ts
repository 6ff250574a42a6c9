import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { MAX_VERTICES, readPolygons } from '../../../../data/importers/boundaries/structure.ts';

const polygon = (...rings: unknown[]) => ({ type: 'Polygon', coordinates: rings });
const SQUARE = [[116, -8], [117, -8], [117, -7], [116, -7], [116, -8]]; // biome-ignore format: one ring, one line

describe('the structure of a polygon', () => {
  test('a plain one is taken as it stands', () => {
    expect(readPolygons(polygon(SQUARE))).toEqual({ polygons: [[SQUARE]], repairs: [] });
  });

  test('heights are left out, open rings closed, repeated vertices skipped', () => {
    const ring = [[116, -8, 5], [117, -8, 5], [117, -8, 5], [117, -7, 5], [116, -7, 5]]; // biome-ignore format: one line
    expect(readPolygons(polygon(ring))).toEqual({
      polygons: [[SQUARE]],
      repairs: ['heights (Z) were left out', 'an open ring was closed'],
    });
  });

  test('swapped latitude and longitude are turned round', () => {
    const swapped = SQUARE.map(([lon, lat]) => [lat, lon]);
    expect(readPolygons(polygon(swapped))).toEqual({
      polygons: [[SQUARE]],
      repairs: ['latitude and longitude were swapped'],
    });
  });

  test.each([
    ['no geometry', null, 'no geometry'],
    ['a point', { type: 'Point', coordinates: [116, -8] }, 'a Point, not a polygon'],
    ['a collection', { type: 'GeometryCollection', geometries: [] }, 'a GeometryCollection, not a polygon'],
    ['text for coordinates', { type: 'Polygon', coordinates: 'x' }, 'not two finite numbers|no array'],
    [
      'a null',
      polygon([
        [116, -8],
        [null, -8],
        [117, -7],
        [116, -8],
      ]),
      'position 2 is \\[null, -8\\]',
    ],
    [
      'a text',
      polygon([
        ['NaN', -8],
        [117, -8],
        [117, -7],
        [116, -8],
      ]),
      'not two finite numbers',
    ],
    [
      'infinity',
      polygon([
        [Number.POSITIVE_INFINITY, -8],
        [117, -8],
        [117, -7],
        [116, -8],
      ]),
      'not two finite numbers',
    ],
    [
      'two corners',
      polygon([
        [116, -8],
        [117, -8],
        [116, -8],
      ]),
      'three corners',
    ],
    [
      'metres',
      polygon([
        [390000, 9100000],
        [391000, 9100000],
        [391000, 9101000],
        [390000, 9100000],
      ]),
      'no degrees; convert',
    ],
    [
      'another country',
      polygon([
        [4, 52],
        [5, 52],
        [5, 53],
        [4, 52],
      ]),
      'outside Indonesia',
    ],
    [
      'the antimeridian',
      polygon([
        [179, -6],
        [-179, -6],
        [-179, -5],
        [179, -6],
      ]),
      'crosses the antimeridian',
    ],
    [
      'too many vertices',
      polygon(Array.from({ length: MAX_VERTICES + 1 }, (_, i) => [110 + i / 1e6, -7])),
      'more than 100000',
    ],
  ])('%s is refused with the reason', (_, geometry, reason) => {
    expect(readPolygons(geometry).reason).toMatch(new RegExp(reason));
  });

  test.skipIf(!inject('sharedDir'))('a valid circle of 50,000 vertices passes', () => {
    const file = join(inject('sharedDir'), 'corpora/homemade/big-valid-circle-100k.geojson');
    expect(readPolygons(JSON.parse(readFileSync(file, 'utf8'))).polygons).toHaveLength(1);
  });
});
