import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { seededRandom } from './random.ts';

/** What the ratio of measured to reference must be. */
export type Goal = `>= ${number}` | `<= ${number}`;

/** One figure: measured against a limit, or against a peer measured in the same run. */
export interface Row {
  id: string;
  measured: number;
  reference: number;
  ratio: number;
  goal: Goal;
  unit: string;
  ok: boolean;
}

/** A benchmark that gives one figure or several. */
export interface Bench {
  /** Ids of the rows it gives; a name on the command line selects it when it begins one of them. */
  names: readonly string[];
  run(context: BenchContext): Promise<Row[]>;
}

export interface BenchContext {
  /** Numbers in [0, 1), the same in every run. */
  random: () => number;
  /** A folder of this benchmark, removed at its end. */
  scratch: string;
  /** The served PostgreSQL, started when first asked for. Throws where it is not installed. */
  cluster(): Promise<Cluster>;
  /** Address of a new empty database on the served PostgreSQL. */
  freshDatabase(): Promise<string>;
  /** The real server as a process of its own, without demonstration; stopped at the end of the benchmark. */
  startServer(env?: Record<string, string>): Promise<RunningServer>;
  /** Tells the person who waits. */
  log(text: string): void;
}

/** A row from its two figures. `goal` speaks of measured / reference. */
export function compare(row: Pick<Row, 'id' | 'measured' | 'reference' | 'unit' | 'goal'>): Row {
  const ratio = row.measured / row.reference;
  const bound = Number(row.goal.slice(3));
  return { ...row, ratio, ok: row.goal.startsWith('>=') ? ratio >= bound : ratio <= bound };
}

const SEED = 20_261_121;

/** Runs one benchmark in a context of its own, and takes down all that it started. */
export async function runBench(bench: Bench, log: (text: string) => void): Promise<Row[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'ronda-bench-'));
  const servers: RunningServer[] = [];
  let starting: Promise<Cluster | undefined> | undefined;
  let databases = 0;
  const cluster = async () => {
    starting ??= startCluster(join(scratch, 'cluster'));
    const started = await starting;
    if (!started)
      throw new Error('PostgreSQL with PostGIS is not installed (Debian: apt install postgresql-15-postgis-3)');
    return started;
  };
  try {
    return await bench.run({
      random: seededRandom(SEED),
      scratch,
      cluster,
      async freshDatabase() {
        const { url } = await cluster();
        const name = `bench_${++databases}`;
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        await client.query(`CREATE DATABASE ${name}`);
        await client.end();
        return url.replace(/\/postgres$/, `/${name}`);
      },
      async startServer(env = {}) {
        const server = await startServer({ DATA_DIR: mkdtempSync(join(scratch, 'data-')), ...env });
        servers.push(server);
        return server;
      },
      log,
    });
  } finally {
    for (const server of servers) await server.stop();
    await (await starting)?.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}
