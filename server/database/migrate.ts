import { Migrator } from 'kysely';
import { migrations } from '../../data/migrations/index.ts';
import type { Db } from './connection.ts';

/** Brings the schema to the newest version, or to that of the migration `to`. Throws the first migration's error; that migration is rolled back whole. */
export async function migrate(db: Db, to?: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await (to === undefined ? migrator.migrateToLatest() : migrator.migrateTo(to));
  if (error) throw error;
}
