import { type SqlBool, sql } from 'kysely';
import type { Device, DevicePatch } from '../../shared/schemas/device.ts';
import type { Organisation } from '../../shared/schemas/unit.ts';
import type { Scope } from '../access/scope.ts';
import type { Db, Trx } from '../database/connection.ts';

/**
 * Whether a unit belongs to the scope by its home. A unit that only passes through is seen, but who looks after devices
 * here does not hand out or revoke those of another city.
 */
const homeIn = (scope: Scope) =>
  scope.everything ? sql<SqlBool>`true` : sql<SqlBool>`unit.scope_codes && ${scope.codes}::text[]`;

/** Devices of the scope by unit and label: all, or of one unit, or one. */
export async function listDevices(
  db: Db,
  scope: Scope,
  at: Date,
  { id, unitId }: { id?: number; unitId?: number } = {},
): Promise<Device[]> {
  const rows = await db
    .selectFrom('device')
    .innerJoin('unit', 'unit.id', 'device.unit_id')
    .select(['device.id', 'unit_id', 'callsign', 'identifier', 'label', 'account_id', 'device.created_at'])
    .select(['enrolled_at', 'revoked_at'])
    .select(({ selectFrom }) =>
      selectFrom('enrolment')
        .select(({ fn }) => fn.max('expires_at').as('until'))
        .whereRef('device_id', '=', 'device.id')
        .where('used_at', 'is', null)
        .where('expires_at', '>', at)
        .as('until'),
    )
    .where(homeIn(scope))
    .$if(id !== undefined, (query) => query.where('device.id', '=', id ?? 0))
    .$if(unitId !== undefined, (query) => query.where('unit_id', '=', unitId ?? 0))
    .orderBy('callsign')
    .orderBy('label')
    .orderBy('device.id')
    .execute();
  return rows.map(({ id, unit_id, callsign, identifier, label, account_id, created_at, ...row }) => ({
    id,
    unitId: unit_id,
    callsign,
    identifier,
    label,
    accountId: account_id,
    createdAt: created_at.toISOString(),
    enrolledAt: row.enrolled_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    linkUntil: row.until?.toISOString() ?? null,
  }));
}

/** Whether there is such a unit whose devices the scope may change. */
export async function hasUnit(db: Db, scope: Scope, id: number): Promise<boolean> {
  const row = await db.selectFrom('unit').select('id').where('id', '=', id).where(homeIn(scope)).executeTakeFirst();
  return row !== undefined;
}

export async function hasAccount(db: Db, id: number): Promise<boolean> {
  return (await db.selectFrom('account').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** Stores a device. Returns its id. */
export async function insertDevice(
  trx: Trx,
  device: { unitId: number; identifier: string; label: string; accountId: number | null },
): Promise<number> {
  const { unitId: unit_id, identifier, label, accountId: account_id } = device;
  const { id } = await trx
    .insertInto('device')
    // OsmAnd itself says metres a second; knots are what Traccar Client said before version 9.
    .values({ unit_id, identifier, label, account_id, speed_unit: 'mps' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function changeDevice(trx: Trx, id: number, { label, accountId }: DevicePatch): Promise<void> {
  await trx
    .updateTable('device')
    .set({ ...(label === undefined ? {} : { label }), ...(accountId === undefined ? {} : { account_id: accountId }) })
    .where('id', '=', id)
    .execute();
}

/** Takes the token and every link from devices, and from now on nothing that they send. */
export async function revokeDevices(trx: Trx, ids: readonly number[], at: Date): Promise<void> {
  const chosen = sql<number>`ANY(${ids}::int[])`;
  await trx
    .updateTable('device')
    .set({ token_hash: null, revoked_at: sql<Date>`coalesce(revoked_at, ${at})` })
    .where('id', '=', chosen)
    .execute();
  await trx.deleteFrom('enrolment').where('device_id', '=', chosen).where('used_at', 'is', null).execute();
}

/** Stores a new link of a device; those before it are void. */
export async function insertEnrolment(
  trx: Trx,
  link: { deviceId: number; tokenHash: string; createdBy: string; at: Date; expiresAt: Date },
): Promise<void> {
  const { deviceId, tokenHash: token_hash, createdBy: created_by, at: created_at, expiresAt: expires_at } = link;
  await trx.deleteFrom('enrolment').where('device_id', '=', deviceId).where('used_at', 'is', null).execute();
  await trx
    .insertInto('enrolment')
    .values({ token_hash, device_id: deviceId, created_by, created_at, expires_at })
    .execute();
}

/** A device as its enrolment shows it. */
export interface EnrolledDevice {
  deviceId: number;
  label: string;
  unit: { id: number; callsign: string; organisation: Organisation };
}

/**
 * Spends a link: its device has the new token from now on, and no other. `undefined` when the link is unknown, spent or
 * over. Of two at once one is answered.
 */
export async function useEnrolment(
  trx: Trx,
  linkHash: string,
  tokenHash: string,
  at: Date,
): Promise<EnrolledDevice | undefined> {
  const link = await trx
    .updateTable('enrolment')
    .set({ used_at: at })
    .where('token_hash', '=', linkHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('device_id')
    .executeTakeFirst();
  if (!link) return undefined;
  const device = await trx
    .updateTable('device')
    .from('unit')
    .set({ token_hash: tokenHash, enrolled_at: at, revoked_at: null })
    .whereRef('unit.id', '=', 'device.unit_id')
    .where('device.id', '=', link.device_id)
    .returning(['device.id as deviceId', 'label', 'unit.id', 'callsign', 'organisation'])
    .executeTakeFirstOrThrow();
  const { deviceId, label, id, callsign, organisation } = device;
  return { deviceId, label, unit: { id, callsign, organisation } };
}
