import '@fastify/websocket';
import { connect } from 'node:net';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { LiveClient } from '../../client/live/client.ts';
import type { App } from '../../server/app.ts';
import { appendEvents, eventHead, readEvents } from '../../server/database/event-log.ts';
import { EventFeed } from '../../server/live/event-feed.ts';
import { purgeEvents } from '../../server/live/queries.ts';
import { applyRetention } from '../../server/privacy/retention.ts';
import { mercatorY } from '../../shared/live/cells.ts';
import { MAX_MESSAGE_BYTES, SUBPROTOCOL } from '../../shared/live/protocol.ts';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { engines, freshApp, freshConfig } from '../support/engines.ts';
import { rounds } from '../support/long.ts';
import { nodeEnvironment } from '../support/node-environment.ts';
import { startServer } from '../support/server.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

const JAKARTA: [number, number, number, number] = [106.7, -6.3, 106.95, -6.1];

const unit = (id: number) => ({ id, callsign: `U${id}`, organisation: 'polri', status: 'available', homeArea: null });

const report = () => ({
  id: uuidv7(),
  category: 'kamtibmas',
  severity: 'moderate',
  source: 'resident',
  title: 'Tawuran di simpang tiga',
  occurredAt: new Date().toISOString(),
  location: { lon: 106.8, lat: -6.2 },
});

describe.each(engines())('the live stream on %s', (engine) => {
  let app: App;
  let url: string;
  const clients: LiveClient[] = [];
  beforeAll(async () => {
    app = await freshApp(engine);
    url = await app.http.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => app?.close());

  function follow(target = () => url, speed = 1) {
    const client = new LiveClient(nodeEnvironment(target, speed));
    clients.push(client);
    const subjects: string[] = [];
    client.onEvent(({ subject }) => subjects.push(subject));
    return { client, subjects };
  }

  /** Appends events; `told` false as another process would, of which the bus here hears nothing. */
  async function append(subjects: string[], told = true): Promise<void> {
    const events = await app.database.db.transaction().execute((trx) =>
      appendEvents(
        trx,
        subjects.map((subject, index) => ({ kind: 'unit.changed', subject, data: unit(index), areas: [] })),
      ),
    );
    if (told) app.bus.emit('events.appended', events);
  }

  async function cursor(): Promise<string> {
    const answer = await ask(`${url}/api/incidents/points`);
    return (await answer.json()).cursor;
  }

  test('a fix sent to the door is on the screen of who looks at its cell, until the unit goes off duty', async () => {
    const made = await app.http.inject({
      method: 'POST',
      url: '/api/units',
      payload: { callsign: `P-${engine}`, organisation: 'polri', devices: ['123'] },
    });
    const { client } = follow();
    client.setWindow(JAKARTA, 12);
    const sent = await ask(`${url}/api/ingest/osmand?id=123&lat=-6.2&lon=106.8&speed=10&bearing=90&alarm=sos`);
    expect(sent.status).toBe(200);
    await vi.waitFor(() => expect(client.units.count).toBe(1));
    const { id } = made.json();
    expect(client.units.slotOf(id)).toBe(0);
    expect(client.units.heading[0]).toBe(90);
    expect(client.units.flags[0]).toBe(16 | 4);
    const patch = (status: string) =>
      app.http.inject({ method: 'PATCH', url: `/api/units/${id}`, payload: { status } });
    expect((await patch('off_duty')).statusCode).toBe(200);
    await vi.waitFor(() => expect(client.units.count).toBe(0));
    await patch('busy');
    // It is not seen where it was before its duty began.
    await ask(`${url}/api/ingest/osmand?id=123&lat=-6.21&lon=106.8`);
    await vi.waitFor(() => expect([client.units.count, client.units.status[0]]).toEqual([1, 1]));
    expect(client.units.toY[0]).toBeCloseTo(mercatorY(-6.21), 7);
  });

  test('a snapshot and its cursor, then every incident after it once', async () => {
    await ask(`${url}/api/incidents`, post(report()));
    const from = await cursor();
    const bodies = Array.from({ length: 20 }, report);
    const { client, subjects } = follow();
    client.startFrom(from);
    for (const body of bodies) expect((await ask(`${url}/api/incidents`, post(body))).status).toBe(201);
    await vi.waitFor(() => expect(subjects).toEqual(bodies.map(({ id }) => id)));
  });

  test('events of another process on the same database come too', async () => {
    const { client, subjects } = follow();
    client.startFrom(await cursor());
    await append(['from afar'], false);
    await vi.waitFor(() => expect(subjects).toEqual(['from afar']), 5_000);
  });

  test('a title whose time is over is not sent to who resumes from before it was removed', async () => {
    const from = await cursor();
    const body = { ...report(), title: 'RAHASIA di gang buntu', occurredAt: '2020-01-01T00:00:00Z' };
    expect((await ask(`${url}/api/incidents`, post(body))).status).toBe(201);
    const closed = await ask(`${url}/api/incidents/${body.id}`, {
      ...post({ status: 'resolved' }),
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': '"1"' },
    });
    expect(closed.status).toBe(200);
    const titles = async () => {
      const { client, subjects } = follow();
      const told: unknown[] = [];
      client.onEvent(({ data }) => told.push((data as { title?: string }).title));
      client.startFrom(from);
      await vi.waitFor(() => expect(subjects).toEqual([body.id, body.id]), 5_000);
      client.close();
      return told.join();
    };
    expect(await titles()).toBe('RAHASIA di gang buntu,RAHASIA di gang buntu');
    const rules = { retentionDays: 30, thinAfterHours: 48, textRetention: [{ category: undefined, days: 365 }] };
    // As the command does beside the server, which hears of it from the database alone.
    expect((await applyRetention(app.database.db, rules, Date.now(), { dryRun: false })).texts).toBe(1);
    await vi.waitFor(async () => expect(await titles()).not.toContain('RAHASIA'), { timeout: 20_000, interval: 500 });
  });

  const CUTS = rounds(100, 1000);
  test(
    `R6: ${CUTS} cuts, stalls, half-open ends and drips: no event missing, none twice`,
    async () => {
      const proxy = await TcpProxy.start(Number(new URL(url).port));
      // A clock twenty times as fast: 12 s of silence are over in 0.6 s.
      const { client, subjects } = follow(() => `http://127.0.0.1:${proxy.port}`, 20);
      client.setWindow(JAKARTA, 12);
      client.startFrom(await cursor());
      const sent: string[] = [];
      for (let round = 0; round < CUTS; round++) {
        const batch = Array.from({ length: 1 + (round % 7) }, (_, index) => `${round}.${index}`);
        await append(batch, round % 5 !== 0);
        sent.push(...batch);
        await vi.waitFor(() => expect(client.status.state).toBe('live'), { timeout: 20_000, interval: 5 });
        proxy.manner = round % 4 === 0 ? 'byte by byte' : 'whole';
        if (round % 20 === 7) proxy.stall();
        else if (round % 20 === 13) proxy.halfOpen();
        else proxy.cut();
        // Sent into the gap.
        await append([`${round} in the gap`]);
        sent.push(`${round} in the gap`);
        await vi.waitFor(() => expect(client.status.state === 'live' && subjects.length === sent.length).toBe(true), {
          timeout: 20_000,
          interval: 5,
        });
      }
      expect(proxy.connections).toBeGreaterThanOrEqual(CUTS);
      expect(subjects).toEqual(sent);
      await proxy.close();
    },
    rounds(60_000, 1_200_000),
  );

  test('old events are deleted, but never what can still be resumed from', async () => {
    await append(Array.from({ length: 30 }, (_, index) => `old ${index}`));
    const from = await cursor();
    await append(['new 1', 'new 2']);
    const { db } = app.database;
    await purgeEvents(db, { keep: 2, days: 1 });
    const count = async () => (await db.selectFrom('event').select('seq').execute()).length;
    expect(await count()).toBeGreaterThan(2);
    // 5,000 go at once: a long run of the cuts above leaves more.
    for (let round = 0; round < 4; round++) await purgeEvents(db, { keep: 2, days: 0 });
    expect(await count()).toBe(2);
    const { client, subjects } = follow();
    client.startFrom(from);
    await vi.waitFor(() => expect(subjects).toEqual(['new 1', 'new 2']));
    // A server that starts now finds a log that does not begin at 1.
    const feed = await EventFeed.open({
      head: () => eventHead(db),
      read: (after, limit) => readEvents(db, after, limit),
    });
    expect(feed.ring.head - feed.ring.tail).toBe(2);
  });

  test('a cursor of another database is answered with resync', async () => {
    const { client } = follow();
    const resync = new Promise<void>((resolve) => client.onResync(resolve));
    client.startFrom('another-1');
    await resync;
  });

  test('R7: who does not read costs less than 1 MiB, and is closed', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    socket.write(
      `GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: ${SUBPROTOCOL}\r\nAuthorization: ${AUTHORIZATION.authorization}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    socket.write(textFrame({ type: 'resume', id: 1, cursor: await cursor() }));
    const [viewer] = app.http.websocketServer.clients;
    if (!viewer) throw new Error('no viewer');
    let most = 0;
    let sent = 0;
    const watch = setInterval(() => {
      most = Math.max(most, viewer.bufferedAmount);
    }, 5);
    while (viewer.readyState === WebSocket.OPEN && sent < 60_000) {
      await append(Array.from({ length: 1000 }, (_, index) => `${sent + index}`.padEnd(400, 'x')));
      sent += 1000;
    }
    clearInterval(watch);
    expect(viewer.readyState).not.toBe(WebSocket.OPEN);
    expect(most).toBeLessThan(1024 * 1024);
    socket.destroy();
  });

  test('opens only for the subprotocol and for pages of its own host, and says why not', async () => {
    const refused = (protocols: string[], headers: Record<string, string>) =>
      new Promise<[number | undefined, string]>((resolve, reject) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, protocols, {
          headers: { ...AUTHORIZATION, ...headers },
        });
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
    expect(await refused([], {})).toEqual([400, 'invalid_request']);
    expect(await refused(['ronda.v2'], {})).toEqual([400, 'invalid_request']);
    expect(await refused([SUBPROTOCOL], { origin: 'https://evil.example' })).toEqual([403, 'forbidden']);
    expect(await refused([SUBPROTOCOL], { origin: 'null' })).toEqual([403, 'forbidden']);
    expect(await refused([SUBPROTOCOL], { origin: `http://localhost.evil.example` })).toEqual([403, 'forbidden']);
    const plain = await ask(`${url}/api/live`);
    expect([plain.status, (await plain.json()).code]).toEqual([426, 'upgrade_required']);
    const socket = await open({ origin: url });
    expect(socket.protocol).toBe(SUBPROTOCOL);
    socket.close();
  });

  test('too large a message, and nonsense again and again, close with codes that are fatal', async () => {
    const large = await open();
    const tooLarge = closeCode(large);
    large.send('x'.repeat(MAX_MESSAGE_BYTES + 1));
    expect(await tooLarge).toBe(1009);
    const wild = await open();
    const fatal = closeCode(wild);
    for (let i = 0; i < 5; i++) wild.send('{');
    expect(await fatal).toBe(4000);
  });

  async function open(headers: Record<string, string> = {}): Promise<WebSocket> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, SUBPROTOCOL, {
      headers: { ...AUTHORIZATION, ...headers },
    });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return socket;
  }
});

describe.each(engines())('a server on %s that dies and comes back', (engine) => {
  test('is resumed from without gap or duplicate; stopping closes with 1012', async () => {
    const config = await freshConfig(engine);
    const env: Record<string, string> = { DATA_DIR: config.dataDir };
    if (config.databaseUrl) env.DATABASE_URL = config.databaseUrl;
    let server = await startServer(env);
    const client = new LiveClient(nodeEnvironment(() => server.url, 5));
    const subjects: string[] = [];
    client.onEvent(({ subject }) => subjects.push(subject));
    client.startFrom((await (await ask(`${server.url}/api/incidents/points`)).json()).cursor);
    const sent: string[] = [];
    const file = async () => {
      const body = report();
      expect((await ask(`${server.url}/api/incidents`, post(body))).status).toBe(201);
      sent.push(body.id);
    };
    for (let i = 0; i < 5; i++) await file();
    await vi.waitFor(() => expect(subjects).toEqual(sent), 10_000);
    // The last ones may never have been sent.
    for (let i = 0; i < 3; i++) await file();
    await server.stop('SIGKILL');
    server = await startServer(env);
    for (let i = 0; i < 3; i++) await file();
    await vi.waitFor(() => expect(subjects).toEqual(sent), 20_000);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`, SUBPROTOCOL, {
      headers: AUTHORIZATION,
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const code = closeCode(socket);
    client.close();
    const stopped = performance.now();
    await server.stop();
    expect(await code).toBe(1012);
    expect(performance.now() - stopped).toBeLessThan(10_000);
  }, 120_000);
});

function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', resolve));
}

/** A masked text frame, as a client sends it. */
function textFrame(message: object): Buffer {
  const payload = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}
