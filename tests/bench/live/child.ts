import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { compiled } from '../../../server/compiled.ts';

/** A process of the benchmark that answers calls. */
export interface Child {
  pid: number;
  /** Calls one of its functions. What it answers is believed: it is our own program. */
  call<T>(name: string, argument?: unknown): Promise<T>;
  stop(): Promise<void>;
}

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

/** Starts `tests/bench/live/NAME` as a process of its own, with the young generation that `npm start` gives. */
export function startChild(name: string): Child {
  const child: ChildProcess = fork(compiled(`tests/bench/live/${name}.js`), {
    stdio: 'inherit',
    execArgv: ['--max-semi-space-size=64'],
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  child.on('message', ({ id, result, error }: Answer) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended with code ${code}`));
  });
  return {
    pid: child.pid ?? 0,
    call<T>(called: string, argument?: unknown) {
      const id = ++calls;
      child.send({ id, name: called, argument });
      return new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject })) as Promise<T>;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Answers the calls of the process that started this one. */
export function answerCalls(functions: Record<string, (argument: never) => unknown>): void {
  process.on('message', async ({ id, name, argument }: { id: number; name: string; argument: never }) => {
    try {
      process.send?.({ id, result: await functions[name]?.(argument) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? `${error.stack}` : String(error) });
    }
  });
}
