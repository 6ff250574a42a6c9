import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { seededRandom } from '../bench/random.ts';
import { engines, freshApp } from '../support/engines.ts';
import { rounds } from '../support/long.ts';

const POSTS = rounds(2_000, 10_000);
const DUPLICATES = 0.3;
const AT_ONCE = 8;
const DAY = '2026-11-21T08:30:00Z';

describe.each(engines())('R5: retries on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    const payload = { callsign: 'one', organisation: 'ronda', devices: ['one'] };
    await app.http.inject({ method: 'POST', url: '/api/units', payload });
  });
  afterAll(() => app?.close());

  const post = (url: string, payload: object) => app.http.inject({ method: 'POST', url, payload });
  const report = (id: string, title: string) => ({
    id,
    category: 'kamtibmas',
    severity: 'moderate',
    source: 'resident',
    title,
    occurredAt: DAY,
    location: { lon: 116.1, lat: -8.58 },
  });
  const count = async (table: 'incident' | 'incident_log' | 'event' | 'position') =>
    Number((await app.database.pool.query(`SELECT count(*) FROM ${table}`)).rows[0]?.count);

  test(`${POSTS} posts, 30 % of them again, ${AT_ONCE} at a time: each is stored once and told of once`, {
    timeout: 600_000,
  }, async () => {
    const random = seededRandom(7);
    const before = { incident: await count('incident'), event: await count('event') };
    const ids: string[] = [];
    // Every post is a new report, or one of the twenty before it once more: what is under way may be sent again.
    const posts = Array.from({ length: POSTS }, () => {
      const chance = random();
      const again = ids.at(-1 - Math.floor((chance / DUPLICATES) * Math.min(20, ids.length)));
      if (chance < DUPLICATES && again) return again;
      const id = uuidv7();
      ids.push(id);
      return id;
    });
    const statuses = new Map<number, number>();
    let next = 0;
    const client = async () => {
      for (let id = posts[next++]; id !== undefined; id = posts[next++]) {
        const { statusCode } = await post('/api/incidents', report(id, `Laporan ${id}`));
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    const stored = (await count('incident')) - before.incident;
    const told = (await count('event')) - before.event;
    console.log(`R5 ${engine}: ${POSTS} posts of ${ids.length} reports; stored ${stored}, told ${told}; answers ${[...statuses].map(([status, number]) => `${status}: ${number}`).join(', ')}`); // biome-ignore format: one line
    expect({ stored, told }).toEqual({ stored: ids.length, told: ids.length });
    expect([...statuses.keys()].sort()).toEqual([200, 201]);
    expect(statuses.get(201)).toBe(ids.length);
  });

  test('the same id with another body is a conflict, and changes nothing; at once or later', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', 'b'), { minLength: 2, maxLength: 6 }), async (titles) => {
        const id = uuidv7();
        const answers = await Promise.all(titles.map((title) => post('/api/incidents', report(id, title))));
        const [kept] = (await app.database.pool.query('SELECT title FROM incident WHERE id = $1', [id])).rows;
        const expected = titles.map((title) => (title === kept?.title ? 'yes' : 409));
        expect(answers.map(({ statusCode }) => (statusCode < 300 ? 'yes' : statusCode))).toEqual(expected);
        expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });

  test('a fix is known by device, time, place and alarm, whatever else comes with it', async () => {
    const before = await count('position');
    const fix = { device: 'one', time: Date.now() - 60_000, lon: 116.1, lat: -8.5 };
    const fixes = [fix, fix, { ...fix, speed: 3 }, { ...fix, alarm: 'sos' }, { ...fix, lat: -8.6 }];
    const verdicts = async () =>
      (await post('/api/ingest/positions', { fixes })).json<{ verdicts: { verdict: string }[] }>().verdicts;
    const given = (await verdicts()).map(({ verdict }) => verdict);
    expect(given.filter((verdict) => verdict === 'stored')).toHaveLength(3);
    expect((await verdicts()).every(({ verdict }) => verdict === 'duplicate')).toBe(true);
    expect((await count('position')) - before).toBe(3);
  });
});
