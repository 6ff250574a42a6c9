import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';

/**
 * Where the areas in force lie: west, south, east, north in degrees, or `undefined` when there are none.
 * Reads the coarsest shapes, so that no polygon in full detail is touched.
 */
export async function areasExtent(db: Db): Promise<[number, number, number, number] | undefined> {
  const { rows } = await sql<{ west: number | null; south: number; east: number; north: number }>`
    SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
    FROM (SELECT ST_Extent(s.geom) AS box
          FROM area_current c JOIN area_shape s ON s.area_id = c.area_id AND s.band = 0) AS extent`.execute(db);
  const row = rows[0];
  if (!row || row.west === null) return undefined;
  return [row.west, row.south, row.east, row.north];
}
