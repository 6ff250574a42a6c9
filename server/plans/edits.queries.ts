import type { Selectable } from 'kysely';
import type { DonePlanEdit } from '../../shared/schemas/plan.ts';
import type { Db, Trx } from '../database/connection.ts';
import type { PlanEditTable } from '../database/tables/plans.ts';
import type { Change } from './queries.ts';

const COLUMNS = ['revision', 'edit_id', 'actor', 'at', 'edit'] as const;

/** Edits of a plan after a revision, the oldest first. */
export async function editsAfter(db: Db | Trx, planId: string, after: number, limit: number): Promise<DonePlanEdit[]> {
  const rows = await db
    .selectFrom('plan_edit')
    .select(COLUMNS)
    .where('plan_id', '=', planId)
    .where('revision', '>', after)
    .orderBy('revision')
    .limit(limit)
    .execute();
  return rows.map(done);
}

/** The edits that were done last, the newest first. */
export async function lastEdits(db: Db | Trx, planId: string, limit: number): Promise<DonePlanEdit[]> {
  const rows = await db
    .selectFrom('plan_edit')
    .select(COLUMNS)
    .where('plan_id', '=', planId)
    .orderBy('revision', 'desc')
    .limit(limit)
    .execute();
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
