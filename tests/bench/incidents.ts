import { join } from 'node:path';
import { sql } from 'kysely';
import { EVERYTHING } from '../../server/access/scope.ts';
import type { Db } from '../../server/database/connection.ts';
import { openDatabase } from '../../server/database/connection.ts';
import { migrate } from '../../server/database/migrate.ts';
import { listIncidents } from '../../server/incidents/queries.ts';
import { type Bench, type BenchContext, compare, type Row } from './harness.ts';

const INCIDENTS = 50_000;
const ROUNDS = 15;
const LIMIT = 100;
/** How often each word occurs among the incidents, and the most that a search with the index may cost of one without. */
const WORDS = [
  { name: 'rare', word: 'jembatan gantung', goal: '<= 0.2' },
  { name: 'none', word: 'zamrud', goal: '<= 0.2' },
  { name: 'common', word: 'tawuran', goal: '<= 1.2' },
] as const;

export const benches: Bench[] = (['served', 'embedded'] as const).map((engine) => ({
  names: WORDS.map(({ name }) => `incidents.text.${engine}.${name}`),
  run: (context) => measure(context, engine),
}));

async function measure(context: BenchContext, engine: 'served' | 'embedded'): Promise<Row[]> {
  const database = await openDatabase({
    databaseUrl: engine === 'served' ? await context.freshDatabase() : undefined,
    dataDir: join(context.scratch, 'data'),
  });
  try {
    await migrate(database.db);
    await insertIncidents(database.db);
    // A server does so by itself; the embedded database never does.
    if (engine === 'served') await sql`ANALYZE incident`.execute(database.db);
    const indexed = await timesOfWords(database.db);
    await sql`DROP INDEX incident_text`.execute(database.db);
    const plain = await timesOfWords(database.db);
    return WORDS.map(({ name, goal }, at) =>
      compare({
        id: `incidents.text.${engine}.${name}`,
        measured: indexed[at] ?? Number.NaN,
        reference: plain[at] ?? Number.NaN,
        unit: 'ms p50, of the same search without index',
        goal,
      }),
    );
  } finally {
    await database.close();
  }
}

/** Incidents over two years; every tenth is a brawl, one in ten thousand happens at a suspension bridge. */
async function insertIncidents(db: Db): Promise<void> {
  await sql`
    INSERT INTO incident (id, category, severity, status, source, title, description, occurred_at, time_precision,
      reported_at, geom, place, request_hash)
    SELECT gen_random_uuid(), 'kamtibmas', 'low', 'new', 'radio',
      (ARRAY['Tawuran remaja', 'Pencurian motor', 'Banjir setinggi lutut', 'Kecelakaan', 'Pohon tumbang', 'Balap liar',
        'Keributan di warung', 'Baliho rusak', 'Kebakaran lahan', 'Orang hilang'])[n % 10 + 1] || ' ' || n,
      repeat('Dilaporkan warga lewat radio; regu terdekat menuju lokasi. ', n % 5),
      timestamptz '2026-11-01' - n * interval '20 minutes', 'minute', timestamptz '2026-11-01' - n * interval '20 minutes',
      ST_SetSRID(ST_MakePoint(116 + n % 1000 / 1e4, -8.5), 4326),
      CASE WHEN n % 10000 = 7777 THEN 'Jembatan gantung' ELSE 'Simpang ' || md5(n::text) END, ''
    FROM generate_series(1, ${INCIDENTS}) AS n`.execute(db);
}

/** Median milliseconds of a search for each of the words. */
async function timesOfWords(db: Db): Promise<number[]> {
  const medians: number[] = [];
  for (const { word } of WORDS) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const begin = performance.now();
      await listIncidents(db, EVERYTHING, { text: word }, LIMIT, undefined);
      times.push(performance.now() - begin);
    }
    medians.push(times.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN);
  }
  return medians;
}
