import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { containsCode, type Scope } from './scope.ts';

/*
 * The first wall: conditions that every query of a slice puts on what it reads. The second, row-level security, states
 * the same once more in the database (data/migrations/2026-11-22-access.ts), for the query that forgot.
 */

type Condition = RawBuilder<SqlBool>;

/** Whether a row of `incident` (or of that alias) is in the scope; those of an import that is being written are in none. */
export function incidentVisible(scope: Scope): Condition {
  return sql`((incident.import_id IS NULL OR incident.import_id <> ALL ((SELECT ronda_hidden_imports())::int[]))
    AND ${thingVisible(scope, 'incident')})`;
}

/** Whether a row of `place` is in the scope. */
export function placeVisible(scope: Scope): Condition {
  return thingVisible(scope, 'place');
}

/** By its areas, or by a polygon of a jurisdiction. */
function thingVisible(scope: Scope, table: 'incident' | 'place'): Condition {
  if (scope.everything) return sql`true`;
  const [codes, place] = [sql.ref(`${table}.scope_codes`), sql.ref(`${table}.geom`)];
  return sql`(${codes} && ${scope.codes}::text[] OR ${insideDrawn(scope, place)})`;
}

/** Whether an area is in the scope: by its code, or with the place of its label in a part that was drawn. */
export function areaVisible(scope: Scope, code: RawBuilder<unknown>, label: RawBuilder<unknown>): Condition {
  if (scope.everything) return sql`true`;
  const beneath = scope.codes.map((outer) => `${outer}.%`);
  return sql`(${code} = ANY(${scope.codes}::text[]) OR ${code} LIKE ANY(${beneath}::text[]) OR ${insideDrawn(scope, label)})`;
}

/** Whether a row of `unit` is in the scope: by its home, or by where it is now. */
export function unitVisible(scope: Scope): Condition {
  if (scope.everything) return sql`true`;
  return sql`(unit.scope_codes && ${scope.codes}::text[] OR EXISTS (SELECT FROM unit_position here
    WHERE here.unit_id = unit.id AND ${insideAny(scope, sql`here.geom`)}))`;
}

/**
 * Whether a row of `unit` belongs to the scope by its home. A unit that only passes through is seen; to change it, or to
 * read what it sent elsewhere, is for those where it belongs.
 */
export function unitAtHome(scope: Scope): Condition {
  return scope.everything ? sql`true` : sql`unit.scope_codes && ${scope.codes}::text[]`;
}

/** Whether a row of `position` or `unit_position` is in the scope: by its place, or by its unit's home. */
export function positionVisible(scope: Scope, table: 'position' | 'unit_position'): Condition {
  if (scope.everything) return sql`true`;
  return sql`(EXISTS (SELECT FROM unit home WHERE home.id = ${sql.ref(`${table}.unit_id`)} AND home.scope_codes && ${scope.codes}::text[])
    OR ${insideAny(scope, sql.ref(`${table}.geom`))})`;
}

/** Whether something in these areas, at this place (degrees), may be written or read in the scope. */
export async function contains(
  db: Db,
  scope: Scope,
  codes: readonly string[],
  lon: number,
  lat: number,
): Promise<boolean> {
  if (scope.everything || codes.some((code) => containsCode(scope, code))) return true;
  const place = sql`ST_SetSRID(ST_MakePoint(${lon}::float8, ${lat}::float8), 4326)`;
  const { rows } = await sql<{ inside: boolean }>`SELECT ${insideDrawn(scope, place)} AS inside`.execute(db);
  return rows[0]?.inside ?? false;
}

/** Those of the units that are in the scope. */
export async function visibleUnits(db: Db, scope: Scope, ids: readonly number[]): Promise<Set<number>> {
  if (scope.everything || ids.length === 0) return new Set(ids);
  const rows = await db
    .selectFrom('unit')
    .select('id')
    .where('id', '=', sql<number>`ANY(${ids}::int[])`)
    .where(unitVisible(scope))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Whether a place is within a part that was drawn. Most scopes have none, and then the database plans no question for it. */
function insideDrawn(scope: Scope, place: RawBuilder<unknown>): Condition {
  return inside(scope.drawn, place, ['polygon']);
}

/** Whether a place is within any part, also of those that are areas. */
function insideAny(scope: Scope, place: RawBuilder<unknown>): Condition {
  return inside(scope.jurisdictions, place, ['area', 'polygon']);
}

function inside(jurisdictions: readonly number[], place: RawBuilder<unknown>, origins: string[]): Condition {
  if (jurisdictions.length === 0) return sql`false`;
  return sql`EXISTS (SELECT FROM jurisdiction_shape shape WHERE shape.jurisdiction_id = ANY(${jurisdictions}::int[])
    AND shape.origin = ANY(${origins}::text[]) AND shape.geom && ${place} AND ST_Intersects(shape.geom, ${place}))`;
}
