import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectFolder } from '../../server/compiled.ts';
import { ADMIN_TOKEN } from './access.ts';

export interface RunningServer {
  url: string;
  /** What it printed to be opened: the address, or the setup link while nobody can sign in. */
  link: string;
  process: ChildProcess;
  output(): string;
  /** Sends the signal and waits until the process is gone. Returns its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the real server, or another program that prints its address, as a process of its own, as `npm start` does, and
 * waits for the address.
 */
export async function startServer(env: Record<string, string>, program = 'server/main'): Promise<RunningServer> {
  const child = spawn(process.execPath, ['--max-semi-space-size=64', 'server/launch.mjs', program], {
    cwd: projectFolder(),
    env: { ...process.env, PORT: '0', DEMO: 'off', ADMIN_TOKEN, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const link = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      text += chunk;
      const found = /Ronda: (http\S+)/.exec(text);
      if (found?.[1]) resolve(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the server ended with code ${code}:\n${text}`)));
  });
  return {
    url: new URL(link).origin,
    link,
    process: child,
    output: () => text,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      const [code] = await gone;
      return code;
    },
  };
}
