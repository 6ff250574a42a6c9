import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { ConfigError } from '../config.ts';
import { type Engine, startEngine } from './embedded/engine.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
/** A transaction, where a function insists on running within one. */
export type Trx = Transaction<Tables>;

export interface Database {
  db: Db;
  pool: pg.Pool;
  /** `embedded` or `served`, for what is shown to people; no code path depends on it. */
  kind: 'embedded' | 'served';
  engine: Engine | undefined;
  close(): Promise<void>;
}

/** The embedded engine runs one statement at a time, so more connections than this only queue. */
const POOL_SIZE = { embedded: 4, served: 10 };

/**
 * Connects to the served database, or starts the embedded one and connects to that.
 * Throws {@link ConfigError} with one line that says what to do when neither is possible.
 */
export async function openDatabase(
  options: { databaseUrl: string | undefined; dataDir: string },
  onProgress: (text: string) => void = () => {},
): Promise<Database> {
  const { databaseUrl, dataDir } = options;
  const engine = databaseUrl ? undefined : await startEmbedded(dataDir, onProgress);
  const kind = engine ? 'embedded' : 'served';
  const pool = new pg.Pool({
    ...(engine
      ? { host: engine.socketFolder, user: 'postgres', database: 'postgres' }
      : { connectionString: databaseUrl }),
    max: POOL_SIZE[kind],
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  // One that breaks while it is lent out tells its query, and says so once more by an event.
  pool.on('connect', (client) => client.on('error', () => {}));
  const db: Db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    await db.destroy();
    await engine?.close();
  };
  try {
    if (!engine) await checkServer(db);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, pool, kind, engine, close };
}

async function startEmbedded(dataDir: string, onProgress: (text: string) => void): Promise<Engine> {
  try {
    return await startEngine(dataDir, onProgress);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'FolderNotPrivateError') throw new ConfigError(message);
    if (name !== 'FolderLockedError') throw error;
    throw new ConfigError(
      `The data folder ${dataDir} is ${message}: stop that one, or set DATA_DIR to another folder.`,
    );
  }
}

const EXTENSIONS = ['postgis', 'pg_trgm', 'btree_gist'];

/** PostgreSQL: the server is starting, or recovering from a crash. */
const COMES_UP = '57P03';
const COMES_UP_WAIT_MS = 30_000;

/** Whether the server answers; false while it only comes up. Throws when it cannot be reached, or not before `deadline`. */
async function answers(db: Db, deadline: number): Promise<boolean> {
  try {
    await sql`SELECT 1`.execute(db);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === COMES_UP && Date.now() < deadline) return false;
    throw error;
  }
}

async function checkServer(db: Db): Promise<void> {
  try {
    const deadline = Date.now() + COMES_UP_WAIT_MS;
    while (!(await answers(db, deadline))) await delay(200);
  } catch (error) {
    throw new ConfigError(
      `The database at DATABASE_URL cannot be reached (${(error as Error).message || (error as NodeJS.ErrnoException).code}): start it, or correct the address.`,
    );
  }
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM pg_available_extensions WHERE name = 'postgis'`.execute(db);
  if (rows.length === 0) {
    throw new ConfigError(
      'The database server at DATABASE_URL has no PostGIS: install it there (Debian: postgresql-15-postgis-3).',
    );
  }
  try {
    for (const name of EXTENSIONS) await sql.raw(`CREATE EXTENSION IF NOT EXISTS ${name}`).execute(db);
  } catch (error) {
    throw new ConfigError(
      `The database at DATABASE_URL cannot be given its extensions (${(error as Error).message}): have an administrator run, in that database, ${EXTENSIONS.map((name) => `CREATE EXTENSION ${name};`).join(' ')}`,
    );
  }
}
