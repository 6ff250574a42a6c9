import { type Kysely, sql } from 'kysely';

/** Who changes a unit appends to the audit log in the same transaction, and can neither read nor change what stands there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const role of ['ronda_reader', 'ronda_everything']) {
    await sql.raw(`GRANT INSERT ON audit TO ${role}`).execute(db);
    await sql.raw(`GRANT SELECT (seq, hash), UPDATE (seq, hash) ON audit_head TO ${role}`).execute(db);
  }
}
