import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import { scopedDb } from '../../../server/database/scoped.ts';
import { PERMISSIONS, type Permission, ROLES, roleAllows } from '../../../shared/access/roles.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { signInAs, type Towns, twoTowns } from '../../support/towns.ts';

/** Addresses that need more than an id to answer, and the test that shows that nobody reads beyond the jurisdiction there. */
const PROVEN_IN: [address: RegExp, file: string][] = [
  [/^\/api\/hotspots\/areas\.(csv|geojson|xlsx)$/, 'hotspots/exports.test.ts'],
  [/^\/api\/hotspots\/(areas|cells|series|points|neighbours)$/, 'hotspots/scope.test.ts'],
  [/^\/api\/analyses\/:id\.pdf$/, 'pictures.test.ts'],
  [/^\/api\/warnings\/(precision|runs)$/, 'warnings/scope.test.ts'],
  [/^\/api\/plans\/(ground|borders|workload)$/, 'plans/ground.test.ts'],
  [/^\/api\/plans\/:id\/versions\/:version$/, 'plans/versions.test.ts'],
  [/^\/api\/plans\/:id\/live$/, 'plans/live.test.ts'],
  [/^\/api\/units\/:id\/trail$/, 'access/attacks.test.ts'],
  [/^\/api\/(devices|units\/:id\/devices)$/, 'devices.test.ts'],
  [/^\/api\/(accounts|break-glass)$/, 'access/accounts.test.ts'],
  [/^\/api\/audit(\.csv)?$/, 'access/attacks.test.ts'],
  [/^\/api\/calendars$/, 'calendars.test.ts'],
  [/^\/api\/live$/, 'access/live.test.ts'],
  [/^\/metrics$/, 'metrics.test.ts'],
];

/** What fills the parameters of a route that is about something of a town; other parameters name nothing that exists. */
const ids = (towns: Towns, whose: 'own' | 'other', url: string): string => {
  const town = towns[whose];
  const of: Record<string, string | number> = {
    incidents: town.incident,
    places: town.place,
    units: town.unit,
    analyses: town.analysis,
    warnings: town.warning,
    plans: town.plan,
  };
  return url.replace(/:id\b/, String(of[url.split('/')[2] ?? ''] ?? '999999')).replace(/:\w+/g, '999999');
};

describe.each(engines())('S10: every route, role and jurisdiction on %s', (engine) => {
  let app: App;
  let towns: Towns;
  beforeAll(async () => {
    app = await freshApp(engine);
    towns = await twoTowns(app);
  });
  afterAll(() => app?.close());

  /** Every method and address of the table that asks for a permission. */
  const guarded = () =>
    app.routes.flatMap(({ method, url, config }) => {
      const permission = PERMISSIONS.find((known) => known === config?.access);
      return permission ? [method].flat().map((name) => ({ method: name, url, permission })) : [];
    });
  const call = (method: string, url: string, headers: Record<string, string>) =>
    app.http.inject({
      method: method as 'GET',
      url,
      headers,
      ...(/POST|PUT|PATCH/.test(method) ? { payload: {} } : {}),
    });

  test('S10: without session or token nothing answers but what declares itself open', async () => {
    let refused = 0;
    for (const { method, url, config } of app.routes) {
      if (['public', 'anyone', 'device'].includes(config?.access ?? '')) continue;
      for (const name of [method].flat()) {
        const answer = await call(name, ids(towns, 'own', url), { cookie: 'nothing=1' });
        expect([name, url, answer.statusCode]).toEqual([name, url, 401]);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(20);
  });

  test.each(ROLES)('S10: %s may what the role allows, and hears nothing from outside', async (role) => {
    const seen = new Set<string>();
    for (const [name, jurisdiction] of Object.entries(towns.jurisdictions)) {
      const headers = await signInAs(app, { role, jurisdiction });
      for (const { method, url, permission } of guarded()) {
        for (const whose of ['own', 'other'] as const) {
          const address = ids(towns, whose, url);
          const answer = await call(method, address, headers);
          const told = [role, name, method, address, answer.statusCode, answer.body.slice(0, 200)];
          if (!roleAllows(role, permission)) {
            expect(told.slice(0, 5)).toEqual([role, name, method, address, 403]);
            if (method !== 'HEAD') expect(answer.json().code, told.join(' ')).toBe('forbidden');
            continue;
          }
          expect(answer.statusCode, told.join(' ')).not.toBe(401);
          // A brief is printed where a Chromium is set up: there is none here.
          const isPrint = url.endsWith('.pdf') && answer.statusCode === 503 && answer.json().code === 'not_configured';
          if (!isPrint) expect(answer.statusCode, told.join(' ')).toBeLessThan(500);
          if (name === 'everything') {
            if (answer.body.includes(towns.other.word)) seen.add(url);
          } else {
            expect(answer.body, told.join(' ')).not.toContain(towns.other.word);
            if (method === 'GET' && answer.body.includes(towns.own.word)) seen.add(`${name} ${url}`);
          }
        }
      }
    }
    // The word is there to be found: who may see everything finds it, and who may see the own town finds that of the own.
    for (const url of seesOf(role)) {
      expect(seen).toContain(url);
      expect(seen).toContain(`area ${url}`);
      // What is of a town is not of those to whom what they see was drawn, though it be all of it; what is told of it as a whole is.
      if (!/^\/api\/(quarantine|analyses)/.test(url)) expect(seen).toContain(`polygon ${url}`);
    }
  });

  test('S10: an address that reads is proven here, or a test is named that proves how far it reads', () => {
    const here = new Set(ROLES.flatMap(seesOf));
    const readers = guarded().filter(({ method, url }) => method === 'GET' && !here.has(url));
    const unproven = readers.filter(({ url }) => !PROVEN_IN.some(([address]) => address.test(url)));
    expect(unproven.map(({ url }) => url)).toEqual([]);
    for (const [address, file] of PROVEN_IN) {
      expect(
        readers.some(({ url }) => address.test(url)),
        `${address} is no address any more`,
      ).toBe(true);
      expect(existsSync(join(import.meta.dirname, '..', file)), file).toBe(true);
    }
  });

  test('S10: the second wall holds when the first is forgotten', async () => {
    const scope = { everything: false, codes: ['52.71'], jurisdictions: [towns.jurisdictions.area] };
    const db = scopedDb(app.database.pool, scope);
    const tables = [
      'incident',
      'incident_log',
      'unit',
      'unit_position',
      'position',
      'place',
      'device',
      'position_quarantine',
      'analysis',
      'early_warning',
      'plan',
      'plan_edit',
      'plan_version',
    ] as const;
    for (const table of tables) {
      const all = await app.database.db.selectFrom(table).selectAll().execute();
      const rows = await db.selectFrom(table).selectAll().execute();
      expect([table, rows.length], table).toEqual([table, all.length / 2]);
      expect(JSON.stringify(rows)).not.toContain(towns.other.word);
    }
    await expect(db.selectFrom('account').selectAll().execute()).rejects.toThrow(/permission denied/);
    await expect(db.selectFrom('event').select('data').execute()).rejects.toThrow(/permission denied/);
    await expect(db.selectFrom('audit').select('actor').execute()).rejects.toThrow(/permission denied/);
    await expect(db.updateTable('audit').set({ actor: '' }).execute()).rejects.toThrow(/permission denied/);
    await expect(db.deleteFrom('audit').execute()).rejects.toThrow(/permission denied/);
    await expect(db.updateTable('publication').set({ version: 0 }).execute()).rejects.toThrow(/permission denied/);
    const moved = db.updateTable('unit').set({ home_area: '52.08' }).where('id', '=', towns.own.unit).execute();
    await expect(moved).rejects.toThrow(/row-level security/);
    const device = { unit_id: towns.other.unit, identifier: 'curi', speed_unit: 'mps' } as const;
    await expect(db.insertInto('device').values(device).execute()).rejects.toThrow(/row-level security/);
  });

  test('S10: neither wall lets anybody at incidents of an import that is not finished', async () => {
    const { db, pool } = app.database;
    const scoped = scopedDb(pool, {
      everything: false,
      codes: ['52.71'],
      jurisdictions: [towns.jurisdictions.polygon],
    });
    const seen = async () => {
      const list = await app.http.inject('/api/incidents');
      const one = await app.http.inject(`/api/incidents/${towns.own.incident}`);
      const rows = await scoped.selectFrom('incident').select('id').execute();
      return [list.json().incidents.length, one.statusCode, rows.length];
    };
    expect(await seen()).toEqual([2, 200, 1]);
    await sql`WITH import AS (INSERT INTO incident_import (file_name, source, owner) VALUES ('a.csv', 'a', 'b') RETURNING id)
      UPDATE incident SET import_id = import.id FROM import WHERE incident.id = ${towns.own.incident}::uuid`.execute(
      db,
    );
    expect(await seen()).toEqual([1, 404, 0]);
    await db.updateTable('incident_import').set({ published_at: new Date() }).execute();
    expect(await seen()).toEqual([2, 200, 1]);
  });

  test('S10: the second wall asks anew for each statement who asks, however the last one of the connection was planned', async () => {
    const { area, polygon } = towns.jurisdictions;
    const scopes = [
      { codes: ['52.71'], jurisdictions: [area], own: 1, moved: 1 },
      { codes: [], jurisdictions: [polygon], own: 1, moved: 1 },
      // What is beneath an area is reached by its code alone, and a unit also by where it is.
      { codes: [], jurisdictions: [area], own: 0, moved: 1 },
      { codes: [], jurisdictions: [], own: 0, moved: 0 },
    ];
    const told = [];
    // More often than PostgreSQL plans a kept statement anew; one after the other they come by the same connection.
    for (let turn = 0; turn < 8; turn++) {
      for (const { codes, jurisdictions } of scopes) {
        const db = scopedDb(app.database.pool, { everything: false, codes, jurisdictions });
        const incidents = await db.selectFrom('incident').select('title').execute();
        const places = await db.selectFrom('unit_position').select('unit_id').execute();
        told.push({ incidents, places });
      }
    }
    for (const [index, { incidents, places }] of told.entries()) {
      const { own = 0, moved = 0 } = scopes[index % scopes.length] ?? {};
      expect([index, incidents.length, places]).toEqual([index, own, moved ? [{ unit_id: towns.own.unit }] : []]);
      expect(JSON.stringify(incidents)).not.toContain(towns.other.word);
    }
  });

  test('S10: a code contains what begins with it only at a dot', async () => {
    const { id } = await app.database.db
      .insertInto('jurisdiction')
      .values({ name: 'Bukan 52', kind: 'khusus' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await app.database.db.insertInto('jurisdiction_part').values({ jurisdiction_id: id, area_code: '5' }).execute();
    const headers = await signInAs(app, { role: 'commander', jurisdiction: id });
    expect((await app.http.inject({ url: '/api/incidents', headers })).json().incidents).toEqual([]);
  });

  test('S10: a grant that has ended, and a session of nobody, open nothing', async () => {
    const over = {
      role: 'commander',
      jurisdiction: towns.jurisdictions.area,
      validTo: new Date(Date.now() - 1),
    } as const;
    expect((await call('GET', '/api/incidents', await signInAs(app, over))).statusCode).toBe(403);
    expect((await call('GET', '/api/incidents', { cookie: 'ronda=nobody' })).statusCode).toBe(401);
    expect((await call('GET', '/api/incidents', { authorization: 'Bearer nobody' })).statusCode).toBe(401);
  });

  test('S10: nothing is written outside the jurisdiction, nor with a foreign page behind it', async () => {
    const headers = await signInAs(app, { role: 'dispatcher', jurisdiction: towns.jurisdictions.area });
    const report = (town: { lon: number; lat: number }, id: string) => ({
      method: 'POST' as const,
      url: '/api/incidents',
      payload: {
        id,
        category: 'lainnya',
        severity: 'low',
        source: 'radio',
        title: 'Laporan',
        occurredAt: new Date().toISOString(),
        location: { lon: town.lon, lat: town.lat },
      },
    });
    const one = '01890000-0000-7000-8000-000000000001';
    expect((await app.http.inject({ ...report(towns.other, one), headers })).json()).toMatchObject({
      code: 'forbidden',
      details: [{ field: 'body.location' }],
    });
    for (const origin of ['https://evil.example', 'null', 'http://ronda.test.evil.example']) {
      const answer = await app.http.inject({ ...report(towns.own, one), headers: { ...headers, origin } });
      expect([origin, answer.statusCode]).toEqual([origin, 403]);
    }
    const stored = await app.http.inject({ ...report(towns.own, one), headers });
    expect(stored.statusCode, stored.body).toBe(201);
    const away = await app.http.inject({
      method: 'PATCH',
      url: `/api/incidents/${one}`,
      headers: { ...headers, 'if-match': '"1"' },
      payload: { location: { lon: towns.other.lon, lat: towns.other.lat } },
    });
    expect(away.statusCode, away.body).toBe(403);
    const unit = { callsign: 'LUAR', organisation: 'polri' };
    for (const homeArea of ['52.08', undefined]) {
      const answer = await app.http.inject({
        method: 'POST',
        url: '/api/units',
        payload: { ...unit, homeArea },
        headers,
      });
      expect([answer.statusCode, answer.json().details[0].field]).toEqual([403, 'body.homeArea']);
    }
  });
});

/** Addresses where a role finds what its town has. */
function seesOf(role: (typeof ROLES)[number]): string[] {
  const addresses: [Permission, string][] = [
    ['unit.read', '/api/units'],
    ['unit.read', '/api/units/:id'],
    ['incident.read', '/api/incidents'],
    ['incident.read', '/api/incidents/points'],
    ['export', '/api/incidents.csv'],
    ['incident.read', '/api/incidents/:id'],
    ['incident.read', '/api/incidents/:id/log'],
    ['place.read', '/api/places'],
    ['place.read', '/api/places/:id'],
    ['incident.read', '/api/analyses'],
    ['incident.read', '/api/analyses/:id'],
    ['quarantine.read', '/api/quarantine'],
    ['incident.read', '/api/warnings'],
    ['incident.read', '/api/warnings/:id'],
    ['plan.read', '/api/plans'],
    ['plan.read', '/api/plans/:id'],
    ['plan.read', '/api/plans/:id/edits'],
    ['plan.read', '/api/plans/:id/versions'],
  ];
  return addresses.filter(([permission]) => roleAllows(role, permission)).map(([, url]) => url);
}
