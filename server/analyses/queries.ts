import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { appendAudit } from '../access/audit.queries.ts';
import type { Scope } from '../access/scope.ts';
import type { Db, Trx } from '../database/connection.ts';
import type { AnalysisTable } from '../database/tables/analyses.ts';
import type { About } from './about.ts';

/** An analysis as it is kept, without which places it is about. */
export type AnalysisRecord = Omit<Selectable<AnalysisTable>, 'about_codes' | 'about_place'>;
/** What a summary shows of it. */
export type SummaryRecord = Omit<AnalysisRecord, 'note' | 'camera' | 'figures' | 'request_hash'>;
/** What its writer gives. */
export type AnalysisContent = Pick<
  AnalysisRecord,
  'title' | 'note' | 'view' | 'spec' | 'camera' | 'figures' | 'data_version' | 'request_hash'
>;

/** Who changes something, and when. */
export interface Change {
  actor: string;
  at: Date;
}

const SUMMARY = [
  'id',
  'title',
  'view',
  'spec',
  'data_version',
  'version',
  'created_by',
  'created_at',
  'updated_by',
  'updated_at',
] as const;

/** Whether all places that an analysis is about lie in a scope: the first wall; the second is its policy. */
function analysisVisible({ everything, codes, jurisdictions }: Scope): RawBuilder<SqlBool> {
  if (everything) return sql`true`;
  return sql`(about_codes IS NOT NULL
    AND NOT EXISTS (SELECT FROM unnest(about_codes) AS code WHERE NOT ronda_code_prefixes(ARRAY[code]) && ${codes}::text[])
    AND (about_place IS NULL OR about_place = ANY ((SELECT ronda_places_covered(${jurisdictions}::int[]))::int[])))`;
}

/** The analyses that a scope shows, the latest change first. */
export async function listAnalyses(db: Db, scope: Scope, limit: number): Promise<SummaryRecord[]> {
  return db
    .selectFrom('analysis')
    .select(SUMMARY)
    .where(analysisVisible(scope))
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** One analysis, or `undefined`. With `lock`, nobody else changes it until the transaction ends. */
export async function findAnalysis(
  db: Db | Trx,
  scope: Scope,
  id: string,
  lock = false,
): Promise<AnalysisRecord | undefined> {
  return db
    .selectFrom('analysis')
    .select([...SUMMARY, 'note', 'camera', 'figures', 'request_hash'])
    .where('id', '=', id)
    .where(analysisVisible(scope))
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
}

/** Which of the analyses a scope reaches. */
export async function reached(db: Db, scope: Scope, ids: readonly string[]): Promise<Set<string>> {
  if (scope.everything || ids.length === 0) return new Set(ids);
  const rows = await db
    .selectFrom('analysis')
    .select('id')
    .where('id', 'in', [...ids])
    .where(analysisVisible(scope))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Stores a new analysis and writes it down; false when its id is taken. */
export async function insertAnalysis(
  db: Db,
  id: string,
  content: AnalysisContent,
  about: About,
  { actor, at }: Change,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const columns = await aboutColumns(trx, about);
    const inserted = await trx
      .insertInto('analysis')
      .values({
        id,
        ...stored(content),
        ...columns,
        created_by: actor,
        created_at: at,
        updated_by: actor,
        updated_at: at,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!inserted) {
      // It may have been made for this one, which is not stored.
      await sql`SELECT ronda_forget_place(${columns.about_place}::int)`.execute(trx);
      return false;
    }
    await note(trx, 'analysis.created', id, { title: content.title, areas: about.codes }, { actor, at });
    return true;
  });
}

/** Writes a new version of an analysis that is locked, and writes it down. */
export async function updateAnalysis(
  trx: Trx,
  { id, version }: AnalysisRecord,
  content: Partial<AnalysisContent>,
  about: About | undefined,
  { actor, at }: Change,
): Promise<void> {
  const columns = about && (await aboutColumns(trx, about));
  await trx
    .updateTable('analysis')
    .set({
      ...stored(content),
      ...columns,
      version: version + 1,
      updated_by: actor,
      updated_at: at,
    })
    .where('id', '=', id)
    .execute();
  const detail = { fields: Object.keys(content).filter((name) => name !== 'request_hash'), title: content.title };
  await note(trx, 'analysis.changed', id, detail, { actor, at });
}

/** Deletes an analysis that is locked, and writes it down. */
export async function deleteAnalysis(trx: Trx, { id, title }: AnalysisRecord, change: Change): Promise<void> {
  await trx.deleteFrom('analysis').where('id', '=', id).execute();
  await note(trx, 'analysis.deleted', id, { title }, change);
}

async function note(
  trx: Trx,
  action: string,
  id: string,
  detail: Record<string, unknown>,
  change: Change,
): Promise<void> {
  await appendAudit(trx, { ...change, action, subject: `analysis:${id}`, detail });
}

/** JSON columns as text: the driver would write an array as one of PostgreSQL's own. */
function stored<Content extends Partial<AnalysisContent>>(content: Content) {
  const json = (value: unknown) => (value === undefined || value === null ? value : JSON.stringify(value));
  return {
    ...content,
    ...('spec' in content && { spec: json(content.spec) }),
    ...('camera' in content && { camera: json(content.camera) }),
    ...('figures' in content && { figures: json(content.figures) }),
  };
}

/** The place has a statement of its own: the policy looks for it among those that were there when a statement began. */
async function aboutColumns(trx: Trx, { codes, drawn }: About) {
  const columns = { about_codes: codes && [...codes], about_place: null };
  if (drawn.length === 0) return columns;
  const { rows } = await sql<{ id: number | null }>`SELECT ronda_place_of(${drawn}::int[]) AS id`.execute(trx);
  return { ...columns, about_place: rows[0]?.id ?? null };
}
