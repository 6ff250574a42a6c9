import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';

/** Simplified as for a map of a city: shapes of a whole province stay a file that opens. */
const BAND = 3;

/** Shapes of areas in force by code: GeoJSON geometries as text, longitude first, outer rings counterclockwise, to about 10 cm. */
export async function shapesOf(db: Db, codes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; shape: string }>`
    SELECT c.code, ST_AsGeoJSON(ST_ForcePolygonCCW(s.geom), 6) AS shape
    FROM area_current c JOIN area_shape s ON s.area_id = c.area_id AND s.band = ${BAND}
    WHERE c.code = ANY (${codes}::text[])`.execute(db);
  return new Map(rows.map(({ code, shape }) => [code, shape]));
}
