import { sql } from 'kysely';
import type { WarningEnding } from '../../shared/schemas/warning.ts';
import type { Db, Trx } from '../database/connection.ts';
import { AREA, COLUMNS, type WarningRecord } from './queries.ts';

/** Whether the area of a warning is no longer in force. */
const IS_GONE = sql<boolean>`NOT EXISTS (SELECT FROM area_current c WHERE c.code = area_code)`;

/** Ends the open warnings of these families that the run did not find again. */
export async function endOthers(
  trx: Trx,
  run: number,
  at: Date,
  families: readonly string[],
): Promise<WarningRecord[]> {
  return ending(trx, at, sql<WarningEnding>`CASE WHEN ${IS_GONE} THEN 'not-in-force' ELSE 'over' END`)
    .where('run_id', '<>', run)
    .where(sql<boolean>`array_to_string((string_to_array(area_code, '.'))[1:2], '.') = ANY(${[...families]}::text[])`)
    .execute();
}

/** Whether there are open warnings of areas that are no longer in force. */
export async function anyGone(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('early_warning')
    .select('id')
    .where('state', '=', 'open')
    .where(IS_GONE)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends the open warnings of areas that are no longer in force. */
export async function endGone(trx: Trx, at: Date): Promise<WarningRecord[]> {
  return ending(trx, at, sql<WarningEnding>`'not-in-force'`).where(IS_GONE).execute();
}

function ending(trx: Trx, at: Date, reason: ReturnType<typeof sql<WarningEnding>>) {
  return trx
    .updateTable('early_warning')
    .set({ state: 'ended', ended_at: at, end_reason: reason, version: sql`version + 1` })
    .where('state', '=', 'open')
    .returning([...COLUMNS, ...AREA]);
}
