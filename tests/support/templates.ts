import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../server/database/connection.ts';
import { migrate } from '../../server/database/migrate.ts';

/** The name of the folder in the run's own, and of the database on the served cluster, that have all migrations. */
export const MIGRATED = 'migrated';

/**
 * Makes, of either engine, a database with all migrations and no data, which tests copy instead of migrating their own.
 * What the migrations draw by lot for an installation (the live stream's epoch, and the key of cursors) is the same in all
 * copies: a test that needs two installations to differ in it makes one by `emptyConfig`.
 */
export async function makeTemplates(scratch: string, servedUrl: string): Promise<void> {
  const served = async () => makeMigrated(await createDatabase(servedUrl, MIGRATED), scratch);
  await Promise.all([makeMigrated(undefined, join(scratch, MIGRATED)), servedUrl ? served() : undefined]);
}

/** Makes a database on a cluster, empty or as a copy of another. Returns its address. */
export async function createDatabase(servedUrl: string, name: string, template?: string): Promise<string> {
  const client = new pg.Client({ connectionString: servedUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  await client.end();
  return servedUrl.replace(/\/postgres$/, `/${name}`);
}

async function makeMigrated(databaseUrl: string | undefined, dataDir: string): Promise<void> {
  const { db, close } = await openDatabase({ databaseUrl, dataDir });
  try {
    await migrate(db);
  } finally {
    await close();
  }
}
