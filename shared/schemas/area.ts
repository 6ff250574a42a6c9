import { type Static, Type } from 'typebox';
import { AREA_CODE_PATTERN, AREA_LEVELS } from '../area-code.ts';

export const AreaLevelSchema = Type.Enum(AREA_LEVELS);

export const AreaCode = Type.String({ pattern: AREA_CODE_PATTERN, maxLength: 24 });

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
