import { createHash } from 'node:crypto';
import type { Position } from 'geojson';
import polylabel from 'polylabel';
import type { AreaLevel } from '../../../shared/area-code.ts';
import { multiPolygonArea, signedRingArea } from '../../../shared/geo/area.ts';
import { searchKey } from '../../../shared/geo/names.ts';

/** An area as it is to be stored. Its geometry is valid: checked, repaired or made so by whoever prepares it. */
export interface PreparedArea {
  /** Dotted Kemendagri code, see `AreaCode`. */
  code: string;
  level: AreaLevel;
  name: string;
  parentCode: string | null;
  bpsCode: string | null;
  /** MultiPolygon coordinates, [lon, lat], rings closed. */
  geometry: Position[][][];
  /** The first and the last day in force, ISO dates; null where unknown or without end. */
  validFrom: string | null;
  validTo: string | null;
}

/** What `area` keeps of a prepared area beside its own properties. */
export interface DerivedArea {
  areaM2: number;
  labelPoint: [number, number];
  searchKey: string;
}

export function deriveArea(area: PreparedArea): DerivedArea {
  return {
    areaM2: multiPolygonArea(area.geometry),
    labelPoint: labelPoint(area.geometry),
    searchKey: searchKey(area.name),
  };
}

/** A point well inside the largest polygon: the place farthest from its edges, to a fiftieth of its width. */
export function labelPoint(geometry: Position[][][]): [number, number] {
  let largest: Position[][] = [];
  let size = -1;
  for (const polygon of geometry) {
    const area = Math.abs(signedRingArea(polygon[0] ?? []));
    if (area > size) {
      largest = polygon;
      size = area;
    }
  }
  let width = Number.POSITIVE_INFINITY;
  for (const axis of [0, 1]) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const position of largest[0] ?? []) {
      low = Math.min(low, position[axis] ?? 0);
      high = Math.max(high, position[axis] ?? 0);
    }
    width = Math.min(width, high - low);
  }
  const pairs = largest.map((ring) => ring.map(([x = 0, y = 0]): [number, number] => [x, y]));
  const [lon = 0, lat = 0] = polylabel(pairs, width / 50);
  return [lon, lat];
}

/** Hash of everything an area says: equal hashes need not be stored again. */
export function contentHash(area: PreparedArea, source: string, wkb: Buffer): string {
  const { code, level, name, parentCode, bpsCode, validFrom, validTo } = area;
  return createHash('sha256')
    .update(JSON.stringify([code, level, name, parentCode, bpsCode, validFrom, validTo, source]))
    .update(wkb)
    .digest('base64url');
}
