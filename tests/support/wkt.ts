import type { Position } from 'geojson';
import { decodePolygons } from '../../data/importers/wkb.ts';

const TYPES: Record<string, string> = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  POLYGON: 'Polygon',
  MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString',
  MULTIPOLYGON: 'MultiPolygon',
  GEOMETRYCOLLECTION: 'GeometryCollection',
};

type Nested = Position | Nested[];

/** A geometry in well-known text as GeoJSON, or `undefined` for what is none. Of collections only the type is kept. */
export function readWkt(text: string): { type: string; coordinates?: Nested } | undefined {
  const [, name = '', rest = ''] = /^\s*([A-Z]+)\s*(?:Z|M|ZM)?\s*([\s\S]*)$/i.exec(text) ?? [];
  const type = TYPES[name.toUpperCase()];
  if (!type) return undefined;
  if (type === 'GeometryCollection' || /EMPTY/i.test(rest)) return { type, coordinates: [] };
  const json = rest
    .replace(/[^()\d.,eE+\-\s]/g, '')
    .replace(/([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s+([-+]?[\d.]+(?:[eE][-+]?\d+)?)[^,()]*/g, '[$1,$2]')
    .replaceAll('(', '[')
    .replaceAll(')', ']');
  try {
    const coordinates = JSON.parse(json) as Nested;
    return isNested(coordinates) ? { type, coordinates } : undefined;
  } catch {
    return undefined;
  }
}

/** Polygons in well-known binary, written in hexadecimal digits. */
function readHex(text: string): { type: string; coordinates: Nested } | undefined {
  if (!/^01[\dA-F]+$/i.test(text)) return undefined;
  try {
    const coordinates = decodePolygons(Buffer.from(text, 'hex'));
    return { type: 'MultiPolygon', coordinates };
  } catch {
    return undefined;
  }
}

/** Every geometry of an XML test of GEOS. */
export function geometriesOf(xml: string): { type: string; coordinates?: Nested }[] {
  const found = xml.matchAll(/<(a|b)>([\s\S]*?)<\/\1>/g);
  return [...found].map(([, , text = '']) => readWkt(text) ?? readHex(text.trim()) ?? { type: 'Unreadable' });
}

/** Moves and shrinks polygons into a square of one degree at the given corner, so that only their shape is judged. */
export function placedAt(coordinates: Nested, [west, south]: [number, number]): Nested {
  if (coordinates.length === 0) return coordinates;
  const box = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  each(coordinates, ([x = 0, y = 0]) => {
    box[0] = Math.min(box[0] ?? 0, x);
    box[1] = Math.min(box[1] ?? 0, y);
    box[2] = Math.max(box[2] ?? 0, x);
    box[3] = Math.max(box[3] ?? 0, y);
    return [x, y];
  });
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box;
  const scale = 1 / (Math.max(x1 - x0, y1 - y0) || 1);
  return each(coordinates, ([x = 0, y = 0]) => [west + (x - x0) * scale, south + (y - y0) * scale]);
}

function isNested(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return typeof value[0] === 'number' ? value.length > 1 : value.every(isNested);
}

function each(nested: Nested, change: (position: Position) => Position): Nested {
  if (typeof nested[0] === 'number') return change(nested as Position);
  return (nested as Nested[]).map((part) => each(part, change));
}
