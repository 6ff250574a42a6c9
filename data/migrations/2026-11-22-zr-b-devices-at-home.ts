import { type Kysely, sql } from 'kysely';

const AT_HOME = 'unit_id IN (SELECT ronda_home_units())';

/** As with units: the devices of one that passes through are seen, but added and changed only where it belongs. */
const STATEMENTS = [
  'DROP POLICY scope ON device',
  'CREATE POLICY scope ON device FOR SELECT TO ronda_reader USING (EXISTS (SELECT FROM unit u WHERE u.id = unit_id))',
  `CREATE POLICY scope_insert ON device FOR INSERT TO ronda_reader WITH CHECK (${AT_HOME})`,
  `CREATE POLICY scope_update ON device FOR UPDATE TO ronda_reader USING (${AT_HOME})`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
