import { sql } from 'kysely';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import type { Db } from '../../server/database/connection.ts';
import { ADMIN_TOKEN, ask } from '../support/access.ts';
import { insertDesa, insertIncidents, NEWEST } from '../support/million.ts';
import { type Bench, type BenchContext, compare, type Row } from './harness.ts';

const INCIDENTS = 1_000_000;
/** What an answer may take, milliseconds. */
const LIMIT_MS = 1_500;
const ROUNDS = 5;
const DAY_MS = 86_400_000;

const QUESTIONS = {
  'hotspots.areas': 'areas?level=desa',
  'hotspots.cells': 'cells?shape=hexagon&metres=2000',
  'hotspots.series': 'series?level=desa&stepDays=7',
} as const;

export const benches: Bench[] = [{ names: Object.keys(QUESTIONS), run: measure }];

/** A year against the year before it: all of a million incidents, by 8,500 desa; the whole answer, and none of them kept. */
async function measure(context: BenchContext): Promise<Row[]> {
  const config = {
    ...readConfig({ LOG_LEVEL: 'silent', DEMO: 'off', ADMIN_TOKEN }),
    port: 0,
    dataDir: context.scratch,
    databaseUrl: await context.freshDatabase(),
  };
  const app = await buildApp(config);
  try {
    await seed(app.database.db, context.log);
    const url = await app.http.listen({ port: 0, host: '127.0.0.1' });
    const times = Object.values(QUESTIONS).map((): number[] => []);
    // One round more, which finds everything cold; each asks for another second, so that no answer is there already.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [at, question] of Object.values(QUESTIONS).entries()) {
        const took = await time(`${url}/api/hotspots/${question}&${spans(round)}`);
        if (round > 0) times[at]?.push(took);
      }
    }
    return Object.keys(QUESTIONS).map((id, at) =>
      compare({
        id,
        measured: median(times[at] ?? []),
        reference: LIMIT_MS,
        unit: 'ms p50 of an answer, of a limit',
        goal: '<= 1',
      }),
    );
  } finally {
    await app.close();
  }
}

async function seed(db: Db, log: (text: string) => void): Promise<void> {
  const begun = performance.now();
  await insertDesa(db);
  // The texts' own index is not what is measured, and takes minutes.
  await sql`DROP INDEX incident_text`.execute(db);
  await insertIncidents(db, INCIDENTS);
  // A server does so by itself, in time.
  for (const table of ['incident', 'area', 'area_current']) await sql`VACUUM ANALYZE ${sql.table(table)}`.execute(db);
  log(`${INCIDENTS} incidents in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

function spans(round: number): string {
  const day = (before: number) => new Date(NEWEST.getTime() - before * DAY_MS + round * 1_000).toISOString();
  return `from=${day(365)}&to=${day(-1)}&baselineFrom=${day(730)}&baselineTo=${day(365)}`;
}

async function time(url: string): Promise<number> {
  const begun = performance.now();
  const answer = await ask(url);
  const { total } = (await answer.json()) as { total?: { period: number; baseline: number } };
  const took = performance.now() - begun;
  // 45 in 100 are counted: the rest is void, unverified, or was found by patrols.
  if (!total || total.period + total.baseline < INCIDENTS * 0.4) throw new Error(`${url}: ${answer.status}`);
  return took;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
