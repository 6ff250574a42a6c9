import { setTimeout as delay } from 'node:timers/promises';
import { DEMO_SEED, generateArea } from './area/generate.ts';
import { readOptions, type SimulateOptions, USAGE, UsageError } from './simulator/options.ts';
import { serverClient } from './simulator/server-client.ts';
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
    await simulate(readOptions(process.argv.slice(2)), stop.signal, (text) => console.log(text));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}.\n\n${USAGE}`);
    process.exitCode = 2;
  }
}

/** Runs a simulation in real time until it is stopped. Waits for a server that is not there, also when it goes away. */
export async function simulate(
  options: SimulateOptions,
  stopped: AbortSignal,
  say: (text: string) => void,
): Promise<void> {
  const client = serverClient(options.url, stopped);
  const simulator = new Simulator({ ...scene(options), client }, Date.now());
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

/** Streets and rules: the demonstration's with its posts and shifts, or a file's with everybody on duty. */
function scene({ streets, units, speedup, seed }: SimulateOptions): Omit<SimulatorOptions, 'client'> {
  const common = { units, speedup, seed, incidentsPerHour: INCIDENTS_PER_HOUR };
  if (streets !== undefined) {
    return { ...common, streets: readStreets(streets), posts: [], suffix: `-S${seed}`, shifts: false };
  }
  const area = generateArea(DEMO_SEED);
  const posts = area.places.filter(({ kind }) => kind !== 'tps').map(({ lon, lat }): [number, number] => [lon, lat]);
  return { ...common, streets: area.streets, posts, suffix: '', shifts: true };
}
