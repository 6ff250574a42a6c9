import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import { engines, freshConfig, openApp } from '../support/engines.ts';

const BATCH = 500;

describe.each(engines())('a backlog on %s', (engine) => {
  let app: App;
  let other: pg.Client;
  beforeAll(async () => {
    const config = await freshConfig(engine);
    app = await openApp(config);
    other = new pg.Client(
      config.databaseUrl
        ? { connectionString: config.databaseUrl }
        : { host: socketFolderOf(config.dataDir), user: 'postgres', database: 'postgres' },
    );
    await other.connect();
    await app.http.inject({
      method: 'POST',
      url: '/api/units',
      payload: { callsign: 'P1', organisation: 'polri', devices: ['one'] },
    });
  });
  afterAll(async () => {
    await other?.end();
    await app?.close();
  });

  test('is bounded: what does not fit is refused at once, memory stays, and the rest is stored when the database goes on', async () => {
    let time = Date.now() - 3_600_000;
    const post = async () =>
      app.http.inject({
        method: 'POST',
        url: '/api/ingest/positions',
        payload: { fixes: Array.from({ length: BATCH }, () => ({ device: 'one', time: time++, lon: 116, lat: -8 })) },
      });
    // The device is remembered from here on.
    expect((await post()).statusCode).toBe(200);
    await other.query('BEGIN');
    await other.query('LOCK TABLE position IN ACCESS EXCLUSIVE MODE');
    const waiting = Array.from({ length: 40 }, post);
    const refused = [];
    for (let index = 0; index < 5; index++) refused.push(await post());
    const before = process.memoryUsage().rss;
    for (let index = 0; index < 200; index++) refused.push(await post());
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    expect(new Set(refused.map(({ statusCode }) => statusCode))).toEqual(new Set([503]));
    expect(refused[0]?.json().code).toBe('overloaded');
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    await other.query('COMMIT');
    const answers = await Promise.all(waiting);
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect((await post()).statusCode).toBe(200);
    const { rows } = await other.query('SELECT count(*)::int AS count FROM position');
    expect(rows).toEqual([{ count: 42 * BATCH }]);
  });
});
