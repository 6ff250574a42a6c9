import { type Kysely, sql } from 'kysely';

/** Titles that were removed when their time was over, but stayed in the log of events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    UPDATE event SET data = jsonb_set(data, '{title}', to_jsonb(incident.title)) FROM incident
    WHERE lower(event.subject) = incident.id::text AND incident.text_removed_at IS NOT NULL AND event.data ? 'title'`.execute(
    db,
  );
}
