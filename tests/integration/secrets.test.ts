import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type RunningServer, startServer } from '../support/server.ts';

const CANARY = 'kenari0123456789abcdef0123456789abcdef';
const ADMIN_TOKEN = `admin-${CANARY}`;

describe('S13: credentials never come out again', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({
      ADMIN_TOKEN,
      LOG_LEVEL: 'debug',
      DATA_DIR: mkdtempSync(join(inject('scratch'), 'secrets-')),
    });
  });
  afterAll(() => server?.stop());

  const json = (body: string) => ({ method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const form = (body: string) => ({
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const place = 'lat=-8.58&lon=116.1';

  /** Every way in which a credential travels, right and wrong. */
  const requests: [path: string, init?: RequestInit][] = [
    [`/api/ingest/osmand?id=${CANARY}&${place}`],
    [`/api/ingest/osmand?deviceid=${CANARY}&lat=north`],
    [`/api/ingest/osmand?lat=${CANARY}&id=${CANARY}`],
    [`/api/ingest/osmand/${CANARY}?${place}`],
    [`/${CANARY}`],
    [`/api/%2f${CANARY}`],
    ['/api/ingest/osmand', form(`id=${CANARY}&${place}`)],
    ['/api/ingest/osmand', json(`{"device_id":"${CANARY}","location":{}}`)],
    ['/api/ingest/osmand', json(`{"device_id":"${CANARY}"`)],
    ['/api/ingest/positions', json(`{"fixes":[{"device":"${CANARY}","lon":116,"lat":-8}]}`)],
    ['/api/ingest/positions', json(`{"fixes":["${CANARY}"],"token":"${CANARY}"}`)],
    ['/api/units', { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }],
    ['/api/units', { headers: { authorization: `Bearer ${CANARY}` } }],
    ['/api/units', { headers: { authorization: `Basic ${CANARY}` } }],
    ['/api/units', { headers: { cookie: `ronda=${CANARY}; __Host-ronda=${CANARY}` } }],
    [`/api/units?token=${CANARY}`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }],
    [`/api/incidents?cursor=${CANARY}`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }],
    ['/api/access/setup', json(`{"token":"${CANARY}"}`)],
    ['/api/access/accept', json(`{"token":"${CANARY}","password":"${CANARY}"}`)],
    ['/api/access/sign-in', json(`{"username":"siti","password":"${CANARY}"}`)],
    ['/api/access/sign-in', json(`{"username":7,"password":"${CANARY}","more":"${CANARY}"}`)],
    ['/api/access/step-up', json(`{"totp":"${CANARY}"}`)],
    ['/api/enrol', json(`{"token":"${CANARY}"}`)],
    [`/api/access/oidc/callback?code=${CANARY}&state=${CANARY}`],
    ['/', { headers: { referer: `http://elsewhere/?id=${CANARY}` } }],
  ];

  test('not in answers', async () => {
    for (const [path, init] of requests) {
      const answer = await fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
      const text = `${await answer.text()}\n${JSON.stringify([...answer.headers])}`;
      expect([path, answer.status < 500, text.includes(CANARY) ? text : '']).toEqual([path, true, '']);
      // What a link on the page leads to is not told where from.
      expect([path, answer.headers.get('referrer-policy') ?? 'same-origin']).toEqual([path, 'same-origin']);
    }
  });

  test('not in what the server writes, down to its details', async () => {
    await server.stop();
    const lines = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.length).toBeGreaterThan(requests.length - 3);
    expect(server.output().includes(CANARY) ? server.output() : '').toBe('');
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.filter(({ level }) => level === 'error')).toEqual([]);
    expect(entries.find(({ path }) => path === '/api/units')).toMatchObject({
      level: 'debug',
      id: expect.stringMatching(/^req-/),
      method: 'GET',
      status: expect.any(Number),
      ms: expect.any(Number),
    });
  });
});
