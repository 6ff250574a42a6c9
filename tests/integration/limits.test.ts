import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { AUTHORIZATION } from '../support/access.ts';
import { engines, freshApp } from '../support/engines.ts';

const TOKEN = 'token-of-the-phone-0123456789abcdef';
const OTHER = 'token-of-another-0123456789abcdef';
const START = Date.UTC(2026, 10, 21, 12);
const NIGHT = 10_000;

describe('S14: how much devices may send', () => {
  let app: App;
  let now = START;
  /** A time of the night before, another for each fix. */
  let past = START - 12 * 3_600_000;
  beforeAll(async () => {
    app = await freshApp(engines().at(-1) ?? 'embedded', { now: () => now });
    const payload = { callsign: 'P1', organisation: 'polri', devices: ['one', 'two'] };
    await app.http.inject({ method: 'POST', url: '/api/units', payload });
    for (const [identifier, token] of [
      ['one', TOKEN],
      ['two', OTHER],
    ] as const) {
      const hash = createHash('sha256').update(token).digest('hex');
      await app.database.pool.query('UPDATE device SET token_hash = $2 WHERE identifier = $1', [identifier, hash]);
    }
    app.bus.emit('devices.changed');
  });
  afterAll(() => app?.close());

  const earlier = () => {
    past += 1_000;
    return past;
  };
  const nobody = { cookie: '' };
  const batch = (count: number, device = TOKEN, headers: Record<string, string> = nobody) =>
    app.http.inject({
      method: 'POST',
      url: '/api/ingest/positions',
      headers,
      payload: { fixes: Array.from({ length: count }, () => ({ device, time: earlier(), lon: 116, lat: -8.5 })) },
    });
  const fix = (id: string, time: number) =>
    app.http.inject({ url: '/api/ingest/osmand', headers: nobody, query: { id, lat: '-8.58', lon: '116.1', timestamp: String(time) } }); // biome-ignore format: one line
  const stored = async () => Number((await app.database.pool.query('SELECT count(*) FROM position')).rows[0]?.count);

  test('a night at once, then 20 a second; beyond that 429 with a time, and nothing of it is stored', async () => {
    for (let sent = 0; sent < NIGHT; sent += 1_000) expect((await batch(1_000)).statusCode).toBe(200);
    const refused = await batch(1_000);
    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([429, 'too_many_requests', '50']); // biome-ignore format: one line
    expect(await stored()).toBe(NIGHT);
    now += 1_000;
    expect((await batch(21)).statusCode).toBe(429);
    expect((await batch(20)).statusCode).toBe(200);
    expect((await batch(1)).statusCode).toBe(429);
    expect((await fix(TOKEN, earlier())).statusCode).toBe(429);
    expect(await stored()).toBe(NIGHT + 20);
  });

  test('where somebody is now does not wait for where he was', async () => {
    const answer = await fix(TOKEN, now);
    expect(answer.statusCode).toBe(200);
    const [unit] = (await app.http.inject('/api/units')).json<{ units: { id: number }[] }>().units;
    const { position } = (await app.http.inject(`/api/units/${unit?.id}`)).json();
    expect(position.time).toBe(now);
  });

  test('one device that floods harms no other, nor those who watch', async () => {
    const waits: number[] = [];
    let flooding = true;
    const flood = Promise.all(
      Array.from({ length: 8 }, async () => {
        const statuses = new Set<number>();
        while (flooding) statuses.add((await batch(100)).statusCode);
        return [...statuses];
      }),
    );
    for (let i = 0; i < 40; i++) {
      const begin = performance.now();
      now += 10;
      const answers = await Promise.all([app.http.inject('/api/units'), fix(OTHER, now)]);
      waits.push(performance.now() - begin);
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    }
    flooding = false;
    // What came back meanwhile lets at most a few through.
    expect(new Set((await flood).flat())).toEqual(new Set([429]));
    waits.sort((a, b) => a - b);
    console.log(`S14: operators and other devices waited ${waits[20]?.toFixed(0)} ms, ${waits[39]?.toFixed(0)} at most, beside a flood`); // biome-ignore format: one line
    expect(waits[36]).toBeLessThan(1_000);
  });

  test('a gateway has a limit of its own', async () => {
    for (let i = 0; i < 12; i++) expect((await batch(1_000, 'one', AUTHORIZATION)).statusCode).toBe(200); // biome-ignore format: one line
  });

  test('guessing tokens ends at 429 without asking the database, and those who are known go on', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 1_010; i++) statuses.push((await fix(`guess-${i}`, now)).statusCode);
    expect(statuses.slice(0, 1_000)).toEqual(statuses.slice(0, 1_000).map(() => 404));
    expect(new Set(statuses.slice(1_000))).toEqual(new Set([429]));
    // Known, though some device has changed meanwhile and all are asked for again.
    app.bus.emit('devices.changed');
    expect((await fix(OTHER, now)).statusCode).toBe(200);
    app.bus.emit('devices.changed');
    expect((await batch(1, OTHER)).statusCode).toBe(200);
    now += 1_000;
    expect((await fix('guess', now)).statusCode).toBe(404);
  });
});
