import type { Position } from 'geojson';

/** Little-endian WKB of a MultiPolygon's coordinates, for `ST_GeomFromWKB($1, 4326)`. */
export function encodeMultiPolygon(polygons: Position[][][]): Buffer {
  let size = 9;
  for (const rings of polygons) {
    size += 9;
    for (const ring of rings) size += 4 + ring.length * 16;
  }
  const wkb = Buffer.allocUnsafe(size);
  let at = wkb.writeUInt8(1, 0);
  at = wkb.writeUInt32LE(6, at);
  at = wkb.writeUInt32LE(polygons.length, at);
  for (const rings of polygons) {
    at = wkb.writeUInt8(1, at);
    at = wkb.writeUInt32LE(3, at);
    at = wkb.writeUInt32LE(rings.length, at);
    for (const ring of rings) {
      at = wkb.writeUInt32LE(ring.length, at);
      for (const [x = Number.NaN, y = Number.NaN] of ring) {
        at = wkb.writeDoubleLE(x, at);
        at = wkb.writeDoubleLE(y, at);
      }
    }
  }
  return wkb;
}

/** Little-endian WKB of a point. */
export function encodePoint(lon: number, lat: number): Buffer {
  const wkb = Buffer.allocUnsafe(21);
  wkb.writeUInt8(1, 0);
  wkb.writeUInt32LE(1, 1);
  wkb.writeDoubleLE(lon, 5);
  wkb.writeDoubleLE(lat, 13);
  return wkb;
}

/** Polygons of a little-endian WKB Polygon, MultiPolygon or collection; parts that are no polygons are left out. */
export function decodePolygons(wkb: Buffer): Position[][][] {
  let at = 0;
  const geometry = (): Position[][][] => {
    const type = wkb.readUInt32LE(at + 1);
    const count = wkb.readUInt32LE(at + 5);
    at += 9;
    if (type === 3) return [Array.from({ length: count }, ring)];
    if (type >= 4 && type <= 7) return Array.from({ length: count }, geometry).flat();
    // A line counts its points here; a point has no count, and its two ordinates begin where that would be.
    at = type === 2 ? at + count * 16 : at + 12;
    return [];
  };
  const ring = (): Position[] => {
    const count = wkb.readUInt32LE(at);
    at += 4;
    return Array.from({ length: count }, () => {
      const position = [wkb.readDoubleLE(at), wkb.readDoubleLE(at + 8)];
      at += 16;
      return position;
    });
  };
  return geometry();
}

/** Little-endian WKB of a LineString. */
export function encodeLine(positions: Position[]): Buffer {
  const wkb = Buffer.allocUnsafe(9 + positions.length * 16);
  wkb.writeUInt8(1, 0);
  wkb.writeUInt32LE(2, 1);
  let at = wkb.writeUInt32LE(positions.length, 5);
  for (const [x = Number.NaN, y = Number.NaN] of positions) {
    at = wkb.writeDoubleLE(x, at);
    at = wkb.writeDoubleLE(y, at);
  }
  return wkb;
}
