import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { engines, freshApp } from '../support/engines.ts';

const corpora = join(inject('sharedDir') || '.', 'corpora');
const lines = (path: string) =>
  existsSync(join(corpora, path)) ? readFileSync(join(corpora, path), 'utf8').split('\n').filter(Boolean) : [];

describe.each(engines())('bad input on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    await app.http.inject({
      method: 'POST',
      url: '/api/units',
      payload: { callsign: 'P1', organisation: 'polri', devices: ['one'] },
    });
  });
  afterAll(() => app?.close());

  const raw = async (method: 'POST' | 'PATCH', url: string, payload: string | Buffer, type = 'application/json') => {
    const answer = await app.http.inject({
      method,
      url,
      payload,
      headers: { 'content-type': type, 'if-match': '"1"' },
    });
    return { status: answer.statusCode, body: answer.body };
  };
  const incident = (changes: object) => ({
    id: uuidv7(),
    category: 'lainnya',
    severity: 'low',
    source: 'radio',
    title: 'x',
    occurredAt: '2026-01-01T00:00:00Z',
    location: { lon: 116, lat: -8 },
    ...changes,
  });
  const doors = ['/api/incidents', '/api/units', '/api/plans', '/api/ingest/positions', '/api/ingest/osmand'];

  test.each(doors)('%s refuses what is no JSON, and JSON that poisons prototypes', async (url) => {
    const bodies = [
      ...lines('homemade/proto-pollution.jsonl'),
      '',
      '{',
      'null',
      '[]',
      '7',
      '"x"',
      '{"fixes":{}}',
      '['.repeat(10_000),
    ];
    for (const body of bodies) expect([body, (await raw('POST', url, body)).status]).toEqual([body, 400]);
    expect(({} as { role?: string }).role).toBeUndefined();
    expect((await raw('POST', url, '<x/>', 'application/xml')).status).toBe(415);
  });

  test.skipIf(!inject('sharedDir')).each(doors)(
    '%s answers the JSON test suite without an error of its own',
    async (url) => {
      const folder = join(corpora, 'JSONTestSuite/test_parsing');
      for (const name of readdirSync(folder)) {
        const { status } = await raw('POST', url, readFileSync(join(folder, name)));
        expect([name, status]).toEqual([name, 400]);
      }
    },
  );

  test.each(lines('homemade/points.jsonl').map((line) => JSON.parse(line) as { name: string; body: string }))(
    'the point $name is taken as a place or refused',
    async ({ body }) => {
      const place = /"coordinates":\[(.*)\]/.exec(body)?.[1] ?? '';
      const [lon = '', lat = ''] = place.split(/,(?![^[]*\])/);
      if (lon === '' || lat === '') return;
      const location = JSON.stringify(incident({ location: 'HERE' })).replace('"HERE"', `{"lon":${lon},"lat":${lat}}`);
      const usable =
        typeof JSON.parse(lon) === 'number' &&
        typeof JSON.parse(lat) === 'number' &&
        Math.abs(Number(lon)) <= 180 &&
        Math.abs(Number(lat)) <= 90 &&
        !(Number(lon) === 0 && Number(lat) === 0);
      const answer = await raw('POST', '/api/incidents', location);
      expect(usable ? [201] : [400, 422]).toContain(answer.status);
      const batch = await raw(
        'POST',
        '/api/ingest/positions',
        `{"fixes":[{"device":"one","lon":${lon},"lat":${lat}}]}`,
      );
      expect([batch.status, /"verdict":"(\w+)"/.exec(batch.body)?.[1]]).toEqual([
        200,
        usable ? 'stored' : expect.stringMatching(/quarantined|refused/),
      ]);
      expect([200, 400]).toContain(
        (await app.http.inject({ url: '/api/ingest/osmand', query: { id: 'one', lat, lon } })).statusCode,
      );
    },
  );

  test('an id with urn:uuid: before it, which the database does not know, is refused by its field', async () => {
    const id = `urn:uuid:${uuidv7()}`;
    for (const url of ['/api/incidents', '/api/analyses', '/api/warnings', '/api/plans']) {
      const answer = await app.http.inject({ url: `${url}/${id}` });
      expect([url, answer.statusCode, answer.json().message]).toEqual([url, 400, expect.stringMatching(/^params\.id/)]);
    }
    const answer = await raw('POST', '/api/incidents', JSON.stringify(incident({ id })));
    expect([answer.status, JSON.parse(answer.body).message]).toEqual([400, expect.stringMatching(/^body\.id/)]);
  });

  test('a place in a list that no list gave is refused by its field', async () => {
    const places = [`2026-02-31T00:00:00.000000Z|${uuidv7()}`, `0000-01-01T00:00:00.000000Z|${uuidv7()}`, `2026-01-01T00:00:00.000000Z|${'-'.repeat(36)}`]; // biome-ignore format: one line
    for (const url of ['/api/incidents', '/api/warnings']) {
      for (const place of places) {
        const query = { cursor: Buffer.from(place).toString('base64url') };
        const answer = await app.http.inject({ url, query });
        const told = [url, place, answer.statusCode, answer.json().message];
        expect(told).toEqual([url, place, 400, expect.stringMatching(/^query\.cursor/)]);
      }
    }
  });

  test('any text is kept as text', async () => {
    const texts = existsSync(join(corpora, 'blns'))
      ? (JSON.parse(readFileSync(join(corpora, 'blns/blns.json'), 'utf8')) as string[])
      : [];
    for (const text of texts) {
      const title = text.slice(0, 200);
      const { status, body } = await raw(
        'POST',
        '/api/incidents',
        JSON.stringify(incident({ title, place: title, description: title })),
      );
      if (title.trim() === '') expect([400, 422]).toContain(status);
      else expect([status, JSON.parse(body).title]).toEqual([201, title]);
      const answers = await Promise.all([
        app.http.inject({ url: '/api/incidents', query: { q: title } }),
        app.http.inject({ url: '/api/quarantine', query: { device: title } }),
        app.http.inject({
          url: '/api/ingest/osmand',
          query: { id: title, lat: title, lon: title, alarm: title, [title]: title },
        }),
        app.http.inject({
          url: '/api/ingest/osmand',
          query: { id: 'one', lat: '-8', lon: '116', alarm: title, driverUniqueId: title },
        }),
        app.http.inject({ url: `/api/incidents/${encodeURIComponent(title)}` }),
        app.http.inject({ url: `/api/units/${encodeURIComponent(title)}/trail`, query: { minutes: title } }),
      ]);
      expect([title, answers.filter(({ statusCode }) => statusCode >= 500).map(({ body: text }) => text)]).toEqual([
        title,
        [],
      ]);
    }
  });

  test('whatever the fields of a fix are, its batch is answered', async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.double(),
      fc.constantFrom('one', Number.POSITIVE_INFINITY, -0, '\0', '\ud800', 2 ** 53),
    );
    const fix = fc.record(
      {
        device: fc.constantFrom('one', 'two', '\0', 7),
        time: value,
        lon: value,
        lat: value,
        speed: value,
        heading: value,
        altitude: value,
        accuracy: value,
        battery: value,
        alarm: value,
        mock: value,
        extra: value,
      },
      { requiredKeys: ['device'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fix, { maxLength: 20 }), async (fixes) => {
        const text = JSON.stringify({ fixes });
        const { status, body } = await raw('POST', '/api/ingest/positions', text);
        // A body that would poison prototypes is refused before it is read.
        if (/__proto__|constructor/.test(text)) return;
        expect([status, status === 200 ? JSON.parse(body).verdicts.length : body]).toEqual([200, fixes.length]);
      }),
      { numRuns: 100 },
    );
  });

  test('a body beyond its limit is refused as too large', async () => {
    const big = JSON.stringify(incident({ description: 'x'.repeat(300_000) }));
    expect((await raw('POST', '/api/incidents', big)).status).toBe(413);
    expect((await raw('POST', '/api/ingest/positions', `{"fixes":[${' '.repeat(1_100_000)}]}`)).status).toBe(413);
  });
});
