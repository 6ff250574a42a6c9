import { sql } from 'kysely';
import type { Db } from '../../../server/database/connection.ts';
import type { IncidentDraft } from './draft.ts';

/** An incident ready to be written. Times in Unix milliseconds. */
export interface StagedIncident extends Omit<IncidentDraft, 'ownId' | 'time' | 'reported'> {
  id: string;
  contentHash: string;
  occurredAt: number;
  reportedAt: number;
  timePrecision: 'minute' | 'day';
  /** Widest first. */
  areaCodes: string[];
  areaMatch: 'inside' | 'nearest' | 'none';
}

/** Opens an import that nobody sees; `undefined` when one of this source is being written already. */
export async function beginIncidents(
  db: Db,
  record: { fileName: string; source: string; owner: string },
): Promise<number | undefined> {
  const row = await db
    .insertInto('incident_import')
    .values({
      file_name: record.fileName,
      source: record.source,
      owner: record.owner,
      published_at: null,
      given_up_at: null,
      report: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Content hashes of those of the incidents that are there and visible, by id. */
export async function incidentsThere(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; hash: string }>`
    SELECT incident.id, request_hash AS hash FROM incident LEFT JOIN incident_import i ON i.id = import_id
    WHERE incident.id = ANY(${ids}::uuid[]) AND (import_id IS NULL OR i.published_at IS NOT NULL)`.execute(db);
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** Writes incidents with the first entry of their history, in one statement, and says that the import is alive. */
export async function stageIncidents(db: Db, importId: number, incidents: readonly StagedIncident[]): Promise<void> {
  const rows = incidents.map((one) => ({ ...one, changes: changesOf(one) }));
  await sql`
    WITH beat AS (UPDATE incident_import SET beat_at = now() WHERE id = ${importId} RETURNING source),
    given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (id uuid, category text, subcategory text,
        severity text, status text, source text, title text, description text, "occurredAt" double precision,
        "timePrecision" text, "reportedAt" double precision, lon double precision, lat double precision,
        "accuracyM" real, place text, "areaCodes" text[], "areaMatch" text, "contentHash" text, changes jsonb)
    ), stored AS (
      INSERT INTO incident (id, category, subcategory, severity, status, source, title, description, occurred_at,
        time_precision, reported_at, geom, accuracy_m, place, area_codes, area_match, request_hash, origin, import_id)
      SELECT id, category, subcategory, severity, status, source, title, description, to_timestamp("occurredAt" / 1000),
        "timePrecision", to_timestamp("reportedAt" / 1000), ST_SetSRID(ST_MakePoint(lon, lat), 4326), "accuracyM", place,
        "areaCodes", "areaMatch", "contentHash", 'import', ${importId}::int
      FROM given
    )
    INSERT INTO incident_log (incident_id, version, actor, changes)
    SELECT given.id, 1, beat.source, given.changes FROM given, beat`.execute(db);
}

/** The first version's fields, as the server notes them of an incident that is filed by hand. */
function changesOf(one: StagedIncident): Record<string, { before: null; after: unknown }> {
  const fields = {
    category: one.category,
    subcategory: one.subcategory,
    severity: one.severity,
    status: one.status,
    source: one.source,
    title: one.title,
    description: one.description,
    occurredAt: new Date(one.occurredAt).toISOString(),
    occurredUntil: null,
    timePrecision: one.timePrecision,
    reportedAt: new Date(one.reportedAt).toISOString(),
    location: { lon: one.lon, lat: one.lat, accuracyM: one.accuracyM },
    place: one.place,
    areaCodes: one.areaCodes,
  };
  return Object.fromEntries(Object.entries(fields).map(([field, after]) => [field, { before: null, after }]));
}

/**
 * Makes all rows of an import visible at once.
 *
 * @throws when another process has begun to remove them, because this one seemed to have stopped
 */
export async function publishIncidents(db: Db, importId: number, report: unknown): Promise<void> {
  const published = await sql`
    UPDATE incident_import SET published_at = now(), report = ${JSON.stringify(report)}::jsonb
    WHERE id = ${importId} AND given_up_at IS NULL`.execute(db);
  if (Number(published.numAffectedRows) !== 1) {
    throw new Error(
      'Another import removed this one, because it seemed to have stopped. Nothing was published; run it again.',
    );
  }
}

/** Imports that are not published, with the process that began each and the seconds since it last wrote. */
export async function hiddenIncidents(db: Db): Promise<{ id: number; owner: string; silent: number }[]> {
  const { rows } = await sql<{ id: number; owner: string; silent: number }>`
    SELECT id, owner, extract(epoch FROM now() - beat_at)::float8 AS silent
    FROM incident_import WHERE published_at IS NULL`.execute(db);
  return rows;
}

/** From here on the import cannot be published. Returns whether it was not published before. */
export async function giveUp(db: Db, importId: number): Promise<boolean> {
  const result = await sql`
    UPDATE incident_import SET given_up_at = now() WHERE id = ${importId} AND published_at IS NULL`.execute(db);
  return Number(result.numAffectedRows) === 1;
}

/** Removes up to `limit` rows of an import that was given up. Returns how many. */
export async function removeIncidents(db: Db, importId: number, limit: number): Promise<number> {
  const result = await sql`
    WITH gone AS (SELECT id FROM incident WHERE import_id = ${importId} LIMIT ${limit}),
    log AS (DELETE FROM incident_log USING gone WHERE incident_id = gone.id)
    DELETE FROM incident USING gone WHERE incident.id = gone.id`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

export async function forgetIncidents(db: Db, importId: number): Promise<void> {
  await sql`DELETE FROM incident_import WHERE id = ${importId} AND published_at IS NULL`.execute(db);
}
