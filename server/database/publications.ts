import type { Db } from './connection.ts';
import type { PublicationTable } from './tables.ts';

/** Versions of what has been published, and of what servers remember, by topic. */
export async function publishedVersions(db: Db): Promise<PublicationTable[]> {
  return db.selectFrom('publication').select(['topic', 'version']).execute();
}
