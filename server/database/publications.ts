import type { Db } from './connection.ts';

/** Versions of what has been published, by topic. */
export async function publishedVersions(db: Db): Promise<{ topic: 'areas' | 'basemap'; version: number }[]> {
  return db.selectFrom('publication').select(['topic', 'version']).execute();
}
