import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { fieldError, RondaError } from '../../shared/errors.ts';
import type { Incident, IncidentLogEntry, IncidentPatch, NewIncident } from '../../shared/schemas/incident.ts';
import { versionConflict } from '../../shared/version-tag.ts';
import type { Scope } from '../access/scope.ts';
import { contains } from '../access/visible.queries.ts';
import { areasAt } from '../database/area-lookup.ts';
import type { Db } from '../database/connection.ts';
import { appendEvents, type NewEvent } from '../database/event-log.ts';
import { canonical, storableText } from '../database/storable.ts';
import type { Bus } from '../events.ts';
import { toIncident, toPoint } from './present.ts';
import {
  areasByCode,
  findIncident,
  type IncidentFields,
  type IncidentRecord,
  insertIncident,
  insertLogEntry,
  updateIncident,
} from './queries.ts';
import { checkIncidentPatch, checkNewIncident } from './rules.ts';

export interface Services {
  /** The whole database, for what is open to all: areas and the event log. */
  db: Db;
  bus: Bus;
  now: () => number;
}

/** Who writes: the name for the history, and how far the permission reaches. */
export interface Writer {
  name: string;
  scope: Scope;
  /** The database as far as the scope reaches. */
  db: Db;
}

/**
 * Stores a new incident, once: the same id with the same body gives the stored one, with another body `conflict`.
 * Returns it and whether it is new.
 */
export async function createIncident(
  services: Services,
  writer: Writer,
  body: NewIncident,
): Promise<{ incident: Incident; created: boolean }> {
  const { db, bus } = services;
  const now = new Date(services.now());
  checkNewIncident(body, now.getTime());
  const record = await newRecord(db, body, now);
  await requireWithin(db, writer.scope, record);
  const events = await writer.db.transaction().execute(async (trx) => {
    if (!(await insertIncident(trx, record))) return undefined;
    const changes: IncidentLogEntry['changes'] = {};
    for (const [field, after] of Object.entries(shownFields(record))) changes[field] = { before: null, after };
    await insertLogEntry(trx, record.id, { version: 1, at: now, actor: writer.name, note: '', changes });
    const areas = record.area_codes;
    return appendEvents(trx, [{ kind: 'incident.created', subject: record.id, data: toPoint(record), areas }]);
  });
  if (events) {
    bus.emit('events.appended', events);
    return { incident: await present(db, record), created: true };
  }
  const stored = await findIncident(writer.db, writer.scope, record.id);
  if (stored?.request_hash !== record.request_hash) {
    throw new RondaError('conflict', 'body.id is already the id of another incident; make a new UUIDv7 for this one.', {
      details: [{ field: 'body.id', problem: 'is taken by an incident with another body' }],
    });
  }
  return { incident: await present(db, stored), created: false };
}

/**
 * Changes an incident whose version is still `version`.
 * Throws `not_found`, or `version_conflict` that tells the current version.
 */
export async function changeIncident(
  services: Services,
  writer: Writer,
  id: string,
  version: number,
  patch: IncidentPatch,
): Promise<Incident> {
  const { db, bus } = services;
  const now = new Date(services.now());
  // Found before the row is locked: an open transaction holds up every other connection of the embedded engine.
  const areas = patch.location ? await resolveAreas(db, patch.location) : undefined;
  if (areas && patch.location) await requireWithin(db, writer.scope, { ...areas, ...patch.location });
  const { record, events } = await writer.db.transaction().execute(async (trx) => {
    const stored = await findIncident(trx, writer.scope, id, true);
    if (!stored) throw notFound(id);
    if (stored.version !== version) throw versionConflict('incident', stored.version);
    checkIncidentPatch(
      patch,
      { occurredAt: stored.occurred_at.toISOString(), occurredUntil: stored.occurred_until?.toISOString() ?? null },
      now.getTime(),
    );
    const fields = patchedFields(stored, patch, areas, now);
    const changed: IncidentRecord = { ...stored, ...fields, version: version + 1 };
    const changes = difference(shownFields(stored), shownFields(changed));
    const note = storableText(patch.note ?? '');
    if (Object.keys(changes).length === 0 && note === '') return { record: stored, events: [] };
    await updateIncident(trx, id, changed.version, fields);
    await insertLogEntry(trx, id, { version: changed.version, at: now, actor: writer.name, note, changes });
    const event: NewEvent = {
      kind: 'incident.changed',
      // As it is stored, however the address spells it.
      subject: stored.id,
      data: toPoint(changed),
      areas: changed.area_codes,
    };
    if (areas) event.before = { areas: stored.area_codes, place: [stored.lon, stored.lat] };
    return { record: changed, events: await appendEvents(trx, [event]) };
  });
  if (events.length > 0) bus.emit('events.appended', events);
  return present(db, record);
}

/** An incident with the names of its areas. */
export async function present(db: Db, record: IncidentRecord): Promise<Incident> {
  return toIncident(record, await areasByCode(db, record.area_codes));
}

/**
 * The part of a history, oldest first, that a scope may read: of the time when the incident lay within it. Where it came
 * from is not told.
 */
export async function historyWithin(
  { db }: Services,
  scope: Scope,
  entries: readonly IncidentLogEntry[],
): Promise<IncidentLogEntry[]> {
  if (scope.everything) return [...entries];
  const shown: IncidentLogEntry[] = [];
  let codes: unknown;
  let place: unknown;
  let isHere = true;
  for (const entry of entries) {
    const wasHere = isHere;
    const { areaCodes, location } = entry.changes;
    if (areaCodes) codes = areaCodes.after;
    if (location) place = location.after;
    if ((areaCodes || location) && Value.Check(AreaCodes, codes) && Value.Check(Place, place)) {
      isHere = await contains(db, scope, codes, place.lon, place.lat);
    }
    if (isHere) shown.push(wasHere ? entry : { ...entry, changes: withoutBefore(entry.changes) });
  }
  return shown;
}

const AreaCodes = Type.Array(Type.String());
const Place = Type.Object({ lon: Type.Number(), lat: Type.Number() });

function withoutBefore(changes: IncidentLogEntry['changes']): IncidentLogEntry['changes'] {
  return Object.fromEntries(Object.entries(changes).map(([field, { after }]) => [field, { before: null, after }]));
}

/** Throws `forbidden` for a place where the writer may not write. */
async function requireWithin(db: Db, scope: Scope, place: ResolvedAreas & { lon: number; lat: number }): Promise<void> {
  if (await contains(db, scope, place.area_codes, place.lon, place.lat)) return;
  const problem = 'lies outside your jurisdiction; report it to those whose it is';
  throw fieldError('forbidden', 'body.location', problem);
}

export function notFound(id: string): RondaError {
  return new RondaError('not_found', `There is no incident ${id}.`);
}

type ResolvedAreas = Pick<IncidentRecord, 'area_codes' | 'area_match'>;

async function resolveAreas(db: Db, { lon, lat }: { lon: number; lat: number }): Promise<ResolvedAreas> {
  const hits = await areasAt(db, lon, lat);
  const match = hits.length === 0 ? 'none' : hits.some((hit) => hit.match === 'inside') ? 'inside' : 'nearest';
  return { area_codes: hits.map((hit) => hit.code), area_match: match };
}

async function newRecord(db: Db, body: NewIncident, now: Date): Promise<IncidentRecord> {
  return {
    id: body.id.toLowerCase(),
    category: body.category,
    subcategory: storableText(body.subcategory ?? '') || null,
    severity: body.severity,
    status: body.status ?? 'new',
    source: body.source,
    title: storableText(body.title),
    description: storableText(body.description ?? ''),
    occurred_at: new Date(body.occurredAt),
    occurred_until: body.occurredUntil === undefined ? null : new Date(body.occurredUntil),
    time_precision: body.timePrecision ?? 'minute',
    reported_at: body.reportedAt === undefined ? now : new Date(body.reportedAt),
    lon: body.location.lon,
    lat: body.location.lat,
    accuracy_m: body.location.accuracyM ?? null,
    place: storableText(body.place ?? ''),
    ...(await resolveAreas(db, body.location)),
    version: 1,
    request_hash: hashOf(body),
    origin: 'manual',
    created_at: now,
    updated_at: now,
  };
}

function patchedFields(
  stored: IncidentRecord,
  patch: IncidentPatch,
  areas: ResolvedAreas | undefined,
  now: Date,
): IncidentFields {
  const text = (value: string | undefined, before: string) => (value === undefined ? before : storableText(value));
  const time = <Before>(value: string | undefined, before: Before) => (value === undefined ? before : new Date(value));
  return {
    category: patch.category ?? stored.category,
    subcategory: text(patch.subcategory, stored.subcategory ?? '') || null,
    severity: patch.severity ?? stored.severity,
    status: patch.status ?? stored.status,
    source: patch.source ?? stored.source,
    title: text(patch.title, stored.title),
    description: text(patch.description, stored.description),
    occurred_at: time(patch.occurredAt, stored.occurred_at),
    occurred_until: time(patch.occurredUntil, stored.occurred_until),
    time_precision: patch.timePrecision ?? stored.time_precision,
    reported_at: time(patch.reportedAt, stored.reported_at),
    lon: patch.location?.lon ?? stored.lon,
    lat: patch.location?.lat ?? stored.lat,
    accuracy_m: patch.location ? (patch.location.accuracyM ?? null) : stored.accuracy_m,
    place: text(patch.place, stored.place),
    area_codes: areas?.area_codes ?? stored.area_codes,
    area_match: areas?.area_match ?? stored.area_match,
    updated_at: now,
  };
}

/** The fields whose history is kept, as the API names and shows them. */
function shownFields(record: IncidentRecord): Record<string, unknown> {
  const { id, version, createdAt, updatedAt, areas, areaMatch, ...fields } = toIncident(record, new Map());
  return { ...fields, areaCodes: record.area_codes };
}

function difference(before: Record<string, unknown>, after: Record<string, unknown>): IncidentLogEntry['changes'] {
  const changes: IncidentLogEntry['changes'] = {};
  for (const [field, value] of Object.entries(after)) {
    if (JSON.stringify(before[field]) !== JSON.stringify(value))
      changes[field] = { before: before[field], after: value };
  }
  return changes;
}

/** Identity of a body: the same for the same fields in any order. */
function hashOf(body: object): string {
  return createHash('sha256').update(canonical(body)).digest('hex');
}
