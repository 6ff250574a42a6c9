import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PlanLevel } from '../../shared/schemas/plan.ts';
import type { Db } from '../database/connection.ts';

/** Simplified as for the map of a city, along lines that neighbours share. */
const CITY_BAND = 3;
/** Areas whose shapes are read at once: a few milliseconds. */
const AT_ONCE = 200;

/** An area that a plan is painted from. */
export interface GroundRow {
  code: string;
  name: string;
  /** Label point, degrees. */
  lon: number;
  lat: number;
  areaM2: number;
}

/** Whether the code in this column is that of an area in force of the level, within these areas. */
export function isGround(code: string, level: PlanLevel, areas: readonly string[]): RawBuilder<SqlBool> {
  const beneath = areas.map((area) => `${area}.%`);
  const column = sql.ref(code);
  return sql`(c.level = ${level} AND (${column} = ANY(${areas}::text[]) OR ${column} LIKE ANY(${beneath}::text[])))`;
}

/** The number of the areas that are in force; another one after an import. */
export async function areasVersion(db: Db): Promise<number> {
  const { version } = await db
    .selectFrom('publication')
    .select('version')
    .where('topic', '=', 'areas')
    .executeTakeFirstOrThrow();
  return version;
}

/** What a plan is painted from, by code. */
export async function groundRows(db: Db, level: PlanLevel, areas: readonly string[]): Promise<GroundRow[]> {
  const { rows } = await sql<GroundRow>`
    SELECT c.code, a.name, ST_X(a.label_point) AS lon, ST_Y(a.label_point) AS lat, a.area_m2 AS "areaM2"
    FROM area_current c JOIN area a ON a.id = c.area_id WHERE ${isGround('c.code', level, areas)}
    ORDER BY c.code COLLATE "C"`.execute(db);
  return rows;
}

/** Names of areas in force. */
export async function namesOf(db: Db, codes: readonly string[]): Promise<Record<string, string>> {
  const { rows } = await sql<{ code: string; name: string }>`
    SELECT c.code, a.name FROM area_current c JOIN area a ON a.id = c.area_id WHERE c.code = ANY(${codes}::text[])`.execute(
    db,
  );
  return Object.fromEntries(rows.map(({ code, name }) => [code, name]));
}

/** Shapes of areas in force, by code and in that order, in parts: MultiPolygons in WKB, little-endian, degrees; null where there is none. */
export async function* cityShapes(db: Db, codes: readonly string[]): AsyncGenerator<(Buffer | null)[]> {
  for (let at = 0; at < codes.length; at += AT_ONCE) {
    const part = codes.slice(at, at + AT_ONCE);
    const { rows } = await sql<{ wkb: Buffer | null }>`
      SELECT ST_AsBinary(s.geom, 'NDR') AS wkb FROM unnest(${part}::text[]) WITH ORDINALITY AS asked(code, number)
      LEFT JOIN area_current c ON c.code = asked.code
      LEFT JOIN area_shape s ON s.area_id = c.area_id AND s.band = ${CITY_BAND} ORDER BY number`.execute(db);
    yield rows.map(({ wkb }) => wkb);
  }
}
