import { type SqlBool, sql } from 'kysely';
import { OPEN_STATUSES } from '../../shared/schemas/incident.ts';
import type { Db } from '../database/connection.ts';

/** What is put in the place of a title whose time is over. */
const REMOVED = 'Teks dihapus menurut masa simpan';

/** How many positions there are between two times. */
export async function countPositions(db: Db, from: Date, to: Date): Promise<number> {
  const { count } = await db
    .selectFrom('position')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('fixed_at', '>=', from)
    .where('fixed_at', '<', to)
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * Leaves of the positions between two times one a minute of each device, the first, and every one with an alarm.
 * Returns how many go; a dry run deletes none.
 */
export async function thinPositions(db: Db, from: Date, to: Date, dryRun: boolean): Promise<number> {
  const surplus = sql`
    SELECT tableoid, ctid FROM (
      SELECT tableoid, ctid, alarm,
        row_number() OVER (PARTITION BY device_id, date_trunc('minute', fixed_at) ORDER BY fixed_at, ctid) AS place
      FROM position WHERE fixed_at >= ${from} AND fixed_at < ${to}) every
    WHERE place > 1 AND alarm = ''`;
  const { rows } = dryRun
    ? await sql<{ count: number }>`SELECT count(*)::int AS count FROM (${surplus}) surplus`.execute(db)
    : await sql<{ count: number }>`WITH surplus AS (${surplus}), gone AS (
        DELETE FROM position USING surplus WHERE position.tableoid = surplus.tableoid AND position.ctid = surplus.ctid
          AND fixed_at >= ${from} AND fixed_at < ${to} RETURNING 1)
        SELECT count(*)::int AS count FROM gone`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Deletes where units were last, when that was before a time. Returns the units; a dry run deletes none. */
export async function deletePlaces(db: Db, before: Date, dryRun: boolean): Promise<number[]> {
  const rows = dryRun
    ? await db.selectFrom('unit_position').select('unit_id').where('fixed_at', '<', before).execute()
    : await db.deleteFrom('unit_position').where('fixed_at', '<', before).returning('unit_id').execute();
  return rows.map(({ unit_id }) => unit_id);
}

/** Deletes between two times what devices sent whose owners took back their consent. Returns how many. */
export async function deleteWithdrawn(db: Db, from: Date, to: Date, dryRun: boolean): Promise<number> {
  const chosen = sql<SqlBool>`fixed_at >= ${from} AND fixed_at < ${to} AND EXISTS (
    SELECT FROM device WHERE device.id = position.device_id AND withdrawn_at >= fixed_at)`;
  const { rows } = dryRun
    ? await sql<{ count: number }>`SELECT count(*)::int AS count FROM position WHERE ${chosen}`.execute(db)
    : await sql<{ count: number }>`WITH gone AS (DELETE FROM position WHERE ${chosen} RETURNING 1)
        SELECT count(*)::int AS count FROM gone`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * Removes the text of incidents of a category (`undefined`: of those not named in `others`) that are closed and happened
 * before a day: title, description, place, and what their history and the log of events quote of them. What, where and when stay.
 * At most 1,000 at once; returns how many.
 */
export async function removeTexts(
  db: Db,
  { category, others, before, at }: { category: string | undefined; others: readonly string[]; before: Date; at: Date },
  dryRun: boolean,
): Promise<number> {
  const chosen = db
    .selectFrom('incident')
    .select('id')
    .where('occurred_at', '<', before)
    .where('text_removed_at', 'is', null)
    .where('status', 'not in', OPEN_STATUSES)
    .$if(category !== undefined, (query) => query.where(sql<SqlBool>`category = ${category}`))
    .$if(category === undefined && others.length > 0, (query) =>
      query.where(sql<SqlBool>`category <> ALL(${others}::text[])`),
    );
  if (dryRun) {
    const { count } = await db
      .selectFrom(chosen.as('chosen'))
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow();
    return count;
  }
  return db.transaction().execute(async (trx) => {
    const rows = await trx
      .updateTable('incident')
      .set({ title: REMOVED, description: '', place: '', text_removed_at: at })
      .where('id', 'in', chosen.limit(1_000))
      .returning('id')
      .execute();
    if (rows.length > 0) {
      const ids = rows.map(({ id }) => id);
      await sql`UPDATE incident_log SET note = '', changes = changes - ARRAY['title', 'description', 'place']
        WHERE incident_id = ANY(${ids}::uuid[])`.execute(trx);
      await sql`UPDATE event SET data = jsonb_set(data, '{title}', to_jsonb(${REMOVED}::text))
        WHERE lower(subject) = ANY(${ids}::text[]) AND data ? 'title'`.execute(trx);
      await sql`UPDATE publication SET version = version + 1 WHERE topic = 'texts'`.execute(trx);
    }
    return rows.length;
  });
}
