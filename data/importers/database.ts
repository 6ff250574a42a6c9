import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Config, ConfigError } from '../../server/config.ts';
import { type Db, openDatabase } from '../../server/database/connection.ts';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import { requirePrivate } from '../../server/database/embedded/private-folder.ts';
import { migrate } from '../../server/database/migrate.ts';
import type { Tables } from '../../server/database/tables.ts';

/** How long to wait for a server that has the data folder and is still starting. */
const WAIT_MS = 30_000;

export interface ImportDatabase {
  db: Db;
  kind: 'embedded' | 'served';
  /** Where it is, for people. */
  place: string;
  close(): Promise<void>;
}

/**
 * The database to import into: the served one, the embedded one of a running server through its socket, or the embedded
 * one started for the occasion. Throws `ConfigError` with one line that says what to do.
 */
export async function openImportDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  say: (text: string) => void,
): Promise<ImportDatabase> {
  if (config.databaseUrl) return openOwn(config, 'the served database', say);
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const running = await connectToRunning(config.dataDir);
    if (running) return running;
    try {
      return await openOwn(config, `the embedded database in ${config.dataDir}`, say);
    } catch (error) {
      // Another process has the folder: a server that starts, whose socket will be there in a moment.
      if (!(error instanceof ConfigError) || Date.now() > deadline) throw error;
      await delay(200);
    }
  }
}

async function openOwn(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  place: string,
  say: (text: string) => void,
): Promise<ImportDatabase> {
  const { db, kind, close } = await openDatabase(config, say);
  try {
    await migrate(db);
    return { db, kind, place, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Connects to the embedded engine of a running server, or gives `undefined` when none runs or its schema is not there yet.
 * Throws `ConfigError` when somebody else could answer in its place.
 */
async function connectToRunning(dataDir: string): Promise<ImportDatabase | undefined> {
  const host = socketFolderOf(dataDir);
  try {
    requirePrivate(host, join(dataDir, 'database'));
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
  if (!(await answers(join(host, '.s.PGSQL.5432')))) return undefined;
  // One connection: the engine runs one statement at a time, and the server's own should not queue behind ours.
  const pool = new pg.Pool({ host, user: 'postgres', database: 'postgres', max: 1, connectionTimeoutMillis: 10_000 });
  pool.on('error', () => {});
  const db: Db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await db.selectFrom('publication').select('version').where('topic', '=', 'areas').executeTakeFirstOrThrow();
    return { db, kind: 'embedded', place: `the running server's database in ${dataDir}`, close: () => db.destroy() };
  } catch {
    await db.destroy();
    return undefined;
  }
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
