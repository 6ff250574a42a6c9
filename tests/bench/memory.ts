import { join } from 'node:path';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import { rounds } from '../support/long.ts';
import { type Bench, type BenchContext, compare, type Row } from './harness.ts';
import { startChild } from './live/child.ts';
import type { RunOptions, RunResult } from './live/load.ts';
import { makeScene } from './live/scene.ts';
import { addUnits } from './live.ts';
import { usageOf } from './usage.ts';

const UNITS = 10_000;
const IDLE = 2_000;
const ACTIVE = 200;
const MINUTES = rounds(1, 30);
/** Every unit once in five seconds. */
const PACE: RunOptions = { batchesPerSecond: UNITS / 500, seconds: MINUTES * 60 };
const MEGABYTE = 1024 * 1024;
const LIMIT = { served: 512, embedded: 1_536 };
/** What may be added each minute, megabytes; only a long run tells it from the heap's breathing. */
const SLOPE = 1;

type Engine = keyof typeof LIMIT;

/** R8: memory of the server with 2,000 who are only connected, and with 200 more who watch; of the embedded database too. */
export const benches: Bench[] = (['served', 'embedded'] as const).map((engine) => ({
  names: [`memory.idle.${engine}`, `memory.active.${engine}`, ...(MINUTES > 1 ? [`memory.slope.${engine}`] : [])],
  run: (context) => measure(context, engine),
}));

async function measure(context: BenchContext, engine: Engine): Promise<Row[]> {
  const dataDir = join(context.scratch, engine);
  const served = engine === 'served' ? await context.freshDatabase() : undefined;
  const server = await context.startServer({ DATA_DIR: dataDir, ...(served && { DATABASE_URL: served }) });
  const socket = encodeURIComponent(socketFolderOf(dataDir));
  const firstId = await addUnits(served ?? `postgres://postgres@localhost/postgres?host=${socket}`, UNITS);
  const scene = makeScene(context.random, UNITS, ACTIVE);
  const load = startChild('load');
  const resident = () => usageOf(server.process.pid ?? 0).residentBytes / MEGABYTE;
  try {
    await load.call('prepare', { url: server.url, scene, firstId });
    const alone = resident();
    await load.call('watchNothing', IDLE);
    const idle = resident();
    await load.call('watch', { door: 'ronda', windows: scene.windows });
    const samples: number[] = [];
    const timer = setInterval(() => samples.push(resident()), 1_000);
    const result = await load.call<RunResult>('run', PACE);
    clearInterval(timer);
    const most = Math.max(...samples);
    context.log(
      `${engine}: ${alone.toFixed(0)} MB alone, ${idle.toFixed(0)} with ${IDLE} idle, ${most.toFixed(0)} at most with ${ACTIVE} active, ${result.refused} of ${result.sent} fixes refused; ${slopeOf(samples).toFixed(1)} MB a minute`,
    );
    const row = (id: string, measured: number, reference: number, unit = 'MB') =>
      compare({ id: `memory.${id}.${engine}`, measured, reference, unit, goal: '<= 1' });
    const rows = [row('idle', idle, LIMIT[engine]), row('active', most, LIMIT[engine])];
    // The heap grows to its working size in the first third.
    if (MINUTES > 1) rows.push(row('slope', slopeOf(samples.slice(samples.length / 3)), SLOPE, 'MB/min'));
    return rows;
  } finally {
    await load.stop();
  }
}

/** The straight line through samples of every second: what it rises in a minute. */
function slopeOf(samples: readonly number[]): number {
  const middle = (samples.length - 1) / 2;
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  let product = 0;
  let square = 0;
  for (const [i, value] of samples.entries()) {
    product += (i - middle) * (value - mean);
    square += (i - middle) ** 2;
  }
  return square === 0 ? 0 : (product / square) * 60;
}
