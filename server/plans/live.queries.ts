import { sql } from 'kysely';
import type { PlanState } from '../../shared/schemas/plan.ts';
import type { Db } from '../database/connection.ts';

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
