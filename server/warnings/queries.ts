import { type Selectable, sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { AreaLevel } from '../../shared/area-code.ts';
import type { IncidentCategory } from '../../shared/schemas/incident.ts';
import type { WarningOutcome, WarningRule, WarningSeries, WarningState } from '../../shared/schemas/warning.ts';
import { type Scope, wholeAreas } from '../access/scope.ts';
import type { Db, Trx } from '../database/connection.ts';
import type { ListPlace } from '../database/list-place.ts';
import type { EarlyWarningTable } from '../database/tables/analyses.ts';

/** A warning with the name of its area. */
export type WarningRecord = Omit<Selectable<EarlyWarningTable>, 'scope_codes'> & { name: string; level: AreaLevel };

/** What a {@link WarningRecord} is read from, with the next. */
export const COLUMNS = [
  'early_warning.id',
  'area_code',
  'lon',
  'lat',
  'category',
  'rule',
  'state',
  sql<string>`to_char(since, 'YYYY-MM-DD')`.as('since'),
  sql<string>`to_char(last_day, 'YYYY-MM-DD')`.as('last_day'),
  'observed',
  'expected',
  'statistic',
  'upper_bound',
  'weeks',
  'observed_weeks',
  'expected_weeks',
  'p',
  'series',
  'run_id',
  'data_version',
  'raised_at',
  'ended_at',
  'end_reason',
  'outcome',
  'outcome_by',
  'outcome_at',
  'outcome_note',
  'version',
] as const;

/** Name and level by the areas in force; of one that is no more, its code. */
export const AREA = [
  sql<string>`coalesce((SELECT a.name FROM area_current c JOIN area a ON a.id = c.area_id WHERE c.code = area_code), area_code)`.as(
    'name',
  ),
  sql<AreaLevel>`CASE cardinality(string_to_array(area_code, '.')) WHEN 3 THEN 'kecamatan' ELSE 'desa' END`.as('level'),
] as const;

/** The first wall; row-level security is the second. A warning is of a whole area. */
function visible(scope: Scope) {
  return scope.everything ? sql<boolean>`true` : sql<boolean>`scope_codes && ${wholeAreas(scope).codes}::text[]`;
}

/** What a list of warnings is narrowed to; absent fields do not narrow. */
export interface WarningFilter {
  state?: WarningState | undefined;
  /** Code of an area: it and everything within it. */
  area?: string | undefined;
  categories?: readonly IncidentCategory[] | undefined;
}

/** A page of warnings, those raised last first, with the place of the next page or `null` at the end. */
export async function listWarnings(
  db: Db,
  scope: Scope,
  { state, area, categories }: WarningFilter,
  limit: number,
  after: ListPlace | undefined,
): Promise<{ records: WarningRecord[]; next: ListPlace | null }> {
  const rows = await db
    .selectFrom('early_warning')
    .select([
      ...COLUMNS,
      ...AREA,
      sql<string>`to_char(raised_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('exact_time'),
    ])
    .where(visible(scope))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'open'))
    .$if(area !== undefined, (query) => query.where(sql<boolean>`scope_codes @> ARRAY[${area}]::text[]`))
    .$if(categories !== undefined, (query) => query.where('category', 'in', categories ?? []))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`raised_at <= ${after?.time}::timestamptz AND (raised_at < ${after?.time}::timestamptz OR early_warning.id > ${after?.id}::uuid)`,
      ),
    )
    .orderBy('raised_at', 'desc')
    .orderBy('early_warning.id')
    .limit(limit + 1)
    .execute();
  const records = rows.slice(0, limit);
  const last = records.at(-1);
  return { records, next: rows.length > limit && last ? { time: last.exact_time, id: last.id } : null };
}

/** One warning, or `undefined`. With `lock`, nobody else changes it until the transaction ends. */
export async function findWarning(
  db: Db | Trx,
  scope: Scope,
  id: string,
  lock = false,
): Promise<WarningRecord | undefined> {
  return db
    .selectFrom('early_warning')
    .select([...COLUMNS, ...AREA])
    .where('early_warning.id', '=', id)
    .where(visible(scope))
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
}

/** Writes down what became of a warning, or takes it back. */
export async function storeOutcome(
  trx: Trx,
  id: string,
  version: number,
  { outcome, by, at, note }: { outcome: WarningOutcome | null; by: string; at: Date; note: string },
): Promise<void> {
  await trx
    .updateTable('early_warning')
    .set({
      outcome,
      outcome_by: outcome && by,
      outcome_at: outcome && at,
      outcome_note: outcome ? note : '',
      version,
    })
    .where('id', '=', id)
    .execute();
}

/** How many warnings of each rule came to what. */
export async function countOutcomes(
  db: Db,
  scope: Scope,
): Promise<{ rule: WarningRule; outcome: WarningOutcome | null; count: number }[]> {
  return db
    .selectFrom('early_warning')
    .select(['rule', 'outcome', sql<number>`count(*)::int`.as('count')])
    .where(visible(scope))
    .groupBy(['rule', 'outcome'])
    .execute();
}

/** What a run found of one area, category and rule, as it is stored. */
export interface FoundWarning {
  area: string;
  lon: number;
  lat: number;
  category: IncidentCategory;
  rule: WarningRule;
  since: string;
  lastDay: string;
  observed: number;
  expected: number;
  statistic: number;
  upperBound: number;
  weeks: number;
  observedWeeks: number;
  expectedWeeks: number;
  p: number;
  series: WarningSeries;
  /** Of the counts of its kabupaten or kota. */
  dataVersion: string;
}

/** Of a warning that a run wrote, whether it is new. */
export type PublishedWarning = WarningRecord & { isNew: boolean };

/**
 * Writes what a run found: continues the open warning of the same area, category and rule, or opens one. A rise that was
 * seen to begin earlier keeps its beginning.
 */
export async function upsertWarnings(
  trx: Trx,
  { run, at }: { run: number; at: Date },
  found: readonly FoundWarning[],
): Promise<PublishedWarning[]> {
  if (found.length === 0) return [];
  const rows = await trx
    .insertInto('early_warning')
    .values(
      found.map((one) => ({
        id: uuidv7(),
        area_code: one.area,
        lon: one.lon,
        lat: one.lat,
        category: one.category,
        rule: one.rule,
        since: one.since,
        last_day: one.lastDay,
        observed: one.observed,
        expected: one.expected,
        statistic: one.statistic,
        upper_bound: one.upperBound,
        weeks: one.weeks,
        observed_weeks: one.observedWeeks,
        expected_weeks: one.expectedWeeks,
        p: one.p,
        series: JSON.stringify(one.series),
        run_id: run,
        data_version: one.dataVersion,
        raised_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['area_code', 'category', 'rule'])
        .where('state', '=', 'open')
        .doUpdateSet((set) => ({
          since: sql`least(early_warning.since, excluded.since)`,
          lon: set.ref('excluded.lon'),
          lat: set.ref('excluded.lat'),
          last_day: set.ref('excluded.last_day'),
          observed: set.ref('excluded.observed'),
          expected: set.ref('excluded.expected'),
          statistic: set.ref('excluded.statistic'),
          upper_bound: set.ref('excluded.upper_bound'),
          weeks: set.ref('excluded.weeks'),
          observed_weeks: set.ref('excluded.observed_weeks'),
          expected_weeks: set.ref('excluded.expected_weeks'),
          p: set.ref('excluded.p'),
          series: set.ref('excluded.series'),
          run_id: set.ref('excluded.run_id'),
          data_version: set.ref('excluded.data_version'),
          version: sql`early_warning.version + 1`,
        })),
    )
    .returning([...COLUMNS, ...AREA])
    .execute();
  return rows.map((row) => ({ ...row, isNew: row.version === 1 }));
}

/** Where areas are labelled, degrees, by code; those no longer in force are missing. */
export async function labelPoints(
  db: Db,
  codes: readonly string[],
): Promise<Map<string, { lon: number; lat: number }>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<{ code: string; lon: number; lat: number }>`
    SELECT c.code, ST_X(a.label_point) AS lon, ST_Y(a.label_point) AS lat
    FROM area_current c JOIN area a ON a.id = c.area_id WHERE c.code = ANY(${[...new Set(codes)]}::text[])`.execute(db);
  return new Map(rows.map(({ code, lon, lat }) => [code, { lon, lat }]));
}
