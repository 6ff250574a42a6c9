import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { UNIT_STATUSES } from '../../shared/schemas/unit.ts';
import type { Scope } from '../access/scope.ts';
import { unitAtHome } from '../access/visible.queries.ts';
import type { Db } from '../database/connection.ts';
import type { Sighting } from './judge.ts';
import type { KnownDevice } from './pending.ts';

const DAY_MS = 86_400_000;
/** Quarantined fixes kept for each device. */
const QUARANTINE_PER_DEVICE = 1_000;

/** The registered devices among these identifiers, which are names and no secrets. */
export function findByIdentifier(db: Db, identifiers: string[]): Promise<Map<string, KnownDevice>> {
  return findDevices(db, 'identifier', new Map(identifiers.map((identifier) => [identifier, identifier])));
}

/** The devices whose tokens these are; a revoked device has none. */
export function findByToken(db: Db, tokens: string[]): Promise<Map<string, KnownDevice>> {
  const digest = (token: string) => createHash('sha256').update(token).digest('hex');
  return findDevices(db, 'token_hash', new Map(tokens.map((token) => [digest(token), token])));
}

/** The devices not revoked that the column names, by the names given for its values. */
async function findDevices(
  db: Db,
  column: 'identifier' | 'token_hash',
  names: ReadonlyMap<string, string>,
): Promise<Map<string, KnownDevice>> {
  const rows = await db
    .selectFrom('device')
    .innerJoin('unit', 'unit.id', 'device.unit_id')
    .select([
      `${column} as value`,
      'device.id as deviceId',
      'unit.id as unitId',
      'unit.status',
      'duty_since',
      'duty_until',
      'speed_unit as speedUnit',
    ])
    .where(column, '=', sql<string>`ANY(${[...names.keys()]})`)
    .where('revoked_at', 'is', null)
    .execute();
  return new Map(
    rows.map(({ value, deviceId, unitId, status, duty_since, duty_until, speedUnit }) => [
      names.get(value ?? '') ?? '',
      {
        deviceId,
        unitId,
        status: UNIT_STATUSES.indexOf(status),
        dutySince: duty_since?.getTime() ?? Number.NEGATIVE_INFINITY,
        dutyUntil: duty_until?.getTime() ?? Number.POSITIVE_INFINITY,
        speedUnit,
      },
    ]),
  );
}

/** The newest position of every unit that has one. */
export async function loadSightings(db: Db): Promise<(Sighting & { unitId: number; alarmed: boolean })[]> {
  const rows = await db
    .selectFrom('unit_position')
    .select(['unit_id', 'fixed_at', 'alarm', sql<number>`ST_X(geom)`.as('lon'), sql<number>`ST_Y(geom)`.as('lat')])
    .execute();
  return rows.map((row) => ({
    unitId: row.unit_id,
    time: row.fixed_at.getTime(),
    lon: row.lon,
    lat: row.lat,
    alarmed: row.alarm !== '',
  }));
}

/** Makes the partition of the day (UTC) that begins at `from`, in milliseconds, if it is missing. */
export async function createPartition(db: Db, from: number): Promise<void> {
  const day = new Date(from).toISOString().slice(0, 10);
  const next = new Date(from + DAY_MS).toISOString().slice(0, 10);
  await sql
    .raw(
      `CREATE TABLE IF NOT EXISTS position_${day.replaceAll('-', '')} PARTITION OF position
       FOR VALUES FROM ('${day}T00:00Z') TO ('${next}T00:00Z')`,
    )
    .execute(db);
}

/** Forgets quarantined fixes received before `oldest` (milliseconds), and all but the newest of each device. */
export async function trimQuarantine(db: Db, oldest: number): Promise<void> {
  await db.deleteFrom('position_quarantine').where('received_at', '<', new Date(oldest)).execute();
  await sql`
    DELETE FROM position_quarantine WHERE id IN (
      SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY device_id ORDER BY id DESC) AS place FROM position_quarantine) all_of
      WHERE place > ${QUARANTINE_PER_DEVICE})`.execute(db);
}

/** Quarantined fixes, newest first, and how many there are for each reason; of one device, or of all. */
export async function listQuarantine(db: Db, scope: Scope, identifier: string | undefined, limit: number) {
  const chosen = db
    .selectFrom('position_quarantine')
    .innerJoin('device', 'device.id', 'position_quarantine.device_id')
    .innerJoin('unit', 'unit.id', 'device.unit_id')
    .where(unitAtHome(scope))
    .$if(identifier !== undefined, (query) => query.where('identifier', '=', identifier ?? ''));
  const [counts, fixes] = await Promise.all([
    chosen
      .select(['reason', sql<number>`count(*)::int`.as('count')])
      .groupBy('reason')
      .orderBy('reason')
      .execute(),
    chosen
      .select(['identifier as device', 'unit_id as unitId', 'received_at', 'reason', 'fix'])
      .orderBy('position_quarantine.id', 'desc')
      .limit(limit)
      .execute(),
  ]);
  return {
    counts,
    fixes: fixes.map(({ received_at, ...row }) => ({ ...row, receivedAt: received_at.toISOString() })),
  };
}
