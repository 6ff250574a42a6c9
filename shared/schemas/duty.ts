import { type Static, Type } from 'typebox';
import { DateTime, RowId } from './fields.ts';

/** Body of `POST /api/duty`: without `on` it is only asked how things are. */
export const DutyBody = Type.Object(
  {
    /** The device's token. */
    token: Type.String({ minLength: 1, maxLength: 128 }),
    on: Type.Optional(Type.Boolean()),
    /** When the duty ends by itself, at most twelve hours ahead; twelve hours when absent. */
    until: Type.Optional(DateTime),
  },
  { additionalProperties: false },
);

/** Body of `POST /api/me/duty`: as {@link DutyBody}, of a unit that one of the person's own devices sends for. */
export const MyDutyBody = Type.Object(
  {
    unitId: RowId,
    on: Type.Boolean(),
    until: Type.Optional(DateTime),
  },
  { additionalProperties: false },
);
export type MyDutyBody = Static<typeof MyDutyBody>;

export type DutyBody = Static<typeof DutyBody>;

export const Duty = Type.Object({
  callsign: Type.String(),
  /** Code of the area where the unit belongs; its zone is the zone of the times. */
  homeArea: Type.Union([Type.String(), Type.Null()]),
  /** Whether places are taken from the unit's devices now. */
  on: Type.Boolean(),
  /** Since when, ISO 8601; `null`: it is off, or nobody knows any more. */
  since: Type.Union([Type.String(), Type.Null()]),
  /** When it ends by itself, ISO 8601; `null`: it is off, or ends when somebody switches it off. */
  until: Type.Union([Type.String(), Type.Null()]),
});
export type Duty = Static<typeof Duty>;
