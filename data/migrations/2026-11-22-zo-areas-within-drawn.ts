import { type Kysely, sql } from 'kysely';

/**
 * Areas that lie wholly in what was drawn of a jurisdiction, the widest of each: whoever sees every place of an area sees
 * what is said of it as a whole. Filled with the shapes, and made anew as they are.
 */
const STATEMENTS = [
  `CREATE TABLE jurisdiction_within (
    jurisdiction_id integer NOT NULL REFERENCES jurisdiction ON DELETE CASCADE,
    area_code text NOT NULL
  )`,
  'CREATE INDEX jurisdiction_within_of ON jurisdiction_within (jurisdiction_id)',
  'GRANT SELECT ON jurisdiction_within TO ronda_reader, ronda_everything',
  // In a language whose plans a connection keeps.
  `CREATE FUNCTION ronda_within_drawn() RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
    BEGIN
      RETURN ARRAY(SELECT area_code FROM jurisdiction_within WHERE jurisdiction_id = ANY (ronda_jurisdictions()));
    END $$`,
  'DROP POLICY scope ON early_warning',
  // A warning is of a whole area: who reaches only a part of it by a drawn shape does not get it.
  `CREATE POLICY scope ON early_warning TO ronda_reader USING (
    scope_codes && (SELECT ronda_codes()) OR scope_codes && (SELECT ronda_within_drawn()))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
