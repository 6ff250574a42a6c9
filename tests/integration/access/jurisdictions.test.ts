import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findReaches } from '../../../server/access/grants.queries.ts';
import type { App } from '../../../server/app.ts';
import type { Jurisdiction, JurisdictionFeature, JurisdictionSummary } from '../../../shared/schemas/jurisdiction.ts';
import { triangle } from '../../support/areas.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { invite, PASSWORD, setUp, type Visitor } from '../../support/visitor.ts';

const MINUTE = 60_000;

describe.each(engines())('jurisdictions on %s', (engine) => {
  let app: App;
  let administrator: Visitor;
  let mataram: number;
  const clock = { now: Date.parse('2026-11-22T08:00:00Z') };

  beforeAll(async () => {
    app = await freshApp(engine, { now: () => clock.now });
    administrator = await setUp(app, clock.now);
    await administrator.ask('POST', '/api/access/password', { next: PASSWORD });
    const body = { name: 'Polresta Mataram', kind: 'polres', parts: [{ areaCode: '52.71' }] };
    const answer = await administrator.ask<Jurisdiction>('POST', '/api/jurisdictions', body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    mataram = answer.body.id;
  });
  afterAll(() => app?.close());
  beforeEach(() => administrator.signIn('administrator', PASSWORD));

  test('jurisdictions of everything that are narrowed at once wait for each other, and neither fails', async () => {
    const body = (name: string, everything: boolean) => ({
      name,
      kind: 'polda',
      everything,
      parts: everything ? [] : [{ areaCode: '52' }],
    });
    const names = ['Polda A', 'Polda B', 'Polda C'];
    const made = await Promise.all(
      names.map((name) => administrator.ask<Jurisdiction>('POST', '/api/jurisdictions', body(name, true))),
    );
    const narrowed = await Promise.all(
      made.map(({ body: { id, name } }) => administrator.ask('PUT', `/api/jurisdictions/${id}`, body(name, false))),
    );
    expect(narrowed.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const {
      body: { id },
    } of made)
      await administrator.ask('DELETE', `/api/jurisdictions/${id}`);
  });

  test('jurisdictions are changed as a whole, with dates, and removed only while nothing names them', async () => {
    const body = {
      name: 'Polres Bima',
      kind: 'polres',
      parentId: mataram,
      parts: [{ areaCode: '52.06', validFrom: '2026-01-01', validTo: '2026-12-31' }, { polygon: triangle(118, -8.4) }],
    };
    const made = await administrator.ask<Jurisdiction>('POST', '/api/jurisdictions', body);
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(made.body.parts).toEqual([
      { areaCode: '52.06', areaName: null, validFrom: '2026-01-01', validTo: '2026-12-31' },
      { polygon: triangle(118, -8.4), validFrom: null, validTo: null },
    ]);
    const feature = await administrator.ask<JurisdictionFeature>('GET', `/api/jurisdictions/${id}/geometry`);
    expect(feature.body.geometry?.coordinates).toEqual(triangle(118, -8.4));
    const shapes = () =>
      app.database.db.selectFrom('jurisdiction_shape').select('origin').where('jurisdiction_id', '=', id).execute();
    await expect.poll(shapes, { timeout: 10_000 }).toEqual([{ origin: 'polygon' }]);

    const put = (change: object) => administrator.ask('PUT', `/api/jurisdictions/${id}`, { ...body, ...change });
    expect(await put({ name: 'Polresta Mataram' })).toMatchObject({
      status: 409,
      body: { details: [{ field: 'body.name' }] },
    });
    expect(await put({ parentId: id })).toMatchObject({ status: 422, body: { details: [{ field: 'body.parentId' }] } });
    expect((await put({ parentId: 9999 })).status).toBe(404);
    expect(await put({ parts: [{ areaCode: '52.06', validFrom: '2026-02-01', validTo: '2026-01-01' }] })).toMatchObject(
      {
        status: 422,
        body: { details: [{ field: 'body.parts.0.validTo' }] },
      },
    );
    expect((await put({ parts: [{ areaCode: '5206' }] })).status).toBe(400);
    expect((await put({ parts: [{ areaCode: '52.06', polygon: triangle(118, -8) }] })).status).toBe(400);
    const bowTie = [
      [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    ];
    expect(await put({ parts: [{ polygon: bowTie }] })).toMatchObject({
      status: 422,
      body: {
        details: [{ field: 'body.parts.0.polygon.0.0', problem: expect.stringContaining('at 0.500000, 0.500000') }],
      },
    });
    expect((await put({ parts: [] })).status).toBe(200);
    expect(await shapes()).toEqual([]);
    expect((await administrator.ask('DELETE', `/api/jurisdictions/${mataram}`)).status).toBe(409);
    expect((await administrator.ask('DELETE', `/api/jurisdictions/${id}`)).status).toBe(204);
    expect((await administrator.ask('GET', `/api/jurisdictions/${id}`)).status).toBe(404);
  });

  test('what is dated ends at midnight of its own zone, and a role at its last moment', async () => {
    const { db } = app.database;
    const until = { validFrom: '2027-01-05', validTo: '2027-01-06' };
    const midnight = { WIB: Date.parse('2027-01-06T17:00:00Z') };
    const places = [
      { name: 'Jayapura', part: { areaCode: '91.71' }, zone: 'WIT', ahead: 9 },
      { name: 'Merauke laut', part: { polygon: triangle(140, -8.4) }, zone: 'WIT', ahead: 9 },
      { name: 'Bima', part: { areaCode: '52.72' }, zone: 'WITA', ahead: 8 },
      { name: 'Jakarta', part: { areaCode: '31.71' }, zone: 'WIB', ahead: 7 },
    ];
    const ids = new Map<string, number>();
    for (const { name, part } of places) {
      const parts = [{ ...part, ...until }];
      const made = await administrator.ask<Jurisdiction>('POST', '/api/jurisdictions', { name, kind: 'khusus', parts });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      ids.set(name, made.body.id);
    }
    const { body } = await administrator.ask<{ jurisdictions: JurisdictionSummary[] }>('GET', '/api/jurisdictions');
    for (const { name, zone } of places) {
      expect(body.jurisdictions.find((found) => found.name === name)?.zone).toBe(zone);
    }
    const counts = async (name: string, at: number) => {
      const reach = (await findReaches(db, [ids.get(name) ?? 0], new Date(at))).get(ids.get(name) ?? 0);
      return Boolean(reach?.codes.length || reach?.hasPolygons);
    };
    for (const { name, ahead } of places) {
      const end = midnight.WIB - (ahead - 7) * 60 * MINUTE;
      const begin = end - 2 * 24 * 60 * MINUTE;
      const states = [begin - 1, begin, end - 1, end].map((at) => counts(name, at));
      expect([name, ...(await Promise.all(states))]).toEqual([name, false, true, true, false]);
    }

    // The shapes follow by themselves, soon after that midnight.
    const shapes = () => db.selectFrom('jurisdiction_shape').select('origin').where('jurisdiction_id', '=', ids.get('Merauke laut') ?? 0).execute(); // biome-ignore format: one line
    clock.now = midnight.WIB - 2 * 60 * MINUTE - 1_000;
    await expect.poll(shapes, { timeout: 5_000 }).toHaveLength(1);
    await administrator.signIn('administrator', PASSWORD);
    const { visitor, id } = await invite(app, administrator, 'papua');
    const validTo = new Date(clock.now + 1_000).toISOString();
    const grant = { accountId: id, role: 'viewer', jurisdictionId: ids.get('Jayapura'), validTo };
    expect((await administrator.ask('POST', '/api/grants', grant)).status).toBe(201);
    clock.now += 999;
    expect((await visitor.ask('GET', '/api/incidents')).status).toBe(200);
    clock.now += 1;
    expect((await visitor.ask('GET', '/api/incidents')).status).toBe(403);
    await expect.poll(shapes, { timeout: 5_000 }).toEqual([]);
  });
});
