import { type Kysely, sql } from 'kysely';

/** How often texts were removed whose time is over: servers then forget what they keep of them to resume from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`INSERT INTO publication VALUES ('texts', 0)`.execute(db);
}
