import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Cell, metresPerDegree } from '../../shared/geo/grid.ts';
import type { CountLevel, Grid } from '../../shared/schemas/hotspot.ts';
import type { TimePrecision } from '../../shared/schemas/incident.ts';
import type { Scope } from '../access/scope.ts';
import { areaVisible, incidentVisible, placeVisible } from '../access/visible.queries.ts';
import type { Db } from '../database/connection.ts';
import { CODE_LENGTH, codeAt, householdsOf, KINDS, type Kind, kindOf } from '../database/counted.ts';
import type { ListPlace } from '../database/list-place.ts';
import type { Asked, Span } from './asked.ts';

type Sql = RawBuilder<unknown>;

/** Numbers of the incidents of a question that lie in one place. */
export type Tally = Record<Kind | `${Kind}Baseline` | 'unknown' | 'unknownBaseline', number>;

/** What tells whether figures of a scope are still the same: hash it before it is shown. */
export async function readVersions(
  db: Db,
  scope: Scope,
): Promise<{ areas: number; figures: number; jurisdictions: number; changes: string }> {
  const keys = scope.everything ? ['*'] : [...scope.codes, ...scope.drawn.map((id) => `j${id}`)];
  const version = (topic: string) => sql<number>`(SELECT version FROM publication WHERE topic = ${topic})`;
  const { rows } = await sql<{ areas: number; figures: number; jurisdictions: number; changes: string }>`
    SELECT ${version('areas')} AS areas, ${version('figures')} AS figures, ${version('jurisdictions')} AS jurisdictions,
      (SELECT count(*) || '.' || coalesce(sum(version), 0) FROM data_change
        WHERE key = ANY(${keys}::text[]) AND import_id <> ALL ((SELECT ronda_hidden_imports())::int[])) AS changes`.execute(
    db,
  );
  const [row] = rows;
  if (!row) throw new Error('publication has no rows');
  return row;
}

/** An area of an answer. */
export interface AreaRow {
  code: string;
  name: string;
  lon: number;
  lat: number;
  km2: number;
  households: number | null;
  tps: number;
}

/** The areas of a level in force, within an area where one is given and within the scope, by code. */
export async function listAreas(db: Db, scope: Scope, level: CountLevel, area: string | null): Promise<AreaRow[]> {
  const { rows } = await sql<AreaRow>`
    WITH ${householdsOf(level)}, stations AS (
      SELECT left(area_code, ${CODE_LENGTH[level]}) AS code, count(*)::int AS tps FROM place
      WHERE kind = 'tps' AND ${placeVisible(scope)} GROUP BY 1
    )
    SELECT c.code, a.name, ST_X(a.label_point) AS lon, ST_Y(a.label_point) AS lat, a.area_m2 / 1e6 AS km2,
      households.value AS households, coalesce(stations.tps, 0) AS tps
    FROM area_current c JOIN area a ON a.id = c.area_id
    LEFT JOIN ${sql.table(`households_${level}`)} households ON households.code = c.code
    LEFT JOIN stations ON stations.code = c.code
    WHERE ${isAnswered(scope, level, area)} ORDER BY c.code`.execute(db);
  return rows;
}

/** Whether an area in force `c` with its shape `a` is one of the answer. */
function isAnswered(scope: Scope, level: CountLevel, area: string | null): Sql {
  const within = area === null ? sql`true` : sql`(c.code = ${area} OR c.code LIKE ${`${area}.%`})`;
  return sql`c.level = ${level} AND ${within} AND ${areaVisible(scope, sql`c.code`, sql`a.label_point`)}`;
}

/** The incidents of a question by the code of the area of a level that they lie in: a wider one's, or null, where they are in none. */
export async function tallyByArea(
  db: Db,
  scope: Scope,
  asked: Asked,
  level: CountLevel,
): Promise<(Tally & { code: string | null })[]> {
  const { rows } = await sql<Tally & { code: string | null }>`
    SELECT ${codeAt(level)} AS code, ${TALLY} FROM ${matching(scope, asked)} GROUP BY 1`.execute(db);
  return rows;
}

/** Counted incidents of the period by area of the level, or of all places together, and by step of time; steps without one are left out. */
export async function countByStep(
  db: Db,
  scope: Scope,
  asked: Asked,
  level: CountLevel | null,
  stepDays: number,
): Promise<{ code: string | null; steps: number[]; counts: number[] }[]> {
  const seconds = sql`date_part('epoch', occurred_at - ${asked.period.from}::timestamptz)`;
  // A row for each area: a year of desa has hundreds of thousands of numbers.
  const { rows } = await sql<{ code: string | null; steps: number[]; counts: number[] }>`
    SELECT code, json_agg(step) AS steps, json_agg(count) AS counts FROM (
      SELECT ${level === null ? sql`''` : codeAt(level)} AS code,
        floor(${seconds} / ${stepDays * 86_400}::float8)::int AS step, count(*) FILTER (WHERE kind = 0) AS count
      FROM ${matching(scope, { ...asked, baseline: null })} GROUP BY 1, 2
    ) by_step WHERE count > 0 GROUP BY 1`.execute(db);
  return rows;
}

/** The incidents of a question, all together. */
export async function tallyAll(db: Db, scope: Scope, asked: Asked): Promise<Tally[]> {
  const { rows } = await sql<Tally>`SELECT ${TALLY} FROM ${matching(scope, asked)}`.execute(db);
  return rows;
}

/** Numbers of counted incidents whose place is known less exactly than the place that they are counted in is wide. */
export interface Coarse {
  coarse: number;
  coarseBaseline: number;
}

type CellTally = Tally & Coarse & Cell & { isSomewhere: boolean };

/** The incidents of a question by cell; `isSomewhere` says whether they lie in any area. */
export async function tallyByCell(db: Db, scope: Scope, asked: Asked, grid: Grid): Promise<CellTally[]> {
  const { rows } = await sql<CellTally>`
    SELECT q, r, area_code IS NOT NULL AS "isSomewhere", ${TALLY}, ${coarser(sql`${grid.metres}::float8`)}
    FROM ${cellsOf(grid, matching(scope, asked))} GROUP BY 1, 2, 3`.execute(db);
  return rows;
}

/** Of the incidents that are counted in areas of the level, those that are coarse; `least` is the width of the smallest area, metres. */
export async function coarseInAreas(
  db: Db,
  scope: Scope,
  asked: Asked,
  level: CountLevel,
  least: number,
): Promise<Coarse> {
  const { rows } = await sql<Coarse>`
    SELECT ${coarser(sql`width`)} FROM ${matching(scope, asked, sql`accuracy_m > ${least}::float8`)} JOIN (
      SELECT c.code, sqrt(a.area_m2) AS width FROM area_current c JOIN area a ON a.id = c.area_id
      WHERE ${isAnswered(scope, level, asked.area)}
    ) area ON area.code = ${codeAt(level)}`.execute(db);
  return rows[0] ?? { coarse: 0, coarseBaseline: 0 };
}

/** A counted incident itself. */
interface PointRow {
  id: string;
  lon: number;
  lat: number;
  /** Unix time, milliseconds. */
  occurredAt: number;
  /** The same with microseconds, ISO 8601. */
  exactly: string;
  area: string;
  accuracyM: number | null;
  timePrecision: TimePrecision;
}

/** The counted incidents of the period, oldest first, after the given one. */
export async function listPoints(
  db: Db,
  scope: Scope,
  asked: Asked,
  limit: number,
  after: ListPlace | undefined,
): Promise<PointRow[]> {
  const beyond = after
    ? sql`occurred_at >= ${after.time}::timestamptz AND (occurred_at, id) > (${after.time}::timestamptz, ${after.id}::uuid)`
    : sql`true`;
  const { rows } = await sql<PointRow>`
    SELECT id, ST_X(geom) AS lon, ST_Y(geom) AS lat, floor(extract(epoch FROM occurred_at) * 1000)::float8 AS "occurredAt",
      to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS exactly,
      coalesce(area_code, '') AS area, accuracy_m AS "accuracyM", time_precision AS "timePrecision"
    FROM incident WHERE ${matches(scope, { ...asked, baseline: null })} AND ${kindOf(asked)} = 0 AND ${beyond}
    ORDER BY occurred_at, id LIMIT ${limit}`.execute(db);
  return rows;
}

/** The numbers of a {@link Tally}, of rows of {@link matching}. */
const TALLY = sql.join([
  ...KINDS.flatMap((kind, number) => [
    sql`count(*) FILTER (WHERE kind = ${sql.lit(number)} AND in_period)::int AS ${sql.ref(kind)}`,
    sql`count(*) FILTER (WHERE kind = ${sql.lit(number)} AND in_baseline)::int AS ${sql.ref(`${kind}Baseline`)}`,
  ]),
  sql`count(*) FILTER (WHERE kind = 0 AND in_period AND accuracy_m IS NULL)::int AS unknown`,
  sql`count(*) FILTER (WHERE kind = 0 AND in_baseline AND accuracy_m IS NULL)::int AS "unknownBaseline"`,
]);

/** The numbers of {@link Coarse}, of places of this width in metres. */
function coarser(width: Sql): Sql {
  return sql`count(*) FILTER (WHERE kind = 0 AND in_period AND accuracy_m > ${width})::int AS coarse,
    count(*) FILTER (WHERE kind = 0 AND in_baseline AND accuracy_m > ${width})::int AS "coarseBaseline"`;
}

/** Rows of {@link matching} with the cell of a grid that each lies in: what `cellAt` of shared/geo/grid.ts does, operation by operation. */
export function cellsOf(grid: Grid, rows: Sql): Sql {
  const { east, north } = metresPerDegree(grid);
  const plane = sql`(SELECT *, (ST_X(geom) - ${grid.lon}::float8) * ${east}::float8 AS x,
    (ST_Y(geom) - ${grid.lat}::float8) * ${north}::float8 AS y FROM ${rows} OFFSET 0) plane`;
  if (grid.shape === 'square') {
    return sql`(SELECT *, floor(x / ${grid.metres}::float8)::int AS q, floor(y / ${grid.metres}::float8)::int AS r FROM ${plane}) cells`;
  }
  // Each step stands by itself (OFFSET 0), or the planner would write every one out wherever the next names it.
  const slanted = sql`(SELECT *, y / ${Math.sqrt(3) * grid.metres}::float8 AS slant FROM ${plane} OFFSET 0) slanted`;
  const axial = sql`(SELECT *, x / ${grid.metres}::float8 - slant AS aq, slant * 2 AS ar FROM ${slanted} OFFSET 0) axial`;
  const near = sql`(SELECT *, floor(aq + 0.5) AS nq, floor(ar + 0.5) AS nr, floor(-aq - ar + 0.5) AS ns FROM ${axial} OFFSET 0) near`;
  const off = sql`(SELECT *, abs(nq - aq) AS oq, abs(nr - ar) AS orr, abs(ns - (-aq - ar)) AS os FROM ${near} OFFSET 0) off`;
  return sql`(SELECT *, (CASE WHEN oq > orr AND oq > os THEN -nr - ns ELSE nq END)::int AS q,
    (CASE WHEN (oq <= orr OR oq <= os) AND orr > os THEN -nq - ns ELSE nr END)::int AS r FROM ${off}) cells`;
}

/**
 * The incidents that a question is about, those that it does not count among them: `kind` is the place in {@link KINDS}.
 * It is planned by itself (OFFSET 0): what it makes of a row is made once, and not by each number that is asked for.
 */
function matching(scope: Scope, asked: Asked, more: Sql = sql`true`): Sql {
  const { period, baseline } = asked;
  return sql`(SELECT occurred_at, geom, area_code, accuracy_m, ${kindOf(asked)} AS kind, ${during(period)} AS in_period,
    ${baseline ? during(baseline) : sql`false`} AS in_baseline
    FROM incident WHERE ${matches(scope, asked)} AND ${more} OFFSET 0) matching`;
}

/** Whether a row of `incident` is what a question is about. */
function matches(scope: Scope, { period, baseline, categories, subcategories, severities, area }: Asked): Sql {
  const all: Sql[] = [incidentVisible(scope)];
  all.push(baseline ? sql`(${during(period)} OR ${during(baseline)})` : during(period));
  if (categories) all.push(sql`category = ANY(${categories}::text[])`);
  if (subcategories) all.push(sql`subcategory = ANY(${subcategories}::text[])`);
  if (severities) all.push(sql`severity = ANY(${severities}::text[])`);
  if (area !== null) all.push(sql`(area_code = ${area} OR area_code LIKE ${`${area}.%`})`);
  return sql.join(all, sql` AND `);
}

function during({ from, to }: Span): RawBuilder<SqlBool> {
  return sql`(occurred_at >= ${from}::timestamptz AND occurred_at < ${to}::timestamptz)`;
}
