import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compiled } from '../../compiled.ts';

/** What the engine's process tells the one that started it. */
export type EngineMessage =
  | { kind: 'progress'; text: string }
  | { kind: 'ready' }
  | { kind: 'failed'; name: string; message: string };

export interface Engine {
  /** Folder of the PostgreSQL socket: the `host` of a connection. */
  socketFolder: string;
  /** Closes the database and waits until its process is gone. */
  close(): Promise<void>;
}

/** Path of the socket that an engine on this data folder listens on. Linux allows 107 bytes, so deep folders get one in the temporary folder. */
export function socketFolderOf(dataDir: string): string {
  const beside = join(dataDir, 'run');
  if (join(beside, '.s.PGSQL.5432').length < 104) return beside;
  return join(tmpdir(), `ronda-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`);
}

/** Waits between two attempts to bring back an engine whose process ended by itself, milliseconds. */
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 5_000;

/**
 * Starts the embedded PostGIS on a data folder as a child process, and starts it again whenever that process ends by
 * itself; meanwhile connections are refused.
 * Throws an error named `FolderLockedError` when another process has the folder, `FolderNotPrivateError` when other accounts
 * may come into it or where its socket is to be.
 */
export async function startEngine(dataDir: string, onProgress: (text: string) => void): Promise<Engine> {
  const socketFolder = socketFolderOf(dataDir);
  const start = () => startProcess(dataDir, socketFolder, onProgress);
  let child = await start();
  let closing = false;

  async function supervise(): Promise<void> {
    for (let wait = FIRST_WAIT_MS; !closing; ) {
      if (child.exitCode === null && child.signalCode === null) {
        await once(child, 'exit');
        wait = FIRST_WAIT_MS;
        continue;
      }
      console.error('The embedded database has stopped; starting it again.');
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      if (closing) return;
      try {
        child = await start();
      } catch (error) {
        console.error(`The embedded database does not start: ${(error as Error).message}`);
      }
    }
  }
  const supervised = supervise();

  return {
    socketFolder,
    async close() {
      closing = true;
      // Once the supervisor has left, nobody starts another.
      if (child.connected) child.send('close');
      await supervised;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.send('close');
      await gone;
    },
  };
}

/** Starts the engine's process; settles when it takes connections. */
async function startProcess(
  dataDir: string,
  socketFolder: string,
  onProgress: (text: string) => void,
): Promise<ChildProcess> {
  const program = compiled('server/database/embedded/process.js');
  const seed = join(dirname(compiled('server')), 'engine-seed.tgz');
  const child = fork(program, [join(dataDir, 'database'), join(socketFolder, '.s.PGSQL.5432'), seed], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message: EngineMessage) => {
      if (message.kind === 'progress') onProgress(message.text);
      else if (message.kind === 'ready') resolve();
      else reject(Object.assign(new Error(message.message), { name: message.name }));
    });
    child.once('exit', (code, signal) => reject(new Error(`its process ended with ${signal ?? `code ${code}`}`)));
  });
  return child;
}
