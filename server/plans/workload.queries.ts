import { sql } from 'kysely';
import type { PlanLevel } from '../../shared/schemas/plan.ts';
import type { Scope } from '../access/scope.ts';
import { incidentVisible, placeVisible } from '../access/visible.queries.ts';
import type { Db } from '../database/connection.ts';
import { codeAt, householdsOf, kindOf } from '../database/counted.ts';
import { isGround } from './ground.queries.ts';

/** Areas whose streets are measured at once: some tens of milliseconds, so that nobody waits long behind them. */
const AT_ONCE = 20;

/** From its beginning up to, not including, its end. */
export interface Span {
  from: Date;
  to: Date;
}

/** Incidents by area and severity, counted as `/api/hotspots/areas` counts where nothing else is asked for. */
export async function countIncidents(
  db: Db,
  scope: Scope,
  level: PlanLevel,
  areas: readonly string[],
  { from, to }: Span,
): Promise<{ code: string; severity: 'low' | 'moderate' | 'serious' | 'critical'; count: number }[]> {
  const beneath = areas.map((area) => `${area}.%`);
  const { rows } = await sql<Awaited<ReturnType<typeof countIncidents>>[number]>`
    SELECT ${codeAt(level)} AS code, severity, count(*)::int AS count FROM incident
    WHERE ${incidentVisible(scope)} AND occurred_at >= ${from}::timestamptz AND occurred_at < ${to}::timestamptz
      AND (area_code = ANY(${areas}::text[]) OR area_code LIKE ANY(${beneath}::text[]))
      AND ${kindOf({ patrol: false, unverified: false })} = 0
    GROUP BY 1, 2`.execute(db);
  return rows;
}

/** Households of each area of which they are known. */
export async function readHouseholds(
  db: Db,
  level: PlanLevel,
  areas: readonly string[],
): Promise<{ code: string; households: number }[]> {
  const { rows } = await sql<{ code: string; households: number }>`
    WITH ${householdsOf(level)} SELECT c.code, households.value AS households
    FROM area_current c JOIN ${sql.table(`households_${level}`)} households ON households.code = c.code
    WHERE households.value IS NOT NULL AND ${isGround('c.code', level, areas)}`.execute(db);
  return rows;
}

/** Polling stations and guard posts in each area that has any. */
export async function countPlaces(
  db: Db,
  scope: Scope,
  level: PlanLevel,
  areas: readonly string[],
): Promise<{ code: string; tps: number; posts: number }[]> {
  const beneath = areas.map((area) => `${area}.%`);
  const { rows } = await sql<{ code: string; tps: number; posts: number }>`
    SELECT ${codeAt(level)} AS code, (count(*) FILTER (WHERE kind = 'tps'))::int AS tps,
      (count(*) FILTER (WHERE kind = 'pos_kamling'))::int AS posts
    FROM place WHERE kind IN ('tps', 'pos_kamling') AND ${placeVisible(scope)}
      AND (area_code = ANY(${areas}::text[]) OR area_code LIKE ANY(${beneath}::text[]))
    GROUP BY 1`.execute(db);
  return rows;
}

/** The number of the base map that is in force; another one after an import. */
export async function basemapVersion(db: Db): Promise<number> {
  const { version } = await db
    .selectFrom('publication')
    .select('version')
    .where('topic', '=', 'basemap')
    .executeTakeFirstOrThrow();
  return version;
}

/** Kilometres of streets within each of the areas, in their order: along the ellipsoid. A street on a border is on one side of it by its drawing. */
export async function streetKm(db: Db, codes: readonly string[]): Promise<number[]> {
  const all: number[] = [];
  for (let at = 0; at < codes.length; at += AT_ONCE) {
    const part = codes.slice(at, at + AT_ONCE);
    const { rows } = await sql<{ km: number }>`
      SELECT coalesce(streets.km, 0) AS km FROM unnest(${part}::text[]) WITH ORDINALITY AS asked(code, number)
      LEFT JOIN LATERAL (
        SELECT sum(ST_Length(CASE WHEN ST_Covers(a.geom, f.geom) THEN f.geom
            ELSE ST_Intersection(f.geom, a.geom) END::geography)) / 1000 AS km
        FROM area_current c JOIN area a ON a.id = c.area_id
        JOIN basemap_feature f ON ST_Intersects(a.geom, f.geom) AND f.kind = 'street' AND (f.import_id IS NULL OR f.import_id IN (
          SELECT id FROM basemap_import WHERE published_at IS NOT NULL AND replaced_at IS NULL))
        WHERE c.code = asked.code
      ) streets ON true ORDER BY number`.execute(db);
    all.push(...rows.map(({ km }) => km));
  }
  return all;
}
