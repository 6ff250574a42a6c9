import { sql } from 'kysely';
import { type Zone, zoneOf } from '../../shared/geo/zone.ts';
import type { Db } from '../database/connection.ts';
import { inForce } from './principal.queries.ts';
import type { Scope } from './scope.ts';

/** Degrees, about a centimetre: a border that was cut anew elsewhere, or drawn by hand along another, is the same. */
const SAME_BORDER = 1e-7;
/** Vertices of a piece: small enough that a point is found in it at once. */
const PIECE_VERTICES = 128;

/** The jurisdictions that have shapes: all but those that reach over everything. */
export async function shapedJurisdictions(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('jurisdiction').select('id').where('everything', '=', false).orderBy('id').execute();
  return rows.map(({ id }) => id);
}

/** Makes the shapes of every jurisdiction anew, one at a time, so that nobody waits long. */
export async function refreshShapes(db: Db, now: number): Promise<void> {
  for (const id of await shapedJurisdictions(db)) await refreshShape(db, id, now);
}

/**
 * Makes the shape of a jurisdiction anew from its parts that are in force at `now`: the areas by their codes, and the
 * polygons drawn for it. A code without an area of its own stands for the widest areas beneath it. Beside it the areas
 * that lie wholly in the polygons.
 */
export async function refreshShape(db: Db, id: number, now: number): Promise<void> {
  await sql`
    WITH old AS (DELETE FROM jurisdiction_shape WHERE jurisdiction_id = ${id}),
    old_within AS (DELETE FROM jurisdiction_within WHERE jurisdiction_id = ${id}),
    part AS (
      SELECT area_code, geom FROM jurisdiction_part p WHERE p.jurisdiction_id = ${id} AND ${inForce(new Date(now))}
    ), beneath AS (
      SELECT part.area_code, c.area_id, rank() OVER (
        PARTITION BY part.area_code ORDER BY array_position(ARRAY['provinsi', 'kabkota', 'kecamatan', 'desa', 'rw'], c.level)) AS place
      FROM part JOIN area_current c ON c.code = part.area_code OR c.code LIKE part.area_code || '.%'
    ), whole AS (
      SELECT 'area' AS origin, area.geom FROM beneath JOIN area ON area.id = area_id WHERE place = 1
      UNION ALL SELECT 'polygon', geom FROM part WHERE geom IS NOT NULL
    ), drawn AS MATERIALIZED (
      SELECT ST_Buffer(ST_Union(geom), ${SAME_BORDER}, 'join=mitre') AS geom FROM part WHERE geom IS NOT NULL
    ), covered AS MATERIALIZED (
      SELECT c.code, c.parent_code FROM drawn JOIN area ON area.geom @ drawn.geom
      JOIN area_current c ON c.area_id = area.id WHERE ST_Covers(drawn.geom, area.geom)
    ), within AS (
      INSERT INTO jurisdiction_within (jurisdiction_id, area_code)
      SELECT ${id}::int, code FROM covered
      WHERE NOT EXISTS (SELECT FROM covered above WHERE above.code = covered.parent_code)
    )
    INSERT INTO jurisdiction_shape (jurisdiction_id, origin, geom)
    SELECT ${id}::int, origin, piece.geom FROM whole,
      LATERAL ST_Subdivide(whole.geom, ${PIECE_VERTICES}) AS cut (geom),
      LATERAL ST_Dump(ST_CollectionExtract(cut.geom, 3)) AS piece`.execute(db);
}

/** The zone by whose days people of a scope count: that of its first area, else of the middle of where it reaches. */
export async function zoneOfScope(db: Db, { everything, codes, jurisdictions }: Scope): Promise<Zone> {
  const shapes = everything
    ? sql`SELECT geom FROM area_current JOIN area_shape USING (area_id) WHERE band = 0`
    : sql`SELECT geom FROM jurisdiction_shape WHERE jurisdiction_id = ANY (${jurisdictions}::int[])`;
  const { rows } = await sql<{ lon: number | null }>`
    SELECT (ST_XMin(box) + ST_XMax(box)) / 2 AS lon
    FROM (SELECT ST_Extent(geom) AS box FROM (${shapes}) AS shape) AS extent`.execute(db);
  return zoneOf(codes[0] ?? '', rows[0]?.lon ?? undefined);
}

/** A piece of a jurisdiction's shape: rings of longitude and latitude, the first one the outside. */
export interface ShapePiece {
  origin: 'area' | 'polygon';
  coordinates: [number, number][][];
}

/** The pieces of a jurisdiction's shape, to 0.1 mm. */
export async function readShapes(db: Db, jurisdictionId: number): Promise<ShapePiece[]> {
  const rows = await db
    .selectFrom('jurisdiction_shape')
    .select(['origin', sql<ShapePiece['coordinates']>`ST_AsGeoJSON(geom, 9)::json->'coordinates'`.as('coordinates')])
    .where('jurisdiction_id', '=', jurisdictionId)
    .execute();
  return rows;
}
