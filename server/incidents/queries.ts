import { type ExpressionBuilder, type RawBuilder, type Selectable, sql, type Transaction } from 'kysely';
import type { IncidentArea, IncidentLogEntry } from '../../shared/schemas/incident.ts';
import type { Scope } from '../access/scope.ts';
import { incidentVisible } from '../access/visible.queries.ts';
import type { Db } from '../database/connection.ts';
import type { ListPlace } from '../database/list-place.ts';
import type { IncidentTable } from '../database/tables/incidents.ts';
import type { Tables } from '../database/tables.ts';
import type { IncidentFilter } from './filter.ts';

/** The columns of an incident, its place as degrees; what a new one or a new version is written from. */
export type IncidentRecord = Omit<
  Selectable<IncidentTable>,
  'geom' | 'area_code' | 'scope_codes' | 'import_id' | 'text_removed_at'
> & {
  lon: number;
  lat: number;
};

/** The part of a record that a change may touch. */
export type IncidentFields = Omit<IncidentRecord, 'id' | 'version' | 'request_hash' | 'origin' | 'created_at'>;

const COLUMNS = [
  'id',
  'category',
  'subcategory',
  'severity',
  'status',
  'source',
  'title',
  'description',
  'occurred_at',
  'occurred_until',
  'time_precision',
  'reported_at',
  'accuracy_m',
  'place',
  'area_codes',
  'area_match',
  'version',
  'request_hash',
  'origin',
  'created_at',
  'updated_at',
] as const;
const PLACE = [sql<number>`ST_X(geom)`.as('lon'), sql<number>`ST_Y(geom)`.as('lat')] as const;

const point = (lon: number, lat: number): RawBuilder<unknown> => sql`ST_SetSRID(ST_MakePoint(${lon}, ${lat}), 4326)`;

/** One incident, or `undefined`. With `lock`, nobody else changes it until the transaction ends. */
export async function findIncident(
  db: Db | Transaction<Tables>,
  scope: Scope,
  id: string,
  lock = false,
): Promise<IncidentRecord | undefined> {
  return db
    .selectFrom('incident')
    .select([...COLUMNS, ...PLACE])
    .where('id', '=', id)
    .where(incidentVisible(scope))
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
}

/** Stores a new incident. Returns false when its id is taken, also by a transaction that commits meanwhile. */
export async function insertIncident(trx: Transaction<Tables>, record: IncidentRecord): Promise<boolean> {
  const { lon, lat, ...columns } = record;
  const inserted = await trx
    .insertInto('incident')
    .values({ ...columns, geom: point(lon, lat) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Writes a new version of an incident. */
export async function updateIncident(
  trx: Transaction<Tables>,
  id: string,
  version: number,
  fields: IncidentFields,
): Promise<void> {
  const { lon, lat, ...columns } = fields;
  await trx
    .updateTable('incident')
    .set({ ...columns, version, geom: point(lon, lat) })
    .where('id', '=', id)
    .execute();
}

/** Adds a version to an incident's history. */
export async function insertLogEntry(
  trx: Transaction<Tables>,
  incidentId: string,
  entry: Omit<IncidentLogEntry, 'at'> & { at: Date },
): Promise<void> {
  await trx
    .insertInto('incident_log')
    .values({ ...entry, incident_id: incidentId, changes: JSON.stringify(entry.changes) })
    .execute();
}

/** An incident's history, oldest first. */
export async function listLog(db: Db, scope: Scope, incidentId: string): Promise<IncidentLogEntry[]> {
  const rows = await db
    .selectFrom('incident_log')
    .innerJoin('incident', 'incident.id', 'incident_id')
    .select(['incident_log.version', 'at', 'actor', 'note', 'changes'])
    .where('incident_id', '=', incidentId)
    .where(incidentVisible(scope))
    .orderBy('incident_log.version')
    .execute();
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    changes: row.changes as IncidentLogEntry['changes'],
  }));
}

/** A page of incidents, newest first, with the place of the next page or `null` at the end. */
export async function listIncidents(
  db: Db,
  scope: Scope,
  filter: IncidentFilter,
  limit: number,
  after: ListPlace | undefined,
): Promise<{ records: IncidentRecord[]; next: ListPlace | null }> {
  const rows = await pageOfIncidents(db, scope, filter, limit + 1, after).execute();
  const records = rows.slice(0, limit);
  const last = records.at(-1);
  return { records, next: rows.length > limit && last ? { time: last.exact_time, id: last.id } : null };
}

/** How many incidents a list has in all its pages. */
export async function countIncidents(db: Db, scope: Scope, filter: IncidentFilter): Promise<number> {
  const { count } = await db
    .selectFrom('incident')
    .select(sql<number>`count(*)::int`.as('count'))
    .where(incidentVisible(scope))
    .where((where) => where.and(conditions(where, filter)))
    .executeTakeFirstOrThrow();
  return count;
}

/** The query behind {@link listIncidents}, not yet run: at most `count` rows. */
export function pageOfIncidents(db: Db, scope: Scope, filter: IncidentFilter, count: number, after?: ListPlace) {
  return db
    .selectFrom('incident')
    .select([
      ...COLUMNS,
      ...PLACE,
      sql<string>`to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('exact_time'),
    ])
    .where(incidentVisible(scope))
    .where((where) => where.and(conditions(where, filter)))
    .$if(after !== undefined, (query) =>
      // The first half alone lets the index on (occurred_at DESC, id) find the beginning of the page.
      query.where(
        sql<boolean>`occurred_at <= ${after?.time}::timestamptz AND (occurred_at < ${after?.time}::timestamptz OR id > ${after?.id}::uuid)`,
      ),
    )
    .orderBy('occurred_at', 'desc')
    .orderBy('id')
    .limit(count);
}

function conditions(where: ExpressionBuilder<Tables, 'incident'>, filter: IncidentFilter) {
  const all = [];
  if (filter.categories) all.push(where('category', 'in', filter.categories));
  if (filter.severities) all.push(where('severity', 'in', filter.severities));
  if (filter.statuses) all.push(where('status', 'in', filter.statuses));
  if (filter.sources) all.push(where('source', 'in', filter.sources));
  if (filter.from) all.push(where('occurred_at', '>=', filter.from));
  if (filter.to) all.push(where('occurred_at', '<', filter.to));
  if (filter.area) all.push(sql<boolean>`area_codes @> ARRAY[${filter.area}]`);
  if (filter.bbox) {
    const [west, south, east, north] = filter.bbox;
    const box = (from: number, to: number) =>
      sql<boolean>`geom && ST_MakeEnvelope(${from}, ${south}, ${to}, ${north}, 4326)`;
    all.push(west <= east ? box(west, east) : where.or([box(west, 180), box(-180, east)]));
  }
  if (filter.text) {
    const pattern = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
    all.push(sql<boolean>`(title ILIKE ${pattern} OR place ILIKE ${pattern} OR description ILIKE ${pattern})`);
  }
  return all;
}

/** Names and levels of areas by code, also of those that are history; codes that were never in force are missing. */
export async function areasByCode(db: Db | Transaction<Tables>, codes: string[]): Promise<Map<string, IncidentArea>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<IncidentArea>`
    SELECT DISTINCT ON (a.code) a.code, a.name, a.level
    FROM area a LEFT JOIN area_current c ON c.area_id = a.id
    WHERE a.code = ANY(${codes}) AND (c.area_id IS NOT NULL OR a.valid_to <= current_date)
    ORDER BY a.code, c.area_id IS NULL, a.id DESC`.execute(db);
  return new Map(rows.map((row) => [row.code, row]));
}

/**
 * The next incidents, newest first, as the text of JSON objects (IncidentPoint) joined by commas: the database writes
 * the JSON, so that tens of thousands of them pass through the server without being taken apart.
 */
export async function incidentPointsJson(
  db: Db,
  scope: Scope,
  range: { from: Date | undefined; to: Date | undefined },
  limit: number,
  after: ListPlace | undefined,
): Promise<{ json: string; count: number; last: ListPlace | undefined }> {
  const { rows } = await sql<{ json: string | null; count: number; time: string | null; id: string | null }>`
    WITH page AS (
      SELECT id, ST_X(geom) AS lon, ST_Y(geom) AS lat, category, severity, status, source, title,
        floor(extract(epoch FROM occurred_at) * 1000)::bigint AS "occurredAt",
        floor(extract(epoch FROM created_at) * 1000)::bigint AS "createdAt",
        coalesce(area_codes[cardinality(area_codes)], '') AS area, version, occurred_at AS exact
      FROM incident
      WHERE ${incidentVisible(scope)} AND (${range.from ?? null}::timestamptz IS NULL OR occurred_at >= ${range.from ?? null})
        AND (${range.to ?? null}::timestamptz IS NULL OR occurred_at < ${range.to ?? null})
        AND (${after?.time ?? null}::timestamptz IS NULL OR (occurred_at <= ${after?.time ?? null}
          AND (occurred_at < ${after?.time ?? null} OR id > ${after?.id ?? null}::uuid)))
      ORDER BY occurred_at DESC, id LIMIT ${limit}
    ), last AS (SELECT exact, id FROM page ORDER BY exact, id DESC LIMIT 1)
    SELECT string_agg(json_build_object('id', id, 'lon', lon, 'lat', lat, 'category', category, 'severity', severity,
        'status', status, 'source', source, 'title', title, 'occurredAt', "occurredAt", 'createdAt', "createdAt",
        'area', area, 'version', version)::text, ',') AS json,
      count(*)::int AS count,
      (SELECT to_char(exact AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') FROM last) AS time,
      (SELECT id FROM last)
    FROM page`.execute(db);
  const row = rows[0];
  return {
    json: row?.json ?? '',
    count: row?.count ?? 0,
    last: row?.time && row.id ? { time: row.time, id: row.id } : undefined,
  };
}
