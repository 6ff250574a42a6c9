import { sql } from 'kysely';
import type { Db } from './connection.ts';

/** How alike a word must be for `<%` to find it where nothing better was found; PostgreSQL's own 0.6 wants all but one letter. */
const LOOSE = '0.4';

/**
 * Runs a search with `<%` as strict as usual and, when it finds nothing, once more with `<%` content with words that
 * are only somewhat alike. The setting is the transaction's own: the embedded database has one session for everybody.
 */
export async function searchTwice<Row>(db: Db, search: (db: Db) => Promise<Row[]>): Promise<Row[]> {
  const found = await search(db);
  if (found.length > 0) return found;
  return db.transaction().execute(async (trx) => {
    await sql`SELECT set_config('pg_trgm.word_similarity_threshold', ${LOOSE}, true)`.execute(trx);
    return search(trx);
  });
}
