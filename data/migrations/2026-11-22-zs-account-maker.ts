import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  // Who made the account, and looks after it until it has a role; absent: a command on the server, or the token.
  'ALTER TABLE account ADD created_by integer REFERENCES account ON DELETE SET NULL',
  // What the audit log knows of those that are there.
  `UPDATE account SET created_by = maker.id FROM audit JOIN account maker ON maker.username = audit.actor
    WHERE audit.action = 'account.created' AND audit.subject = 'account:' || account.id`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
