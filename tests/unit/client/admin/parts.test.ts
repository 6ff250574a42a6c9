import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newArea, newPolygon, pointCount, readGeoJson, toBody, toEdited } from '../../../../client/admin/parts.ts';
import type { PolygonCoordinates } from '../../../../shared/schemas/jurisdiction.ts';

const SQUARE: PolygonCoordinates = [
  [
    [
      [116, -8],
      [117, -8],
      [117, -7],
      [116, -7],
      [116, -8],
    ],
  ],
];
const polygon = { type: 'Polygon', coordinates: SQUARE[0] };

test('what was stored is sent back as it was', () => {
  const stored = {
    id: 3,
    name: 'Polresta Mataram',
    kind: 'polres' as const,
    parentId: 2,
    everything: false,
    parts: [
      { areaCode: '52.71', areaName: 'Kota Mataram', validFrom: null, validTo: null },
      { areaCode: '52.01.09', areaName: null, validFrom: '2024-01-01', validTo: '2026-12-31' },
      { polygon: SQUARE, validFrom: null, validTo: '2027-01-01' },
    ],
  };
  expect(toBody(toEdited(stored))).toEqual({
    name: 'Polresta Mataram',
    kind: 'polres',
    parentId: 2,
    everything: false,
    parts: [
      { areaCode: '52.71', validFrom: null, validTo: null },
      { areaCode: '52.01.09', validFrom: '2024-01-01', validTo: '2026-12-31' },
      { polygon: SQUARE, validFrom: null, validTo: '2027-01-01' },
    ],
  });
});

test('everything has no parts', () => {
  const edited = { name: ' Nasional ', kind: 'nasional' as const, parentId: undefined, everything: true };
  expect(toBody({ ...edited, parts: [newArea('52', 'NTB'), newPolygon(SQUARE)] })).toEqual({
    name: 'Nasional',
    kind: 'nasional',
    parentId: null,
    everything: true,
    parts: [],
  });
});

test('the closing point of a ring is counted once', () => {
  expect(pointCount(SQUARE)).toBe(4);
});

describe('GeoJSON', () => {
  test.each([
    ['a geometry', polygon],
    ['a feature', { type: 'Feature', properties: {}, geometry: polygon }],
    ['a collection', { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: polygon }] }],
    ['a collection of geometries', { type: 'GeometryCollection', geometries: [polygon, { type: 'Point' }] }],
    ['several polygons as one', { type: 'MultiPolygon', coordinates: SQUARE }],
    ['with heights', { type: 'Polygon', coordinates: SQUARE[0]?.map((ring) => ring.map((place) => [...place, 12])) }],
    ['a ring that is not closed', { type: 'Polygon', coordinates: SQUARE[0]?.map((ring) => ring.slice(0, -1)) }],
  ])('%s', (_, value) => {
    expect(readGeoJson(JSON.stringify(value))).toEqual({ polygons: [SQUARE] });
  });

  test.each([
    ['{', 'json'],
    ['{}', 'none'],
    ['[]', 'none'],
    ['null', 'none'],
    ['{"type":"Point","coordinates":[1,2]}', 'none'],
    ['{"type":"Polygon","coordinates":[[[116,-8],[117,-8]]]}', 'numbers'],
    ['{"type":"Polygon","coordinates":[[[116,-98],[117,-8],[117,-7]]]}', 'numbers'],
    ['{"type":"Polygon","coordinates":[[["116",-8],[117,-8],[117,-7]]]}', 'numbers'],
    ['{"type":"Polygon","coordinates":[[[1e400,-8],[117,-8],[117,-7]]]}', 'numbers'],
    ['{"type":"Polygon","coordinates":[]}', 'numbers'],
  ])('%s is refused: %s', (text, fault) => {
    expect(readGeoJson(text)).toEqual({ fault });
  });

  test('more corners than the server takes', () => {
    const ring = Array.from({ length: 2_001 }, (_, i) => [116 + i / 10_000, -8 + (i % 2)]);
    expect(readGeoJson(JSON.stringify({ type: 'Polygon', coordinates: [ring] }))).toEqual({ fault: 'size' });
  });

  test('any text and any JSON is read without an error', () => {
    fc.assert(fc.property(fc.string(), (text) => void readGeoJson(text)));
    fc.assert(fc.property(fc.json(), (text) => void readGeoJson(text)));
  });
});
