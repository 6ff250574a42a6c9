import { sql } from 'kysely';
import type { Db } from './connection.ts';

const DAY_MS = 86_400_000;

/** The days (their beginnings in UTC, Unix milliseconds) that have a partition of positions, oldest first. */
export async function positionDays(db: Db): Promise<number[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'position'::regclass AND relname ~ '^position_\\d{8}$' ORDER BY relname`.execute(db);
  return rows.map(({ name }) => Date.parse(name.replace(/^position_(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3T00:00Z')));
}

/** Drops every day's partition that ends before `oldest` (Unix milliseconds). */
export async function dropDaysBefore(db: Db, oldest: number): Promise<void> {
  for (const day of await positionDays(db)) {
    if (day + DAY_MS > oldest) continue;
    const name = `position_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`;
    await sql`DROP TABLE IF EXISTS ${sql.id(name)}`.execute(db);
  }
}
