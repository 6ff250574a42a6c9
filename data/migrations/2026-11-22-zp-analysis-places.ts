import { type Kysely, sql } from 'kysely';

/**
 * The drawn places that saved analyses are about, each once: many analyses of one jurisdiction are about the same, and
 * whether a reader reaches all of it is asked once for a statement instead of for every analysis.
 */
const STATEMENTS = [
  `CREATE TABLE analysis_place (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    hash text NOT NULL UNIQUE GENERATED ALWAYS AS (md5(ST_AsBinary(geom, 'NDR'))) STORED
  )`,
  'INSERT INTO analysis_place (geom) SELECT about_geom FROM analysis WHERE about_geom IS NOT NULL ON CONFLICT DO NOTHING',
  'ALTER TABLE analysis ADD about_place integer REFERENCES analysis_place',
  `UPDATE analysis SET about_place = place.id FROM analysis_place place WHERE place.hash = md5(ST_AsBinary(about_geom, 'NDR'))`,

  // The place that was drawn of these jurisdictions, as it is today; null where nothing of it is in force. Runs as the
  // owner: whoever reads analyses reads no place by itself.
  `CREATE FUNCTION ronda_place_of(jurisdictions integer[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE drawn geometry := (SELECT ST_Multi(ST_Union(s.geom)) FROM jurisdiction_shape s
      WHERE s.jurisdiction_id = ANY (jurisdictions) AND s.origin = 'polygon');
    BEGIN
      INSERT INTO analysis_place (geom) SELECT drawn WHERE drawn IS NOT NULL ON CONFLICT DO NOTHING;
      RETURN (SELECT id FROM analysis_place WHERE hash = md5(ST_AsBinary(drawn, 'NDR')));
    END $$`,
  // All places that lie wholly within these jurisdictions: those beyond their bounds are not looked at.
  `CREATE FUNCTION ronda_places_covered(jurisdictions integer[]) RETURNS integer[] LANGUAGE plpgsql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE bounds geometry := (SELECT ST_Expand(ST_Extent(s.geom)::geometry, 1e-7) FROM jurisdiction_shape s
      WHERE s.jurisdiction_id = ANY (jurisdictions));
    BEGIN
      RETURN ARRAY(SELECT id FROM analysis_place place WHERE place.geom @ ST_SetSRID(bounds, 4326) AND ronda_covers(place.geom, jurisdictions));
    END $$`,

  'DROP POLICY scope ON analysis',
  `CREATE POLICY scope ON analysis TO ronda_reader USING (
    about_codes IS NOT NULL AND (cardinality(about_codes) = 0 OR ronda_within(about_codes))
    AND (about_place IS NULL OR about_place = ANY ((SELECT ronda_places_covered(ronda_jurisdictions()))::integer[])))`,
  // With its check, which names the column.
  'ALTER TABLE analysis DROP COLUMN about_geom',
  'ALTER TABLE analysis ADD CHECK (about_codes IS NULL OR cardinality(about_codes) > 0 OR about_place IS NOT NULL)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
