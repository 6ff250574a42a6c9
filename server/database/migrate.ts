import { Migrator } from 'kysely';
import { migrations } from '../../data/migrations/index.ts';
import type { Db } from './connection.ts';

/** Brings the schema to the newest version. Throws the first migration's error; that migration is rolled back whole. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
