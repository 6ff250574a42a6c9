import { type Kysely, sql } from 'kysely';

/**
 * Whether a place is in one of the scope's shapes, as before, but in a language whose plans a connection keeps: a function
 * in SQL is read anew whenever a statement that it guards is planned, and planned anew whenever one calls it.
 */
const INSIDE = `CREATE OR REPLACE FUNCTION ronda_inside(place geometry, origins text[]) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
  BEGIN
    RETURN EXISTS (SELECT FROM jurisdiction_shape s WHERE s.jurisdiction_id = ANY (ronda_jurisdictions())
      AND s.origin = ANY (origins) AND s.geom && place AND ST_Intersects(s.geom, place));
  END $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(INSIDE).execute(db);
}
