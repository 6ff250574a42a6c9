import { sql } from 'kysely';
import type { Db } from '../../../server/database/connection.ts';
import type { AreaLevel } from '../../../shared/area-code.ts';
import type { KnownArea } from './known-areas.ts';
import { type AreaChanges, applyChanges } from './succession.ts';

/** An area with its shapes, ready to be written; geometries as WKB. */
export interface StagedArea {
  code: string;
  level: AreaLevel;
  name: string;
  parentCode: string | null;
  bpsCode: string | null;
  validFrom: string | null;
  validTo: string | null;
  geometry: Buffer;
  labelPoint: Buffer;
  areaM2: number;
  searchKey: string;
  contentHash: string;
  /** One for every band, in order. */
  shapes: Buffer[];
}

/** Content hashes of the areas in force, by code; codes without one are left out. */
export async function currentHashes(db: Db, codes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; content_hash: string }>`
    SELECT c.code, a.content_hash FROM area_current c JOIN area a ON a.id = c.area_id
    WHERE c.code = ANY(${codes})`.execute(db);
  return new Map(rows.map((row) => [row.code, row.content_hash]));
}

/** Opens an import that nobody sees. `owner` names the process, so that another can tell whether it still runs. */
export async function beginImport(
  db: Db,
  fileName: string,
  source: string,
  owner: string,
  report: unknown,
): Promise<number> {
  const row = await db
    .insertInto('area_import')
    .values({ file_name: fileName, source, owner, published_at: null, report: JSON.stringify(report) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Says that the import is still being written. */
export async function beat(db: Db, importId: number): Promise<void> {
  await sql`UPDATE area_import SET beat_at = now() WHERE id = ${importId}`.execute(db);
}

/** Writes areas and their shapes in one statement: one short transaction, one round trip. */
export async function stageAreas(db: Db, importId: number, areas: readonly StagedArea[]): Promise<void> {
  const shapes = areas.flatMap((area) => area.shapes.map((wkb, band) => ({ code: area.code, band, wkb })));
  await sql`
    WITH staged AS (
      INSERT INTO area (import_id, code, level, name, parent_code, bps_code, valid_from, valid_to, geom, label_point,
        area_m2, search_key, content_hash)
      SELECT ${importId}::int, code, level, name, parent_code, bps_code, valid_from, valid_to,
        ST_GeomFromWKB(geometry, 4326), ST_GeomFromWKB(label_point, 4326), area_m2, search_key, content_hash
      FROM unnest(
        ${areas.map((a) => a.code)}::text[], ${areas.map((a) => a.level)}::text[], ${areas.map((a) => a.name)}::text[],
        ${areas.map((a) => a.parentCode)}::text[], ${areas.map((a) => a.bpsCode)}::text[],
        ${areas.map((a) => a.validFrom)}::date[], ${areas.map((a) => a.validTo)}::date[],
        ${areas.map((a) => a.geometry)}::bytea[], ${areas.map((a) => a.labelPoint)}::bytea[],
        ${areas.map((a) => a.areaM2)}::float8[], ${areas.map((a) => a.searchKey)}::text[],
        ${areas.map((a) => a.contentHash)}::text[]
      ) AS t(code, level, name, parent_code, bps_code, valid_from, valid_to, geometry, label_point, area_m2, search_key,
        content_hash)
      RETURNING id, code, level
    )
    INSERT INTO area_shape (area_id, band, level, geom)
    SELECT staged.id, shape.band, staged.level, ST_GeomFromWKB(shape.geometry, 4326)
    FROM unnest(
      ${shapes.map((s) => s.code)}::text[], ${shapes.map((s) => s.band)}::smallint[], ${shapes.map((s) => s.wkb)}::bytea[]
    ) AS shape(code, band, geometry)
    JOIN staged USING (code)`.execute(db);
}

/**
 * Puts a staged import in force, whole: pointers, date, version and what it changes of other areas in one transaction.
 *
 * @returns the new version of topic `areas`
 * @throws when fewer rows are staged than were written: another process took this import for a dead one
 */
export async function publishImport(db: Db, importId: number, expected: number, changes: AreaChanges): Promise<number> {
  return db.transaction().execute(async (trx) => {
    // The lock on the version's row lets one import switch at a time.
    const { rows } = await sql<{ version: number }>`
      UPDATE publication SET version = version + 1 WHERE topic = 'areas' RETURNING version`.execute(trx);
    const moved = await sql`
      INSERT INTO area_current (code, area_id, level, parent_code)
      SELECT code, id, level, parent_code FROM area WHERE import_id = ${importId}
      ON CONFLICT (code) DO UPDATE
      SET area_id = excluded.area_id, level = excluded.level, parent_code = excluded.parent_code`.execute(trx);
    if (Number(moved.numAffectedRows) !== expected) {
      throw new Error(
        `Of ${expected} areas only ${moved.numAffectedRows} are still staged: another import removed them, because this one seemed to have stopped. Nothing was published; run it again.`,
      );
    }
    await applyChanges(trx, changes);
    await sql`UPDATE area_import SET published_at = now() WHERE id = ${importId}`.execute(trx);
    return rows[0]?.version ?? 0;
  });
}

/** Imports that were begun and not published, with the process that began each and the seconds since it last wrote. */
export async function unpublishedImports(db: Db): Promise<{ id: number; owner: string; silent: number }[]> {
  const { rows } = await sql<{ id: number; owner: string; silent: number }>`
    SELECT id, owner, extract(epoch FROM now() - beat_at)::float8 AS silent
    FROM area_import WHERE published_at IS NULL`.execute(db);
  return rows;
}

/** Removes up to `limit` areas of an import that is not in force. Returns how many. */
export async function removeStaged(db: Db, importId: number, limit: number): Promise<number> {
  const result = await sql`
    DELETE FROM area WHERE id IN (SELECT id FROM area WHERE import_id = ${importId} LIMIT ${limit})`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

/**
 * Removes up to `limit` areas with ids from `first` to `last` that others have replaced. Those whose last day is over
 * (before `day`, ISO) stay as history. Returns how many it removed.
 */
export async function removeSuperseded(
  db: Db,
  { first, last, day }: { first: number; last: number; day: string },
  limit: number,
): Promise<number> {
  const result = await sql`
    DELETE FROM area WHERE id IN (
      SELECT a.id FROM area a JOIN area_import i ON i.id = a.import_id
      WHERE a.id BETWEEN ${first} AND ${last} AND i.published_at IS NOT NULL
        AND (a.valid_to IS NULL OR a.valid_to >= ${day}::date)
        AND NOT EXISTS (SELECT FROM area_current c WHERE c.area_id = a.id)
      LIMIT ${limit})`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

/** The least and the greatest id of any area; 0 and -1 when there is none. */
export async function areaIds(db: Db): Promise<{ first: number; last: number }> {
  const { rows } = await sql<{ first: number; last: number }>`
    SELECT coalesce(min(id), 0) AS first, coalesce(max(id), -1) AS last FROM area`.execute(db);
  return rows[0] ?? { first: 0, last: -1 };
}

/** Removes the record of an import that has no rows left and was never published. */
export async function forgetImport(db: Db, importId: number): Promise<void> {
  await sql`DELETE FROM area_import WHERE id = ${importId} AND published_at IS NULL`.execute(db);
}

/** All areas in force, in parts of a few thousand so that no query takes long. */
export async function* areasInForce(db: Db): AsyncGenerator<KnownArea> {
  const step = 2000;
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('area_current')
      .innerJoin('area', 'area.id', 'area_current.area_id')
      .select(['area.code', 'area.level', 'area.name', 'area.bps_code as bpsCode'])
      .where('area_current.code', '>', after)
      .orderBy('area_current.code')
      .limit(step)
      .execute();
    yield* rows;
    if (rows.length < step) return;
    after = rows.at(-1)?.code ?? '';
  }
}

/** The desa in force around each point ([lon, lat]); of overlapping ones the first by code. */
export async function desaAround(db: Db, points: readonly (readonly number[])[]): Promise<(string | null)[]> {
  const { rows } = await sql<{ code: string | null }>`
    SELECT (
      SELECT min(c.code) FROM area a JOIN area_current c ON c.area_id = a.id
      WHERE c.level = 'desa' AND a.geom && p.point AND ST_Covers(a.geom, p.point)
    ) AS code
    FROM (
      SELECT i, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS point
      FROM unnest(${points.map((p) => p[0])}::float8[], ${points.map((p) => p[1])}::float8[])
        WITH ORDINALITY AS t(lon, lat, i)
    ) AS p ORDER BY i`.execute(db);
  return rows.map((row) => row.code);
}
