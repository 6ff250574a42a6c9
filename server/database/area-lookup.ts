import { sql } from 'kysely';
import type { AreaHit } from '../../shared/schemas/area.ts';
import { type AreaCandidate, type AreaRow, chooseChain, missingAncestors } from './area-chain.ts';
import type { Db } from './connection.ts';

/** How far from an area a point may lie and still be given to it, in metres. */
const REACH_M = 50;

const METRES_PER_DEGREE = 110_574;

/**
 * The areas of every level at a point, widest first: see {@link chooseChain} for overlaps and gaps. At sea, or where
 * nothing is imported, the list is empty.
 *
 * @param lon degrees east, −180…180
 * @param lat degrees north, −90…90
 */
export async function areasAt(db: Db, lon: number, lat: number): Promise<AreaHit[]> {
  const candidates = await candidatesAt(db, lon, lat);
  const missing = missingAncestors(candidates);
  const rows = missing.length > 0 ? await rowsOf(db, missing) : [];
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return chooseChain(candidates, (code) => byCode.get(code));
}

async function candidatesAt(db: Db, lon: number, lat: number): Promise<AreaCandidate[]> {
  const reachLat = (REACH_M / METRES_PER_DEGREE) * 1.01;
  const reachLon = Math.min(reachLat / Math.max(Math.cos((lat * Math.PI) / 180), 1e-6), 180);
  // The nearest point is searched in degrees, which near the equator is the nearest in metres too, and then measured on the ellipsoid.
  const { rows } = await sql<AreaCandidate>`
    SELECT code, name, level, "parentCode", "areaM2", covers, "distanceM" FROM (
      SELECT near.*, CASE WHEN covers THEN 0 ELSE
        ST_Distance(ST_ClosestPoint(geom, point)::geography, point::geography) END AS "distanceM"
      FROM (
        SELECT a.code, a.name, a.level, a.parent_code AS "parentCode", a.area_m2 AS "areaM2", a.geom,
          place.point, ST_Covers(a.geom, place.point) AS covers
        FROM (SELECT ST_SetSRID(ST_MakePoint(${lon}::float8, ${lat}::float8), 4326) AS point) place
        JOIN area a ON a.geom && ST_MakeEnvelope(
          ${lon - reachLon}::float8, ${lat - reachLat}::float8, ${lon + reachLon}::float8, ${lat + reachLat}::float8, 4326)
        JOIN area_current c ON c.area_id = a.id
      ) near
    ) measured WHERE "distanceM" <= ${REACH_M}`.execute(db);
  return rows;
}

function rowsOf(db: Db, codes: string[]): Promise<AreaRow[]> {
  return db
    .selectFrom('area_current')
    .innerJoin('area', 'area.id', 'area_current.area_id')
    .select(['area.code', 'area.name', 'area.level', 'area.parent_code as parentCode'])
    .where('area_current.code', 'in', codes)
    .execute();
}
