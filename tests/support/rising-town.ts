import { sql } from 'kysely';
import type { Db } from '../../server/database/connection.ts';
import { box, putAreas } from './areas.ts';

const DAY_MS = 86_400_000;

/** A moment after the quiet hour of WITA's 22 November; its last whole day is the 21st. */
export const NOON = Date.parse('2026-11-22T04:00:00Z');

export interface Rise {
  code: string;
  /** Incidents in each of the weeks up to the last day, oldest first. */
  weeks: readonly number[];
  category?: string;
  status?: string;
  source?: string;
}

/** Puts kota 52.71 and 52.08 in force, each with a kecamatan 01 of two desa, 1001 and 1002. */
export async function putTowns(db: Db): Promise<void> {
  const areas = ['52.71', '52.08'].flatMap((kota, index) => {
    const west = 116 + index;
    return [
      box(kota, `Kota ${kota}`, [west, -9, west + 1, -8]),
      box(`${kota}.01`, `Kecamatan ${kota}`, [west, -9, west + 1, -8]),
      box(`${kota}.01.1001`, `Desa Satu ${kota}`, [west, -9, west + 0.5, -8]),
      box(`${kota}.01.1002`, `Desa Dua ${kota}`, [west + 0.5, -9, west + 1, -8]),
    ];
  });
  await putAreas(db, [box('52', 'Provinsi', [116, -9, 118, -8]), ...areas]);
}

/** Stores incidents as they would have been counted week by week until `now`'s day in WITA began. */
export async function putIncidents(db: Db, rises: readonly Rise[], now = NOON): Promise<void> {
  const offset = 8 * 3_600_000;
  const end = Math.floor((now + offset) / DAY_MS) * DAY_MS - offset;
  const rows = rises.flatMap(({ code, weeks, category = 'kamtibmas', status = 'resolved', source = 'resident' }) =>
    weeks.flatMap((count, week) =>
      Array.from({ length: count }, (_, one) => ({
        code,
        category,
        status,
        source,
        at: new Date(end - (weeks.length - week) * 7 * DAY_MS + ((one + 0.5) / count) * 7 * DAY_MS),
      })),
    ),
  );
  const column = <K extends keyof (typeof rows)[number]>(key: K) => rows.map((row) => row[key]);
  await sql`
    INSERT INTO incident (id, category, severity, status, source, title, occurred_at, time_precision, reported_at, geom,
      area_codes, request_hash)
    SELECT gen_random_uuid(), category, 'moderate', status, source, 'Kejadian', at, 'hour', at,
      ST_SetSRID(ST_MakePoint(116.2, -8.5), 4326),
      ARRAY[split_part(code, '.', 1) || '.' || split_part(code, '.', 2),
        split_part(code, '.', 1) || '.' || split_part(code, '.', 2) || '.' || split_part(code, '.', 3), code], ''
    FROM unnest(${column('code')}::text[], ${column('category')}::text[], ${column('status')}::text[],
      ${column('source')}::text[], ${column('at').map((at) => at.toISOString())}::timestamptz[])
      AS row (code, category, status, source, at)`.execute(db);
}

/** Weeks of a steady number, and of another one at the end. */
export function steady(weeks: number, count: number, last: readonly number[] = []): number[] {
  return [...Array.from({ length: weeks - last.length }, (_, week) => count + (week % 2)), ...last];
}
