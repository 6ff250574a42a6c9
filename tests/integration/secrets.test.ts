import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import { dataFolder } from '../support/data-folders.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const CANARY = 'kenari0123456789abcdef0123456789abcdef';
const ADMIN_TOKEN = `admin-${CANARY}`;
const PASSWORD = `${CANARY} kata sandi`;

describe('S13: credentials never come out again', () => {
  let server: RunningServer;
  const dataDir = dataFolder();
  const secrets = [CANARY];
  let printed = '';
  beforeAll(async () => {
    server = await startServer({ ADMIN_TOKEN, LOG_LEVEL: 'debug', DATA_DIR: dataDir });
  }, 180_000);
  afterAll(() => server?.stop());

  const json = (body: string) => ({ method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const form = (body: string) => ({
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const place = 'lat=-8.58&lon=116.1';

  const asAdministrator = { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } };
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

  test('of people: the link of the first start, password, session and what a device is given', async () => {
    const setup = /\/setup#(\S+)/.exec(server.output())?.[1] ?? '';
    expect(setup).not.toBe('');
    const origin = new URL(server.url).origin;
    const post = async (path: string, body: object, cookie = '') => {
      const init = json(JSON.stringify(body));
      const answer = await fetch(`${origin}${path}`, { ...init, headers: { ...init.headers, origin, cookie } });
      expect([path, answer.status, await answer.text()]).toEqual([path, expect.toBeOneOf([200, 204]), expect.not.stringContaining(CANARY)]); // biome-ignore format: one line
      return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    };
    const first = await post('/api/access/setup', { token: setup });
    await post('/api/access/password', { next: PASSWORD }, first);
    const second = await post('/api/access/sign-in', { username: 'administrator', password: PASSWORD });
    expect(second).toMatch(/^ronda=.{20,}/);
    const admin = async (path: string, body: object) => {
      const init = json(JSON.stringify(body));
      const headers = { ...init.headers, authorization: `Bearer ${ADMIN_TOKEN}` };
      const answer = await fetch(`${origin}${path}`, { ...init, headers });
      expect([path, answer.ok]).toEqual([path, true]);
      return answer.json();
    };
    const unit = await admin('/api/units', { callsign: 'Melati 1', organisation: 'ronda' });
    const { enrolment } = await admin(`/api/units/${unit.id}/devices`, { label: 'Ponsel' });
    const invitation = String(enrolment.link).split('#')[1] ?? '';
    const { token } = await admin('/api/enrol', { token: invitation });
    expect((await fetch(`${origin}/api/ingest/osmand?id=${token}&${place}`)).status).toBe(200);
    expect([invitation.length >= 22, token.length >= 27]).toEqual([true, true]);
    secrets.push(invitation, token);
    for (const cookie of [first, second]) secrets.push(cookie.slice(cookie.indexOf('=') + 1));
    secrets.push(setup);
    // It is printed once, for whoever started the server.
    expect(server.output().split(setup)).toHaveLength(2);
    printed = setup;
  });

  test('a device’s token is told once, and nowhere again', async () => {
    const ask = async (method: string, path: string, body?: object, headers: object = asAdministrator.headers) => {
      const answer = await fetch(`${server.url}${path}`, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      return answer.text();
    };
    const unit = JSON.parse(await ask('POST', '/api/units', { callsign: 'Kenari', organisation: 'ronda' }));
    const added = JSON.parse(await ask('POST', `/api/units/${unit.id}/devices`, { label: 'HP' }));
    const [, link = ''] = added.enrolment.link.split('#');
    const { token } = JSON.parse(await ask('POST', '/api/enrol', { token: link }, {}));
    secrets.push(link, token);
    const told = [
      await ask('POST', '/api/enrol', { token: link }, {}),
      await ask('GET', `/api/ingest/osmand?id=${token}&${place}`, undefined, {}),
      await ask('GET', `/api/ingest/osmand?id=${token}&lat=north`, undefined, {}),
      await ask('GET', `/api/ingest/osmand?id=${token}&lat=0&lon=0`, undefined, {}),
      await ask('POST', '/api/ingest/positions', { fixes: [{ device: token, lon: 0, lat: 0 }] }, {}),
      await ask('POST', '/api/duty', { token, on: true, until: '2001-01-01T00:00:00Z' }, {}),
      await ask('POST', '/api/duty', { token, on: false }, {}),
      await ask('GET', '/api/devices'),
      await ask('GET', `/api/units/${unit.id}`),
      await ask('DELETE', `/api/devices/${added.device.id}`),
      await ask('GET', `/api/ingest/osmand?id=${token}&${place}`, undefined, {}),
      await ask('GET', '/api/quarantine'),
      await ask('GET', '/api/audit?limit=200'),
    ].join('\n');
    expect(told).toContain('device.enrolled');
    for (const secret of [link, token]) expect(told.includes(secret) ? told : '').toBe('');
  });

  test('not in the database, its log of events and its audit log', async () => {
    const client = new pg.Client({ host: socketFolderOf(dataDir), user: 'postgres', database: 'postgres' });
    await client.connect();
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'spatial_ref_sys'",
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const { rows } = await client.query(
        `SELECT secret FROM ${name} AS one, unnest($1::text[]) AS secret WHERE strpos(one::text, secret) > 0`,
        [secrets],
      );
      expect([name, rows]).toEqual([name, []]);
    }
    await client.end();
  });

  test('not in what the server writes, down to its details', async () => {
    await server.stop();
    const lines = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.length).toBeGreaterThan(requests.length - 3);
    const written = server.output().replace(printed, '');
    for (const secret of secrets) expect(written.includes(secret) ? written : '').toBe('');
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
