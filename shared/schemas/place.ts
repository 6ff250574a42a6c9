import { type Static, Type } from 'typebox';

/** Kinds of fixed places: guard post, polling station, police stations, command post, village office. */
export const PLACE_KINDS = ['pos_kamling', 'tps', 'polsek', 'polres', 'posko', 'kantor_desa'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export const PlaceKindSchema = Type.Enum(PLACE_KINDS);

export const Place = Type.Object({
  id: Type.String(),
  kind: PlaceKindSchema,
  name: Type.String(),
  /** Code of the area it stands in, where known. */
  areaCode: Type.Union([Type.String(), Type.Null()]),
  lon: Type.Number(),
  lat: Type.Number(),
});
export type Place = Static<typeof Place>;
