import { sql } from 'kysely';
import type { Db } from '../../../server/database/connection.ts';

export interface PreparedStreet {
  class: string;
  name: string | null;
  minZoom: number;
  /** WKB of a LineString. */
  line: Buffer;
}

/** Content hash of the visible import of this source, if there is one. */
export async function streetsInForce(db: Db, source: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('basemap_import')
    .select('content_hash')
    .where('source', '=', source)
    .where('published_at', 'is not', null)
    .where('replaced_at', 'is', null)
    .executeTakeFirst();
  return row?.content_hash;
}

export async function beginStreets(
  db: Db,
  record: { fileName: string; source: string; contentHash: string; owner: string; report: unknown },
): Promise<number> {
  const row = await db
    .insertInto('basemap_import')
    .values({
      file_name: record.fileName,
      source: record.source,
      content_hash: record.contentHash,
      owner: record.owner,
      published_at: null,
      replaced_at: null,
      report: JSON.stringify(record.report),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function stageStreets(db: Db, importId: number, streets: readonly PreparedStreet[]): Promise<void> {
  await sql`
    WITH beat AS (UPDATE basemap_import SET beat_at = now() WHERE id = ${importId})
    INSERT INTO basemap_feature (import_id, kind, class, name, min_zoom, source, geom)
    SELECT ${importId}::int, 'street', class, name, min_zoom,
      (SELECT source FROM basemap_import WHERE id = ${importId}), ST_GeomFromWKB(line, 4326)
    FROM unnest(
      ${streets.map((s) => s.class)}::text[], ${streets.map((s) => s.name)}::text[],
      ${streets.map((s) => s.minZoom)}::smallint[], ${streets.map((s) => s.line)}::bytea[]
    ) AS street(class, name, min_zoom, line)`.execute(db);
}

/** Makes the import visible in place of the earlier ones of its source. Returns the new version of topic `basemap`. */
export async function publishStreets(db: Db, importId: number, source: string): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ version: number }>`
      UPDATE publication SET version = version + 1 WHERE topic = 'basemap' RETURNING version`.execute(trx);
    await sql`
      UPDATE basemap_import SET replaced_at = now()
      WHERE source = ${source} AND published_at IS NOT NULL AND replaced_at IS NULL`.execute(trx);
    const published = await sql`
      UPDATE basemap_import SET published_at = now() WHERE id = ${importId}`.execute(trx);
    if (Number(published.numAffectedRows) !== 1) {
      throw new Error(
        'Another import removed this one, because it seemed to have stopped. Nothing was published; run it again.',
      );
    }
    return rows[0]?.version ?? 0;
  });
}

/** Imports whose lines nobody sees: replaced ones, and unpublished ones with who began them and how long they are silent. */
export async function hiddenStreets(
  db: Db,
): Promise<{ id: number; isReplaced: boolean; owner: string; silent: number }[]> {
  const { rows } = await sql<{ id: number; isReplaced: boolean; owner: string; silent: number }>`
    SELECT id, replaced_at IS NOT NULL AS "isReplaced", owner, extract(epoch FROM now() - beat_at)::float8 AS silent
    FROM basemap_import WHERE published_at IS NULL OR replaced_at IS NOT NULL`.execute(db);
  return rows;
}

/** Removes up to `limit` lines of an import; 0 when none are left. */
export async function removeStreets(db: Db, importId: number, limit: number): Promise<number> {
  const result = await sql`
    DELETE FROM basemap_feature WHERE id IN (
      SELECT id FROM basemap_feature WHERE import_id = ${importId} LIMIT ${limit})`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

export async function forgetStreets(db: Db, importId: number): Promise<void> {
  await db.deleteFrom('basemap_import').where('id', '=', importId).execute();
}
