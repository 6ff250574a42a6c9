import { tmpdir } from 'node:os';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../server/app.ts';
import type { Tables } from '../../server/database/tables.ts';
import { ReadinessCheck } from '../../server/metrics/readiness.ts';
import { ADMIN_TOKEN } from '../support/access.ts';
import { freshApp } from '../support/engines.ts';
import { signInAs } from '../support/towns.ts';

const nobody = { cookie: '' };

describe('what the server says of itself', () => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp('embedded');
  });
  afterAll(() => app?.close());

  const get = (url: string, headers?: Record<string, string>) =>
    app.http.inject({ url, ...(headers === undefined ? {} : { headers }) });

  test('anybody may know that the process is there and ready, and no more', async () => {
    const health = await get('/api/health', nobody);
    expect([health.statusCode, health.json()]).toEqual([200, { healthy: true }]);
    const ready = await get('/api/ready', nobody);
    expect([ready.statusCode, ready.json()]).toEqual([200, { ready: true }]);
    expect((await get('/metrics', nobody)).statusCode).toBe(401);
  });

  test('who reads measurements sees database, bus and disk', async () => {
    expect((await get('/api/ready')).json()).toEqual({
      ready: true,
      parts: {
        database: { ready: true, seconds: expect.any(Number) },
        bus: { ready: true, silentSeconds: expect.any(Number) },
        disk: { ready: true, freeBytes: expect.any(Number), freeShare: expect.any(Number) },
        draining: false,
      },
    });
  });

  test('who administers one city reads nothing of what happens in all', async () => {
    const { id: everything } = await app.database.db
      .selectFrom('jurisdiction')
      .select('id')
      .where('everything', '=', true)
      .executeTakeFirstOrThrow();
    const { id: city } = await app.database.db
      .insertInto('jurisdiction')
      .values({ name: 'Polresta Satu', kind: 'polres' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await app.database.db
      .insertInto('jurisdiction_part')
      .values({ jurisdiction_id: city, area_code: '52.71' })
      .execute();
    const narrow = await signInAs(app, { role: 'administrator', jurisdiction: city });
    const refused = await get('/metrics', narrow);
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'forbidden']);
    expect((await get('/api/ready', narrow)).json()).toEqual({ ready: true });
    const wide = await signInAs(app, { role: 'administrator', jurisdiction: everything });
    expect((await get('/metrics', wide)).statusCode).toBe(200);
    expect((await get('/api/ready', wide)).json()).toMatchObject({ parts: { draining: false } });
  });

  test('measurements are those of what happened', async () => {
    await get('/api/nothing');
    const unit = { callsign: 'P1', organisation: 'polri', devices: ['one'] };
    await app.http.inject({ method: 'POST', url: '/api/units', payload: unit });
    const places = [
      { lon: 116, lat: -8 },
      { lon: 116, lat: -8.1 },
      { lon: 116, lat: 95 },
    ];
    const fixes = places.map((place, i) => ({ device: 'one', time: Date.now() - i * 1000, ...place }));
    await app.http.inject({ method: 'POST', url: '/api/ingest/positions', payload: { fixes } });
    const { headers, body } = await get('/metrics', { authorization: `Bearer ${ADMIN_TOKEN}` });
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const value = (name: string) =>
      Number(
        body
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')[1],
      );
    expect(value('ronda_http_answers_total{status="404"}')).toBe(1);
    expect(value('ronda_memory_bytes{kind="resident"}')).toBeGreaterThan(1e7);
    expect(value('ronda_database_round_trip_seconds')).toBeGreaterThan(0);
    expect(value('ronda_disk_free_bytes')).toBeGreaterThan(0);
    expect(value('ronda_live_viewers')).toBe(0);
    expect(value('ronda_ingest_waiting_rows')).toBe(0);
    expect(value('ronda_ingest_fixes_total{verdict="taken"}')).toBe(2);
    expect(value('ronda_ingest_fixes_total{verdict="quarantined"}')).toBe(1);
    expect(value('ronda_live_positions_total')).toBe(1);
    expect(body).toMatch(/^ronda_event_loop_delay_seconds\{quantile="p99"\} [\d.]+$/m);
    expect(body).toMatch(/^ronda_live_wait_seconds_bucket\{le="\+Inf"\} \d+$/m);
    // Every line is a comment or a measurement.
    expect(body.split('\n').filter((line) => !/^(# (HELP|TYPE) ronda_\w+ .+|ronda_\w+(\{\w+="[^"]*"\})? \S+|)$/.test(line))).toEqual([]); // biome-ignore format: one line
  });

  test('every answer carries its security headers, those of the API none that a page needs', async () => {
    for (const url of ['/api/units', '/api/nothing', '/nothing', '/tiles/areas/0/0/0.mvt']) {
      const { headers } = await get(url);
      expect(headers, url).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'$/),
      });
      expect(headers['content-security-policy'], url).not.toMatch(/unsafe-eval|script-src [^;]*unsafe|https:/);
      expect(headers['strict-transport-security'], url).toBeUndefined();
    }
    expect((await get('/api/units')).headers['cache-control']).toBe('no-store');
  });

  test('a database that is gone, a silent bus and the end of the server are not ready', async () => {
    const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
    const gone = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    const options = {
      isFull: () => false,
      database: app.database,
      dataDir: tmpdir(),
      busHeardAt: () => 100_000,
      now: () => 101_000,
    };
    expect(await new ReadinessCheck(options).ask()).toMatchObject({ ready: true });
    const without = await new ReadinessCheck({ ...options, database: { db: gone } }).ask();
    expect(without).toMatchObject({ ready: false, parts: { database: { ready: false, seconds: null } } });
    const silent = await new ReadinessCheck({ ...options, now: () => 120_000 }).ask();
    expect(silent).toMatchObject({ ready: false, parts: { bus: { ready: false, silentSeconds: 20 } } });
    const full = await new ReadinessCheck({ ...options, isFull: () => true }).ask();
    expect(full).toMatchObject({ ready: false, parts: { disk: { ready: false } } });
    const ending = new ReadinessCheck(options);
    ending.draining = true;
    expect(await ending.ask()).toMatchObject({ ready: false, parts: { draining: true } });
    await gone.destroy();
  });
});
