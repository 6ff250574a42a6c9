import { type Kysely, sql } from 'kysely';

/** Since when a unit is on duty: what its phone saw before is not taken, however late it is sent. Absent: always. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE unit ADD duty_since timestamptz`.execute(db);
}
