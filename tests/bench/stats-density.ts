import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../server/compiled.ts';
import { createRandom, kernelDensity, knoxTest } from '../../shared/stats/index.ts';
import { type Bench, compare } from './harness.ts';

const SEED = 20_261_122;
/** A town's square, metres. */
const TOWN = 20_000;
/** Standard deviation of the kernel, metres. */
const BANDWIDTH = 500;
const CELLS = 512;
/** Seconds of spatstat 3.0 on such a machine, for where R is not installed. */
const RECORDED = 0.46;

const kde: Bench = {
  names: ['stats.kde'],
  async run(context) {
    const { x, y } = strewn(100_000);
    const cell = TOWN / CELLS;
    const grid = { west: 0, south: 0, cellWidth: cell, cellHeight: cell, columns: CELLS, rows: CELLS };
    const density = () => {
      const outcome = kernelDensity({ x, y }, grid, { kernel: 'gaussian', bandwidth: BANDWIDTH });
      if (!outcome.ok) throw new Error(outcome.detail);
      return outcome.value;
    };
    for (let warm = 0; warm < 5; warm++) density();
    const taken = Array.from({ length: 15 }, () => {
      const begin = performance.now();
      density();
      return (performance.now() - begin) / 1_000;
    }).sort((a, b) => a - b);
    const { values, max, method } = density();
    context.log(`100,000 points by the ${method} method`);
    const peer = askSpatstat(join(context.scratch, 'points'), x, y);
    const sum = values.reduce((a, b) => a + b, 0);
    if (peer && (Math.abs(peer.sum / sum - 1) > 0.01 || Math.abs(peer.max / max - 1) > 0.01))
      throw new Error(`spatstat's density has sum ${peer.sum} and maximum ${peer.max}, ours ${sum} and ${max}`);
    return [
      compare({
        id: 'stats.kde',
        measured: taken[7] ?? 0,
        reference: peer?.seconds ?? RECORDED,
        unit: `s, of spatstat's density.ppp, ${peer ? 'same run' : 'as recorded'}`,
        goal: '<= 0.2',
      }),
    ];
  },
};

const knox: Bench = {
  names: ['stats.knox'],
  async run(context) {
    const { x, y } = strewn(12_000);
    const random = createRandom(SEED + 1);
    const time = Float64Array.from(x, () => random.below(365));
    const begin = performance.now();
    const outcome = knoxTest(
      {
        x,
        y,
        time,
        spatialBreaks: [0, 1, 200, 400, 600, 800, 1_000, Number.POSITIVE_INFINITY],
        temporalBreaks: [0, 1, 7, 14, 28, Number.POSITIVE_INFINITY],
      },
      { seed: SEED, permutations: 999 },
    );
    const measured = (performance.now() - begin) / 1_000;
    if (!outcome.ok) throw new Error(outcome.detail);
    const { observed, columns, rows } = outcome.value;
    const near = observed.subarray(0, columns * (rows - 1)).reduce((a, b) => a + b);
    context.log(`${near} pairs within 1 km`);
    return [
      compare({
        id: 'stats.knox',
        measured,
        reference: 60,
        unit: 's, 999 permutations of 12,000 events',
        goal: '<= 1',
      }),
    ];
  },
};

export const benches: Bench[] = [kde, knox];

/** Events about forty corners and all over the town. */
function strewn(n: number): { x: Float64Array; y: Float64Array } {
  const random = createRandom(SEED);
  const corners = Array.from({ length: 40 }, () => [random.uniform() * TOWN, random.uniform() * TOWN] as const);
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const [cx, cy] = corners[random.below(40)] ?? [0, 0];
    const away = random.uniform() < 0.5 ? 400 : TOWN;
    const near = (place: number) => Math.min(TOWN, Math.max(0, place + (random.uniform() - 0.5) * 2 * away));
    x[i] = near(cx);
    y[i] = near(cy);
  }
  return { x, y };
}

/** What the peer says, or nothing where R or spatstat is not installed (Debian: apt install r-cran-spatstat). */
function askSpatstat(file: string, x: Float64Array, y: Float64Array) {
  const probe = spawnSync('Rscript', ['-e', 'stopifnot(requireNamespace("spatstat.explore", quietly = TRUE))']);
  if (probe.status !== 0) return undefined;
  writeFileSync(file, concatenated(x, y));
  const script = join(projectFolder(), 'tests/bench/peers/spatstat.R');
  const { status, stdout, stderr } = spawnSync('Rscript', [script, file, String(TOWN), String(BANDWIDTH)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`spatstat failed:\n${stderr}`);
  const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(stdout)?.[1]);
  return { seconds: figure('seconds'), sum: figure('sum'), max: figure('max') };
}

function concatenated(x: Float64Array, y: Float64Array): Float64Array {
  const both = new Float64Array(x.length + y.length);
  both.set(x);
  both.set(y, x.length);
  return both;
}
