import { type Kysely, sql } from 'kysely';

/**
 * Saved analyses. Each keeps which places its figures are about, as they were when it was saved, and only who may see all
 * of those sees it: codes of areas (null: the whole country), and the shape of what was drawn of its writer's
 * jurisdiction.
 */
const STATEMENTS = [
  `CREATE TABLE analysis (
    id uuid PRIMARY KEY,
    title text NOT NULL,
    note text NOT NULL,
    view text NOT NULL,
    spec jsonb NOT NULL,
    camera jsonb,
    figures jsonb NOT NULL,
    data_version text NOT NULL,
    about_codes text[],
    about_geom geometry(MultiPolygon, 4326),
    request_hash text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK (about_codes IS NULL OR cardinality(about_codes) > 0 OR about_geom IS NOT NULL)
  )`,
  'CREATE INDEX analysis_updated ON analysis (updated_at DESC, id)',
  // Whether all of a shape lies within these jurisdictions, to about a centimetre: a border may be cut anew elsewhere.
  `CREATE FUNCTION ronda_covers(place geometry, jurisdictions integer[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(ST_Covers(ST_Buffer(ST_Union(s.geom), 1e-7), place), false) FROM jurisdiction_shape s
    WHERE s.jurisdiction_id = ANY (jurisdictions) AND s.geom && place $$`,
  ...['ronda_reader', 'ronda_everything'].map((role) => `GRANT SELECT, INSERT, UPDATE, DELETE ON analysis TO ${role}`),
  'ALTER TABLE analysis ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY everything ON analysis TO ronda_everything USING (true) WITH CHECK (true)',
  `CREATE POLICY scope ON analysis TO ronda_reader USING (
    about_codes IS NOT NULL AND (cardinality(about_codes) = 0 OR ronda_within(about_codes))
    AND (about_geom IS NULL OR ronda_covers(about_geom, (SELECT ronda_jurisdictions()))))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
