import { fork } from 'node:child_process';
import { once } from 'node:events';
import { compiled } from './compiled.ts';

/** The demonstration's simulator, a process of its own that speaks to the server's address like any client. */
export interface Simulator {
  /** Lets it begin, with the server at this address and the token with which that lets it in. */
  run(url: string, token: string): void;
  /** Ends it and waits until its process is gone. */
  stop(): Promise<void>;
}

/** How long the simulator may take to leave before it is killed; it holds nothing that could be lost. */
const LEAVE_MS = 1_000;

/**
 * Starts the process. It draws its streets while the server is still starting, then waits for {@link Simulator.run}.
 * @param overTls whether the server's certificate stands for another name than the address the simulator uses
 */
export function startSimulator(overTls: boolean): Simulator {
  const child = fork(compiled('data/demo/simulator-process.js'), [], {
    execArgv: [],
    // It speaks to nobody but the server that started it, on this computer.
    ...(overTls && { env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' } }),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    run: (url, token) => child.connected && child.send({ url, token }),
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
