import { type Kysely, sql } from 'kysely';

const AT_HOME = 'scope_codes && (SELECT ronda_codes())';

/**
 * A unit that passes through is seen, but changed only where it belongs: who could give it another home would see wherever
 * it goes. So it is with what it sent that could not be used, which may be of anywhere.
 */
const STATEMENTS = [
  'DROP POLICY scope ON unit',
  `CREATE POLICY scope ON unit FOR SELECT TO ronda_reader USING (${AT_HOME} OR EXISTS (
    SELECT FROM unit_position p WHERE p.unit_id = unit.id AND ronda_inside(p.geom, '{area,polygon}')))`,
  `CREATE POLICY scope_insert ON unit FOR INSERT TO ronda_reader WITH CHECK (${AT_HOME})`,
  `CREATE POLICY scope_update ON unit FOR UPDATE TO ronda_reader USING (${AT_HOME})`,
  'DROP POLICY scope ON position_quarantine',
  `CREATE POLICY scope ON position_quarantine FOR SELECT TO ronda_reader USING (EXISTS (
    SELECT FROM device d WHERE d.id = device_id AND d.unit_id IN (SELECT ronda_home_units())))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
