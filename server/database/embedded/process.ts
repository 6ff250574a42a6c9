/**
 * The embedded database's own process: PostGIS compiled to WebAssembly, spoken to over a PostgreSQL socket.
 * It lives as long as the process that started it: when that one goes, even by SIGKILL, it closes the database and leaves.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { postgis } from '@electric-sql/pglite-postgis';
import { CheckpointClock } from './checkpoint-clock.ts';
import { DURABLE_START, DurableFolder, syncPath, syncTree } from './durable-folder.ts';
import type { EngineMessage } from './engine.ts';
import { takeLock } from './lock.ts';
import { LogSync } from './log-sync.ts';
import { createdPostgis } from './postgis-bundle.ts';
import { makePrivate, requirePrivate } from './private-folder.ts';
import { releaseReserve } from './reserve.ts';
import { SocketServer } from './socket-server.ts';

const [folder = '', socketPath = '', seedFile = ''] = process.argv.slice(2);
const extensions = { postgis: createdPostgis(dirname(seedFile)), pg_trgm, btree_gist };
const LOCK_WAIT_MS = 5_000;

const say = (message: EngineMessage) => process.send?.(message);

// Whatever the system's own mask is: what people reported is for nobody else on this computer.
process.umask(0o077);

// Ctrl-C reaches every process of the terminal; the server decides when the database goes.
process.on('SIGINT', () => {});

let leaving = false;
let closeAll = async () => {};
async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  await closeAll();
  process.exit(0);
}
process.on('disconnect', leave);
// The one who started it may have gone while this program was being read.
if (process.send && !process.connected) process.exit(0);
process.on('SIGTERM', leave);
process.on('message', (message) => {
  if (message === 'close') void leave();
});

try {
  // Also one that an earlier release made, which left it open to be read.
  makePrivate(folder);
  mkdirSync(dirname(socketPath), { recursive: true });
  requirePrivate(dirname(socketPath), folder);
  releaseReserve(dirname(folder));
  const unlock = await takeLock(join(folder, 'lock'), LOCK_WAIT_MS);
  closeAll = async () => unlock();
  const dataDir = join(folder, 'postgres');
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await make(dataDir);
  const log = new LogSync(broken);
  const files = new DurableFolder(dataDir, log, () => broken(new Error('the disk is full')));
  const db = await PGlite.create({ fs: files, extensions, startParams: DURABLE_START });
  rmSync(socketPath, { force: true });
  const clock = new CheckpointClock(() => files.logBytes, folder);
  const server = new SocketServer(
    db,
    {
      flushed: () => log.flushed(),
      isCheckpointDue: () => clock.isDue(),
      checkpointed: () => clock.restart(),
    },
    broken,
  );
  await server.listen(socketPath);
  closeAll = async () => {
    await server.close();
    releaseReserve(dirname(folder));
    await db.close();
    rmSync(socketPath, { force: true });
    unlock();
  };
  if (leaving) await closeAll();
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'failed', name: (error as Error).name, message: (error as Error).message });
  await closeAll();
  process.exit(1);
}

/** Nothing may be acknowledged any more; the server starts the database again, which then recovers from its log. */
function broken(error: Error): never {
  console.error(`The embedded database broke and is started again: ${error.message}`);
  process.exit(1);
}

/** Makes the folder from the seed, or from nothing, which then becomes the seed of the next. */
async function make(dataDir: string): Promise<void> {
  // A first start that was killed half way leaves a folder without its marker: begin again.
  const making = `${dataDir}.new`;
  rmSync(making, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
  const seed = existsSync(seedFile) ? new Blob([readFileSync(seedFile)]) : undefined;
  say({ kind: 'progress', text: seed ? 'basis data: membuat' : 'basis data: membuat (sekali saja)' });
  const db = await PGlite.create({
    dataDir: making,
    ...(seed ? { extensions, loadDataDir: seed } : { extensions: { ...extensions, postgis } }),
  });
  if (!seed) {
    await db.exec(
      'CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION IF NOT EXISTS btree_gist',
    );
    await saveSeed(db);
  }
  await db.close();
  // Made without syncing, for speed; whole on the disk before it gets its name.
  syncTree(making);
  renameSync(making, dataDir);
  syncPath(dirname(dataDir));
}

async function saveSeed(db: PGlite): Promise<void> {
  const dump = await db.dumpDataDir('gzip');
  const partial = `${seedFile}.${process.pid}`;
  mkdirSync(dirname(seedFile), { recursive: true });
  writeFileSync(partial, Buffer.from(await dump.arrayBuffer()));
  // Nobody's data are in it, and the account that runs Ronda may be another than the one that made it.
  chmodSync(partial, 0o644);
  renameSync(partial, seedFile);
}
