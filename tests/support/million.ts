import { sql } from 'kysely';
import type { Db } from '../../server/database/connection.ts';

/** Columns and rows of square desa, two hundredths of a degree wide each, in a province of kabupaten of 5 × 85 and kecamatan of 5 × 5. */
const COLUMNS = 100;
const ROWS = 85;
/** One incident every 63 seconds: a million are two years. */
const SECONDS = 63;

/** When the newest of {@link insertIncidents} happened. */
export const NEWEST = new Date('2026-11-01T00:00:00Z');

/** 8,500 desa with all that contains them. */
export async function insertDesa(db: Db): Promise<void> {
  await sql`
    WITH import AS (
      INSERT INTO area_import (file_name, source, published_at) VALUES ('bench', 'bench', now()) RETURNING id
    ), desa AS (
      SELECT x, y, ${code(sql`x`, sql`y`)} AS code
      FROM generate_series(0, ${COLUMNS - 1}::int) AS x, generate_series(0, ${ROWS - 1}::int) AS y
    ), boxes AS (
      SELECT left(code, length) AS code, level, ST_Multi(ST_MakeEnvelope(
        109 + min(x) * 0.02, -8.5 + min(y) * 0.02, 109 + (max(x) + 1) * 0.02, -8.5 + (max(y) + 1) * 0.02, 4326)) AS geom
      FROM desa, (VALUES (2, 'provinsi'), (5, 'kabkota'), (8, 'kecamatan'), (13, 'desa')) AS levels(length, level)
      GROUP BY 1, 2
    ), stored AS (
      INSERT INTO area (import_id, code, level, name, parent_code, geom, label_point, area_m2, search_key, content_hash)
      SELECT import.id, code, level, 'Wilayah ' || code, nullif(regexp_replace(code, '\\.?[^.]*$', ''), ''), geom,
        ST_PointOnSurface(geom), ST_Area(geom::geography), lower(code), '' FROM boxes, import
      RETURNING id, code, level, parent_code
    )
    INSERT INTO area_current (code, area_id, level, parent_code) SELECT code, id, level, parent_code FROM stored`.execute(
    db,
  );
}

/** That many incidents before {@link NEWEST}, more of them in the west; the same places and times in every run. */
export async function insertIncidents(db: Db, count: number): Promise<void> {
  const pick = (values: string[], share: string) =>
    sql`(${values}::text[])[1 + floor(${sql.raw(share)} * ${values.length}::int)::int]`;
  await sql`
    INSERT INTO incident (id, category, severity, status, source, title, description, occurred_at, time_precision,
      reported_at, geom, accuracy_m, place, area_codes, area_match, request_hash)
    SELECT gen_random_uuid(), ${pick(['kamtibmas', 'pemilu', 'bencana', 'lalu_lintas', 'lainnya'], 'c * c')},
      ${pick(['low', 'moderate', 'serious', 'critical'], 'd * d')},
      ${pick(['verified', 'resolved', 'resolved', 'resolved', 'new', 'unverifiable', 'false', 'duplicate', 'assigned', 'referred'], 'e')},
      ${pick(['resident', 'radio', 'patrol', 'official'], 'f')},
      'Laporan ' || n, repeat('Dilaporkan warga lewat radio; regu terdekat menuju lokasi. ', n % 5), at, 'minute', at,
      ST_SetSRID(ST_MakePoint(109 + x * 0.02, -8.5 + y * 0.02), 4326),
      CASE WHEN f > 0.3 THEN 5 * exp(e * 6) END, 'Simpang ' || n,
      CASE WHEN n % 100 = 0 THEN '{}' ELSE ARRAY[left(code, 2), left(code, 5), left(code, 8), code] END, 'inside', md5(n::text)
    FROM (
      SELECT *, ${code(sql`floor(x)::int`, sql`floor(y)::int`)} AS code,
        ${NEWEST}::timestamptz - n * ${SECONDS}::float8 * interval '1 second' AS at
      FROM (
        SELECT n, power(${fraction('a')}, 1.5) * ${COLUMNS}::int AS x, ${fraction('b')} * ${ROWS}::int AS y,
          ${fraction('c')} AS c, ${fraction('d')} AS d, ${fraction('e')} AS e, ${fraction('f')} AS f
        FROM generate_series(1, ${count}::int) AS n OFFSET 0
      ) AS drawn OFFSET 0
    ) AS placed`.execute(db);
}

/** The code of the desa in a column and a row. */
function code(x: ReturnType<typeof sql>, y: ReturnType<typeof sql>) {
  const two = (value: ReturnType<typeof sql>) => sql`lpad((${value} / 5 + 1)::text, 2, '0')`;
  return sql`'33.' || ${two(x)} || '.' || ${two(y)} || '.' || (2001 + ${y} % 5 * 5 + ${x} % 5)`;
}

/** A number in [0, 1) of row n, another one for each name. */
function fraction(name: string) {
  return sql`((hashtext(${sql.lit(name)} || n) & 1073741823) / 1073741824.0::float8)`;
}
