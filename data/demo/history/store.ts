import { sql } from 'kysely';
import type { Db } from '../../../server/database/connection.ts';
import { parentOfCode } from '../../../shared/area-code.ts';
import type { IncidentLogEntry } from '../../../shared/schemas/incident.ts';
import { type DemoIncident, reportedAt } from './generate.ts';

/** Marks incidents that the demonstration brought. */
export const DEMO_ORIGIN = 'contoh';
const ACTOR = 'contoh';

/** Stores incidents with their whole history, as if each step had been recorded when it happened. */
export async function insertIncidents(db: Db, incidents: readonly DemoIncident[]): Promise<void> {
  const rows = incidents.map((one) => ({
    id: one.id,
    category: one.category,
    subcategory: one.subcategory,
    severity: one.severity,
    status: one.steps.at(-1)?.status,
    source: one.source,
    title: one.title,
    description: one.description,
    occurred_at: iso(one.occurredAt),
    occurred_until: one.occurredUntil === undefined ? null : iso(one.occurredUntil),
    time_precision: one.precision,
    reported_at: iso(reportedAt(one)),
    lon: one.lon,
    lat: one.lat,
    accuracy_m: one.accuracyM,
    place: one.place,
    area_codes: codesAbove(one.ward),
    version: one.steps.length,
    origin: DEMO_ORIGIN,
    created_at: iso(reportedAt(one)),
    updated_at: iso(one.steps.at(-1)?.at ?? reportedAt(one)),
  }));
  const log = incidents.flatMap((one) =>
    one.steps.map((step, index) => ({
      incident_id: one.id,
      version: index + 1,
      at: iso(step.at),
      changes: index === 0 ? firstVersion(one) : changed(one, index),
    })),
  );
  await db.transaction().execute(async (trx) => {
    await sql`
      INSERT INTO incident (id, category, subcategory, severity, status, source, title, description, occurred_at,
        occurred_until, time_precision, reported_at, geom, accuracy_m, place, area_codes, area_match, version, request_hash,
        origin, created_at, updated_at)
      SELECT id, category, subcategory, severity, status, source, title, description, occurred_at, occurred_until,
        time_precision, reported_at, ST_SetSRID(ST_MakePoint(lon, lat), 4326), accuracy_m, place, area_codes, 'inside',
        version, '', origin, created_at, updated_at
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (id uuid, category text, subcategory text,
        severity text, status text, source text, title text, description text, occurred_at timestamptz,
        occurred_until timestamptz, time_precision text, reported_at timestamptz, lon double precision,
        lat double precision, accuracy_m real, place text, area_codes text[], version integer, origin text,
        created_at timestamptz, updated_at timestamptz)`.execute(trx);
    await sql`
      INSERT INTO incident_log (incident_id, version, at, actor, changes)
      SELECT incident_id, version, at, ${ACTOR}, changes
      FROM jsonb_to_recordset(${JSON.stringify(log)}::jsonb)
        AS row (incident_id uuid, version integer, at timestamptz, changes jsonb)`.execute(trx);
  });
}

const iso = (time: number) => new Date(time).toISOString();

/** A ward's code and those of every area above it, widest first. */
function codesAbove(code: string): string[] {
  const above = parentOfCode(code);
  return above === undefined ? [code] : [...codesAbove(above), code];
}

function firstVersion(one: DemoIncident): IncidentLogEntry['changes'] {
  const fields = {
    category: one.category,
    subcategory: one.subcategory,
    severity: one.severity,
    status: 'new',
    source: one.source,
    title: one.title,
    description: one.description,
    occurredAt: iso(one.occurredAt),
    occurredUntil: one.occurredUntil === undefined ? null : iso(one.occurredUntil),
    timePrecision: one.precision,
    reportedAt: iso(reportedAt(one)),
    location: { lon: one.lon, lat: one.lat, accuracyM: one.accuracyM },
    place: one.place,
    areaCodes: codesAbove(one.ward),
  };
  return Object.fromEntries(Object.entries(fields).map(([field, after]) => [field, { before: null, after }]));
}

function changed(one: DemoIncident, index: number): IncidentLogEntry['changes'] {
  return { status: { before: one.steps[index - 1]?.status, after: one.steps[index]?.status } };
}
