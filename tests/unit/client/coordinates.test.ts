import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCoordinates } from '../../../client/coordinates.ts';
import { coordinates } from '../../../client/format.ts';

test.each([
  ['-8.58, 116.1', -8.58, 116.1],
  ['−8.58 116.1', -8.58, 116.1],
  ['-8,58; 116,1', -8.58, 116.1],
  ['116.1, -8.58', -8.58, 116.1],
  ["8°35'12\"S 116°6'E", -8.586667, 116.1],
  ['8°35′12″ LS, 116°6′ BT', -8.586667, 116.1],
  ['S 8.5 E 116.25', -8.5, 116.25],
  ['3.5 LU 98.6 BT', 3.5, 98.6],
  ["116°6'E, 8°35'S", -8.583333, 116.1],
])('%s', (text, lat, lon) => {
  const place = parseCoordinates(text);
  expect(place?.lat).toBeCloseTo(lat, 5);
  expect(place?.lon).toBeCloseTo(lon, 5);
});

test.each([
  '',
  'Ampenan',
  '12',
  '-8.58',
  '91, 181',
  'RW 005',
  "8°75'S 116°E",
  '8 S 9 S',
  '5271 0101 0190 0001',
  '1, 2, 3',
])('%j is no place', (text) => expect(parseCoordinates(text)).toBeUndefined());

test('what we print we read again', () => {
  const degrees = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
  fc.assert(
    fc.property(degrees(180), degrees(90), (lon, lat) => {
      const place = parseCoordinates(coordinates(lon, lat));
      expect(place?.lon).toBeCloseTo(lon, 4);
      expect(place?.lat).toBeCloseTo(lat, 4);
    }),
  );
});
