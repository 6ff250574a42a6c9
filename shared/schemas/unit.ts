import { type Static, Type } from 'typebox';
import { QUARANTINE_REASONS } from './position.ts';

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

/** Units in which devices say their speed over OsmAnd's protocol. */
export const SPEED_UNITS = ['knots', 'kmh', 'mps', 'mph'] as const;
export type SpeedUnit = (typeof SPEED_UNITS)[number];

export const Unit = Type.Object({
  id: Type.Integer(),
  callsign: Type.String(),
  organisation: Type.Enum(ORGANISATIONS),
  status: Type.Enum(UNIT_STATUSES),
  homeArea: Type.Union([Type.String(), Type.Null()]),
});
export type Unit = Static<typeof Unit>;

/**
 * When the duty ends by itself, ISO 8601; absent: twelve hours after it begins; `null`: only when somebody switches it
 * off, as for a vehicle or a post.
 */
const DutyUntil = Type.Optional(Type.Union([Type.String({ format: 'date-time', maxLength: 40 }), Type.Null()]));

export const NewUnit = Type.Object(
  {
    callsign: Type.String({ minLength: 1, maxLength: 40 }),
    organisation: Type.Enum(ORGANISATIONS),
    /** On duty (`available`) when absent. */
    status: Type.Optional(Type.Enum(UNIT_STATUSES)),
    dutyUntil: DutyUntil,
    homeArea: Type.Optional(Type.String({ maxLength: 24 })),
    /** Identifiers the unit's devices send: OsmAnd's `id`, Traccar Client's `device_id`. */
    devices: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 16 })),
    /** In what its devices say their speed; OsmAnd says knots. */
    speedUnit: Type.Optional(Type.Enum(SPEED_UNITS)),
  },
  { additionalProperties: false },
);
export type NewUnit = Static<typeof NewUnit>;

/** Body of `PATCH /api/units/:id`: only what changes. */
export const UnitPatch = Type.Object(
  {
    callsign: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    organisation: Type.Optional(Type.Enum(ORGANISATIONS)),
    status: Type.Optional(Type.Enum(UNIT_STATUSES)),
    homeArea: Type.Optional(Type.Union([Type.String({ maxLength: 24 }), Type.Null()])),
    speedUnit: Type.Optional(Type.Enum(SPEED_UNITS)),
    dutyUntil: DutyUntil,
  },
  { additionalProperties: false, minProperties: 1 },
);
export type UnitPatch = Static<typeof UnitPatch>;

const NullableNumber = Type.Union([Type.Number(), Type.Null()]);

/** A unit with its newest stored position and its devices. */
export const UnitDetail = Type.Object({
  ...Unit.properties,
  /** Whether whoever asks may change it. */
  mayChange: Type.Boolean(),
  /** Since when it is on duty, ISO 8601; `null`: it is not, or has been for longer than is known. */
  dutySince: Type.Union([Type.String(), Type.Null()]),
  /** When its duty ends by itself, ISO 8601; `null`: when somebody switches it off. */
  dutyUntil: Type.Union([Type.String(), Type.Null()]),
  /** Whether its last position is kept from whoever asks, who may not change it, because it is off duty. */
  positionHidden: Type.Boolean(),
  position: Type.Union([
    Type.Object({
      /** Unix time of the fix, milliseconds. */
      time: Type.Number(),
      /** When the unit was last heard, with a place or without; Unix time, milliseconds. */
      heardAt: Type.Number(),
      lon: Type.Number(),
      lat: Type.Number(),
      speed: NullableNumber,
      heading: NullableNumber,
      accuracy: NullableNumber,
      battery: NullableNumber,
      alarm: Type.String(),
      flags: Type.Integer(),
    }),
    Type.Null(),
  ]),
  devices: Type.Array(Type.String()),
  /** Fixes of its devices that were unusable, by reason. */
  quarantined: Type.Array(Type.Object({ reason: Type.Enum(QUARANTINE_REASONS), count: Type.Integer() })),
});
export type UnitDetail = Static<typeof UnitDetail>;
