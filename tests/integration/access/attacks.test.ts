import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordAudit, verifyAudit } from '../../../server/access/audit.queries.ts';
import { hashOf } from '../../../server/access/principals.ts';
import { countAttempt } from '../../../server/access/throttle.queries.ts';
import type { App } from '../../../server/app.ts';
import { scopedDb } from '../../../server/database/scoped.ts';
import type { IncidentLogEntry } from '../../../shared/schemas/incident.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { signInAs, type Towns, twoTowns } from '../../support/towns.ts';
import { PASSWORD, Visitor } from '../../support/visitor.ts';

/** What somebody with a narrow role tries, to get a wider one. */
describe.each(engines())('who wants more than is his (%s)', (engine) => {
  let app: App;
  let towns: Towns;
  let neighbour: number;
  beforeAll(async () => {
    app = await freshApp(engine);
    towns = await twoTowns(app);
    const { db } = app.database;
    ({ id: neighbour } = await db
      .insertInto('jurisdiction')
      .values({ name: 'Polres Dua', kind: 'polres' })
      .returning('id')
      .executeTakeFirstOrThrow());
    await db.insertInto('jurisdiction_part').values({ jurisdiction_id: neighbour, area_code: '52.08' }).execute();
  });
  afterAll(() => app?.close());

  const call = (method: string, url: string, headers: Record<string, string> | undefined, payload?: object) =>
    app.http.inject({
      method: method as 'GET',
      url,
      ...(headers ? { headers } : {}),
      ...(payload ? { payload } : {}),
    });
  const accountOf = async (headers: Record<string, string>) => {
    const { account_id } = await app.database.db
      .selectFrom('session')
      .select('account_id')
      .where('id_hash', '=', hashOf((headers.cookie ?? '').replace('ronda=', '')))
      .executeTakeFirstOrThrow();
    return account_id;
  };

  test('who registers a unit, changes it or its duty stands in the audit log', async () => {
    const { own, jurisdictions } = towns;
    const dispatcher = await signInAs(app, { role: 'dispatcher', jurisdiction: jurisdictions.area });
    const { username } = await app.database.db
      .selectFrom('account')
      .select('username')
      .where('id', '=', await accountOf(dispatcher))
      .executeTakeFirstOrThrow();
    const made = await call('POST', '/api/units', dispatcher, {
      callsign: 'CATAT 1',
      organisation: 'polri',
      homeArea: own.code,
    });
    expect(made.statusCode, made.body).toBe(201);
    const { id } = made.json<{ id: number }>();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    for (const payload of [{ status: 'busy', dutyUntil: until }, { status: 'off_duty' }, { callsign: 'CATAT 2' }]) {
      const answer = await call('PATCH', `/api/units/${id}`, dispatcher, payload);
      expect(answer.statusCode, answer.body).toBe(200);
    }
    // What is refused leaves no entry behind.
    expect((await call('PATCH', `/api/units/${id}`, dispatcher, { callsign: `${own.word}-1` })).statusCode).toBe(409);
    const { entries } = (await call('GET', `/api/audit?q=unit:${id}`, undefined)).json();
    const by = { actor: username, subject: `unit:${id}` };
    expect(entries).toMatchObject([
      { ...by, action: 'unit.changed', detail: { callsign: 'CATAT 2' } },
      { ...by, action: 'unit.changed', detail: { status: 'off_duty' } },
      { ...by, action: 'unit.changed', detail: { status: 'busy', dutyUntil: until } },
      { ...by, action: 'unit.created', detail: { callsign: 'CATAT 1', homeArea: own.code } },
    ]);
    expect((await verifyAudit(app.database.db)).faults).toEqual([]);
  });

  test('a unit that passes through is seen, but neither changed nor made one’s own, and what it sent elsewhere stays hidden', async () => {
    const { own, other, jurisdictions } = towns;
    // The first is a jump, and drawn in no trail.
    const fixes = [10_000, 20_000].map((ahead) => {
      return {
        device: `${other.word}-hp`,
        lon: own.lon,
        lat: own.lat,
        time: new Date(Date.now() + ahead).toISOString(),
      };
    });
    await call('POST', '/api/ingest/positions', undefined, { fixes });
    const dispatcher = await signInAs(app, { role: 'dispatcher', jurisdiction: jurisdictions.area });
    expect((await call('GET', `/api/units/${other.unit}`, dispatcher)).statusCode).toBe(200);
    for (const payload of [{ homeArea: own.code }, { status: 'off_duty' }, { callsign: 'CURI' }]) {
      const answer = await call('PATCH', `/api/units/${other.unit}`, dispatcher, payload);
      expect([payload, answer.statusCode]).toEqual([payload, 404]);
    }
    expect((await call('GET', '/api/quarantine', dispatcher)).body).not.toContain(other.word);
    // The ends of its duties, which lead home, are not for whom it only visits.
    await call('PATCH', `/api/units/${other.unit}`, undefined, { status: 'off_duty' });
    const viewer = await signInAs(app, { role: 'viewer', jurisdiction: jurisdictions.area });
    const trail = async (headers?: Record<string, string>) =>
      (await call('GET', `/api/units/${other.unit}/trail`, headers)).json().points.length;
    expect([await trail(dispatcher), await trail(viewer)]).toEqual([0, 0]);
    expect(await trail()).toBeGreaterThan(0);
    // Also where the first wall is forgotten.
    const scope = { everything: false, codes: [own.code], jurisdictions: [jurisdictions.area] };
    const db = scopedDb(app.database.pool, scope);
    expect(await db.selectFrom('unit').select('id').where('id', '=', other.unit).execute()).toHaveLength(1);
    const taken = await db
      .updateTable('unit')
      .set({ home_area: own.code })
      .where('id', '=', other.unit)
      .executeTakeFirst();
    expect(taken.numUpdatedRows).toBe(0n);
    // Nor are its devices taken, or others put beside them.
    const devices = await db.selectFrom('device').select('id').where('unit_id', '=', other.unit).execute();
    expect(devices).toHaveLength(1);
    const renamed = await db.updateTable('device').set({ label: 'CURI' }).where('unit_id', '=', other.unit).execute();
    expect(renamed[0]?.numUpdatedRows).toBe(0n);
    const added = (unit: number, identifier: string) =>
      db.insertInto('device').values({ unit_id: unit, identifier, speed_unit: 'mps' }).execute();
    await expect(added(other.unit, 'curi')).rejects.toThrow(/row-level security/);
    await added(own.unit, `${own.word}-hp-kedua`);
    const fixesSeen = await db.selectFrom('position_quarantine').select(sql<string>`fix::text`.as('fix')).execute();
    expect(JSON.stringify(fixesSeen)).not.toContain(other.word);
  });

  test('the history of an incident that was moved here tells nothing of where it was', async () => {
    const { own, other, jurisdictions } = towns;
    const move = (town: { lon: number; lat: number }, version: number, title: string) =>
      app.http.inject({
        method: 'PATCH',
        url: `/api/incidents/${other.incident}`,
        headers: { 'if-match': `"${version}"` },
        payload: { location: { lon: town.lon, lat: town.lat }, title },
      });
    await move(other, 1, 'Rahasia tetangga');
    expect((await move(own, 2, 'Pindah')).statusCode).toBe(200);
    for (const jurisdiction of [jurisdictions.area, jurisdictions.polygon]) {
      const operator = await signInAs(app, { role: 'operator', jurisdiction });
      const { body, statusCode } = await call('GET', `/api/incidents/${other.incident}/log`, operator);
      expect(statusCode).toBe(200);
      expect(body).not.toMatch(/Rahasia tetangga|116\.4|52\.08/);
      const { entries } = JSON.parse(body) as { entries: IncidentLogEntry[] };
      expect(entries.map(({ version }) => version)).toEqual([3]);
      expect(entries[0]?.changes.title).toEqual({ before: null, after: 'Pindah' });
    }
    const whole = await call('GET', `/api/incidents/${other.incident}/log`, undefined);
    expect(whole.json().entries).toHaveLength(3);
  });

  test('who breaks the glass does not slip away from those who look after him', async () => {
    const { jurisdictions } = towns;
    const operator = await signInAs(app, { role: 'operator', jurisdiction: jurisdictions.area });
    const id = await accountOf(operator);
    const body = { jurisdictionId: neighbour, reason: 'pengejaran lintas batas', minutes: 60 };
    expect((await call('POST', '/api/break-glass', operator, body)).statusCode).toBe(201);
    const commander = await signInAs(app, { role: 'commander', jurisdiction: jurisdictions.area });
    expect((await call('GET', '/api/audit?action=break-glass', commander)).json().entries).toHaveLength(1);
    const administrator = await signInAs(app, { role: 'administrator', jurisdiction: jurisdictions.area });
    expect((await call('DELETE', `/api/accounts/${id}/sessions`, administrator)).statusCode).toBe(204);
    expect((await call('GET', '/api/units', operator)).statusCode).toBe(401);
  });

  test('a session that was left open makes no link for an account that has roles', async () => {
    const { db } = app.database;
    const { jurisdictions } = towns;
    const invited = await signInAs(app, { role: 'commander', jurisdiction: jurisdictions.area });
    const administrator = await signInAs(app, { role: 'administrator', jurisdiction: jurisdictions.area });
    const old = new Date(Date.now() - 31 * 60_000);
    const account_id = await accountOf(administrator);
    await db
      .updateTable('session')
      .set({ created_at: old, stepped_up_at: null })
      .where('account_id', '=', account_id)
      .execute();
    const answer = await call('POST', `/api/accounts/${await accountOf(invited)}/invitation`, administrator);
    expect(answer.json()).toMatchObject({ code: 'step_up_required' });
  });

  test('who sets a new password is not undone by a link that somebody else holds', async () => {
    const headers = await signInAs(app, { role: 'viewer', jurisdiction: towns.jurisdictions.area });
    const id = await accountOf(headers);
    const { link } = (await call('POST', `/api/accounts/${id}/invitation`, undefined)).json();
    const changed = await call('POST', '/api/access/password', headers, { next: PASSWORD });
    expect(changed.statusCode, changed.body).toBe(204);
    expect((await new Visitor(app).accept(link, 'ronda malam tiga kampung')).status).toBe(410);
  });

  test('a printing that is over, or was made up, does not take the place of the session beside it', async () => {
    const headers = await signInAs(app, { role: 'viewer', jurisdiction: towns.jurisdictions.area });
    const beside = { ...headers, cookie: `ronda-print=${'x'.repeat(43)}; ${headers.cookie}` };
    expect((await call('GET', '/api/units', beside)).statusCode).toBe(200);
    expect((await call('POST', '/api/access/sign-out', { ...beside, origin: 'https://evil.example' })).statusCode).toBe(
      403,
    );
    expect((await call('POST', '/api/access/sign-out', beside)).statusCode).toBe(204);
    expect((await call('GET', '/api/units', beside)).statusCode).toBe(401);
  });

  test('nobody is named as the audit log names who is no account: commands, the clock and the token', async () => {
    for (const username of ['Lokal', 'waktu', 'WAKTU', 'wak.tu', 'ADMIN_TOKEN', 'admin-token']) {
      const answer = await call('POST', '/api/accounts', undefined, { username, displayName: 'Seseorang' });
      expect([username, answer.statusCode, answer.json().details?.[0]?.field]).toEqual([
        username,
        409,
        'body.username',
      ]);
    }
  });

  test('who was named so before tells his city nothing of what the clock does elsewhere', async () => {
    const { db } = app.database;
    const { jurisdictions } = towns;
    const named = await signInAs(app, { role: 'viewer', jurisdiction: jurisdictions.area });
    await db
      .updateTable('account')
      .set({ username: 'waktu' })
      .where('id', '=', await accountOf(named))
      .execute();
    await recordAudit(db, { at: new Date(), actor: 'waktu', action: 'unit.off-duty', subject: 'unit:4711' });
    const commander = await signInAs(app, { role: 'commander', jurisdiction: jurisdictions.area });
    expect((await call('GET', '/api/audit?q=unit:4711', undefined)).json().entries).toHaveLength(1);
    for (const who of [commander, named]) {
      const url = who === named ? '/api/me/data' : '/api/audit?action=unit';
      const answer = await call('GET', url, who);
      expect([url, answer.statusCode]).toEqual([url, 200]);
      expect(answer.body).not.toContain('unit:4711');
    }
  });

  test('the last one that administers everything is not lost by changing the jurisdiction', async () => {
    const { everything } = towns.jurisdictions;
    const held = await signInAs(app, { role: 'administrator', jurisdiction: everything });
    const body = { name: 'Seluruh Indonesia', kind: 'nasional', everything: false, parts: [] };
    expect((await call('PUT', `/api/jurisdictions/${everything}`, held, body)).statusCode).toBe(409);
    expect((await call('GET', '/api/accounts', held)).statusCode).toBe(200);
  });

  test('who looks after devices does not give himself what a phone tells of its owner', async () => {
    const { own, jurisdictions } = towns;
    const headers = await signInAs(app, { role: 'administrator', jurisdiction: jurisdictions.area });
    const accountId = await accountOf(headers);
    const added = await call('POST', `/api/units/${own.unit}/devices`, headers, { label: 'HP', accountId });
    expect([added.statusCode, added.json().details?.[0]?.field]).toEqual([403, 'body.accountId']);
    const { id } = (await call('POST', `/api/units/${own.unit}/devices`, headers, { label: 'HP' })).json().device;
    expect((await call('PATCH', `/api/devices/${id}`, headers, { accountId })).statusCode).toBe(403);
    const someone = await accountOf(await signInAs(app));
    expect((await call('PATCH', `/api/devices/${id}`, headers, { accountId: someone })).statusCode).toBe(200);
    const { entries } = (await call('GET', '/api/audit?action=device.changed', undefined)).json();
    expect(entries[0].detail).toMatchObject({ accountId: someone });
    // Once it has sent anything, that stays between it and the one whose it was.
    const { link } = (await call('POST', `/api/devices/${id}/enrolment`, headers)).json().enrolment;
    const token = link.slice(link.indexOf('#') + 1);
    expect((await call('POST', '/api/enrol', undefined, { token })).statusCode).toBe(200);
    const next = await accountOf(await signInAs(app));
    expect((await call('PATCH', `/api/devices/${id}`, headers, { accountId: next })).statusCode).toBe(409);
    expect((await call('PATCH', `/api/devices/${id}`, headers, { accountId: someone })).statusCode).toBe(200);
  });

  test('S12: one network counts as one address, and a paused one fills no table', async () => {
    const { db } = app.database;
    const now = Date.now();
    for (let host = 1; host <= 5; host++) await countAttempt(db, 'korban', `2001:db8:0:7::${host}`, now);
    await expect(countAttempt(db, 'korban', '2001:db8:0:7:ffff:1:2:3', now)).rejects.toMatchObject({
      code: 'too_many_requests',
    });
    await countAttempt(db, 'korban', '2001:db8:0:8::1', now);
    for (let host = 1; host <= 6; host++) await countAttempt(db, 'korban', `::ffff:192.0.2.${host}`, now);
    await expect(
      (async () => {
        for (let i = 0; i < 5; i++) await countAttempt(db, 'lain', i % 2 ? '::ffff:192.0.2.99' : '192.0.2.99', now);
        await countAttempt(db, 'lain', '192.0.2.99', now);
      })(),
    ).rejects.toMatchObject({ code: 'too_many_requests' });

    for (let i = 0; i < 100; i++) await countAttempt(db, `nama-${i}`, '198.51.100.1', now);
    const count = async () => (await db.selectFrom('sign_in_failure').select('key').execute()).length;
    const before = await count();
    for (let i = 100; i < 120; i++) {
      await expect(countAttempt(db, `nama-${i}`, '198.51.100.1', now)).rejects.toMatchObject({
        code: 'too_many_requests',
      });
    }
    expect(await count()).toBeLessThanOrEqual(before + 1);
  });

  test('a scope that cannot be named runs nothing, and leaves nothing behind', async () => {
    const { pool, db } = app.database;
    const broken = scopedDb(pool, { everything: false, codes: ['52.71\0'], jurisdictions: [] });
    await expect(broken.updateTable('unit').set({ callsign: 'X' }).execute()).rejects.toThrow();
    const scoped = scopedDb(pool, { everything: false, codes: ['52.71'], jurisdictions: [] });
    await expect(sql`SELECT 1 / (id - id) FROM unit`.execute(scoped)).rejects.toThrow(/division/);
    await expect(
      scoped.transaction().execute((trx) => sql`SELECT 1 / (id - id) FROM unit`.execute(trx)),
    ).rejects.toThrow(/division/);
    for (let i = 0; i < 12; i++) {
      const { rows } = await sql<{ own: boolean; codes: string | null }>`
        SELECT current_user = session_user AS own, current_setting('ronda.codes', true) AS codes`.execute(db);
      expect([rows[0]?.own, rows[0]?.codes || '']).toEqual([true, '']);
    }
    expect(await db.selectFrom('unit').select('id').where('callsign', '=', 'X').execute()).toEqual([]);
  });
});
