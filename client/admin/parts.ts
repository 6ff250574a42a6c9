import type {
  Jurisdiction,
  JurisdictionKind,
  NewJurisdiction,
  NewJurisdictionPart,
  PolygonCoordinates,
} from '../../shared/schemas/jurisdiction.ts';

/** Most corners of one polygon part, as the server takes it. */
const MOST_POINTS = 2_000;

/** A part of a jurisdiction as it is edited. Dates are `2026-11-21` or empty. */
export type Part = { key: string; validFrom: string; validTo: string } & (
  | { kind: 'area'; code: string; name: string }
  | { kind: 'polygon'; polygon: PolygonCoordinates }
);

/** A jurisdiction as it is edited. */
export interface Edited {
  name: string;
  kind: JurisdictionKind;
  parentId: number | undefined;
  everything: boolean;
  parts: Part[];
}

let keys = 0;
const nextKey = () => `part-${++keys}`;

export function newArea(code: string, name: string): Part {
  return { key: nextKey(), kind: 'area', code, name, validFrom: '', validTo: '' };
}

export function newPolygon(polygon: PolygonCoordinates): Part {
  return { key: nextKey(), kind: 'polygon', polygon, validFrom: '', validTo: '' };
}

export const NEW_JURISDICTION: Edited = {
  name: '',
  kind: 'polres',
  parentId: undefined,
  everything: false,
  parts: [],
};

/** A stored jurisdiction, to be edited. */
export function toEdited({ name, kind, parentId, everything, parts }: Jurisdiction): Edited {
  return {
    name,
    kind,
    parentId: parentId ?? undefined,
    everything,
    parts: parts.map((part) => {
      const dates = { validFrom: part.validFrom ?? '', validTo: part.validTo ?? '' };
      const made =
        'areaCode' in part ? newArea(part.areaCode, part.areaName ?? part.areaCode) : newPolygon(part.polygon);
      return { ...made, ...dates };
    }),
  };
}

/** The request that stores what was edited. */
export function toBody({ name, kind, parentId, everything, parts }: Edited): NewJurisdiction {
  return {
    name: name.trim(),
    kind,
    parentId: parentId ?? null,
    everything,
    parts: everything ? [] : parts.map(partBody),
  };
}

function partBody(part: Part): NewJurisdictionPart {
  const dates = { validFrom: part.validFrom || null, validTo: part.validTo || null };
  return part.kind === 'area' ? { areaCode: part.code, ...dates } : { polygon: part.polygon, ...dates };
}

/** How many corners a polygon has, all rings together. */
export function pointCount(polygon: PolygonCoordinates): number {
  return polygon.flat().reduce((sum, ring) => sum + Math.max(0, ring.length - 1), 0);
}

export type ImportFault = 'json' | 'none' | 'numbers' | 'size';

/** The polygons of a GeoJSON text, whatever they are wrapped in; each Polygon or MultiPolygon is one. */
export function readGeoJson(text: string): { polygons: PolygonCoordinates[] } | { fault: ImportFault } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { fault: 'json' };
  }
  const found = [...geometriesIn(parsed, 0)];
  if (found.length === 0) return { fault: 'none' };
  const polygons: PolygonCoordinates[] = [];
  for (const coordinates of found) {
    const polygon = toPolygon(coordinates);
    if (!polygon) return { fault: 'numbers' };
    if (pointCount(polygon) > MOST_POINTS) return { fault: 'size' };
    polygons.push(polygon);
  }
  return { polygons };
}

/** Nested deeper, it is no map but an attempt. */
const DEEPEST = 8;

function* geometriesIn(value: unknown, depth: number): Generator<unknown[]> {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  if ('features' in value && Array.isArray(value.features)) {
    for (const each of value.features) yield* geometriesIn(each, depth + 1);
  }
  if ('geometries' in value && Array.isArray(value.geometries)) {
    for (const each of value.geometries) yield* geometriesIn(each, depth + 1);
  }
  if ('geometry' in value) yield* geometriesIn(value.geometry, depth + 1);
  if (!('type' in value) || !('coordinates' in value) || !Array.isArray(value.coordinates)) return;
  if (value.type === 'Polygon') yield [value.coordinates];
  if (value.type === 'MultiPolygon') yield value.coordinates;
}

/** Checked, without heights, rings closed; `undefined` when anything is no place in degrees. */
function toPolygon(coordinates: unknown[]): PolygonCoordinates | undefined {
  const polygon: PolygonCoordinates = [];
  for (const rings of coordinates) {
    if (!Array.isArray(rings) || rings.length === 0) return undefined;
    const checked: [number, number][][] = [];
    for (const ring of rings) {
      const closed = toRing(ring);
      if (!closed) return undefined;
      checked.push(closed);
    }
    polygon.push(checked);
  }
  return polygon.length > 0 ? polygon : undefined;
}

function toRing(ring: unknown): [number, number][] | undefined {
  if (!Array.isArray(ring)) return undefined;
  const closed: [number, number][] = [];
  for (const position of ring) {
    if (!Array.isArray(position)) return undefined;
    const [lon, lat]: unknown[] = position;
    if (typeof lon !== 'number' || typeof lat !== 'number') return undefined;
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return undefined;
    closed.push([lon, lat]);
  }
  const [first] = closed;
  const last = closed.at(-1);
  if (!first || !last) return undefined;
  if (first[0] !== last[0] || first[1] !== last[1]) closed.push([first[0], first[1]]);
  return closed.length >= 4 ? closed : undefined;
}
