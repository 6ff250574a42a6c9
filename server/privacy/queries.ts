import { sql } from 'kysely';
import type { AuditEntry } from '../../shared/schemas/audit.ts';
import type { Duty } from '../../shared/schemas/duty.ts';
import type { MyData } from '../../shared/schemas/my-data.ts';
import type { Unit } from '../../shared/schemas/unit.ts';
import { isReservedActor } from '../access/actors.ts';
import type { Db, Trx } from '../database/connection.ts';
import { presentDuty, speakingDevices } from '../database/duty.ts';
import { dutyChange, UNIT_COLUMNS } from '../database/units.ts';

const MOST_ENTRIES = 1_000;

export async function findMyAccount(db: Db, id: number): Promise<MyData['account'] | undefined> {
  const row = await db
    .selectFrom('account')
    .select(['id', 'username', 'display_name', 'created_at'])
    .select([
      sql<boolean>`password_hash IS NOT NULL`.as('hasPassword'),
      sql<boolean>`totp_secret IS NOT NULL`.as('hasTotp'),
    ])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const { display_name, created_at, ...account } = row;
  return { ...account, displayName: display_name, createdAt: created_at.toISOString() };
}

/** The devices that a person owns. */
export async function listMyDevices(
  db: Db,
  accountId: number,
): Promise<Omit<MyData['devices'][number], 'lastSeenAt'>[]> {
  const rows = await db
    .selectFrom('device')
    .innerJoin('unit', 'unit.id', 'unit_id')
    .select(['device.id', 'unit_id', 'callsign', 'label', 'device.created_at', 'enrolled_at', 'revoked_at'])
    .where('account_id', '=', accountId)
    .orderBy('device.id')
    .execute();
  return rows.map(({ unit_id, created_at, enrolled_at, revoked_at, ...row }) => ({
    ...row,
    unitId: unit_id,
    createdAt: created_at.toISOString(),
    enrolledAt: enrolled_at?.toISOString() ?? null,
    revokedAt: revoked_at?.toISOString() ?? null,
  }));
}

/** The duties of units that a person's devices send for, by unit. */
export async function listMyDuties(db: Db, accountId: number, now: number): Promise<Map<number, Duty>> {
  const rows = await speakingDevices(db).where('account_id', '=', accountId).execute();
  return new Map(rows.map((row) => [row.unitId, presentDuty(row, now)]));
}

/** How many positions of these devices are kept, and when the newest of them came, by device. */
export async function countByDevice(
  db: Db,
  devices: readonly { id: number; unitId: number }[],
): Promise<Map<number, { count: number; lastAt: Date }>> {
  const rows = await db
    .selectFrom('position')
    .select(['device_id', sql<number>`count(*)::int`.as('count'), sql<Date>`max(received_at)`.as('lastAt')])
    .where('unit_id', '=', sql<number>`ANY(${devices.map(({ unitId }) => unitId)}::int[])`)
    .where('device_id', '=', sql<number>`ANY(${devices.map(({ id }) => id)}::int[])`)
    .groupBy('device_id')
    .execute();
  return new Map(rows.map(({ device_id, ...kept }) => [device_id, kept]));
}

/** What an account did, and what was done to it and its devices, newest first. */
export async function listMyAudit(
  db: Db,
  { id, username }: { id: number; username: string },
  devices: readonly { id: number }[],
): Promise<AuditEntry[]> {
  const subjects = [`account:${id}`, ...devices.map((device) => `device:${device.id}`)];
  const rows = await db
    .selectFrom('audit')
    .select(['hash as id', 'at', 'actor', 'action', 'subject', 'detail'])
    .where((is) =>
      is.or([...(isReservedActor(username) ? [] : [is('actor', '=', username)]), is('subject', 'in', subjects)]),
    )
    .orderBy('seq', 'desc')
    .limit(MOST_ENTRIES)
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** A position as its person takes it along: Unix time in milliseconds, degrees, metres, metres a second. */
export interface OwnPosition {
  deviceId: number;
  time: number;
  lon: number;
  lat: number;
  speed: number | null;
  accuracy: number | null;
  alarm: string;
}

/** Positions of devices between two times, oldest first. */
export async function readPositions(
  db: Db,
  devices: readonly { id: number; unitId: number }[],
  from: Date,
  to: Date,
): Promise<OwnPosition[]> {
  const rows = await db
    .selectFrom('position')
    .select(['device_id', 'fixed_at', 'speed', 'accuracy', 'alarm'])
    .select([sql<number>`ST_X(geom)`.as('lon'), sql<number>`ST_Y(geom)`.as('lat')])
    .where('unit_id', '=', sql<number>`ANY(${devices.map(({ unitId }) => unitId)}::int[])`)
    .where('device_id', '=', sql<number>`ANY(${devices.map(({ id }) => id)}::int[])`)
    .where('fixed_at', '>=', from)
    .where('fixed_at', '<', to)
    .orderBy('fixed_at')
    .execute();
  return rows.map(({ device_id, fixed_at, ...row }) => ({ deviceId: device_id, time: fixed_at.getTime(), ...row }));
}

/**
 * Stops devices for good: no token, no link, and what they sent is to go. Units that nothing sends for any more are off
 * duty. Returns these units.
 */
export async function stopDevices(trx: Trx, ids: readonly number[], at: Date): Promise<Unit[]> {
  const chosen = sql<number>`ANY(${ids}::int[])`;
  // Units before devices, as whoever changes a unit: both tell of it in one row, and would wait for each other there.
  await trx
    .selectFrom('unit')
    .select('id')
    .where('id', 'in', (query) => query.selectFrom('device').select('unit_id').where('id', '=', chosen))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  await trx
    .updateTable('device')
    .set({ token_hash: null, revoked_at: sql<Date>`coalesce(revoked_at, ${at})`, withdrawn_at: at })
    .where('id', '=', chosen)
    .execute();
  await trx.deleteFrom('enrolment').where('device_id', '=', chosen).execute();
  return trx
    .updateTable('unit')
    .set({ ...dutyChange({ status: 'off_duty' }, at), updated_at: at })
    .where('id', 'in', (query) => query.selectFrom('device').select('unit_id').where('id', '=', chosen))
    .where('status', '!=', 'off_duty')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('device').select('device.id').whereRef('unit_id', '=', 'unit.id').where('revoked_at', 'is', null),
        ),
      ),
    )
    .returning(UNIT_COLUMNS)
    .execute();
}

/** Deletes where units were last, when one of these devices said so, and what of theirs is in quarantine. Returns the units. */
export async function deleteTraces(trx: Trx, ids: readonly number[]): Promise<number[]> {
  const chosen = sql<number>`ANY(${ids}::int[])`;
  await trx.deleteFrom('position_quarantine').where('device_id', '=', chosen).execute();
  const rows = await trx.deleteFrom('unit_position').where('device_id', '=', chosen).returning('unit_id').execute();
  return rows.map(({ unit_id }) => unit_id);
}

/** Deletes positions of devices between two times. Returns how many. */
export async function deletePositions(
  db: Db,
  devices: readonly { id: number; unitId: number }[],
  from: Date,
  to: Date,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('position')
    .where('unit_id', '=', sql<number>`ANY(${devices.map(({ unitId }) => unitId)}::int[])`)
    .where('device_id', '=', sql<number>`ANY(${devices.map(({ id }) => id)}::int[])`)
    .where('fixed_at', '>=', from)
    .where('fixed_at', '<', to)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
