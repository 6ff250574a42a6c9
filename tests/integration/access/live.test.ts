import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { LiveClient } from '../../../client/live/client.ts';
import { refreshShapes } from '../../../server/access/shapes.queries.ts';
import type { App } from '../../../server/app.ts';
import type { Role } from '../../../shared/access/roles.ts';
import { fromSteps, latitudeOf, longitudeOf } from '../../../shared/live/cells.ts';
import { CLOSE } from '../../../shared/live/close-codes.ts';
import { readFrame } from '../../../shared/live/frame-reader.ts';
import { SUBPROTOCOL } from '../../../shared/live/protocol.ts';
import { AUTHORIZATION, ask } from '../../support/access.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { nodeEnvironment } from '../../support/node-environment.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { signInAs, type Town, type Towns, twoTowns } from '../../support/towns.ts';

/** Both towns, unit by unit, and both in counts. */
const NEAR = { bounds: [115.9, -8.75, 116.6, -8.35], zoom: 11 };
const FAR = { bounds: [110, -12, 120, -5], zoom: 5 };
const PROMISED_MS = 5_000;

/** A viewer by bare socket: everything that comes over the wire is kept. */
class Wire {
  readonly texts: string[] = [];
  /** Ids of all units that any frame named, and where. */
  readonly named = new Map<number, [lon: number, lat: number][]>();
  counted = 0;
  closed: number | undefined;
  readonly socket: WebSocket;

  constructor(url: string, headers: Record<string, string>) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, SUBPROTOCOL, { headers });
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.read(data);
      else this.texts.push(data.toString());
    });
    this.socket.on('close', (code) => {
      this.closed = code;
    });
    this.socket.on('error', () => {});
  }
  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }
  /** What is said of this kind. */
  take(kind: string): { data: { id: unknown } }[] {
    return this.texts.map((text) => JSON.parse(text)).filter((message) => message.kind === kind);
  }
  private read(frame: Buffer): void {
    let counted = 0;
    readFrame(frame, {
      begin: () => {},
      unit: (_cell, id, x, y) => {
        const place: [number, number] = [longitudeOf(fromSteps(x)), latitudeOf(fromSteps(y))];
        this.named.set(id, [...(this.named.get(id) ?? []), place]);
      },
      left: (_cell, id) => this.named.set(id, this.named.get(id) ?? []),
      count: (_x, _y, units) => {
        counted += units;
      },
      end: () => {},
    });
    this.counted = counted;
  }
}

describe.each(engines())('the live stream within a jurisdiction, on %s', (engine) => {
  let app: App;
  let url: string;
  let towns: Towns;
  /** How far the server's clock is ahead of this one, milliseconds. */
  let ahead = 0;
  const wires: Wire[] = [];
  const closers: (() => void)[] = [];
  beforeAll(async () => {
    app = await freshApp(engine, { now: () => Date.now() + ahead });
    url = await app.http.listen({ port: 0, host: '127.0.0.1' });
    towns = await twoTowns(app);
    const { rows } = await app.database.pool.query<{ id: number }>(
      `INSERT INTO jurisdiction (name, kind) VALUES ('Polresta Dua', 'polres') RETURNING id`,
    );
    other = rows[0]?.id ?? 0;
    await app.database.pool.query('INSERT INTO jurisdiction_part (jurisdiction_id, area_code) VALUES ($1, $2)', [
      other,
      towns.other.code,
    ]);
    await refreshShapes(app.database.db, Date.now());
  });
  let other = 0;
  afterEach(() => {
    for (const wire of wires.splice(0)) wire.socket.terminate();
    for (const close of closers.splice(0)) close();
  });
  afterAll(() => app?.close());

  const signIn = async (jurisdiction: number, role: Role = 'operator'): Promise<Record<string, string>> => {
    const { cookie = '' } = await signInAs(app, { role, jurisdiction });
    return { cookie, origin: url };
  };

  /** A viewer whose socket stands, who looks at a window and hears events from now on. */
  async function look(headers: Record<string, string>, window = NEAR): Promise<Wire> {
    const wire = new Wire(url, headers);
    wires.push(wire);
    await vi.waitFor(() => expect(wire.texts).not.toHaveLength(0));
    const snapshot = await fetch(`${url}/api/incidents/points`, { headers });
    wire.send({ type: 'window', id: 1, ...window });
    wire.send({ type: 'resume', id: 2, cursor: (await snapshot.json()).cursor });
    await vi.waitFor(() => expect(wire.texts.some((text) => text.includes('"resumed"'))).toBe(true));
    return wire;
  }

  const send = async (town: Town, lon: number, lat: number) => {
    const fix = { device: `${town.word}-hp`, lon, lat, time: new Date().toISOString() };
    const answer = await ask(`${url}/api/ingest/positions`, json('POST', { fixes: [fix] }));
    expect(answer.status).toBe(200);
  };

  const report = async ({ word, lon, lat }: Town): Promise<string> => {
    const id = uuidv7();
    const body = { id, category: 'sar', severity: 'low', source: 'radio', title: `${word} baru` };
    const whole = { ...body, occurredAt: new Date().toISOString(), location: { lon, lat } };
    expect((await ask(`${url}/api/incidents`, json('POST', whole))).status).toBe(201);
    return id;
  };

  const patch = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await ask(`${url}${path}`, json('PATCH', body, headers));
    expect(answer.status).toBe(200);
  };

  /** Waits until everything that was sent before has arrived at whoever may see everything. */
  async function settled(): Promise<void> {
    const all = await look(AUTHORIZATION);
    const id = await report(towns.other);
    await vi.waitFor(() => expect(all.take('incident.created').some(({ data }) => data.id === id)).toBe(true));
    await vi.waitFor(() => expect(all.named.size).toBeGreaterThanOrEqual(2));
  }

  test('two viewers of different towns: not a byte about the other one', async () => {
    const { own, other: foreign } = towns;
    const one = await look(await signIn(towns.jurisdictions.area));
    const two = await look(await signIn(other));
    const byPolygon = await look(await signIn(towns.jurisdictions.polygon));
    const counts = await look(await signIn(towns.jurisdictions.area), FAR);
    for (let round = 0; round < 3; round++) {
      for (const town of [own, foreign]) {
        await send(town, town.lon + round / 1000, town.lat);
        await report(town);
        await patch(`/api/units/${town.unit}`, { status: round % 2 === 0 ? 'busy' : 'available' });
      }
    }
    await settled();
    // Fixes of one tick are told as one, so the last is what must have come.
    for (const [wire, town] of [
      [one, own],
      [two, foreign],
      [byPolygon, own],
    ] as const) {
      const last = { ...town, lon: town.lon + 2 / 1000 };
      await vi.waitFor(() => expect(near(wire.named.get(town.unit)?.at(-1), last)).toBe(true), 10_000);
    }
    // Each connection is told in its own time; what must not come would have come by then.
    await vi.waitFor(() => expect(counts.counted).toBe(1), 10_000);
    for (const wire of [one, byPolygon, counts]) {
      await vi.waitFor(() => expect(wire.take('unit.changed').length).toBeGreaterThanOrEqual(3), 10_000);
    }
    await vi.waitFor(() => expect(two.take('incident.created').length).toBeGreaterThanOrEqual(4), 10_000);
    expect([...one.named.keys()]).toEqual([own.unit]);
    expect([...two.named.keys()]).toEqual([foreign.unit]);
    expect([...byPolygon.named.keys()]).toEqual([own.unit]);
    expect(counts.named.size).toBe(0);
    expect(counts.counted).toBeLessThanOrEqual(1);
    for (const wire of [one, byPolygon, counts]) {
      expect(wire.take('incident.created')).toHaveLength(3);
      expect(wire.take('unit.changed')).toHaveLength(3);
      expect(wire.texts.join('\n')).not.toContain(foreign.word);
      expect(wire.texts.join('\n')).not.toContain(foreign.code);
    }
    expect(two.texts.join('\n')).not.toContain(own.word);
    // Three, and the one by which it was waited.
    expect(two.take('incident.created')).toHaveLength(4);
  });

  test('a unit that crosses the border: followed by its home, gone for those of the place, and met by the others', async () => {
    const { own, other: foreign } = towns;
    const home = await look(await signIn(towns.jurisdictions.area));
    const place = await look(await signIn(towns.jurisdictions.polygon));
    const away = await look(await signIn(other));
    await send(own, own.lon, own.lat);
    await vi.waitFor(() => expect(place.named.get(own.unit)).not.toHaveLength(0));
    expect(away.named.has(own.unit)).toBe(false);
    // Out of the drawn jurisdiction; nobody's home but its own, then into the other town.
    await send(own, own.lon + 0.12, own.lat);
    await send(own, foreign.lon, foreign.lat);
    await vi.waitFor(() => expect(away.named.get(own.unit)).toHaveLength(1));
    await vi.waitFor(() => expect(near(home.named.get(own.unit)?.at(-1), foreign)).toBe(true));
    for (const [lon] of place.named.get(own.unit) ?? []) expect(lon).toBeLessThanOrEqual(own.lon + 0.1);
    for (const [lon] of away.named.get(own.unit) ?? []) expect(lon).toBeGreaterThanOrEqual(foreign.lon - 0.1);
    // Those where it is hear of its duty; those of the place that it left do not.
    await patch(`/api/units/${own.unit}`, { status: 'busy' });
    await vi.waitFor(() => expect(away.take('unit.changed')).toHaveLength(1));
    await settled();
    expect(home.take('unit.changed')).toHaveLength(1);
    // It belongs to the town of `own` by its home alone, which the drawn jurisdiction does not name.
    expect(place.take('unit.changed')).toHaveLength(0);
    await send(own, own.lon, own.lat);
    await patch(`/api/units/${own.unit}`, { status: 'available' });
  });

  test('an incident that is moved to the other town is withdrawn here and appears there', async () => {
    const { own, other: foreign } = towns;
    const one = await look(await signIn(towns.jurisdictions.area));
    const drawn = await look(await signIn(towns.jurisdictions.polygon));
    const two = await look(await signIn(other));
    const id = await report(own);
    const location = { lon: foreign.lon, lat: foreign.lat };
    await patch(`/api/incidents/${id}`, { location }, { 'if-match': '"1"' });
    await patch(`/api/incidents/${id}`, { severity: 'critical' }, { 'if-match': '"2"' });
    await vi.waitFor(() => expect(two.take('incident.changed')).toHaveLength(2));
    await settled();
    for (const wire of [one, drawn]) {
      expect(wire.take('incident.withdrawn').map(({ data }) => data)).toEqual([{ id }]);
      expect(wire.take('incident.changed')).toEqual([]);
    }
  });

  test('R6: cut again and again while events of both towns go by, one town misses none of its own and hears no other', async () => {
    const proxy = await TcpProxy.start(Number(new URL(url).port));
    const { cookie = '' } = await signIn(towns.jurisdictions.area);
    const headers = { cookie, origin: `http://127.0.0.1:${proxy.port}` };
    const client = new LiveClient(nodeEnvironment(() => `http://127.0.0.1:${proxy.port}`, 20, headers));
    closers.push(() => client.close());
    const subjects: string[] = [];
    client.onEvent(({ subject }) => subjects.push(subject));
    client.startFrom((await (await fetch(`${url}/api/incidents/points`, { headers })).json()).cursor);
    const mine: string[] = [];
    for (let round = 0; round < 20; round++) {
      await report(towns.other);
      mine.push(await report(towns.own));
      if (round % 2 === 0) proxy.cut();
      await report(towns.other);
      mine.push(await report(towns.own));
    }
    await vi.waitFor(() => expect(subjects).toEqual(mine), 20_000);
    expect(proxy.connections).toBeGreaterThan(5);
    await proxy.close();
  }, 60_000);

  test('S9: refused before the upgrade are who is not signed in, and pages of another, of no and of the null origin', async () => {
    const { cookie = '' } = await signIn(towns.jurisdictions.area);
    expect(await refusal({})).toEqual([401, 'unauthenticated']);
    expect(await refusal({ origin: url })).toEqual([401, 'unauthenticated']);
    expect(await refusal({ cookie: 'ronda=forged', origin: url })).toEqual([401, 'unauthenticated']);
    expect(await refusal({ authorization: 'Bearer wrong' })).toEqual([401, 'unauthenticated']);
    for (const origin of ['https://evil.example', 'null', `${url}.evil.example`, url.replace('http:', 'ftp:')]) {
      expect([origin, await refusal({ cookie, origin })]).toEqual([origin, [403, 'forbidden']]);
    }
    expect(await refusal({ cookie })).toEqual([403, 'forbidden']);
    const admin = await signIn(towns.jurisdictions.everything, 'administrator');
    expect(await refusal(admin)).toEqual([403, 'forbidden']);
    // A token is sent by no page of its own accord, so it needs no origin.
    await look(AUTHORIZATION);
    await look({ cookie, origin: url });
  });

  test('S9: more than 50 messages a second, or one over 64 KiB, close the socket', async () => {
    const fast = await look(AUTHORIZATION);
    for (let i = 0; i < 60; i++) fast.send({ type: 'filter' });
    await vi.waitFor(() => expect(fast.closed).toBe(CLOSE.tooMany.code));
    const large = await look(AUTHORIZATION);
    large.socket.send('x'.repeat(64 * 1024 + 1));
    await vi.waitFor(() => expect(large.closed).toBe(1009));
  });

  describe('S9: revoked while live', () => {
    const query = (text: string, values: unknown[] = []) => app.database.pool.query(text, values);
    const newest = `(SELECT id FROM account ORDER BY id DESC LIMIT 1)`;

    test.each([
      ['the session', `UPDATE session SET revoked_at = now() WHERE account_id = ${newest}`, CLOSE.signedOut.code],
      ['the account', `UPDATE account SET disabled_at = now() WHERE id = ${newest}`, CLOSE.signedOut.code],
      [
        'an hour without use',
        `UPDATE session SET last_seen_at = now() - interval '1 hour' WHERE account_id = ${newest}`,
        CLOSE.signedOut.code,
      ],
      [
        'the end of the session',
        `UPDATE session SET expires_at = now() WHERE account_id = ${newest}`,
        CLOSE.signedOut.code,
      ],
      ['the grant', `UPDATE access_grant SET revoked_at = now() WHERE account_id = ${newest}`, CLOSE.permission.code],
      [
        'the end of the grant',
        `UPDATE access_grant SET valid_to = now() + interval '500 ms' WHERE account_id = ${newest}`,
        CLOSE.permission.code,
      ],
    ])('%s: closed within 5 s, even where another process did it, and let in no more', async (_what, change, code) => {
      const headers = await signIn(towns.jurisdictions.area);
      const wire = await look(headers);
      await query(change);
      await vi.waitFor(() => expect(wire.closed).toBe(code), PROMISED_MS);
      // The gate remembers for a moment who was who; told of it, it does not.
      app.bus.emit('access.changed');
      expect((await refusal(headers))[0]).toBe(code === CLOSE.signedOut.code ? 401 : 403);
    });

    test('break-glass access: its end closes within 5 s, and what was seen by it is seen no more', async () => {
      const headers = await signIn(towns.jurisdictions.area);
      const taken = await fetch(
        `${url}/api/break-glass`,
        json('POST', { jurisdictionId: other, reason: 'Gempa di perbatasan', minutes: 5 }, headers),
      );
      expect(taken.status).toBe(201);
      const wire = await look(headers);
      await vi.waitFor(() => expect(wire.named.has(towns.other.unit)).toBe(true));
      ahead = 5 * 60_000 - 1_000;
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(wire.closed).toBeUndefined();
      ahead = 5 * 60_000;
      await vi.waitFor(() => expect(wire.closed).toBe(CLOSE.permission.code), PROMISED_MS);
      const again = await look(headers);
      await vi.waitFor(() => expect(again.named.has(towns.own.unit)).toBe(true));
      expect(again.named.has(towns.other.unit)).toBe(false);
      ahead = 0;
    });

    test('this process is told of it, and closes at once', async () => {
      const wire = await look(await signIn(towns.jurisdictions.area));
      const bystander = await look(await signIn(towns.jurisdictions.polygon));
      await query(
        `UPDATE session SET revoked_at = now() WHERE account_id = (SELECT id FROM account ORDER BY id DESC OFFSET 1 LIMIT 1)`,
      );
      app.bus.emit('access.changed');
      await vi.waitFor(() => expect(wire.closed).toBe(CLOSE.signedOut.code), 1_000);
      expect(bystander.closed).toBeUndefined();
    });

    test('another polygon: closed to come back, which then shows what lies in the new one', async () => {
      const { own, other: foreign, jurisdictions } = towns;
      const headers = await signIn(jurisdictions.polygon);
      const wire = await look(headers);
      const move = (lon: number) =>
        query(
          `UPDATE jurisdiction_part SET geom = ST_Multi(ST_MakeEnvelope($2::float8 - 0.1, -8.65, $2::float8 + 0.1, -8.45, 4326))
           WHERE jurisdiction_id = $1`,
          [jurisdictions.polygon, lon],
        );
      await move(foreign.lon);
      app.bus.emit('jurisdictions.changed', { id: jurisdictions.polygon });
      await vi.waitFor(() => expect(wire.closed).toBe(CLOSE.permission.code), PROMISED_MS);
      const again = await look(headers);
      await vi.waitFor(() => expect([...again.named.keys()]).toEqual([foreign.unit]));
      expect(wire.named.has(foreign.unit)).toBe(false);
      await move(own.lon);
      app.bus.emit('jurisdictions.changed', { id: jurisdictions.polygon });
      await vi.waitFor(() => expect(again.closed).toBe(CLOSE.permission.code), PROMISED_MS);
    });
  });

  /** Status and code with which the upgrade is refused. */
  function refusal(headers: Record<string, string>): Promise<[number | undefined, string]> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, SUBPROTOCOL, { headers });
      socket.on('unexpected-response', (_request, response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve([response.statusCode, JSON.parse(text).code]));
      });
      socket.on('open', () => reject(new Error('was let in')));
      socket.on('error', () => {});
    });
  }
});

function near(place: readonly [number, number] | undefined, { lon, lat }: Town): boolean {
  return place !== undefined && Math.abs(place[0] - lon) < 1e-3 && Math.abs(place[1] - lat) < 1e-3;
}

function json(method: string, body: object, headers: Record<string, string> = {}): RequestInit {
  return { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
