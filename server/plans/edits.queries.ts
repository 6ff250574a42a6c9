import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { DonePlanEdit } from '../../shared/schemas/plan.ts';
import type { Db, Trx } from '../database/connection.ts';
import type { PlanEditTable } from '../database/tables/plans.ts';
import type { Change } from './queries.ts';

const COLUMNS = ['revision', 'edit_id', 'actor', 'at', 'edit'] as const;

/** Bytes of edits that are read at once, where one alone is not more. */
const PAGE_BYTES = 1024 * 1024;

/** The next edits of a plan after a revision, the oldest first: at most `limit`, as many as fit into a page, one at least. */
export function editsAfter(db: Db | Trx, planId: string, after: number, limit: number): Promise<DonePlanEdit[]> {
  return page(db, sql`plan_id = ${planId}::uuid AND revision > ${after}`, sql`revision`, limit);
}

/** The edits that were done last, the newest first: at most `limit`, as many as fit into a page, one at least. */
export function lastEdits(db: Db | Trx, planId: string, limit: number): Promise<DonePlanEdit[]> {
  return page(db, sql`plan_id = ${planId}::uuid`, sql`revision DESC`, limit);
}

/** An edit may be large, and hundreds of such ones more than a server has memory for. */
async function page(db: Db | Trx, where: RawBuilder<unknown>, order: RawBuilder<unknown>, limit: number) {
  const { rows } = await sql<Omit<Selectable<PlanEditTable>, 'plan_id'>>`
    SELECT revision, edit_id, actor, at, edit FROM (
      SELECT *, sum(octet_length(edit::text)) OVER (ORDER BY ${order}) - octet_length(edit::text) AS before FROM (
        SELECT revision, edit_id, actor, at, edit FROM plan_edit WHERE ${where} ORDER BY ${order} LIMIT ${limit}
      ) next
    ) page WHERE before < ${PAGE_BYTES} ORDER BY ${order}`.execute(db);
  return rows.map(done);
}

/** The edit of this id, or `undefined` where it was not done. */
export async function findEdit(db: Db | Trx, planId: string, id: string): Promise<DonePlanEdit | undefined> {
  const row = await db
    .selectFrom('plan_edit')
    .select(COLUMNS)
    .where('plan_id', '=', planId)
    .where('edit_id', '=', id)
    .executeTakeFirst();
  return row && done(row);
}

/** Stores an edit that was done. */
export async function insertEdit(
  trx: Trx,
  planId: string,
  { id, revision, edit }: Pick<DonePlanEdit, 'id' | 'revision' | 'edit'>,
  { actor, at }: Change,
): Promise<void> {
  await trx
    .insertInto('plan_edit')
    .values({ plan_id: planId, revision, edit_id: id, actor, at, edit: JSON.stringify(edit) })
    .execute();
}

function done({ revision, edit_id, actor, at, edit }: Omit<Selectable<PlanEditTable>, 'plan_id'>): DonePlanEdit {
  return { revision, id: edit_id, actor, at: at.toISOString(), edit };
}
