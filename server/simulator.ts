import { fork } from 'node:child_process';
import { once } from 'node:events';
import { compiled } from './compiled.ts';

export interface SimulatorProcess {
  /** Ends the simulator and waits until its process is gone. */
  stop(): Promise<void>;
}

/** How long the simulator may take to leave before it is killed; it holds nothing that could be lost. */
const LEAVE_MS = 1_000;

/** Starts the demonstration's simulator as a process of its own, which speaks to this server's address like any client. */
export function startSimulator(url: string): SimulatorProcess {
  const child = fork(compiled('data/demo/simulator-process.js'), ['--url', url], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const deadline = setTimeout(() => child.kill('SIGKILL'), LEAVE_MS);
      await gone;
      clearTimeout(deadline);
    },
  };
}
