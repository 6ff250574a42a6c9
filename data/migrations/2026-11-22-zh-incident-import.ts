import { type Kysely, sql } from 'kysely';

/**
 * Imports of incidents. Their rows are written in short batches and nobody sees them until the import's `published_at`
 * is set: one switch makes all of them visible.
 */
const STATEMENTS = [
  `CREATE TABLE incident_import (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    file_name text NOT NULL,
    source text NOT NULL,
    owner text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    beat_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz,
    given_up_at timestamptz,
    report jsonb,
    CHECK (published_at IS NULL OR given_up_at IS NULL)
  )`,
  // Two at a time of one source would each take the other's hidden rows for rows that are there.
  'CREATE UNIQUE INDEX incident_import_running ON incident_import (source) WHERE published_at IS NULL',
  'ALTER TABLE incident ADD import_id integer REFERENCES incident_import',
  'CREATE INDEX incident_import_rows ON incident (import_id) WHERE import_id IS NOT NULL',
  // Runs as the owner: who reads incidents need not read who imported them. In a language whose plans a connection keeps.
  `CREATE FUNCTION ronda_hidden_imports() RETURNS integer[] LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN (SELECT coalesce(array_agg(id), '{}') FROM incident_import WHERE published_at IS NULL);
    END $$`,
  'DROP POLICY scope ON incident',
  `CREATE POLICY scope ON incident TO ronda_reader USING (
    (import_id IS NULL OR import_id <> ALL ((SELECT ronda_hidden_imports())::integer[]))
    AND (scope_codes && (SELECT ronda_codes()) OR ronda_inside(geom, '{polygon}')))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
