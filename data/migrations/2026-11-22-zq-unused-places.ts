import { type Kysely, sql } from 'kysely';

/** A drawn place goes with the last analysis that is about it, in the same transaction, however that one was deleted or changed. */
const STATEMENTS = [
  // What is found is locked until the transaction ends: nobody takes it away before the analysis that needs it is there.
  `CREATE OR REPLACE FUNCTION ronda_place_of(jurisdictions integer[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
      drawn geometry := (SELECT ST_Multi(ST_Union(s.geom)) FROM jurisdiction_shape s
        WHERE s.jurisdiction_id = ANY (jurisdictions) AND s.origin = 'polygon');
      place integer;
    BEGIN
      INSERT INTO analysis_place (geom) SELECT drawn WHERE drawn IS NOT NULL
        ON CONFLICT (hash) DO UPDATE SET geom = analysis_place.geom RETURNING id INTO place;
      RETURN place;
    END $$`,
  // Locked by one statement and looked at by the next, which sees what those stored who held the lock before. Runs as the
  // owner: whoever writes analyses has no place by itself, and not all analyses.
  `CREATE FUNCTION ronda_forget_place(place integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      PERFORM FROM analysis_place WHERE id = place FOR UPDATE;
      DELETE FROM analysis_place WHERE id = place AND NOT EXISTS (SELECT FROM analysis WHERE about_place = place);
    END $$`,
  `CREATE FUNCTION ronda_forget_old_place() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
      PERFORM ronda_forget_place(OLD.about_place);
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER forget_place AFTER DELETE ON analysis FOR EACH ROW WHEN (OLD.about_place IS NOT NULL)
    EXECUTE FUNCTION ronda_forget_old_place()`,
  `CREATE TRIGGER forget_changed_place AFTER UPDATE OF about_place ON analysis FOR EACH ROW
    WHEN (OLD.about_place IS NOT NULL AND OLD.about_place IS DISTINCT FROM NEW.about_place)
    EXECUTE FUNCTION ronda_forget_old_place()`,
  // Whether another analysis is about a place is asked with each that goes.
  'CREATE INDEX analysis_about_place ON analysis (about_place) WHERE about_place IS NOT NULL',
  'DELETE FROM analysis_place place WHERE NOT EXISTS (SELECT FROM analysis WHERE about_place = place.id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
