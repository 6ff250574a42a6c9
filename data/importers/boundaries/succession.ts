import { sql, type Transaction } from 'kysely';
import type { Db } from '../../../server/database/connection.ts';
import type { Tables } from '../../../server/database/tables.ts';
import type { AreaLevel } from '../../../shared/area-code.ts';
import type { PreparedArea } from './prepared.ts';
import type { Succession } from './validity.ts';

/** What an import says of areas that it does not itself put in force. */
export interface AreaChanges {
  /** Areas to take out of force, with the last day that they were in it (ISO). */
  ended: readonly { code: string; lastDay: string }[];
  successions: readonly Succession[];
}

/**
 * Areas in force that came from a source and are not among its areas now: those with a level and parent that these have
 * as well, and those of the codes that are named beside.
 */
export async function goneAreas(
  db: Db,
  source: string,
  areas: readonly PreparedArea[],
  named: readonly string[],
): Promise<{ code: string; name: string; level: AreaLevel }[]> {
  const places = new Set(areas.map(({ level, parentCode }) => `${level}/${parentCode ?? ''}`));
  const { rows } = await sql<{ code: string; name: string; level: AreaLevel }>`
    SELECT c.code, a.name, c.level
    FROM area_current c JOIN area a ON a.id = c.area_id JOIN area_import i ON i.id = a.import_id
    WHERE i.source = ${source} AND c.code <> ALL(${areas.map(({ code }) => code)}::text[])
      AND (c.level || '/' || coalesce(c.parent_code, '') = ANY(${[...places]}::text[]) OR c.code = ANY(${named}::text[]))
    ORDER BY c.code COLLATE "C"`.execute(db);
  return rows;
}

/** Whether the crosswalk says all of this already. */
export async function knowsSuccessions(db: Db, successions: readonly Succession[]): Promise<boolean> {
  const { rows } = await sql<{ known: number }>`
    SELECT count(*)::int AS known FROM ${table(successions)}
    JOIN area_crosswalk w ON w.old_code = t.old_code AND w.new_code = t.new_code AND w.since IS NOT DISTINCT FROM t.since
    `.execute(db);
  return rows[0]?.known === successions.length;
}

/** Takes areas out of force, keeping them with their last day but not their shapes, and notes who follows whom. */
export async function applyChanges(trx: Transaction<Tables>, { ended, successions }: AreaChanges): Promise<void> {
  if (ended.length > 0) {
    await sql`
      WITH t AS (
        SELECT * FROM unnest(${ended.map(({ code }) => code)}::text[], ${ended.map(({ lastDay }) => lastDay)}::date[])
          AS t(code, last_day)
      ), gone AS (
        DELETE FROM area_current c USING t WHERE c.code = t.code RETURNING c.area_id, t.last_day
      ), unseen AS (
        DELETE FROM area_shape s USING gone WHERE s.area_id = gone.area_id
      )
      UPDATE area a SET valid_to = least(a.valid_to, gone.last_day) FROM gone WHERE a.id = gone.area_id`.execute(trx);
  }
  if (successions.length > 0) {
    await sql`
      INSERT INTO area_crosswalk (old_code, new_code, since) SELECT old_code, new_code, since FROM ${table(successions)}
      ON CONFLICT (old_code, new_code) DO UPDATE SET since = excluded.since`.execute(trx);
  }
}

/** The same in a transaction of its own, with a new version of topic `areas`, which it returns. */
export async function publishChanges(db: Db, changes: AreaChanges): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ version: number }>`
      UPDATE publication SET version = version + 1 WHERE topic = 'areas' RETURNING version`.execute(trx);
    await applyChanges(trx, changes);
    return rows[0]?.version ?? 0;
  });
}

/** Successions as rows `t`, each pair of codes once. */
function table(successions: readonly Succession[]) {
  return sql`unnest(${successions.map(({ oldCode }) => oldCode)}::text[],
    ${successions.map(({ newCode }) => newCode)}::text[], ${successions.map(({ since }) => since)}::date[])
    AS t(old_code, new_code, since)`;
}
