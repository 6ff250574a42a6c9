import { type Static, Type } from 'typebox';

/** Administrative levels, from the widest to the narrowest. The sub-desa level is called RW here; its shown name is configurable. */
export const AREA_LEVELS = ['provinsi', 'kabkota', 'kecamatan', 'desa', 'rw'] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];

export const AreaLevelSchema = Type.Enum(AREA_LEVELS);

/** Dotted Kemendagri code, with `.RWnnn` appended for an RW: `52`, `52.71`, `52.71.01`, `52.71.01.1004`, `52.71.01.1004.RW005`. */
export const AREA_CODE_PATTERN = '^\\d{2}(\\.\\d{2}(\\.\\d{2}(\\.\\d{4}(\\.RW\\d{3}[A-Z]?)?)?)?)?$';
export const AreaCode = Type.String({ pattern: AREA_CODE_PATTERN, maxLength: 24 });

/** The level a well-formed code names. Throws no error: an ill-formed code gives `undefined`. */
export function levelOfCode(code: string): AreaLevel | undefined {
  if (!new RegExp(AREA_CODE_PATTERN).test(code)) return undefined;
  return AREA_LEVELS[code.split('.').length - 1];
}

/** The code one level up, or `undefined` for a province. */
export function parentOfCode(code: string): string | undefined {
  const end = code.lastIndexOf('.');
  return end < 0 ? undefined : code.slice(0, end);
}

export const AreaSummary = Type.Object({
  code: AreaCode,
  name: Type.String(),
  level: AreaLevelSchema,
  parent: Type.Union([AreaCode, Type.Null()]),
  /** Names of the areas above, nearest first: `['Ampenan', 'Kota Mataram', 'Nusa Tenggara Barat']`. */
  path: Type.Array(Type.String()),
});
export type AreaSummary = Static<typeof AreaSummary>;

/** One area of the answer to `GET /api/areas/at`. */
export const AreaHit = Type.Object({
  code: AreaCode,
  name: Type.String(),
  level: AreaLevelSchema,
  /** `nearest`: the point lies in no area of this level; this one is the nearest within 50 m. */
  match: Type.Enum(['inside', 'nearest']),
  distanceM: Type.Number(),
});
export type AreaHit = Static<typeof AreaHit>;

export const AreaDetail = Type.Object({
  ...AreaSummary.properties,
  bpsCode: Type.Union([Type.String(), Type.Null()]),
  areaKm2: Type.Number(),
  labelPoint: Type.Tuple([Type.Number(), Type.Number()]),
  /** West, south, east, north, degrees. */
  bounds: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
  source: Type.String(),
  validFrom: Type.Union([Type.String(), Type.Null()]),
  validTo: Type.Union([Type.String(), Type.Null()]),
  childCount: Type.Integer(),
});
export type AreaDetail = Static<typeof AreaDetail>;

/** Answer of `GET /api/areas/:code/geometry`: a GeoJSON Feature, degrees, longitude first. */
export const AreaFeature = Type.Object({
  type: Type.Literal('Feature'),
  properties: Type.Object({ code: AreaCode, name: Type.String(), level: AreaLevelSchema }),
  geometry: Type.Object({
    type: Type.Literal('MultiPolygon'),
    coordinates: Type.Array(Type.Array(Type.Array(Type.Array(Type.Number())))),
  }),
});
export type AreaFeature = Static<typeof AreaFeature>;
