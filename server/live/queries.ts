import { sql } from 'kysely';
import type { LivePosition } from '../../shared/schemas/position.ts';
import { UNIT_STATUSES, type Unit } from '../../shared/schemas/unit.ts';
import type { Db } from '../database/connection.ts';

/** The newest position of every unit that has one since its duty began. */
export async function latestPositions(db: Db): Promise<LivePosition[]> {
  const rows = await db
    .selectFrom('unit_position')
    .innerJoin('unit', 'unit.id', 'unit_position.unit_id')
    .select([
      'unit_id',
      'fixed_at',
      'speed',
      'heading',
      'alarm',
      'flags',
      'status',
      sql<number>`ST_X(geom)`.as('lon'),
      sql<number>`ST_Y(geom)`.as('lat'),
    ])
    .where(({ or, eb }) => or([eb('duty_since', 'is', null), eb('fixed_at', '>=', eb.ref('duty_since'))]))
    .execute();
  return rows.map((row) => ({
    unitId: row.unit_id,
    time: row.fixed_at.getTime(),
    lon: row.lon,
    lat: row.lat,
    speed: row.speed ?? undefined,
    heading: row.heading ?? undefined,
    status: UNIT_STATUSES.indexOf(row.status),
    alarm: row.alarm,
    flags: row.flags,
  }));
}

/** Every unit's duty and the area it belongs to. */
export async function listHomes(db: Db): Promise<Pick<Unit, 'id' | 'status' | 'homeArea'>[]> {
  return db.selectFrom('unit').select(['id', 'status', 'home_area as homeArea']).execute();
}

/**
 * Deletes events that nobody can resume from any more: beyond the newest `keep`, and older than `days`. At most
 * 5,000 at once, so that nothing waits for it.
 */
export async function purgeEvents(db: Db, { keep, days }: { keep: number; days: number }): Promise<void> {
  await sql`
    DELETE FROM event WHERE seq IN (
      SELECT seq FROM event
      WHERE seq <= (SELECT seq FROM event_counter) - ${keep} AND at < now() - make_interval(days => ${days})
      ORDER BY seq LIMIT 5000)`.execute(db);
}
