import { type Selectable, sql } from 'kysely';
import type { Zone } from '../../shared/geo/zone.ts';
import { type Scope, wholeAreas } from '../access/scope.ts';
import type { Db, Trx } from '../database/connection.ts';
import type { EarlyWarningRunTable } from '../database/tables/analyses.ts';

export type RunRecord = Selectable<EarlyWarningRunTable>;

/** What begins a run. */
export interface NewRun {
  cause: 'nightly' | 'asked';
  zone: Zone | null;
  /** ISO date. */
  lastDay: string;
  families: string[] | null;
  startedAt: Date;
}

/**
 * Begins a run, if none is under way on this database and the night's was not done: of several servers that ask at the
 * same time one gets it. Returns its number, or `undefined`.
 */
export async function beginRun(db: Db, run: NewRun): Promise<number | undefined> {
  const row = await db
    .insertInto('early_warning_run')
    .values({
      cause: run.cause,
      zone: run.zone,
      last_day: run.lastDay,
      families: run.families,
      started_at: run.startedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Tells that a run lives, and how far it is. Returns false when another server took it for dead. */
export async function beat(db: Db, id: number, done: number, total: number): Promise<boolean> {
  const row = await db
    .updateTable('early_warning_run')
    .set({ beat_at: sql`now()`, done, total })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .where('given_up_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Gives a run up; what it found is lost, and it may be done again. */
export async function giveUp(db: Db, id: number): Promise<void> {
  await db
    .updateTable('early_warning_run')
    .set({ given_up_at: sql`now()` })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute();
}

/** Gives up every run that has given no sign of life for so many milliseconds: its server is gone. */
export async function giveUpDead(db: Db, silentMs: number): Promise<void> {
  await sql`UPDATE early_warning_run SET given_up_at = now() WHERE finished_at IS NULL AND given_up_at IS NULL
    AND beat_at < now() - make_interval(secs => ${silentMs / 1000})`.execute(db);
}

/** Ends a run within the transaction that publishes it. Returns false when it was given up meanwhile: publish nothing. */
export async function finishRun(
  trx: Trx,
  id: number,
  { at, dataVersion, short }: { at: Date; dataVersion: string; short: string[] },
): Promise<boolean> {
  const row = await trx
    .updateTable('early_warning_run')
    .set({ finished_at: at, data_version: dataVersion, short, done: sql`total` })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .where('given_up_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Of each zone, the last day of its newest night's run that was done or is under way. */
export async function lastNights(db: Db): Promise<Map<Zone, string>> {
  const rows = await db
    .selectFrom('early_warning_run')
    .select(['zone', sql<string>`to_char(max(last_day), 'YYYY-MM-DD')`.as('day')])
    .where('cause', '=', 'nightly')
    .where('given_up_at', 'is', null)
    .groupBy('zone')
    .execute();
  return new Map(rows.flatMap(({ zone, day }) => (zone ? [[zone, day] as const] : [])));
}

const COLUMNS = [
  'id',
  'cause',
  'zone',
  sql<string>`to_char(last_day, 'YYYY-MM-DD')`.as('last_day'),
  'families',
  'started_at',
  'beat_at',
  'done',
  'total',
  'finished_at',
  'given_up_at',
  'data_version',
  'short',
] as const;

/** A run by its number; the newest one without. */
export async function findRun(db: Db, id?: number): Promise<RunRecord | undefined> {
  return db
    .selectFrom('early_warning_run')
    .select(COLUMNS)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? 0))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The newest runs of all places, newest first: as many as may be asked for within the time that one of them rests. */
export async function newestRuns(db: Db): Promise<RunRecord[]> {
  return db.selectFrom('early_warning_run').select(COLUMNS).orderBy('id', 'desc').limit(100).execute();
}

/** Runs, newest first: the one under way or failed last, and the last that was finished, of those that reach into a scope. */
export async function runsWithin(db: Db, zones: readonly Zone[], scope: Scope, limit: number): Promise<RunRecord[]> {
  // A run of a zone is of everything in it; one that was asked for, of the families that it names.
  const reaches = scope.everything
    ? sql<boolean>`true`
    : sql<boolean>`(zone = ANY(${[...zones]}::text[]) OR EXISTS (SELECT FROM unnest(families) family, unnest(${wholeAreas(scope).codes}::text[]) code
        WHERE family = code OR family LIKE code || '.%' OR code LIKE family || '.%'))`;
  return db.selectFrom('early_warning_run').select(COLUMNS).where(reaches).orderBy('id', 'desc').limit(limit).execute();
}
