import { type Static, Type } from 'typebox';
import { ZONES } from '../geo/zone.ts';
import { AreaCode } from './area.ts';
import { body, Day, nullable, RowId } from './fields.ts';

export const JURISDICTION_KINDS = ['nasional', 'polda', 'polres', 'polsek', 'khusus'] as const;
export type JurisdictionKind = (typeof JURISDICTION_KINDS)[number];

const Position = Type.Tuple([Type.Number(), Type.Number()]);
/** Coordinates of a GeoJSON MultiPolygon: degrees, longitude first, rings closed. */
export const PolygonCoordinates = Type.Array(
  Type.Array(Type.Array(Position, { minItems: 4, maxItems: 2_000 }), { minItems: 1, maxItems: 100 }),
  { minItems: 1, maxItems: 100 },
);
export type PolygonCoordinates = Static<typeof PolygonCoordinates>;

const dates = { validFrom: Type.Optional(nullable(Day)), validTo: Type.Optional(nullable(Day)) };
/** A part of a jurisdiction: an area with everything beneath it, or a polygon (port, airport, campus). Both days are included. */
export const NewJurisdictionPart = Type.Union([
  body({ areaCode: AreaCode, ...dates }),
  body({ polygon: PolygonCoordinates, ...dates }),
]);
export type NewJurisdictionPart = Static<typeof NewJurisdictionPart>;

/** Body of `POST /api/jurisdictions` and `PUT /api/jurisdictions/:id`: the whole of it. */
export const NewJurisdiction = body({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  kind: Type.Enum(JURISDICTION_KINDS),
  parentId: Type.Optional(nullable(RowId)),
  /** Everything there is, now and later; then there are no parts. */
  everything: Type.Optional(Type.Boolean()),
  parts: Type.Array(NewJurisdictionPart, { maxItems: 2_000 }),
});
export type NewJurisdiction = Static<typeof NewJurisdiction>;

const shownDates = { validFrom: nullable(Day), validTo: nullable(Day) };
export const JurisdictionPart = Type.Union([
  /** `areaName` is `null` while no such area is imported. */
  Type.Object({ areaCode: AreaCode, areaName: nullable(Type.String()), ...shownDates }),
  Type.Object({ polygon: PolygonCoordinates, ...shownDates }),
]);
export type JurisdictionPart = Static<typeof JurisdictionPart>;

const named = {
  id: Type.Integer(),
  name: Type.String(),
  kind: Type.Enum(JURISDICTION_KINDS),
  parentId: nullable(Type.Integer()),
  everything: Type.Boolean(),
};

/** A jurisdiction without its parts, for lists. */
export const JurisdictionSummary = Type.Object({
  ...named,
  partCount: Type.Integer(),
  /** Where its days begin and end: the zone of its first part; `null` without parts. */
  zone: nullable(Type.Enum(ZONES)),
});
export type JurisdictionSummary = Static<typeof JurisdictionSummary>;

export const Jurisdiction = Type.Object({
  ...named,
  parts: Type.Array(JurisdictionPart),
});
export type Jurisdiction = Static<typeof Jurisdiction>;

/** Answer of `GET /api/jurisdictions/:id/geometry`: what is in force today, a GeoJSON Feature; no geometry for everything or nothing. */
export const JurisdictionFeature = Type.Object({
  type: Type.Literal('Feature'),
  properties: Type.Object({ id: Type.Integer(), name: Type.String() }),
  geometry: nullable(
    Type.Object({
      type: Type.Literal('MultiPolygon'),
      coordinates: Type.Array(Type.Array(Type.Array(Type.Array(Type.Number())))),
    }),
  ),
});
export type JurisdictionFeature = Static<typeof JurisdictionFeature>;
