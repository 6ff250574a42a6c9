import { setTimeout as delay } from 'node:timers/promises';
import { demoGround } from './simulator/demo-ground.ts';
import { readOptions, type SimulateOptions, USAGE, UsageError } from './simulator/options.ts';
import { type ServerAddress, serverClient } from './simulator/server-client.ts';
import { Simulator, type SimulatorOptions } from './simulator/simulator.ts';
import { readStreets } from './simulator/street-file.ts';

const TICK_MS = 250;
const REPORT_MS = 30_000;
const INCIDENTS_PER_HOUR = 14;

/** `npm run simulate`: see {@link USAGE}. Runs until Ctrl-C. */
export async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    const options = readOptions(process.argv.slice(2));
    const scene = options.streets === undefined ? demoScene(options) : fileScene(options, options.streets);
    const token = process.env.ADMIN_TOKEN;
    if (!token) throw new UsageError('ADMIN_TOKEN is not set: give the one that the server was started with');
    await simulate(scene, { url: options.url, token }, stop.signal, (text) => console.log(text));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}.\n\n${USAGE}`);
    process.exitCode = 2;
  }
}

type Scene = Omit<SimulatorOptions, 'client'>;

/** Runs a simulation in real time until it is stopped. Waits for a server that is not there, also when it goes away. */
export async function simulate(
  scene: Scene,
  server: ServerAddress,
  stopped: AbortSignal,
  say: (text: string) => void,
): Promise<void> {
  const simulator = new Simulator({ ...scene, client: serverClient(server, stopped) }, Date.now());
  const pause = (ms: number) => delay(ms, undefined, { signal: stopped }).catch(() => {});
  let reported = Date.now();
  let registered = false;
  while (!stopped.aborted) {
    if (!registered || simulator.needsRegistering) {
      registered = await simulator.register();
      if (!registered) {
        await pause(1_000);
        continue;
      }
      const { units, onDuty } = simulator.summary;
      say(`${units} unsur terdaftar, ${onDuty} dinas`);
    }
    void simulator.tick(Date.now());
    if (Date.now() - reported > REPORT_MS) {
      reported = Date.now();
      const { onDuty, sent, waiting, incidents } = simulator.summary;
      say(`${onDuty} dinas · ${sent} posisi terkirim · ${waiting} menunggu · ${incidents} kejadian`);
    }
    await pause(TICK_MS);
  }
}

/** The demonstration's streets, with its posts and shifts. */
export function demoScene({ units, speedup, seed, shifts }: SimulateOptions): Scene {
  const suffix = '';
  return { units, speedup, seed, ...demoGround(), suffix, shifts, incidentsPerHour: INCIDENTS_PER_HOUR };
}

/** A file's streets, with the same shifts. Its units have names of their own, so that they can share a server. */
export function fileScene({ units, speedup, seed, shifts }: SimulateOptions, file: string): Scene {
  const streets = readStreets(file);
  const suffix = `-S${seed}`;
  return { units, speedup, seed, streets, posts: [], suffix, shifts, incidentsPerHour: INCIDENTS_PER_HOUR };
}
