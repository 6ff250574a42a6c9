import { type RawBuilder, sql } from 'kysely';
import { type AreaLevel, parentOfCode } from '../../shared/area-code.ts';
import type { Successor } from '../../shared/errors.ts';
import type { AreaDetail, AreaSummary } from '../../shared/schemas/area.ts';
import type { Db } from '../database/connection.ts';
import { searchTwice } from '../database/spelling.ts';
import type { AreaSearch } from './search.ts';

type SummaryRow = Omit<AreaSummary, 'path'>;

/** Areas that match, best first: see {@link AreaSearch} for the order. */
export async function searchAreas(db: Db, search: AreaSearch, limit: number): Promise<AreaSummary[]> {
  const { level, below, childrenOf } = search;
  const filters: RawBuilder<unknown>[] = [];
  if (level) filters.push(sql`c.level = ${level}`);
  if (below) filters.push(sql`c.code LIKE ${`${below}.%`}`);
  if (childrenOf) filters.push(sql`c.parent_code = ${childrenOf}`);
  const { match, order } = matchOf(search);
  if (match) filters.push(match);
  const run = async (on: Db) => {
    const { rows } = await sql<SummaryRow>`
      SELECT c.code, a.name, c.level, c.parent_code AS parent
      FROM area_current c JOIN area a ON a.id = c.area_id
      ${filters.length > 0 ? sql`WHERE ${sql.join(filters, sql` AND `)}` : sql``}
      ORDER BY ${order} ${LEVEL_ORDER}, ${nearness(search)} c.code
      LIMIT ${limit}`.execute(on);
    return rows;
  };
  const byName = search.text && 'key' in search.text && search.text.key.length > 2;
  return withPaths(db, byName ? await searchTwice(db, run) : await run(db));
}

const LEVEL_ORDER = sql`array_position(ARRAY['provinsi', 'kabkota', 'kecamatan', 'desa', 'rw'], c.level)`;

function matchOf({ text, typed, levelHint }: AreaSearch): {
  match: RawBuilder<unknown> | undefined;
  order: RawBuilder<unknown>;
} {
  if (!text) return { match: undefined, order: sql`` };
  if ('code' in text) {
    const { code, digits } = text;
    return {
      match: sql`(c.code LIKE ${`${code}%`} OR a.bps_code = ${digits})`,
      order: sql`c.code <> ${code},`,
    };
  }
  const { key } = text;
  const [begins, wordBegins, contains] = [`${key}%`, `% ${key}%`, `%${key}%`];
  // Of one or two letters only beginnings are looked for: anything else would be half the country.
  const loose =
    key.length > 2 ? sql`OR a.search_key LIKE ${contains} OR a.search_key % ${key} OR ${key} <% a.search_key` : sql``;
  return {
    match: sql`(a.search_key LIKE ${begins} OR a.search_key LIKE ${wordBegins} ${loose})`,
    order: sql`
      lower(a.name) <> ${typed},
      a.search_key NOT LIKE ${contains},
      ${levelHint ? sql`c.level <> ${levelHint},` : sql``}
      CASE WHEN a.search_key = ${key} THEN 0 WHEN a.search_key LIKE ${begins} THEN 1
           WHEN a.search_key LIKE ${wordBegins} THEN 2 ELSE 3 END,
      CASE WHEN a.search_key LIKE ${contains} THEN 0
           ELSE -greatest(similarity(a.search_key, ${key}), word_similarity(${key}, a.search_key)) END,`,
  };
}

/** Among equals, the name that is spelt most like what was typed comes first: `kota bandung` before `kabupaten bandung`. */
function nearness({ text, typed }: AreaSearch): RawBuilder<unknown> {
  return text && 'key' in text ? sql`-similarity(lower(a.name), ${typed}), a.name,` : sql``;
}

async function withPaths(db: Db, rows: SummaryRow[]): Promise<AreaSummary[]> {
  const codes = new Set(rows.flatMap((row) => codesAbove(row)));
  const names = new Map<string, string>();
  if (codes.size > 0) {
    const above = await db
      .selectFrom('area_current')
      .innerJoin('area', 'area.id', 'area_current.area_id')
      .select(['area.code', 'area.name'])
      .where('area_current.code', 'in', [...codes])
      .execute();
    for (const { code, name } of above) names.set(code, name);
  }
  return rows.map((row) => ({
    ...row,
    path: codesAbove(row).flatMap((code) => names.get(code) ?? []),
  }));
}

/** Codes above an area, nearest first. */
function codesAbove({ code, parent }: SummaryRow): string[] {
  const codes: string[] = [];
  for (let above = parent ?? parentOfCode(code); above; above = parentOfCode(above)) codes.push(above);
  return codes;
}

/** One area in force, or `undefined`. */
export async function findArea(db: Db, code: string): Promise<AreaDetail | undefined> {
  const { rows } = await sql<
    Omit<AreaDetail, 'path' | 'labelPoint' | 'bounds'> & Record<'x' | 'y' | 'w' | 's' | 'e' | 'n', number>
  >`
    SELECT c.code, a.name, c.level, c.parent_code AS parent, a.bps_code AS "bpsCode", a.area_m2 / 1e6 AS "areaKm2",
      ST_X(a.label_point) AS x, ST_Y(a.label_point) AS y,
      ST_XMin(a.geom) AS w, ST_YMin(a.geom) AS s, ST_XMax(a.geom) AS e, ST_YMax(a.geom) AS n,
      i.source, a.valid_from::text AS "validFrom", a.valid_to::text AS "validTo",
      (SELECT count(*)::int FROM area_current below WHERE below.parent_code = c.code) AS "childCount"
    FROM area_current c JOIN area a ON a.id = c.area_id JOIN area_import i ON i.id = a.import_id
    WHERE c.code = ${code}`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  const { x, y, w, s, e, n, ...rest } = row;
  const [summary] = await withPaths(db, [rest]);
  return { ...rest, path: summary?.path ?? [], labelPoint: [x, y], bounds: [w, s, e, n] };
}

/** What took the place of a code that is no longer in force, lowest code first, by its latest name, with the day since when. */
export async function successorsOf(db: Db, code: string): Promise<Successor[]> {
  const { rows } = await sql<{ code: string; name: string | null; since: string | null }>`
    SELECT x.new_code AS code, x.since::text AS since,
      (SELECT a.name FROM area a JOIN area_import i ON i.id = a.import_id
       WHERE a.code = x.new_code AND i.published_at IS NOT NULL ORDER BY a.id DESC LIMIT 1) AS name
    FROM area_crosswalk x WHERE x.old_code = ${code} ORDER BY x.new_code`.execute(db);
  return rows.map(({ code, name, since }) => ({ code, ...(name && { name }), ...(since && { since }) }));
}

/** The last day on which an area of this code was in force, ISO; `undefined` when there never was one. */
export async function lastDayOf(db: Db, code: string): Promise<string | undefined> {
  const { rows } = await sql<{ day: string }>`
    SELECT max(a.valid_to)::text AS day FROM area a JOIN area_import i ON i.id = a.import_id
    WHERE a.code = ${code} AND i.published_at IS NOT NULL HAVING max(a.valid_to) IS NOT NULL`.execute(db);
  return rows[0]?.day;
}

export interface AreaGeometry {
  name: string;
  level: AreaLevel;
  /** GeoJSON coordinates of a MultiPolygon, degrees, longitude first. */
  coordinates: number[][][][];
}

/** The shape of an area in force: in full, or as simplified for a band. `undefined` when there is none. */
export async function findGeometry(db: Db, code: string, band: number | undefined): Promise<AreaGeometry | undefined> {
  const { rows } = await sql<{ name: string; level: AreaLevel; geometry: string }>`
    SELECT a.name, c.level, ST_AsGeoJSON(${band === undefined ? sql`a.geom` : sql`s.geom`}, 7) AS geometry
    FROM area_current c JOIN area a ON a.id = c.area_id
    ${band === undefined ? sql`` : sql`JOIN area_shape s ON s.area_id = a.id AND s.band = ${band}`}
    WHERE c.code = ${code}`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  const { coordinates } = JSON.parse(row.geometry) as { coordinates: number[][][][] };
  return { name: row.name, level: row.level, coordinates };
}
