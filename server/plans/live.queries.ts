import { sql } from 'kysely';
import { EDITS_AT_ONCE } from '../../shared/plans/live.ts';
import type { DonePlanEdit, PlanState } from '../../shared/schemas/plan.ts';
import type { Db } from '../database/connection.ts';

/** Bytes of edits that are read at once, where one alone is not more. */
const PAGE_BYTES = 1024 * 1024;

/** Where a plan stands. */
export interface PlanHead {
  id: string;
  revision: number;
  state: PlanState;
}

/** Where these plans stand; those that were deleted are left out. */
export async function planHeads(db: Db, ids: readonly string[]): Promise<PlanHead[]> {
  return db
    .selectFrom('plan')
    .select(['id', 'revision', 'state'])
    .where('id', '=', sql<string>`ANY(${ids}::uuid[])`)
    .execute();
}

/** The next edits of a plan after a revision, the oldest first: as many as fit into a message, one at least. */
export async function editPage(db: Db, planId: string, after: number): Promise<DonePlanEdit[]> {
  const { rows } = await sql<Omit<DonePlanEdit, 'at'> & { at: Date }>`
    SELECT revision, edit_id AS id, actor, at, edit FROM (
      SELECT *, sum(octet_length(edit::text)) OVER (ORDER BY revision) - octet_length(edit::text) AS before FROM (
        SELECT revision, edit_id, actor, at, edit FROM plan_edit
        WHERE plan_id = ${planId}::uuid AND revision > ${after} ORDER BY revision LIMIT ${EDITS_AT_ONCE}
      ) next
    ) page WHERE before < ${PAGE_BYTES} ORDER BY revision`.execute(db);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
