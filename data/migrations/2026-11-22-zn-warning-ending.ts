import { type Kysely, sql } from 'kysely';

/** Why a warning ended: the rise is over, or its area is no longer in force, so that nobody can say. */
const STATEMENTS = [
  `ALTER TABLE early_warning ADD end_reason text CHECK (end_reason IN ('over', 'not-in-force'))`,
  `UPDATE early_warning SET end_reason = 'over' WHERE state = 'ended'`,
  `ALTER TABLE early_warning ADD CHECK ((state = 'ended') = (end_reason IS NOT NULL))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
