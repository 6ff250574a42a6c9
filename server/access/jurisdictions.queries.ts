import { sql } from 'kysely';
import type {
  Jurisdiction,
  JurisdictionFeature,
  JurisdictionPart,
  JurisdictionSummary,
  NewJurisdiction,
} from '../../shared/schemas/jurisdiction.ts';
import type { Db, Trx } from '../database/connection.ts';
import { inForce, PART_ZONE } from './principal.queries.ts';

/** Detail of the areas' lines in a jurisdiction's shape: enough to show where it is. */
const SHOWN_BAND = 2;

/** Every jurisdiction, the whole country first, then by name. */
export async function listJurisdictions(db: Db): Promise<JurisdictionSummary[]> {
  const { rows } = await sql<JurisdictionSummary>`
    SELECT id, name, kind, parent_id AS "parentId", everything,
      (SELECT count(*)::int FROM jurisdiction_part p WHERE p.jurisdiction_id = j.id) AS "partCount",
      (SELECT CASE ${PART_ZONE} WHEN 'Asia/Jayapura' THEN 'WIT' WHEN 'Asia/Makassar' THEN 'WITA' ELSE 'WIB' END
        FROM jurisdiction_part p WHERE p.jurisdiction_id = j.id ORDER BY p.id LIMIT 1) AS zone
    FROM jurisdiction j ORDER BY everything DESC, name`.execute(db);
  return rows;
}

/** One jurisdiction with all its parts, whenever they count; `undefined` when there is none. */
export async function findJurisdiction(db: Db, id: number): Promise<Jurisdiction | undefined> {
  const jurisdiction = await db
    .selectFrom('jurisdiction')
    .select(['id', 'name', 'kind', 'parent_id as parentId', 'everything'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!jurisdiction) return undefined;
  const { rows } = await sql<PartRow>`
    SELECT p.area_code AS "areaCode", a.name AS "areaName", ST_AsGeoJSON(p.geom, 15)::json AS geometry,
      p.valid_from::text AS "validFrom", p.valid_to::text AS "validTo"
    FROM jurisdiction_part p
      LEFT JOIN area_current c ON c.code = p.area_code
      LEFT JOIN area a ON a.id = c.area_id
    WHERE p.jurisdiction_id = ${id} ORDER BY p.id`.execute(db);
  return { ...jurisdiction, parts: rows.map(toPart) };
}

interface PartRow {
  areaCode: string | null;
  areaName: string | null;
  geometry: { coordinates: [number, number][][][] } | null;
  validFrom: string | null;
  validTo: string | null;
}

function toPart({ areaCode, areaName, geometry, validFrom, validTo }: PartRow): JurisdictionPart {
  if (areaCode !== null) return { areaCode, areaName, validFrom, validTo };
  return { polygon: geometry?.coordinates ?? [], validFrom, validTo };
}

/** The numbers above one, nearest first. */
export async function parentsOf(db: Db, id: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    WITH RECURSIVE above AS (
      SELECT id, parent_id, 0 AS depth FROM jurisdiction WHERE id = ${id}
      UNION ALL SELECT j.id, j.parent_id, depth + 1 FROM above JOIN jurisdiction j ON j.id = above.parent_id WHERE depth < 100
    ) SELECT id FROM above ORDER BY depth`.execute(db);
  return rows.map((row) => row.id);
}

/** Stores a new jurisdiction, or all of an existing one anew. Breaks a unique constraint when the name is taken. */
export async function storeJurisdiction(trx: Trx, id: number | undefined, body: NewJurisdiction): Promise<number> {
  const columns = {
    name: body.name,
    kind: body.kind,
    parent_id: body.parentId ?? null,
    everything: body.everything ?? false,
  };
  const stored =
    id === undefined
      ? (await trx.insertInto('jurisdiction').values(columns).returning('id').executeTakeFirstOrThrow()).id
      : id;
  if (id !== undefined) {
    await trx.updateTable('jurisdiction').set(columns).where('id', '=', id).execute();
    await trx.deleteFrom('jurisdiction_part').where('jurisdiction_id', '=', id).execute();
    // Until its shape is made anew nobody sees by it.
    await trx.deleteFrom('jurisdiction_shape').where('jurisdiction_id', '=', id).execute();
  }
  const parts = body.parts.map((part) => ({
    areaCode: 'areaCode' in part ? part.areaCode : null,
    geometry: 'polygon' in part ? JSON.stringify({ type: 'MultiPolygon', coordinates: part.polygon }) : null,
    validFrom: part.validFrom ?? null,
    validTo: part.validTo ?? null,
  }));
  if (parts.length > 0) {
    await sql`
      INSERT INTO jurisdiction_part (jurisdiction_id, area_code, geom, valid_from, valid_to)
      SELECT ${stored}::int, "areaCode", ST_SetSRID(ST_GeomFromGeoJSON(geometry), 4326), "validFrom", "validTo"
      FROM jsonb_to_recordset(${JSON.stringify(parts)}::jsonb)
        AS part ("areaCode" text, geometry text, "validFrom" date, "validTo" date)`.execute(trx);
  }
  return stored;
}

/** Removes a jurisdiction; breaks a foreign key while grants or other jurisdictions name it. */
export async function deleteJurisdiction(trx: Trx, id: number): Promise<void> {
  await trx.deleteFrom('jurisdiction').where('id', '=', id).execute();
}

/** What of a jurisdiction counts at `now`, to be shown on the map; `undefined` when there is none. */
export async function jurisdictionFeature(db: Db, id: number, now: Date): Promise<JurisdictionFeature | undefined> {
  const { rows } = await sql<{ name: string; geometry: JurisdictionFeature['geometry'] }>`
    SELECT name, (
      SELECT ST_AsGeoJSON(ST_Multi(ST_CollectionExtract(ST_Collect(geom), 3)), 6)::json FROM (
        SELECT s.geom FROM jurisdiction_part p
          JOIN area_current c ON c.code = p.area_code
          JOIN area_shape s ON s.area_id = c.area_id AND s.band = ${SHOWN_BAND}
        WHERE p.jurisdiction_id = j.id AND ${inForce(now)}
        UNION ALL
        SELECT geom FROM jurisdiction_part p WHERE p.jurisdiction_id = j.id AND geom IS NOT NULL AND ${inForce(now)}
      ) AS part
    ) AS geometry
    FROM jurisdiction j WHERE id = ${id}`.execute(db);
  const row = rows[0];
  return row && { type: 'Feature', properties: { id, name: row.name }, geometry: row.geometry };
}
