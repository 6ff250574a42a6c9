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
  const [hits = []] = await areasAtEach(db, [{ lon, lat }]);
  return hits;
}

/** The same for each of several points (degrees), in their order. */
export async function areasAtEach(db: Db, points: readonly { lon: number; lat: number }[]): Promise<AreaHit[][]> {
  const candidates: AreaCandidate[][] = points.map(() => []);
  for (const { place, ...candidate } of await candidatesAt(db, points)) candidates[place]?.push(candidate);
  const missing = [...new Set(candidates.flatMap(missingAncestors))];
  const rows = missing.length > 0 ? await rowsOf(db, missing) : [];
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return candidates.map((near) => chooseChain(near, (code) => byCode.get(code)));
}

/** What lies near each point; `place` is the point's, from 0. */
async function candidatesAt(
  db: Db,
  points: readonly { lon: number; lat: number }[],
): Promise<(AreaCandidate & { place: number })[]> {
  const reachLat = (REACH_M / METRES_PER_DEGREE) * 1.01;
  const reachLon = points.map(({ lat }) => Math.min(reachLat / Math.max(Math.cos((lat * Math.PI) / 180), 1e-6), 180));
  // Lateral, so that each point is looked up by the index, however many there are. The nearest point of an area is
  // searched in degrees, which near the equator is the nearest in metres too, and then measured on the ellipsoid.
  const { rows } = await sql<AreaCandidate & { place: number }>`
    SELECT place, code, name, level, "parentCode", "areaM2", covers, "distanceM" FROM (
      SELECT asked.place, near.*, CASE WHEN covers THEN 0 ELSE
        ST_Distance(ST_ClosestPoint(geom, point)::geography, point::geography) END AS "distanceM"
      FROM (
        SELECT given.number::int - 1 AS place, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS point, ST_MakeEnvelope(
          lon - reach, lat - ${reachLat}::float8, lon + reach, lat + ${reachLat}::float8, 4326) AS envelope
        FROM unnest(${points.map(({ lon }) => lon)}::float8[], ${points.map(({ lat }) => lat)}::float8[],
          ${reachLon}::float8[]) WITH ORDINALITY AS given(lon, lat, reach, number)
      ) asked CROSS JOIN LATERAL (
        SELECT a.code, a.name, a.level, a.parent_code AS "parentCode", a.area_m2 AS "areaM2",
          a.geom, ST_Covers(a.geom, asked.point) AS covers
        FROM area a JOIN area_current c ON c.area_id = a.id
        WHERE a.geom && asked.envelope
        OFFSET 0
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
