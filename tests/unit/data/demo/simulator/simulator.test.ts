import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEMO_SEED, generateArea } from '../../../../../data/demo/area/generate.ts';
import { seededRandom } from '../../../../../data/demo/random.ts';
import { fileScene } from '../../../../../data/demo/simulate.ts';
import { Mover } from '../../../../../data/demo/simulator/mover.ts';
import { StreetNetwork } from '../../../../../data/demo/simulator/network.ts';
import { readOptions, UsageError } from '../../../../../data/demo/simulator/options.ts';
import { isOnDuty, makeRoster } from '../../../../../data/demo/simulator/roster.ts';
import type { Reply, ServerClient } from '../../../../../data/demo/simulator/server-client.ts';
import { Simulator } from '../../../../../data/demo/simulator/simulator.ts';
import { ORGANISATIONS } from '../../../../../shared/schemas/unit.ts';

/** A server in memory that keeps what it is sent, and can be taken away. */
function fakeServer() {
  const units: { id: number; callsign: string; organisation: string; status: string; homeArea: null }[] = [];
  const fixes: { device: string; time: number; door: string; body?: unknown }[] = [];
  const incidents = new Map<string, { version: number; statuses: string[] }>();
  const state = { away: false, requests: 0, takeOver: false, left: [] as object[] };
  const reply = (status: number, body?: unknown, etag?: string): Reply => ({
    status,
    body,
    etag,
    retryAfter: undefined,
  });
  const client: ServerClient = {
    async get(path) {
      if (state.away) return reply(0);
      if (path === '/api/units') return reply(200, { units });
      if (path.startsWith('/api/incidents?')) return reply(200, { incidents: state.left });
      if (!path.startsWith('/api/ingest/osmand?')) return reply(200, { areas: [] });
      const query = new URLSearchParams(path.split('?')[1]);
      fixes.push({ device: query.get('id') ?? '', time: Number(query.get('timestamp')), door: 'osmand' });
      return reply(200);
    },
    async send(method, path, body, headers) {
      state.requests++;
      if (state.away) return reply(state.requests % 2 === 0 ? 503 : 0);
      if (path === '/api/units') {
        const unit = {
          id: units.length + 1,
          homeArea: null,
          ...(body as { callsign: string; organisation: string; status: string }),
        };
        units.push({
          id: unit.id,
          callsign: unit.callsign,
          organisation: unit.organisation,
          status: unit.status,
          homeArea: null,
        });
        return reply(201, units.at(-1));
      }
      if (path.startsWith('/api/units/')) {
        const unit = units[Number(path.split('/').at(-1)) - 1];
        if (unit) unit.status = (body as { status: string }).status;
        return reply(unit ? 200 : 404, unit);
      }
      if (path === '/api/ingest/positions') {
        const batch = (body as { fixes: { device: string; time: string }[] }).fixes;
        for (const { device, time } of batch) fixes.push({ device, time: Date.parse(time), door: 'gateway' });
        return reply(200, { verdicts: batch.map(() => ({ verdict: 'stored' })) });
      }
      if (path === '/api/ingest/osmand') {
        const { device_id, location } = body as { device_id: string; location: { timestamp: string } };
        fixes.push({ device: device_id, time: Date.parse(location.timestamp), door: 'traccar', body });
        return reply(200);
      }
      if (method === 'POST' && path === '/api/incidents') {
        incidents.set((body as { id: string }).id, { version: 1, statuses: ['new'] });
        return reply(201, {}, '"1"');
      }
      const incident = incidents.get(path.split('/').at(-1) ?? '');
      if (!incident) return reply(404);
      if (state.takeOver) incident.version++;
      if (headers?.['if-match'] !== `"${incident.version}"`) return reply(412);
      incident.statuses.push((body as { status: string }).status);
      incident.version++;
      return reply(200, {}, `"${incident.version}"`);
    },
  };
  return { client, units, fixes, incidents, state };
}

describe('the simulator', { timeout: 60_000 }, () => {
  let streets: ReturnType<typeof generateArea>['streets'];
  let network: StreetNetwork;
  beforeAll(() => {
    streets = generateArea(DEMO_SEED).streets;
    network = new StreetNetwork(streets);
  }, 60_000);
  // 10 June 2026, 20:00 WITA: an evening shift.
  const START = Date.UTC(2026, 5, 10, 12);
  const build = (server: ReturnType<typeof fakeServer>, more = {}) =>
    new Simulator(
      {
        client: server.client,
        streets,
        posts: [],
        units: 60,
        speedup: 1,
        seed: 1,
        suffix: '',
        shifts: true,
        incidentsPerHour: 60,
        ...more,
      },
      START,
    );
  const run = async (simulator: Simulator, from: number, seconds: number) => {
    for (let time = from; time <= from + seconds * 1000; time += 500) await simulator.tick(time);
    return from + seconds * 1000;
  };

  test('has sixty units of every organisation, each with a device of its own', () => {
    const roster = makeRoster(network, { count: 60, suffix: '', shifts: true }, seededRandom(1));
    expect(roster).toHaveLength(60);
    expect(new Set(roster.map(({ organisation }) => organisation))).toEqual(new Set(ORGANISATIONS));
    expect(new Set(roster.map(({ device }) => device)).size).toBe(60);
    expect(new Set(roster.map(({ callsign }) => callsign)).size).toBe(60);
    expect(new Set(roster.map(({ door }) => door))).toEqual(new Set(['osmand', 'traccar', 'gateway']));
    expect(roster.filter(({ mock }) => mock)).toHaveLength(1);
    expect(makeRoster(network, { count: 2000, suffix: '-S1', shifts: false }, seededRandom(1))).toHaveLength(2000);
  });

  test('shifts: the night watch walks at night only', () => {
    const watch = { from: 21, to: 5 };
    expect([20.9, 21, 23.5, 0, 4.9, 5, 12].map((hour) => isOnDuty(watch, hour))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    const day = { from: 7, to: 15 };
    expect([6.9, 7, 14.9, 15].map((hour) => isOnDuty(day, hour))).toEqual([false, true, true, false]);
  });

  test('a unit keeps to the streets and to its speed', () => {
    const [member] = makeRoster(network, { count: 60, suffix: '', shifts: false }, seededRandom(4));
    if (!member) throw new Error('no unit');
    const mover = new Mover(member, network, [], seededRandom(5));
    let travelled = 0;
    for (let second = 0; second < 600; second++) {
      const before = mover.at();
      mover.advance(1);
      const step = network.metres(before, mover.at());
      expect(step).toBeLessThan(member.speed * 1.01);
      travelled += step;
      const fix = mover.fix(START + second * 1000);
      expect(network.metres([fix.lon, fix.lat], mover.at())).toBeLessThan(40);
      if (fix.speed === 0) expect(fix.heading).toBeUndefined();
    }
    expect(travelled).toBeGreaterThan(300);
  });

  test('registers its units once, reports through all three doors, tells who is off duty', async () => {
    const server = fakeServer();
    const simulator = build(server);
    expect(await simulator.register()).toBe(true);
    expect(server.units).toHaveLength(60);
    expect(await build(server).register()).toBe(true);
    expect(server.units).toHaveLength(60);
    await run(simulator, START, 60);
    expect(new Set(server.fixes.map(({ door }) => door))).toEqual(new Set(['osmand', 'traccar', 'gateway']));
    const off = server.units.filter(({ status }) => status === 'off_duty').length;
    expect(off).toBeGreaterThan(5);
    expect(new Set(server.fixes.map(({ device }) => device)).size).toBe(60 - off);
    expect(server.fixes.some(({ body }) => (body as { location?: { mock?: boolean } })?.location?.mock)).toBe(true);
    expect(simulator.summary.sent).toBe(server.fixes.length);
  });

  test('keeps what a server that is away did not take, and sends it in order', async () => {
    const server = fakeServer();
    const simulator = build(server);
    await simulator.register();
    let time = await run(simulator, START, 20);
    server.state.away = true;
    time = await run(simulator, time, 40);
    const { waiting } = simulator.summary;
    expect(waiting).toBeGreaterThan(100);
    expect(server.state.requests).toBeLessThan(2_000);
    server.state.away = false;
    await run(simulator, time, 60);
    expect(simulator.summary.waiting).toBeLessThan(waiting / 4);
    const last = new Map<string, number>();
    for (const { device, time: at } of server.fixes) {
      expect(at).toBeGreaterThan(last.get(device) ?? 0);
      last.set(device, at);
    }
  });

  test('files incidents and sees them through to their end', async () => {
    const server = fakeServer();
    const simulator = build(server, { speedup: 8 });
    await simulator.register();
    await run(simulator, START, 400);
    const ways = [...server.incidents.values()].map(({ statuses }) => statuses.join('>'));
    expect(ways.length).toBeGreaterThan(10);
    expect(ways).toContain('new>verified>assigned>en_route>on_scene>resolved');
    expect(server.units.some(({ status }) => status === 'busy')).toBe(true);
  });

  test('takes up what an earlier run left unfinished', async () => {
    const server = fakeServer();
    const id = '01975a00-0000-7000-8000-000000000001';
    server.incidents.set(id, { version: 4, statuses: ['new', 'verified', 'assigned', 'en_route'] });
    const location = { lon: 118.05, lat: -3.55, accuracyM: 25 };
    server.state.left = [{ id, subcategory: 'laka', status: 'en_route', version: 4, location }];
    const simulator = build(server, { incidentsPerHour: 0.001 });
    await simulator.register();
    await run(simulator, START, 600);
    expect(server.incidents.get(id)?.statuses.at(-1)).toBe('resolved');
  });

  test('lets go of an incident that somebody else has changed', async () => {
    const server = fakeServer();
    server.state.takeOver = true;
    const simulator = build(server, { speedup: 8 });
    await simulator.register();
    await run(simulator, START, 120);
    expect([...server.incidents.values()].every(({ statuses }) => statuses.length === 1)).toBe(true);
    expect(server.units.every(({ status }) => status !== 'busy')).toBe(true);
  });
});

test('units on the streets of a file keep shifts by the clock of the place, like those of the demonstration', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'ronda-streets-')), 'streets.geojson');
  const line = Array.from({ length: 40 }, (_, n) => [106.8 + n / 1000, -6.2 + (n % 3) / 1000]);
  const street = { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: line } };
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: [street] }));
  const dutyAt = async (time: number, args: string[]) => {
    const server = fakeServer();
    const scene = { ...fileScene(readOptions([...args, '--units', '100']), file), client: server.client };
    const simulator = new Simulator(scene, time);
    await simulator.register();
    await simulator.tick(time + 500);
    expect(server.units.filter(({ status }) => status !== 'off_duty')).toHaveLength(simulator.summary.onDuty);
    return new Set(server.units.filter(({ status }) => status !== 'off_duty').map(({ callsign }) => callsign));
  };
  // 10.00 and 02.00 in Jakarta.
  const [day, night] = [Date.UTC(2026, 5, 10, 3), Date.UTC(2026, 5, 10, 19)];
  const [morning, small, all] = [
    await dutyAt(day, []),
    await dutyAt(night, []),
    await dutyAt(night, ['--shifts', 'off']),
  ];
  const ronda = (callsigns: Set<string>) => [...callsigns].filter((name) => name.startsWith('Ronda')).length;
  expect([ronda(morning), ronda(small)]).toEqual([0, 16]);
  expect([morning.size, small.size].every((size) => size > 20 && size < 80)).toBe(true);
  expect(all.size).toBe(100);
});

test('the command line is checked', () => {
  expect(readOptions([])).toEqual({
    url: 'http://127.0.0.1:8080',
    streets: undefined,
    units: 60,
    speedup: 1,
    seed: 1,
    shifts: true,
  });
  expect(readOptions(['--shifts', 'off']).shifts).toBe(false);
  expect(readOptions(['--units', '2000', '--speedup', '2.5', '--streets', 'a.geojson', '--seed', '7'])).toMatchObject({
    units: 2000,
    speedup: 2.5,
    streets: 'a.geojson',
    seed: 7,
  });
  for (const args of [
    ['--units', '0'],
    ['--units', 'x'],
    ['--units', '1.5'],
    ['--speedup', '0'],
    ['--url', 'ftp://x'],
    ['--shifts', 'maybe'],
    ['--what'],
    ['x'],
  ]) {
    expect(() => readOptions(args)).toThrow(UsageError);
  }
});
