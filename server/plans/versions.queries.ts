import { sql } from 'kysely';
import type { PlanVersion, PlanVersionContent } from '../../shared/schemas/plan.ts';
import type { Db, Trx } from '../database/connection.ts';
import { type Change, type PlanRecord, updatePlan } from './queries.ts';

const ZONE_COUNT = sql<number>`jsonb_array_length(content->'zones')`.as('zoneCount');
const COLUMNS = ['version', 'revision', 'actor', 'at', 'reason'] as const;

/** The versions of a plan, the newest first. */
export async function listVersions(db: Db, planId: string): Promise<PlanVersion[]> {
  const rows = await db
    .selectFrom('plan_version')
    .select([...COLUMNS, ZONE_COUNT])
    .where('plan_id', '=', planId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** A version with what the plan was then, or `undefined`. */
export async function findVersion(
  db: Db | Trx,
  planId: string,
  version: number,
): Promise<PlanVersionContent | undefined> {
  const row = await db
    .selectFrom('plan_version')
    .select([...COLUMNS, ZONE_COUNT, 'content'])
    .where('plan_id', '=', planId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && { ...row, at: row.at.toISOString() };
}

/** Keeps what a plan that is locked is now as its next version, and gives its number. */
export async function insertVersion(
  trx: Trx,
  { id, version, revision, content }: PlanRecord,
  reason: string,
  change: Change,
): Promise<number> {
  const next = version + 1;
  await trx
    .insertInto('plan_version')
    .values({ plan_id: id, version: next, revision, content: JSON.stringify(content), ...change, reason })
    .execute();
  await updatePlan(trx, id, { version: next }, change);
  return next;
}
