import { sql } from 'kysely';
import type { IncidentCategory } from '../../shared/schemas/incident.ts';
import { COUNTED_STATUSES } from '../../shared/schemas/warning.ts';
import type { Db } from '../database/connection.ts';

/** A kabupaten or kota, and how far east it lies. */
export interface FamilyRow {
  code: string;
  /** Longitude of one of its areas, degrees. */
  lon: number;
}

/** Every kabupaten and kota of the areas in force, also those of which only kecamatan were imported, in order. */
export async function listFamilies(db: Db): Promise<FamilyRow[]> {
  const { rows } = await sql<FamilyRow>`
    SELECT split_part(c.code, '.', 1) || '.' || split_part(c.code, '.', 2) AS code, min(ST_X(a.label_point)) AS lon
    FROM area_current c JOIN area a ON a.id = c.area_id
    WHERE c.level IN ('kabkota', 'kecamatan') GROUP BY 1 ORDER BY 1`.execute(db);
  return rows;
}

/** When the oldest incident happened, Unix milliseconds; `undefined` when there is none. */
export async function oldestIncident(db: Db): Promise<number | undefined> {
  const row = await db.selectFrom('incident').select('occurred_at').orderBy('occurred_at').limit(1).executeTakeFirst();
  return row?.occurred_at.getTime();
}

export interface CountRow {
  code: string;
  category: IncidentCategory;
  week: number;
  count: number;
}

/**
 * Incidents between two times by desa and by kecamatan, category and week, weeks of seven days from `origin` on. Counted is
 * what was verified: neither what patrols found, which would feed itself, nor what is false, told twice, or not or never to
 * be verified, nor anything of an import that is being written. `families`: of these alone.
 */
export async function countIncidents(
  db: Db,
  { from, to, origin, families }: { from: Date; to: Date; origin: Date; families: readonly string[] | undefined },
): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`
    SELECT code, category, floor(extract(epoch FROM (occurred_at - ${origin}::timestamptz)) / 604800)::int AS week,
      count(*)::int AS count
    FROM incident, unnest(scope_codes) AS code
    WHERE occurred_at >= ${from} AND occurred_at < ${to}
      AND source <> 'patrol' AND status = ANY(${[...COUNTED_STATUSES]}::text[])
      AND (import_id IS NULL OR import_id <> ALL ((SELECT ronda_hidden_imports())::int[]))
      AND split_part(code, '.', 3) <> '' AND split_part(code, '.', 5) = ''
      AND ${families ? sql`scope_codes && ${families}::text[]` : sql`true`}
    GROUP BY 1, 2, 3`.execute(db);
  return rows;
}
