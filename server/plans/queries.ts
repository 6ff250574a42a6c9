import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { PlanContent, PlanState } from '../../shared/schemas/plan.ts';
import { appendAudit } from '../access/audit.queries.ts';
import type { Db, Trx } from '../database/connection.ts';
import type { RowScope } from '../database/scoped.ts';
import type { PlanTable } from '../database/tables/plans.ts';
import type { Sight } from './sight.ts';

/** What a list shows of a plan. */
export interface SummaryRecord extends Omit<Selectable<PlanTable>, 'content' | 'request_hash'> {
  zone_count: number;
  /** Title of the plan that it was copied from; null where there is none, or none to be seen. */
  copied_title: string | null;
  /** Whether who asks may work on it. */
  may_change: boolean;
}
/** A plan as it is kept. */
export interface PlanRecord extends SummaryRecord {
  content: PlanContent;
  request_hash: string;
}

/** What its maker gives. */
export type NewRecord = Pick<
  PlanRecord,
  'id' | 'title' | 'level' | 'areas' | 'content' | 'copied_from' | 'request_hash'
>;

/** Who changes something, and when. */
export interface Change {
  actor: string;
  at: Date;
}

const SUMMARY = [
  'plan.id',
  'plan.title',
  'plan.level',
  'plan.areas',
  'plan.state',
  'plan.revision',
  'plan.version',
  'plan.copied_from',
  'plan.created_by',
  'plan.created_at',
  'plan.updated_by',
  'plan.updated_at',
  'plan.published_by',
  'plan.published_at',
] as const;

type Condition = RawBuilder<SqlBool>;

/** Whether a scope reaches all areas of a plan: the first wall; the second is its policy. */
function isReached(scope: RowScope | undefined, alias: 'plan' | 'origin'): Condition {
  if (!scope) return sql`false`;
  if (scope.everything) return sql`true`;
  return sql`NOT EXISTS (SELECT FROM unnest(${sql.ref(`${alias}.areas`)}) AS code
    WHERE NOT ronda_code_prefixes(ARRAY[code]) && ${scope.codes}::text[])`;
}

function isSeen({ read, write }: Sight, alias: 'plan' | 'origin'): Condition {
  return sql`(${isReached(read, alias)} AND (${sql.ref(`${alias}.state`)} <> 'draft' OR ${isReached(write, alias)}))`;
}

function summaries(db: Db | Trx, sight: Sight) {
  return db
    .selectFrom('plan')
    .select(SUMMARY)
    .select([
      sql<number>`jsonb_array_length(plan.content->'zones')`.as('zone_count'),
      sql<string | null>`(SELECT origin.title FROM plan origin
        WHERE origin.id = plan.copied_from AND ${isSeen(sight, 'origin')})`.as('copied_title'),
      sql<boolean>`${isReached(sight.write, 'plan')}`.as('may_change'),
    ])
    .where(isSeen(sight, 'plan'));
}

/** The plans that are seen, of one state or of all, the latest change first. */
export async function listPlans(
  db: Db,
  sight: Sight,
  state: PlanState | undefined,
  limit: number,
): Promise<SummaryRecord[]> {
  return summaries(db, sight)
    .$if(state !== undefined, (query) => query.where('plan.state', '=', state ?? 'draft'))
    .orderBy('plan.updated_at', 'desc')
    .orderBy('plan.id')
    .limit(limit)
    .execute();
}

/** One plan, or `undefined`. With `lock`, nobody else changes it until the transaction ends. */
export async function findPlan(db: Db | Trx, sight: Sight, id: string, lock = false): Promise<PlanRecord | undefined> {
  return summaries(db, sight)
    .select(['plan.content', 'plan.request_hash'])
    .where('plan.id', '=', id)
    .$if(lock, (query) => query.forUpdate('plan'))
    .executeTakeFirst();
}

/** Stores a new plan and writes it down; false when its id is taken. */
export async function insertPlan(trx: Trx, plan: NewRecord, { actor, at }: Change): Promise<boolean> {
  const inserted = await trx
    .insertInto('plan')
    .values({
      ...plan,
      content: JSON.stringify(plan.content),
      created_by: actor,
      created_at: at,
      updated_by: actor,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) return false;
  const { title, level, areas, copied_from: copiedFrom } = plan;
  await note(trx, 'plan.created', plan.id, { title, level, areas, ...(copiedFrom && { copiedFrom }) }, { actor, at });
  return true;
}

/** Changes a plan that is locked. */
export async function updatePlan(
  trx: Trx,
  id: string,
  {
    content,
    ...columns
  }: Partial<
    Pick<PlanRecord, 'title' | 'content' | 'revision' | 'version' | 'state' | 'published_by' | 'published_at'>
  >,
  { actor, at }: Change,
): Promise<void> {
  await trx
    .updateTable('plan')
    .set({ ...columns, ...(content && { content: JSON.stringify(content) }), updated_by: actor, updated_at: at })
    .where('id', '=', id)
    .execute();
}

/** Deletes a plan that is locked, and writes it down. */
export async function deletePlan(trx: Trx, { id, title }: PlanRecord, change: Change): Promise<void> {
  await trx.deleteFrom('plan').where('id', '=', id).execute();
  await note(trx, 'plan.deleted', id, { title }, change);
}

/** Writes down what became of a plan. Append last: the end of the log stays locked until the transaction ends. */
export async function note(
  trx: Trx,
  action: `plan.${'created' | 'published' | 'archived' | 'deleted'}`,
  id: string,
  detail: Record<string, unknown>,
  change: Change,
): Promise<void> {
  await appendAudit(trx, { ...change, action, subject: `plan:${id}`, detail });
}
