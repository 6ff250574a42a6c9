import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';

/** Discarded fixes by unit. */
export async function loadDiscards(db: Db): Promise<Map<number, number>> {
  const rows = await db.selectFrom('position_discard').select(['unit_id', 'count']).execute();
  return new Map(rows.map(({ unit_id, count }) => [unit_id, Number(count)]));
}

/** Adds to the counts of units; those that exist no more are passed over. */
export async function addDiscards(db: Db, counts: ReadonlyMap<number, number>): Promise<void> {
  await sql`
    INSERT INTO position_discard (unit_id, count)
    SELECT unit.id, t.count FROM unnest(${[...counts.keys()]}::int[], ${[...counts.values()]}::bigint[]) AS t(unit_id, count)
    JOIN unit ON unit.id = t.unit_id
    ON CONFLICT (unit_id) DO UPDATE SET count = position_discard.count + excluded.count`.execute(db);
}
