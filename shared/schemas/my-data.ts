import { type Static, Type } from 'typebox';
import { Grant, Session } from './access.ts';
import { AuditEntry } from './audit.ts';
import { Device } from './device.ts';
import { Duty } from './duty.ts';
import { DateTime, nullable } from './fields.ts';

/** What is kept about the person who asks. */
export const MyData = Type.Object({
  account: Type.Object({
    id: Type.Integer(),
    username: Type.String(),
    displayName: Type.String(),
    createdAt: Type.String(),
    hasPassword: Type.Boolean(),
    hasTotp: Type.Boolean(),
  }),
  /** Units that the person's devices send for: how many devices, and how many positions of them are kept. */
  units: Type.Array(
    Type.Object({
      id: Type.Integer(),
      callsign: Type.String(),
      devices: Type.Integer(),
      positions: Type.Integer(),
      /** Its duty, while a device of the person's sends for it: only then can the person switch it. */
      duty: Type.Union([Duty, Type.Null()]),
    }),
  ),
  devices: Type.Array(
    Type.Object({
      ...Type.Pick(Device, ['id', 'unitId', 'callsign', 'label', 'createdAt', 'enrolledAt', 'revokedAt']).properties,
      /** When the newest of its positions that are kept came, ISO 8601; `null`: none is. */
      lastSeenAt: nullable(DateTime),
    }),
  ),
  /** Those that are in force or to come. */
  grants: Type.Array(Grant),
  sessions: Type.Array(Type.Omit(Session, ['id', 'current'])),
  /** What the person did and what was done to the account and its devices, newest first, at most 1,000. */
  audit: Type.Array(AuditEntry),
  /** After how many days positions are deleted. */
  retentionDays: Type.Integer(),
});
export type MyData = Static<typeof MyData>;

/** What ended with the consent. */
export const Withdrawal = Type.Object({ devices: Type.Integer(), positions: Type.Integer() });
export type Withdrawal = Static<typeof Withdrawal>;
