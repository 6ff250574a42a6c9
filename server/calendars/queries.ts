import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { CalendarBody, ElectionCalendar } from '../../shared/schemas/election-calendar.ts';
import { appendAudit } from '../access/audit.queries.ts';
import type { Scope } from '../access/scope.ts';
import type { Db, Trx } from '../database/connection.ts';

/** A calendar that the database keeps. */
export interface KeptCalendar {
  calendar: ElectionCalendar;
  origin: 'demonstration' | 'own';
  version: number;
}

/** Who changes something, and when, for the audit log. */
export interface Change {
  actor: string;
  at: Date;
}

/**
 * Whether a row of `election_calendar` concerns a scope: it is of the whole country, or its areas lie within the scope,
 * around it, or are touched by what is drawn of it.
 */
function calendarVisible({ everything, codes, drawn }: Scope): RawBuilder<SqlBool> {
  if (everything) return sql`true`;
  return sql`(area_codes IS NULL OR ronda_code_prefixes(area_codes) && ${codes}::text[]
    OR area_codes && ronda_code_prefixes(${codes}::text[])
    OR EXISTS (SELECT FROM area_current here JOIN area ON area.id = here.area_id
      JOIN jurisdiction_shape shape ON shape.geom && area.geom AND ST_Intersects(shape.geom, area.geom)
      WHERE here.code = ANY (area_codes) AND shape.jurisdiction_id = ANY (${drawn}::int[]) AND shape.origin = 'polygon'))`;
}

/** The kept calendars that concern a scope, by their ids; of one id where it is given. */
export async function keptCalendars(db: Db | Trx, scope: Scope, id?: string): Promise<KeptCalendar[]> {
  const rows = await db
    .selectFrom('election_calendar as calendar')
    .innerJoin('election_calendar_stage as stage', 'stage.calendar_id', 'calendar.id')
    .select(['calendar.id', 'calendar.name', 'calendar.name_en', 'kind', 'area_codes', 'origin', 'version'])
    .select(['stage.key', 'stage.name as stage_name', 'stage.name_en as stage_name_en', 'source'])
    .select([day('starts_on').as('starts_on'), day('ends_on').as('ends_on')])
    .where(calendarVisible(scope))
    .$if(id !== undefined, (query) => query.where('calendar.id', '=', id ?? ''))
    .orderBy('calendar.id')
    .orderBy('stage.place')
    .execute();
  const kept = new Map<string, KeptCalendar>();
  for (const row of rows) {
    const known = kept.get(row.id) ?? {
      calendar: {
        id: row.id,
        name: row.name,
        nameEn: row.name_en,
        kind: row.kind,
        jurisdiction: row.area_codes ?? ('national' as const),
        stages: [],
      },
      origin: row.origin,
      version: row.version,
    };
    known.calendar.stages.push({
      key: row.key,
      name: row.stage_name,
      nameEn: row.stage_name_en,
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      source: row.source,
    });
    kept.set(row.id, known);
  }
  return [...kept.values()];
}

const day = (column: 'starts_on' | 'ends_on') => sql<string>`to_char(${sql.ref(column)}, 'YYYY-MM-DD')`;

/** Stores a calendar of people's own and writes it down. */
export async function insertCalendar(db: Db, id: string, body: CalendarBody, change: Change): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('election_calendar')
      .values({
        id,
        ...columns(body),
        origin: 'own',
        created_by: change.actor,
        created_at: change.at,
        updated_at: change.at,
      })
      .execute();
    await insertStages(trx, id, body);
    await note(trx, 'calendar.created', id, body, change);
  });
}

/** Replaces an own calendar whose version is `version` and writes it down; false when there is none of that version. */
export async function replaceCalendar(
  db: Db,
  id: string,
  version: number,
  body: CalendarBody,
  change: Change,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('election_calendar')
      .set({ ...columns(body), version: version + 1, updated_at: change.at })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('origin', '=', 'own')
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    await trx.deleteFrom('election_calendar_stage').where('calendar_id', '=', id).execute();
    await insertStages(trx, id, body);
    await note(trx, 'calendar.changed', id, body, change);
    return true;
  });
}

/** Removes an own calendar whose version is `version` and writes it down; false when there is none of that version. */
export async function deleteCalendar(
  db: Db,
  { id, name, jurisdiction }: ElectionCalendar,
  version: number,
  change: Change,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('election_calendar')
      .where('id', '=', id)
      .where('version', '=', version)
      .where('origin', '=', 'own')
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return false;
    const detail = { name, jurisdiction };
    await appendAudit(trx, { ...change, action: 'calendar.deleted', subject: `calendar:${id}`, detail });
    return true;
  });
}

function columns({ name, nameEn, kind, jurisdiction }: CalendarBody) {
  return { name, name_en: nameEn, kind, area_codes: jurisdiction === 'national' ? null : jurisdiction };
}

async function insertStages(trx: Trx, id: string, { stages }: CalendarBody): Promise<void> {
  const rows = stages.map(({ key, name, nameEn, startsOn, endsOn, source }, place) => ({
    calendar_id: id,
    place,
    key,
    name,
    name_en: nameEn,
    starts_on: startsOn,
    ends_on: endsOn,
    source,
  }));
  await trx.insertInto('election_calendar_stage').values(rows).execute();
}

async function note(trx: Trx, action: string, id: string, body: CalendarBody, change: Change): Promise<void> {
  const { name, jurisdiction, stages } = body;
  const detail = { name, jurisdiction, stages: stages.map(({ key, startsOn, endsOn }) => [key, startsOn, endsOn]) };
  await appendAudit(trx, { ...change, action, subject: `calendar:${id}`, detail });
}
