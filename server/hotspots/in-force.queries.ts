import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';

/** Whether a code is that of an area in force, or of one of which only areas within it are known. */
export async function isInForce(db: Db, code: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    SELECT EXISTS (SELECT FROM area_current WHERE code = ${code})
      OR EXISTS (SELECT FROM area_current WHERE code LIKE ${`${code}.%`}) AS known`.execute(db);
  return rows[0]?.known ?? false;
}
