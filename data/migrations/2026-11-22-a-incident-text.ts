import { type Kysely, sql } from 'kysely';

/** Finds incidents by part of their words: three letters of a title, a place or a description lead to the rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Without the list of pending entries: every search would read all of it.
  await sql`
    CREATE INDEX incident_text ON incident
    USING gin (title gin_trgm_ops, place gin_trgm_ops, description gin_trgm_ops) WITH (fastupdate = off)`.execute(db);
}
