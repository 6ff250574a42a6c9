import { describe, expect, test } from 'vitest';
import { encodeMultiPolygon, encodePoint } from '../../../../data/importers/wkb.ts';
import { readMultiPolygon } from '../../../../server/database/wkb.ts';

const ring = [
  [116, -8.6],
  [116.1, -8.6],
  [116.1, -8.5],
  [116, -8.6],
];
const hole = [
  [116.05, -8.58],
  [116.06, -8.58],
  [116.06, -8.57],
  [116.05, -8.58],
];

describe('outlines in WKB', () => {
  test('polygons with holes come back as they were', () => {
    const polygons = [[ring, hole], [hole]];
    expect(readMultiPolygon(encodeMultiPolygon(polygons))).toEqual(polygons);
    // A polygon by itself is the part behind the head of the whole.
    expect(readMultiPolygon(encodeMultiPolygon([[ring, hole]]).subarray(9))).toEqual([[ring, hole]]);
    expect(readMultiPolygon(encodeMultiPolygon([]))).toEqual([]);
  });

  test('what is no polygon is refused', () => {
    expect(() => readMultiPolygon(encodePoint(116, -8))).toThrow(RangeError);
    expect(() => readMultiPolygon(encodeMultiPolygon([[ring]]).subarray(0, 40))).toThrow(RangeError);
    expect(() => readMultiPolygon(Buffer.alloc(0))).toThrow(RangeError);
  });
});
