import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  // Whose device it is, so that a person sees what is kept of him and can take back his consent; absent: the unit's own.
  'ALTER TABLE device ADD account_id integer REFERENCES account ON DELETE SET NULL',
  'CREATE INDEX device_account ON device (account_id)',
  'CREATE INDEX enrolment_device ON enrolment (device_id)',
  // Whether a link waits is seen by who sees its device; what it is, by nobody.
  'ALTER TABLE enrolment ENABLE ROW LEVEL SECURITY',
  ...['ronda_reader', 'ronda_everything'].map(
    (role) => `GRANT SELECT (device_id, expires_at, used_at) ON enrolment TO ${role}`,
  ),
  'CREATE POLICY everything ON enrolment TO ronda_everything USING (true)',
  'CREATE POLICY scope ON enrolment TO ronda_reader USING (EXISTS (SELECT FROM device d WHERE d.id = device_id))',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
