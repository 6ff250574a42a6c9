import { sql } from 'kysely';
import type { PlanLevel } from '../../shared/schemas/plan.ts';
import type { Db, Trx } from '../database/connection.ts';

/** What there is to be painted in an area. */
export interface Paintable {
  code: string;
  /** Whether it is an area in force, or one of which only areas within it are known. */
  known: boolean;
  /** How many areas of the level lie in it, itself where it is one. */
  count: number;
}

/** What there is to be painted in each of these areas, in their order. */
export async function paintable(db: Db, level: PlanLevel, areas: readonly string[]): Promise<Paintable[]> {
  // What contains an area begins its code, so that those of each length are found by one pass over all areas.
  const lengths = [...new Set(areas.map((code) => code.length))];
  const { rows } = await sql<{ code: string; count: number }>`
    SELECT asked.code, (count(*) FILTER (WHERE c.level = ${level}))::int AS count
    FROM area_current c CROSS JOIN unnest(${lengths}::int[]) AS length
    JOIN unnest(${areas}::text[]) AS asked(code) ON asked.code = left(c.code, length)
      AND (c.code = asked.code OR substr(c.code, length + 1, 1) = '.')
    GROUP BY asked.code`.execute(db);
  const counts = new Map(rows.map(({ code, count }) => [code, count]));
  return areas.map((code) => ({ code, known: counts.has(code), count: counts.get(code) ?? 0 }));
}

/** Those of the codes that are no areas in force of the level. */
export async function notInForce(db: Db | Trx, level: PlanLevel, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return [];
  const { rows } = await sql<{ code: string }>`
    SELECT code FROM unnest(${codes}::text[]) AS asked(code)
    WHERE NOT EXISTS (SELECT FROM area_current c WHERE c.code = asked.code AND c.level = ${level})`.execute(db);
  return rows.map(({ code }) => code);
}
