import { type Kysely, sql } from 'kysely';

/** How many fixes of each unit were discarded because it was off duty: numbers only, never places. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE position_discard (
      unit_id integer PRIMARY KEY REFERENCES unit ON DELETE CASCADE,
      count bigint NOT NULL
    )`.execute(db);
}
