import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { Discards } from '../../server/positions/discards.ts';
import type { LivePosition } from '../../shared/schemas/position.ts';
import { POSITION_FLAG } from '../../shared/schemas/position.ts';
import { engines, freshConfig, openApp } from '../support/engines.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
const DAY = 86_400_000;

describe.each(engines())('positions on %s', (engine) => {
  let app: App;
  let config: Awaited<ReturnType<typeof freshConfig>>;
  let moved: LivePosition[] = [];
  let clock = NOW;
  let units = 0;

  const boot = async () => {
    app = await openApp(config, { now: () => clock });
    app.bus.on('positions.written', (positions) => moved.push(...positions));
  };
  beforeAll(async () => {
    config = await freshConfig(engine);
    await boot();
  });
  beforeEach(() => {
    moved = [];
    clock = NOW;
  });
  afterAll(() => app?.close());

  const json = async (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) => {
    const answer = await app.http.inject({ method, url, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), headers: answer.headers };
  };
  /** A unit of its own for each test, with one device. */
  const unit = async (more: object = {}) => {
    const device = `device-${++units}`;
    const { body } = await json('POST', '/api/units', {
      callsign: `P${units}`,
      organisation: 'polri',
      devices: [device],
      ...more,
    });
    return { id: body.id as number, device };
  };
  const detail = async (id: number) => (await json('GET', `/api/units/${id}`)).body;
  const send = async (query: string) => (await json('GET', `/api/ingest/osmand?${query}`)).status;
  const batch = async (fixes: unknown[]) => (await json('POST', '/api/ingest/positions', { fixes })).body.verdicts;
  const stored = async (id: number) =>
    (
      await app.database.db
        .selectFrom('position')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .where('unit_id', '=', id)
        .executeTakeFirstOrThrow()
    ).count;

  test('a fix answered 2xx is stored, and is the unit’s position', async () => {
    const { id, device } = await unit();
    expect(
      await send(
        `id=${device}&timestamp=${NOW / 1000}&lat=-8.5&lon=116.1&speed=10&bearing=90&batt=55.4&accuracy=7&altitude=31`,
      ),
    ).toBe(200);
    expect((await detail(id)).position).toMatchObject({
      time: NOW,
      lon: 116.1,
      lat: -8.5,
      heading: 90,
      battery: 55,
      accuracy: 7,
    });
    expect(moved).toMatchObject([{ unitId: id, time: NOW, lon: 116.1, lat: -8.5, flags: 0 }]);
    expect(moved[0]?.speed).toBeCloseTo(5.1444, 3);
  });

  test('the same fix twice is one fix; an alarm in the same second is another', async () => {
    const { id, device } = await unit();
    const query = `id=${device}&timestamp=${NOW}&lat=-8.5&lon=116.1`;
    expect([await send(query), await send(query), await send(`${query}&alarm=sos`)]).toEqual([200, 200, 200]);
    expect(await stored(id)).toBe('2');
    const fix = { device, time: NOW + 1, lon: 116, lat: -8 };
    expect(await batch([fix, fix, { ...fix, alarm: 'sos' }])).toEqual([
      { verdict: 'stored' },
      { verdict: 'duplicate' },
      { verdict: 'stored' },
    ]);
    expect(await batch([fix])).toEqual([{ verdict: 'duplicate' }]);
  });

  test('an alarm of a second whose fix was already sent is seen at once, in whatever order they come', async () => {
    const { id, device } = await unit();
    const query = `id=${device}&timestamp=${NOW}&lat=-8.5&lon=116.1`;
    await send(query);
    await send(`${query}&alarm=sos`);
    await send(query);
    expect(moved.map(({ alarm }) => alarm)).toEqual(['', 'sos']);
    expect((await detail(id)).position).toMatchObject({ time: NOW, alarm: 'sos' });
    const fix = { device, time: NOW + 1000, lon: 116.2, lat: -8.5 };
    await batch([fix, { ...fix, alarm: 'sos' }, fix]);
    expect(moved.at(-1)).toMatchObject({ time: NOW + 1000, alarm: 'sos' });
    expect((await detail(id)).position).toMatchObject({ time: NOW + 1000, alarm: 'sos' });
  });

  test('fixes without a time of their own are each a fix', async () => {
    const { id, device } = await unit();
    await send(`id=${device}&lat=-8.5&lon=116.1`);
    await send(`id=${device}&lat=-8.5&lon=116.1`);
    expect(await stored(id)).toBe('2');
    expect(moved[0]?.flags).toBe(POSITION_FLAG.serverTime);
  });

  test('an unknown device is told so', async () => {
    const answer = await json('GET', '/api/ingest/osmand?id=nobody&lat=-8.5&lon=116.1');
    expect([answer.status, answer.body.code]).toEqual([404, 'unknown_device']);
  });

  test('the form is read when the query is empty', async () => {
    const { id, device } = await unit();
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/ingest/osmand',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `deviceid=${device}&location=-8.25,116.5&timestamp=2026-11-21%2008:59:00&valid=false&cell=1&cell=2&hdop=1.5`,
    });
    expect(answer.statusCode).toBe(200);
    expect((await detail(id)).position).toMatchObject({ time: NOW - 60_000, lon: 116.5, flags: POSITION_FLAG.invalid });
    const row = await app.database.db
      .selectFrom('position')
      .select('attributes')
      .where('unit_id', '=', id)
      .executeTakeFirst();
    expect(row?.attributes).toEqual({ cell: '1 2', hdop: '1.5' });
  });

  test('a heartbeat is heard and moves nothing', async () => {
    const { id, device } = await unit();
    await send(`id=${device}&timestamp=${NOW}&lat=-8.5&lon=116.1`);
    clock = NOW + 60_000;
    expect(await send(`id=${device}`)).toBe(200);
    expect((await detail(id)).position).toMatchObject({ time: NOW, heardAt: NOW + 60_000 });
    expect(moved).toHaveLength(1);
  });

  test.each([
    ['too_old', `timestamp=${NOW - 31 * DAY}&lat=-8&lon=116`],
    ['in_the_future', `timestamp=${NOW + 6 * 60_000}&lat=-8&lon=116`],
    ['in_the_future', 'timestamp=1e300&lat=-8&lon=116'],
    ['null_island', `timestamp=${NOW}&lat=0&lon=0`],
    ['out_of_range', `timestamp=${NOW}&lat=95&lon=116`],
    ['out_of_range', `timestamp=${NOW}&lat=-8&lon=500`],
    ['not_a_number', `timestamp=${NOW}&lat=NaN&lon=116`],
    ['not_a_number', `timestamp=${NOW}&lat=-8&lon=1e400`],
  ])('R10 R11: %s: answered 200, kept in quarantine, never the latest: %s', async (reason, query) => {
    const { id, device } = await unit();
    expect([await send(`id=${device}&${query}`), await send(`id=${device}&${query}`)]).toEqual([200, 200]);
    expect([moved, (await detail(id)).position, await stored(id)]).toEqual([[], null, '0']);
    expect((await detail(id)).quarantined).toEqual([{ reason, count: 1 }]);
    const { body } = await json('GET', `/api/quarantine?device=${device}`);
    expect(body).toMatchObject({ counts: [{ reason, count: 1 }], fixes: [{ device, unitId: id, reason }] });
  });

  test.each([
    '',
    'id=',
    'lat=1&lon=2',
    'id=D&lat=x&lon=1',
    'id=D&lat=1',
    'id=D&location=1',
    'id=D&location=1,2,3',
    'id=D&lat=1&lon=2&timestamp=noon',
    `id=${'x'.repeat(129)}&lat=1&lon=2`,
  ])('what cannot be parsed is 400: %s', async (query) => {
    const answer = await json('GET', `/api/ingest/osmand?${query}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
  });

  test('a fix from off duty is answered 200, discarded and counted', async () => {
    const { id, device } = await unit();
    await send(`id=${device}&timestamp=${NOW}&lat=-8.5&lon=116.1`);
    expect((await json('PATCH', `/api/units/${id}`, { status: 'off_duty' })).status).toBe(200);
    expect(await send(`id=${device}&timestamp=${NOW + 1000}&lat=-8.5&lon=116.1`)).toBe(200);
    expect(await batch([{ device, lon: 116, lat: -8 }])).toEqual([{ verdict: 'discarded', reason: 'off_duty' }]);
    expect(await stored(id)).toBe('1');
    expect((await json('GET', '/api/quarantine')).body.discarded).toContainEqual({ unitId: id, count: 2 });
    // A server that starts now finds the counts; many at once are each counted.
    const discards = await Discards.load(app.database.db);
    expect(discards.list()).toContainEqual({ unitId: id, count: 2 });
    await Promise.all(Array.from({ length: 50 }, () => discards.add(id)));
    expect((await Discards.load(app.database.db)).list()).toContainEqual({ unitId: id, count: 52 });
    await json('PATCH', `/api/units/${id}`, { status: 'busy', speedUnit: 'kmh' });
    await send(`id=${device}&timestamp=${NOW + 2000}&lat=-8.5&lon=116.1&speed=36`);
    expect(moved.at(-1)).toMatchObject({ speed: 10, status: 1 });
  });

  test('a place that cannot have been reached is flagged; the return is not, and a second fix there is believed', async () => {
    const { device } = await unit();
    const go = async (second: number, lat: number) => {
      await send(`id=${device}&timestamp=${NOW + second * 1000}&lat=${lat}&lon=116.1`);
      return moved.at(-1)?.flags;
    };
    expect([await go(0, -8.5), await go(10, -8.6), await go(20, -8.5001)]).toEqual([0, POSITION_FLAG.jump, 0]);
    expect([await go(30, -8.9), await go(40, -8.9001), await go(50, -8.9002)]).toEqual([POSITION_FLAG.jump, 0, 0]);
  });

  test('each item of a batch has its own verdict', async () => {
    const { id, device } = await unit();
    const fixes = [
      { device, time: new Date(NOW).toISOString(), lon: 116.1, lat: -8.5, mock: true, battery: 140, colour: 'red' },
      { device, time: NOW - 40 * DAY, lon: 116.1, lat: -8.5 },
      { device: 'nobody', lon: 116.1, lat: -8.5 },
      { device, lon: '116', lat: -8.5 },
      { device, lon: 116.1, lat: -8.5, time: 'noon' },
      { device, lon: null, lat: null },
      { lon: 116.1, lat: -8.5 },
      null,
      [],
      7,
    ];
    expect(await batch(fixes)).toEqual([
      { verdict: 'stored' },
      { verdict: 'quarantined', reason: 'too_old' },
      { verdict: 'unknown_device' },
      { verdict: 'refused', reason: 'place_missing' },
      { verdict: 'refused', reason: 'time_unreadable' },
      { verdict: 'refused', reason: 'place_missing' },
      { verdict: 'refused', reason: 'device_missing' },
      { verdict: 'refused', reason: 'not_an_object' },
      { verdict: 'refused', reason: 'not_an_object' },
      { verdict: 'refused', reason: 'not_an_object' },
    ]);
    expect((await detail(id)).position).toMatchObject({ flags: POSITION_FLAG.mock, battery: null });
    const { status, body } = await json('POST', '/api/ingest/positions', { fixes: Array(1001).fill(fixes[0]) });
    expect([status, body.details[0].field]).toEqual([400, 'body.fixes']);
  });

  test('one row that the database refuses does not take the others with it', async () => {
    const { id, device } = await unit();
    await sql`ALTER TABLE position ADD CONSTRAINT odd CHECK (alarm <> 'odd')`.execute(app.database.db);
    const fixes = Array.from({ length: 9 }, (_, index) => ({
      device,
      time: NOW + index,
      lon: 116,
      lat: -8,
      alarm: index === 5 ? 'odd' : '',
    }));
    const verdicts = await batch(fixes);
    await sql`ALTER TABLE position DROP CONSTRAINT odd`.execute(app.database.db);
    expect(verdicts.map(({ verdict }: { verdict: string }) => verdict)).toEqual(
      fixes.map(({ alarm }) => (alarm ? 'quarantined' : 'stored')),
    );
    expect((await detail(id)).quarantined).toEqual([{ reason: 'rejected_by_database', count: 1 }]);
  });

  test('R10: in whatever order fixes arrive, the latest is the latest, also after a restart', async () => {
    const { id, device } = await unit();
    let newest = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: -30 * 86_400 + 60, max: 299 }), { minLength: 1, maxLength: 12 }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 0, max: engine === 'embedded' ? 5 : 3 }),
        async (groups, restart) => {
          moved = [];
          await Promise.all(
            groups.map((group) =>
              batch(group.map((second) => ({ device, time: NOW + second * 1000, lon: 116, lat: -8 + second / 1e7 }))),
            ),
          );
          const before = newest;
          newest = Math.max(newest, ...groups.flat().map((second) => NOW + second * 1000));
          expect((await detail(id)).position).toMatchObject({ time: newest, lat: -8 + (newest - NOW) / 1e10 });
          // The live marker goes forward only, and ends at the newest.
          const times = moved.map(({ time }) => time);
          expect(times).toEqual([...times].sort((left, right) => left - right));
          expect(times.every((time) => time > before)).toBe(true);
          expect(times.at(-1) ?? before).toBe(newest);
          if (restart === 0) {
            await app.close();
            await boot();
          }
        },
      ),
      { numRuns: engine === 'embedded' ? 6 : 25 },
    );
  }, 120_000);

  test('R11: the database itself refuses places off the earth, whoever writes them', async () => {
    const { id } = await unit();
    const { pool } = app.database;
    const { rows } = await pool.query('SELECT id FROM device WHERE unit_id = $1', [id]);
    for (const [lon, lat] of [
      [181, 0],
      [116, 95],
      ['NaN', -8],
      [116, 'Infinity'],
    ]) {
      const written = pool.query(
        `INSERT INTO position (device_id, unit_id, fixed_at, received_at, own_time, geom)
         VALUES ($1, $2, $3, $3, true, ST_SetSRID(ST_MakePoint($4::float8, $5::float8), 4326))`,
        [rows[0].id, id, new Date(NOW), lon, lat],
      );
      await expect(written, `${lon} ${lat}`).rejects.toMatchObject({ code: '23514' });
    }
  });

  test('the trail is what was passed in the last minutes, oldest first', async () => {
    const { id, device } = await unit();
    await batch(
      [60, 10, 40, 5].map((minutes) => ({ device, time: NOW - minutes * 60_000, lon: 116, lat: -8 - minutes / 1e4 })),
    );
    const { points } = (await json('GET', `/api/units/${id}/trail?minutes=45`)).body;
    expect(points.map(([, , time]: number[]) => (NOW - (time ?? 0)) / 60_000)).toEqual([40, 10, 5]);
  });

  test('days are made ahead, and dropped when they are over', async () => {
    const names = async () =>
      (
        await sql<{
          name: string;
        }>`SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'position'::regclass`.execute(
          app.database.db,
        )
      ).rows.map(({ name }) => name);
    const { id, device } = await unit();
    await batch([{ device, time: NOW - 29 * DAY, lon: 116, lat: -8 }]);
    expect(await names()).toEqual(
      expect.arrayContaining(['position_20261023', 'position_20261121', 'position_20261123']),
    );
    clock = NOW + 2 * DAY;
    await app.close();
    await boot();
    expect(await names()).not.toContain('position_20261023');
    expect(await names()).toContain('position_20261125');
    expect(await stored(id)).toBe('0');
  });

  describe.skipIf(!inject('sharedDir'))('samples of real clients', () => {
    const folder = join(inject('sharedDir') || '.', 'protocols');
    const queries = existsSync(folder)
      ? readFileSync(join(folder, 'osmand_query.txt'), 'utf8')
          .split('\n')
          .filter((line) => line.startsWith('/?'))
      : [];
    const bodies: {
      device_id: string;
      location: { timestamp: string; coords: { latitude: number; longitude: number } };
    }[] = existsSync(folder) ? JSON.parse(readFileSync(join(folder, 'osmand_traccar_client_json.json'), 'utf8')) : [];
    const register = (device: string) =>
      json('POST', '/api/units', { callsign: `S-${device}`, organisation: 'senkom', devices: [device] });
    /** The stored fix of a device at the present moment. */
    const position = async (device: string) =>
      app.database.db
        .selectFrom('position')
        .innerJoin('device', 'device.id', 'device_id')
        .select(['speed', 'heading', 'accuracy', sql<number>`ST_X(geom)`.as('lon'), sql<number>`ST_Y(geom)`.as('lat')])
        .where('identifier', '=', device)
        .where('fixed_at', '=', new Date(clock))
        .executeTakeFirstOrThrow();

    test.each(queries)('protocol OsmAnd %s', async (query) => {
      const params = new URLSearchParams(query.slice(2));
      const device = params.get('id') ?? params.get('deviceid');
      if (!device) return expect(await send(query.slice(2))).toBe(400);
      await register(device);
      // At the time of the sample, whatever year that was.
      const stamp = Number(params.get('timestamp')) || NOW;
      clock = stamp < 1e11 ? stamp * 1000 : stamp;
      expect(await send(query.slice(2))).toBe(200);
      const [lat, lon] = params.get('location')?.split(',') ?? [params.get('lat'), params.get('lon')];
      if (lat === null) expect(moved).toEqual([]);
      else expect(await position(device)).toMatchObject({ lat: Number(lat), lon: Number(lon) });
      if (params.get('speed') === '40') expect((await position(device)).speed).toBeCloseTo(20.578, 2);
      clock += 365 * DAY;
      expect(await send(query.slice(2))).toBe(200);
    });

    test.each(bodies)('protocol Traccar Client JSON of $device_id', async (body) => {
      await register(body.device_id);
      clock = Date.parse(body.location.timestamp);
      const { status } = await json('POST', '/api/ingest/osmand', body);
      expect(status).toBe(200);
      const { latitude: lat, longitude: lon } = body.location.coords;
      expect(await position(body.device_id)).toMatchObject({ lat, lon, heading: null, accuracy: 5 });
      expect(moved.at(-1)?.flags).toBe('mock' in body.location ? POSITION_FLAG.mock : 0);
      const { timestamp } = body.location;
      expect(
        (await json('POST', '/api/ingest/osmand', { device_id: body.device_id, location: { timestamp } })).status,
      ).toBe(200);
    });
  });
});
