import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  // When its owner took back his consent: what it sent before is deleted, also what was still on its way then.
  'ALTER TABLE device ADD withdrawn_at timestamptz',
  // Whose text was removed because its time was over.
  'ALTER TABLE incident ADD text_removed_at timestamptz',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
