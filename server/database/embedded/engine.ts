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
  process: ChildProcess;
  /** Closes the database and waits until its process is gone. */
  close(): Promise<void>;
}

/** Path of the socket that an engine on this data folder listens on. Linux allows 107 bytes, so deep folders get one in the temporary folder. */
export function socketFolderOf(dataDir: string): string {
  const beside = join(dataDir, 'run');
  if (join(beside, '.s.PGSQL.5432').length < 104) return beside;
  return join(tmpdir(), `ronda-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`);
}

/**
 * Starts the embedded PostGIS on a data folder as a child process.
 * Throws an error named `FolderLockedError` when another process has the folder.
 */
export async function startEngine(dataDir: string, onProgress: (text: string) => void): Promise<Engine> {
  const program = compiled('server/database/embedded/process.js');
  const seed = join(dirname(compiled('server')), 'engine-seed.tgz');
  const socketFolder = socketFolderOf(dataDir);
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
    child.once('exit', (code) => reject(new Error(`the embedded database ended with code ${code}`)));
  });
  return {
    socketFolder,
    process: child,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.send('close');
      await gone;
    },
  };
}
