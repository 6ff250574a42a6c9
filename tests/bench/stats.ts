import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../server/compiled.ts';
import {
  contiguityNeighbours,
  contiguityWeights,
  createRandom,
  falseDiscoveryRate,
  getisOrdG,
  localEmpiricalBayesRates,
  type Neighbours,
  type Outcome,
} from '../../shared/stats/index.ts';
import { squareGrid } from '../support/square-grid.ts';
import { type Bench, compare, type Goal } from './harness.ts';

/** 84,100 areas: about as many as Indonesia has desa. */
const SIDE = 290;
const SEED = 20_261_122;

/** Seconds of spdep 1.2-7 on such a machine, for where R is not installed. */
const RECORDED = { gi: 0.164, contiguity: 10.6, eblocal: 5.8 };

const gi: Bench = {
  names: ['stats.gi'],
  async run(context) {
    const weights = answer(contiguityWeights(answer(contiguityNeighbours(squareGrid(SIDE)))));
    const random = createRandom(SEED);
    const values = Float64Array.from({ length: weights.size }, () => random.poisson(0.5));
    const work = () => {
      const { z, p, state } = answer(getisOrdG(values, weights, { star: true }));
      return { z, flagged: answer(falseDiscoveryRate(p, 0.05, state)).count };
    };
    const measured = medianSeconds(work, 15);
    writeNeighbours(context.scratch, weights);
    writeFileSync(join(context.scratch, 'values'), values);
    const peer = askSpdep('gi', context.scratch);
    if (peer) {
      const { z, flagged } = work();
      const sum = z.reduce((total, score) => total + Math.abs(score), 0);
      if (flagged !== peer.flagged || Math.abs(sum - (peer.sum ?? 0)) > 1e-6)
        throw new Error(`spdep flags ${peer.flagged} (Σ|z| ${peer.sum}), we ${flagged} (${sum})`);
      context.log(`${flagged} areas flagged on both sides`);
    }
    return [row('stats.gi', measured, peer?.seconds, RECORDED.gi, 'localG + p + FDR', '<= 0.125')];
  },
};

const contiguity: Bench = {
  names: ['stats.contiguity'],
  async run(context) {
    const polygons = squareGrid(SIDE);
    const measured = medianSeconds(() => contiguityNeighbours(polygons), 5);
    const links = answer(contiguityNeighbours(polygons)).neighbours.length;
    const peer = askSpdep('contiguity', String(SIDE));
    if (peer && peer.links !== links) throw new Error(`spdep finds ${peer.links} links, we ${links}`);
    context.log(`${links} links${peer ? ' on both sides' : ''}`);
    return [row('stats.contiguity', measured, peer?.seconds, RECORDED.contiguity, 'poly2nb', '<= 0.2')];
  },
};

/** Local empirical Bayes rates, neighbours given. */
const eblocal: Bench = {
  names: ['stats.eblocal'],
  async run(context) {
    const neighbours = answer(contiguityNeighbours(squareGrid(SIDE)));
    const random = createRandom(SEED);
    const population = Float64Array.from({ length: SIDE * SIDE }, () => 100 + random.below(2000));
    const cases = population.map((people) => random.poisson(people * 0.002));
    const work = () => answer(localEmpiricalBayesRates(cases, population, neighbours)).rates;
    const measured = medianSeconds(work, 15);
    writeNeighbours(context.scratch, neighbours);
    writeFileSync(join(context.scratch, 'cases'), cases);
    writeFileSync(join(context.scratch, 'population'), population);
    writeFileSync(join(context.scratch, 'rates'), work());
    const peer = askSpdep('eblocal', context.scratch);
    if (peer && !((peer.apart ?? 1) < 1e-12)) throw new Error(`spdep's rates and ours are up to ${peer.apart} apart`);
    return [row('stats.eblocal', measured, peer?.seconds, RECORDED.eblocal, 'EBlocal', '<= 0.02')];
  },
};

export const benches: Bench[] = [gi, contiguity, eblocal];

/** Where the peer reads the same neighbours. */
function writeNeighbours(folder: string, { starts, neighbours }: Neighbours): void {
  writeFileSync(join(folder, 'starts'), starts);
  writeFileSync(join(folder, 'neighbours'), neighbours);
}

function row(id: string, measured: number, inThisRun: number | undefined, recorded: number, peer: string, goal: Goal) {
  const unit = `s, of spdep's ${peer}, ${inThisRun === undefined ? 'as recorded' : 'same run'}`;
  return compare({ id, measured, reference: inThisRun ?? recorded, unit, goal });
}

/** What the peer says, or nothing where R or spdep is not installed (Debian: apt install r-cran-spdep). */
function askSpdep(...args: string[]): Record<string, number> | undefined {
  const script = join(projectFolder(), 'tests/bench/peers/spdep.R');
  const probe = spawnSync('Rscript', ['-e', 'stopifnot(requireNamespace("spdep", quietly = TRUE))']);
  if (probe.status !== 0) return undefined;
  const { status, stdout, stderr } = spawnSync('Rscript', [script, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`spdep failed:\n${stderr}`);
  return Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([name, value]) => [name, Number(value)]),
  );
}

/** Once it is warm: the page's worker and the server's thread answer more than once. */
function medianSeconds(work: () => unknown, times: number): number {
  for (let i = 0; i < times; i++) work();
  const taken = Array.from({ length: times }, () => {
    const begin = performance.now();
    work();
    return (performance.now() - begin) / 1000;
  }).sort((a, b) => a - b);
  return taken[times >> 1] ?? 0;
}

function answer<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail}`);
  return outcome.value;
}
