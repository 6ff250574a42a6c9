import { sql } from 'kysely';
import { FULL_BAND } from '../../shared/geo/bands.ts';
import type { Scope } from '../access/scope.ts';
import { areaVisible } from '../access/visible.queries.ts';
import type { Db } from '../database/connection.ts';

/** Simplified as for a map of a city: shapes of a whole province stay a file that opens. */
const CITY_BAND = 3;

/** Shapes of areas in force by code: GeoJSON geometries as text, longitude first, outer rings counterclockwise, to about 10 cm. */
export async function shapesOf(db: Db, codes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; shape: string }>`
    SELECT c.code, ST_AsGeoJSON(ST_ForcePolygonCCW(s.geom), 6) AS shape
    FROM area_current c JOIN area_shape s ON s.area_id = c.area_id AND s.band = ${CITY_BAND}
    WHERE c.code = ANY (${codes}::text[])`.execute(db);
  return new Map(rows.map(({ code, shape }) => [code, shape]));
}

/**
 * The widest areas in force that a scope reaches by their codes, within an area where one is given. What was drawn of the
 * scope's jurisdictions is beside them.
 */
export async function widestAreas(db: Db, scope: Scope, area: string | null): Promise<string[]> {
  const byCode = { ...scope, drawn: [] };
  const reached = (alias: string) => {
    const [code, label] = [sql.ref(`${alias}.code`), sql`NULL::geometry`];
    const within = area === null ? sql`true` : sql`(${code} = ${area} OR ${code} LIKE ${`${area}.%`})`;
    return sql`${within} AND ${areaVisible(byCode, code, label)}`;
  };
  const { rows } = await sql<{ code: string }>`
    SELECT c.code FROM area_current c WHERE ${reached('c')} AND NOT EXISTS (
      SELECT FROM area_current above WHERE above.code = c.parent_code AND ${reached('above')}) ORDER BY c.code`.execute(
    db,
  );
  return rows.map(({ code }) => code);
}

/** What was drawn of the scope's jurisdictions, as polygons in WKB, little-endian, degrees. */
export async function drawnShapes(db: Db, scope: Scope): Promise<Buffer[]> {
  if (scope.everything || scope.drawn.length === 0) return [];
  const { rows } = await sql<{ wkb: Buffer }>`
    SELECT ST_AsBinary(geom, 'NDR') AS wkb FROM jurisdiction_shape
    WHERE origin = 'polygon' AND jurisdiction_id = ANY(${scope.drawn}::int[])`.execute(db);
  return rows.map(({ wkb }) => wkb);
}

/** Areas whose full outlines are read at once: a few milliseconds. */
const OUTLINES = 200;
/** Beyond it the outlines as drawn at zoom 11 will do: full ones of a whole country are more than fits into memory. */
const MOST_IN_FULL = 20_000;

/** Outlines of areas in force, by code and in that order, in parts: MultiPolygons in WKB, little-endian, degrees; null where there is none. */
export async function* outlinesOf(db: Db, codes: readonly string[]): AsyncGenerator<(Buffer | null)[]> {
  const band = codes.length > MOST_IN_FULL ? CITY_BAND : FULL_BAND;
  for (let at = 0; at < codes.length; at += OUTLINES) {
    const part = codes.slice(at, at + OUTLINES);
    const { rows } = await sql<{ wkb: Buffer | null }>`
      SELECT ST_AsBinary(s.geom, 'NDR') AS wkb FROM unnest(${part}::text[]) WITH ORDINALITY AS asked(code, number)
      LEFT JOIN area_current c ON c.code = asked.code LEFT JOIN area_shape s ON s.area_id = c.area_id AND s.band = ${band}
      ORDER BY number`.execute(db);
    yield rows.map(({ wkb }) => wkb);
  }
}
