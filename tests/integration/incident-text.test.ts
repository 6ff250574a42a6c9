import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../server/access/scope.ts';
import type { App } from '../../server/app.ts';
import { pageOfIncidents } from '../../server/incidents/queries.ts';
import { engines, freshApp } from '../support/engines.ts';

describe.each(engines())('part of the words of many incidents on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    await sql`
      INSERT INTO incident (id, category, severity, status, source, title, description, occurred_at, time_precision,
        reported_at, geom, place, request_hash)
      SELECT gen_random_uuid(), 'kamtibmas', 'low', 'new', 'radio', 'Laporan ' || n,
        CASE WHEN n = 1717 THEN 'Dekat Jembatan Gantung' ELSE '' END, now() - n * interval '1 minute', 'minute', now(),
        ST_SetSRID(ST_MakePoint(116, -8.5), 4326), CASE WHEN n = 4242 THEN 'jembatan lama' ELSE '' END, ''
      FROM generate_series(1, 6000) AS n`.execute(app.database.db);
  });
  afterAll(() => app?.close());

  const titles = async (q: string): Promise<string[]> => {
    const answer = await app.http.inject(`/api/incidents?q=${encodeURIComponent(q)}`);
    return answer.json<{ incidents: { title: string }[] }>().incidents.map(({ title }) => title);
  };

  test.each([
    ['EMBATAN', ['Laporan 1717', 'Laporan 4242']],
    ['jembatan g', ['Laporan 1717']],
    ['laporan 599', ['Laporan 599', ...Array.from({ length: 10 }, (_, n) => `Laporan ${5990 + n}`)]],
    ['zz', []],
    ['98', expect.arrayContaining(['Laporan 98', 'Laporan 198'])],
  ])('%s is found in title, place and description', async (q, expected) => {
    expect(await titles(q)).toEqual(expected);
  });

  test('a word is looked up in the index, not in every row', async () => {
    const plan = await pageOfIncidents(app.database.db, EVERYTHING, { text: 'jembatan' }, 101).explain('json');
    expect(JSON.stringify(plan)).toContain('"incident_text"');
  });
});
