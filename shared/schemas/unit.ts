import { type Static, Type } from 'typebox';

/** Who a unit (unsur) belongs to. The index of an organisation is its number on the wire, so new ones go last. */
export const ORGANISATIONS = [
  'polri',
  'senkom',
  'ronda',
  'babinsa',
  'linmas',
  'satpol_pp',
  'bpbd',
  'damkar',
  'pmi',
  'basarnas',
  'pokdarkamtibmas',
] as const;
export type Organisation = (typeof ORGANISATIONS)[number];

/** Duty status. The index is its number on the wire, so new ones go last. */
export const UNIT_STATUSES = ['available', 'busy', 'off_duty'] as const;
export type UnitStatus = (typeof UNIT_STATUSES)[number];

export const Unit = Type.Object({
  id: Type.Integer(),
  callsign: Type.String(),
  organisation: Type.Enum(ORGANISATIONS),
  status: Type.Enum(UNIT_STATUSES),
  homeArea: Type.Union([Type.String(), Type.Null()]),
});
export type Unit = Static<typeof Unit>;

export const NewUnit = Type.Object(
  {
    callsign: Type.String({ minLength: 1, maxLength: 40 }),
    organisation: Type.Enum(ORGANISATIONS),
    status: Type.Optional(Type.Enum(UNIT_STATUSES)),
    homeArea: Type.Optional(Type.String({ maxLength: 24 })),
    /** Identifiers the unit's devices send: OsmAnd's `id`, Traccar Client's `device_id`. */
    devices: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 16 })),
  },
  { additionalProperties: false },
);
export type NewUnit = Static<typeof NewUnit>;
