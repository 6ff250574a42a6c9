import { type Kysely, sql } from 'kysely';

/** Where the subject of an event was before a change that moved it: who could see it there, by a drawn jurisdiction, is told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE event ADD place_before double precision[] CHECK (cardinality(place_before) = 2)`.execute(db);
}
