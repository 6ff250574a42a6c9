import { type Static, Type } from 'typebox';
import { AccessLink } from './access.ts';
import { DateTime, nullable, RowId } from './fields.ts';
import { ORGANISATIONS } from './unit.ts';

const Label = Type.String({ minLength: 1, maxLength: 60 });

/** A phone, radio or tracker that sends the place of its unit. Its token is shown once, at its enrolment, and never here. */
export const Device = Type.Object({
  id: Type.Integer(),
  unitId: Type.Integer(),
  /** Callsign of its unit. */
  callsign: Type.String(),
  /** The name by which gateways that hold a bearer token may send for it; no credential. */
  identifier: Type.String(),
  /** What people call it. */
  label: Type.String(),
  /** Whose it is; `null`: the unit's own. */
  accountId: nullable(Type.Integer()),
  createdAt: DateTime,
  /** When its token was handed out; `null`: not yet. */
  enrolledAt: nullable(DateTime),
  /** Since when nothing of it is taken. */
  revokedAt: nullable(DateTime),
  /** Until when an enrolment link waits to be opened. */
  linkUntil: nullable(DateTime),
});
export type Device = Static<typeof Device>;

export const NewDevice = Type.Object(
  { label: Label, accountId: Type.Optional(RowId) },
  { additionalProperties: false },
);
export type NewDevice = Static<typeof NewDevice>;

/** Body of `PATCH /api/devices/:id`: only what changes. */
export const DevicePatch = Type.Object(
  { label: Type.Optional(Label), accountId: Type.Optional(nullable(RowId)) },
  { additionalProperties: false, minProperties: 1 },
);
export type DevicePatch = Static<typeof DevicePatch>;

/** A device and the link that enrols it, shown once. */
export const DeviceEnrolment = Type.Object({ device: Device, enrolment: AccessLink });
export type DeviceEnrolment = Static<typeof DeviceEnrolment>;

export const EnrolBody = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
);

/** What a phone needs to send its place. Answered once. */
export const Enrolled = Type.Object({
  /** The device's secret, 160 bits: it can send this device's fixes, switch its unit's duty, and read nothing. */
  token: Type.String(),
  /** Address of the server, as phones reach it. */
  server: Type.String(),
  unit: Type.Object({ id: Type.Integer(), callsign: Type.String(), organisation: Type.Enum(ORGANISATIONS) }),
  label: Type.String(),
  /** For OsmAnd's online tracking; it fills in what stands in braces. */
  osmandUrl: Type.String(),
  /** Settings of Traccar Client; distance in metres, times in seconds. */
  traccarClient: Type.Object({
    url: Type.String(),
    deviceId: Type.String(),
    interval: Type.Integer(),
    distance: Type.Integer(),
    heartbeat: Type.Integer(),
    accuracy: Type.String(),
    /** The same as text of the QR code that its settings scan. */
    code: Type.String(),
    /** The same as a link that opens it on this phone. */
    link: Type.String(),
  }),
});
export type Enrolled = Static<typeof Enrolled>;
