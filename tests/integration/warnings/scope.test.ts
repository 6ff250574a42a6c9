import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { refreshShapes } from '../../../server/access/shapes.queries.ts';
import type { App } from '../../../server/app.ts';
import { judgeFamily } from '../../../server/warnings/family.ts';
import { Runner } from '../../../server/warnings/runner.ts';
import type { Role } from '../../../shared/access/roles.ts';
import { SUBPROTOCOL } from '../../../shared/live/protocol.ts';
import type { EarlyWarning } from '../../../shared/schemas/warning.ts';
import { engines, freshConfig, openApp } from '../../support/engines.ts';
import { putIncidents, putTowns, steady } from '../../support/rising-town.ts';
import { signInAs } from '../../support/towns.ts';

describe.each(engines())('early warnings within a jurisdiction, on %s', (engine) => {
  let app: App;
  let url: string;
  const clock = { now: Date.now() };
  /** Jurisdictions of the two kota. */
  const of: Record<string, number> = {};
  const sockets: WebSocket[] = [];
  beforeAll(async () => {
    app = await openApp(await freshConfig(engine), { now: () => clock.now, nights: false });
    url = await app.http.listen({ port: 0, host: '127.0.0.1' });
    const { db, pool } = app.database;
    await putTowns(db);
    await putIncidents(
      db,
      [
        { code: '52.71.01.1001', weeks: steady(30, 3, [9, 11, 12]) },
        { code: '52.08.01.1001', weeks: steady(30, 3, [8, 10, 13]) },
        { code: '52.08.01.1002', weeks: steady(30, 3) },
      ],
      clock.now,
    );
    for (const kota of ['52.71', '52.08']) {
      const { rows } = await pool.query<{ id: number }>(
        `WITH made AS (INSERT INTO jurisdiction (name, kind) VALUES ('Polres ' || $1, 'polres') RETURNING id)
         INSERT INTO jurisdiction_part (jurisdiction_id, area_code) SELECT id, $1 FROM made RETURNING jurisdiction_id AS id`,
        [kota],
      );
      of[kota] = rows[0]?.id ?? 0;
    }
    for (const [name, east] of [
      ['whole', 116.6],
      ['part', 116.4],
    ] as const) {
      const { rows } = await pool.query<{ id: number }>(
        `WITH made AS (INSERT INTO jurisdiction (name, kind) VALUES ($1, 'khusus') RETURNING id)
         INSERT INTO jurisdiction_part (jurisdiction_id, geom)
         SELECT id, ST_Multi(ST_MakeEnvelope(116, -9, $2, -8, 4326)) FROM made RETURNING jurisdiction_id AS id`,
        [name, east],
      );
      of[name] = rows[0]?.id ?? 0;
    }
    await refreshShapes(db, clock.now);
  });
  afterAll(async () => {
    for (const socket of sockets) socket.terminate();
    await app?.close();
  });

  const signIn = (kota: string, role: Role) => signInAs(app, { role, jurisdiction: of[kota] ?? 0 });
  const get = async (address: string, headers: Record<string, string>) => app.http.inject({ url: address, headers });
  const look = () =>
    new Runner({
      db: app.database.db,
      bus: app.bus,
      now: () => clock.now,
      judges: () => ({ judge: async (counts) => judgeFamily(counts), close: async () => {} }),
      onFailure: (error) => expect.unreachable(String(error)),
    }).look();

  /** A viewer who hears events after the cursor, or from now on; everything that came over the wire. */
  async function listen({ cookie = '' }: Record<string, string>, cursor?: string) {
    const texts: string[] = [];
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, SUBPROTOCOL, {
      headers: { cookie, origin: url },
    });
    sockets.push(socket);
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) texts.push(data.toString());
    });
    await vi.waitFor(() => expect(texts).not.toHaveLength(0));
    const points = await fetch(`${url}/api/incidents/points`, { headers: { cookie } });
    const from = cursor ?? (await points.json()).cursor;
    socket.send(JSON.stringify({ type: 'resume', id: 1, cursor: from }));
    await vi.waitFor(() => expect(texts.some((text) => text.includes('"resumed"'))).toBe(true));
    const events = () => texts.map((text) => JSON.parse(text)).filter(({ type }) => type === 'event');
    return { texts, events, from };
  }

  test('S10: who is of one kota hears of its warnings, live and again after a cut, and no byte of the other', async () => {
    const here = await listen(await signIn('52.71', 'operator'));
    const there = await listen(await signIn('52.08', 'operator'));
    // Desa Satu of 52.71 lies wholly in what is drawn of one, and in part in that of the other.
    const whole = await listen(await signIn('whole', 'operator'));
    const part = await listen(await signIn('part', 'operator'));
    expect(await look()).toEqual(['WITA']);
    for (const [{ events, texts }, own, other] of [
      [here, '52.71', '52.08'],
      [there, '52.08', '52.71'],
      [whole, '52.71', '52.08'],
    ] as const) {
      await vi.waitFor(() => expect(events()).toHaveLength(2), 5_000);
      for (const { kind, data } of events())
        expect([kind, data.area, data.category, data.state]).toEqual([
          'warning.raised',
          `${own}.01.1001`,
          'kamtibmas',
          'open',
        ]);
      expect(texts.join('\n')).not.toContain(other);
    }
    expect(part.events()).toEqual([]);
    expect(part.texts.join('\n')).not.toMatch(/52\.71|52\.08/);
    const again = await listen(await signIn('52.71', 'viewer'), here.from);
    // Cursors are opaque, and another text each time.
    const told = ({ events }: typeof here) => events().map(({ cursor, previous, ...event }) => event);
    await vi.waitFor(() => expect(told(again)).toEqual(told(here)), 5_000);
  });

  test('S10: list, detail, precision and runs tell of the own kota alone, and only its analyst records an outcome', async () => {
    const all = (await app.http.inject('/api/warnings')).json<{ warnings: EarlyWarning[] }>().warnings;
    const foreign = all.find(({ area }) => area.code.startsWith('52.71'));
    const own = all.find(({ area }) => area.code.startsWith('52.08'));
    if (!foreign || !own) throw new Error('no warnings');
    const analyst = await signIn('52.08', 'analyst');
    for (const address of [
      '/api/warnings',
      '/api/warnings?area=52.71',
      '/api/warnings/runs',
      `/api/warnings/${own.id}`,
    ])
      expect((await get(address, analyst)).body).not.toContain('52.71');
    expect((await get(`/api/warnings/${foreign.id}`, analyst)).statusCode).toBe(404);
    const judge = (id: string, version: number, headers: Record<string, string>) =>
      app.http.inject({
        method: 'PATCH',
        url: `/api/warnings/${id}`,
        headers: { ...headers, 'if-match': `"${version}"` },
        payload: { outcome: 'false' },
      });
    expect((await judge(foreign.id, foreign.version, analyst)).statusCode).toBe(404);
    expect((await judge(own.id, own.version, await signIn('52.08', 'operator'))).statusCode).toBe(403);
    expect((await judge(own.id, own.version, analyst)).statusCode).toBe(200);
    const counts = async (kota: string) => {
      const { rules } = (await get('/api/warnings/precision', await signIn(kota, 'viewer'))).json();
      return rules.find(({ rule }: { rule: string }) => rule === own.rule);
    };
    expect(await counts('52.08')).toMatchObject({ false: 1, unjudged: 0, precision: 0 });
    expect(await counts('52.71')).toMatchObject({ false: 0, unjudged: 1, precision: null });
  });

  test('S10: by a drawn jurisdiction one has the warnings of the areas wholly within it, else one is told why there are none', async () => {
    const codesOf = async (headers: Record<string, string>) =>
      (await get('/api/warnings', headers)).json<{ warnings: EarlyWarning[] }>().warnings.map(({ area }) => area.code);
    const whole = await signIn('whole', 'analyst');
    expect(new Set(await codesOf(whole))).toEqual(new Set(['52.71.01.1001']));
    // Of the other desa of that kota a part is drawn: nothing is told of it.
    const { db } = app.database;
    await sql`UPDATE early_warning SET area_code = '52.71.01.1002' WHERE rule = 'cusum' AND area_code = '52.71.01.1001'`.execute(
      db,
    );
    expect(await codesOf(whole)).toEqual(['52.71.01.1001']);
    await sql`UPDATE early_warning SET area_code = '52.71.01.1001' WHERE area_code = '52.71.01.1002'`.execute(db);
    const runs = async (headers: Record<string, string>) => (await get('/api/warnings/runs', headers)).json();
    expect(await runs(whole)).toMatchObject({ reachesAreas: true, runs: [{ cause: 'nightly' }] });
    const part = await signIn('part', 'analyst');
    expect(await codesOf(part)).toEqual([]);
    expect(await runs(part)).toEqual({ runs: [], reachesAreas: false });
    const asked = await app.http.inject({ method: 'POST', url: '/api/warnings/runs', headers: part, payload: {} });
    expect([asked.statusCode, asked.json().code]).toEqual([403, 'forbidden']);
    expect(asked.json().message).toContain('No whole desa or kecamatan lies within your jurisdiction');
  });

  test('S10: a run that an analyst asks for is of the own kota, and leaves the others as they are', async () => {
    const { db } = app.database;
    const before = await db.selectFrom('early_warning').selectAll().where('area_code', 'like', '52.71%').execute();
    const operator = await signIn('52.08', 'operator');
    const ask = (headers: Record<string, string>) =>
      app.http.inject({ method: 'POST', url: '/api/warnings/runs', headers, payload: {} });
    expect((await ask(operator)).statusCode).toBe(403);
    const asked = await ask(await signIn('52.08', 'analyst'));
    expect(asked.statusCode, asked.body).toBe(202);
    await vi.waitFor(async () => {
      const { runs } = (await get('/api/warnings/runs', operator)).json();
      expect(runs[0]).toMatchObject({ id: asked.json().id, state: 'finished', total: 101 });
    }, 20_000);
    const { families } = await db
      .selectFrom('early_warning_run')
      .select('families')
      .where('id', '=', asked.json().id)
      .executeTakeFirstOrThrow();
    expect(families).toEqual(['52.08']);
    expect(await db.selectFrom('early_warning').selectAll().where('area_code', 'like', '52.71%').execute()).toEqual(
      before,
    );
    const own = await db.selectFrom('early_warning').select('run_id').where('area_code', 'like', '52.08%').execute();
    expect(own.every(({ run_id }) => run_id === asked.json().id)).toBe(true);
    // Nobody of the other kota is told of it.
    const { runs } = (await get('/api/warnings/runs', await signIn('52.71', 'analyst'))).json();
    expect(runs.map(({ id }: { id: number }) => id)).not.toContain(asked.json().id);
  });
});
