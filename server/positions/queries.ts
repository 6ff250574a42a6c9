import { sql } from 'kysely';
import type { Fix, LivePosition } from '../../shared/schemas/position.ts';
import { UNIT_STATUSES } from '../../shared/schemas/unit.ts';
import type { Db } from '../database/connection.ts';

export interface KnownDevice {
  deviceId: number;
  unitId: number;
  status: number;
}

/** The device with this identifier, or `undefined`. */
export async function findDevice(db: Db, identifier: string): Promise<KnownDevice | undefined> {
  const row = await db
    .selectFrom('device')
    .innerJoin('unit', 'unit.id', 'device.unit_id')
    .select(['device.id as deviceId', 'unit.id as unitId', 'unit.status'])
    .where('device.identifier', '=', identifier)
    .executeTakeFirst();
  return row && { deviceId: row.deviceId, unitId: row.unitId, status: UNIT_STATUSES.indexOf(row.status) };
}

/** Makes the day's partition if it is missing. `time` in milliseconds. */
export async function ensurePartition(db: Db, time: number): Promise<void> {
  const from = new Date(Math.floor(time / 86_400_000) * 86_400_000);
  const to = new Date(from.getTime() + 86_400_000);
  const day = from.toISOString().slice(0, 10);
  await sql
    .raw(
      `CREATE TABLE IF NOT EXISTS position_${day.replaceAll('-', '')} PARTITION OF position
       FOR VALUES FROM ('${day}T00:00Z') TO ('${to.toISOString().slice(0, 10)}T00:00Z')`,
    )
    .execute(db);
}

/** Stores one fix and, when it is the unit's newest, its latest position. Returns whether it became the newest. */
export async function storeFix(
  db: Db,
  device: KnownDevice,
  fix: Fix,
  receivedAt: number,
): Promise<LivePosition | undefined> {
  const time = fix.time ?? receivedAt;
  const { rows } = await sql<{ unit_id: number }>`
    WITH stored AS (
      INSERT INTO position (device_id, unit_id, fixed_at, own_time, received_at, geom, alarm, speed, heading, altitude, accuracy, battery, flags)
      VALUES (${device.deviceId}, ${device.unitId}, ${new Date(time)}, ${fix.time !== undefined}, ${new Date(receivedAt)},
        ST_SetSRID(ST_MakePoint(${fix.lon}, ${fix.lat}), 4326), ${fix.alarm}, ${fix.speed ?? null}, ${fix.heading ?? null},
        ${fix.altitude ?? null}, ${fix.accuracy ?? null}, ${fix.battery ?? null}, ${fix.flags})
      ON CONFLICT DO NOTHING RETURNING *
    )
    INSERT INTO unit_position (unit_id, device_id, fixed_at, received_at, geom, alarm, speed, heading, accuracy, battery, flags)
    SELECT unit_id, device_id, fixed_at, received_at, geom, alarm, speed, heading, accuracy, battery, flags FROM stored
    ON CONFLICT (unit_id) DO UPDATE SET device_id = excluded.device_id, fixed_at = excluded.fixed_at,
      received_at = excluded.received_at, geom = excluded.geom, alarm = excluded.alarm, speed = excluded.speed,
      heading = excluded.heading, accuracy = excluded.accuracy, battery = excluded.battery, flags = excluded.flags
    WHERE unit_position.fixed_at < excluded.fixed_at
    RETURNING unit_id`.execute(db);
  if (rows.length === 0) return undefined;
  return {
    unitId: device.unitId,
    time,
    lon: fix.lon,
    lat: fix.lat,
    speed: fix.speed,
    heading: fix.heading,
    status: device.status,
    alarm: fix.alarm,
    flags: fix.flags,
  };
}
