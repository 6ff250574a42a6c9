import { type Kysely, sql } from 'kysely';

/** The newest step (30 s since 1970) of which an account has used a code of its app: no server takes one twice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE account ADD totp_step bigint NOT NULL DEFAULT 0`.execute(db);
}
