import { execFileSync, type SpawnSyncOptions } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isGone } from './processes.ts';

export interface Cluster {
  url: string;
  /** Process id of the postmaster, the parent of all its processes; another one after a restart. */
  pid(): number;
  /** Starts it once more, after its postmaster was killed. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

const ORPHANS_MS = 30_000;
const BIN = ['18', '17', '16', '15'].map((version) => `/usr/lib/postgresql/${version}/bin`);

/**
 * Makes and starts a PostgreSQL cluster of our own in `folder`, listening on loopback.
 * Gives `undefined` where PostgreSQL or its PostGIS is not installed.
 * @param kept whether what it stores is to be there after a crash of the machine. Not waiting for the disk with each
 * transaction makes no other difference.
 */
export async function startCluster(folder: string, kept = true): Promise<Cluster | undefined> {
  const bin = BIN.find((path) => existsSync(join(path, 'initdb')));
  if (
    !bin ||
    !existsSync(join(bin, '../../../../share/postgresql', bin.split('/').at(-2) ?? '', 'extension/postgis.control'))
  ) {
    return undefined;
  }
  mkdirSync(folder, { recursive: true });
  const options: SpawnSyncOptions = { cwd: folder, stdio: 'pipe' };
  // PostgreSQL refuses to run as root.
  if (process.getuid?.() === 0) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })));
    Object.assign(options, { uid, gid });
    chownSync(folder, uid ?? 0, gid ?? 0);
    chownSync(join(folder, '..'), uid ?? 0, gid ?? 0);
  }
  const data = join(folder, 'data');
  const port = await freePort();
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'ronda', '-A', 'trust', '--no-sync', '-E', 'UTF8'], options);
  const pgCtl = (...args: string[]) => execFileSync(join(bin, 'pg_ctl'), ['-D', data, '-w', ...args], options);
  const pid = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=${kept ? 'on' : 'off'}`;
  const start = () => void pgCtl('-l', join(folder, 'log'), '-o', settings, 'start');
  start();
  return {
    url: `postgres://ronda@127.0.0.1:${port}/postgres`,
    pid,
    async startAgain() {
      // Its orphans hold the shared memory until they notice; its number looks alive until somebody reaps it.
      for (const deadline = Date.now() + ORPHANS_MS; ; await delay(100)) {
        try {
          return start();
        } catch (error) {
          if (Date.now() > deadline) throw error;
        }
      }
    },
    async stop() {
      // One that was killed, and not started again, has nothing to stop.
      if (existsSync(join(data, 'postmaster.pid')) && !isGone(pid())) pgCtl('-m', 'immediate', 'stop');
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
