import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as accountMaker from '../../../data/migrations/2026-11-22-zs-account-maker.ts';
import type { App } from '../../../server/app.ts';
import type { AccessLink, Account, Grant, SignedIn } from '../../../shared/schemas/access.ts';
import type { AuditEntry } from '../../../shared/schemas/audit.ts';
import type { Jurisdiction } from '../../../shared/schemas/jurisdiction.ts';
import { triangle } from '../../support/areas.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { invite, PASSWORD, setUp, Visitor } from '../../support/visitor.ts';

const MINUTE = 60_000;

describe.each(engines())('who may do what (%s)', (engine) => {
  let app: App;
  let administrator: Visitor;
  let everything: number;
  /** Jurisdictions of two cities, and one with a harbour. */
  const city = { mataram: 0, barat: 0, harbour: 0 };
  const clock = { now: Date.parse('2026-11-22T08:00:00Z') };

  beforeAll(async () => {
    app = await freshApp(engine, { now: () => clock.now });
    administrator = await setUp(app, clock.now);
    await administrator.ask('POST', '/api/access/password', { next: PASSWORD });
    const make = async (name: string, parts: object[]) => {
      const body = { name, kind: 'polres', parts };
      const answer = await administrator.ask<Jurisdiction>('POST', '/api/jurisdictions', body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return answer.body.id;
    };
    city.mataram = await make('Polresta Mataram', [{ areaCode: '52.71' }, { areaCode: '52.01.08' }]);
    city.barat = await make('Polres Lombok Utara', [{ areaCode: '52.08' }]);
    city.harbour = await make('Kawasan Pelabuhan', [{ polygon: triangle(116, -8.7) }]);
    const { body } = await administrator.ask<{ jurisdictions: { id: number; everything: boolean }[] }>(
      'GET',
      '/api/jurisdictions',
    );
    expect(body.jurisdictions).toHaveLength(4);
    everything = body.jurisdictions.find((jurisdiction) => jurisdiction.everything)?.id ?? 0;
  });
  afterAll(() => app?.close());
  beforeEach(() => administrator.signIn('administrator', PASSWORD));

  const audit = async (query: string, as = administrator) =>
    (await as.ask<{ entries: AuditEntry[]; next: string | null }>('GET', `/api/audit?${query}`)).body;

  test('an invited person sets a password by the link, once, and has the roles given', async () => {
    const answer = await administrator.ask<{ account: Account; invitation: AccessLink }>('POST', '/api/accounts', {
      username: 'Siti.Aminah',
      displayName: 'Siti Aminah',
    });
    expect(answer.status).toBe(201);
    const { account, invitation } = answer.body;
    expect(account).toMatchObject({ username: 'siti.aminah', state: 'invited', grants: [], lastSeenAt: null });
    expect(invitation.link).toMatch(/^http:\/\/ronda\.test\/accept#[\w-]{22}$/);
    expect(Date.parse(invitation.expiresAt)).toBe(clock.now + 7 * 24 * 60 * MINUTE);
    const taken = await administrator.ask('POST', '/api/accounts', { username: 'SITI.aminah', displayName: 'Lain' });
    expect(taken).toMatchObject({ status: 409, body: { details: [{ field: 'body.username' }] } });

    const siti = new Visitor(app);
    expect((await siti.accept(invitation.link, 'siti aminah 123')).status).toBe(422);
    expect((await siti.accept(invitation.link, PASSWORD)).body).toMatchObject({ signedIn: true, permissions: [] });
    expect((await new Visitor(app).accept(invitation.link, PASSWORD)).status).toBe(410);
    expect((await siti.ask('GET', '/api/units')).status).toBe(403);

    const granted = await administrator.ask<Grant>('POST', '/api/grants', {
      accountId: account.id,
      role: 'operator',
      jurisdictionId: city.mataram,
      validTo: new Date(clock.now + 20 * MINUTE).toISOString(),
    });
    expect(granted.status).toBe(201);
    // At once: no cache is in between.
    expect((await siti.ask('GET', '/api/units')).status).toBe(200);
    expect(await siti.me()).toMatchObject({
      grants: [{ role: 'operator', jurisdiction: { name: 'Polresta Mataram' } }],
    });
    expect((await siti.ask('GET', '/api/accounts')).status).toBe(403);
    expect((await siti.ask('GET', '/api/audit')).status).toBe(403);
    clock.now += 20 * MINUTE;
    expect((await siti.ask('GET', '/api/units')).status).toBe(403);
    clock.now -= 20 * MINUTE;
    expect((await administrator.ask('DELETE', `/api/grants/${granted.body.id}`)).status).toBe(204);
    expect((await siti.ask('GET', '/api/units')).status).toBe(403);
    expect((await administrator.ask('DELETE', '/api/grants/99999')).status).toBe(404);
  });

  test('a disabled account is out at once, and in again when enabled', async () => {
    const { visitor, id } = await invite(app, administrator, 'made', [{ role: 'viewer', jurisdictionId: city.barat }]);
    expect((await visitor.ask('GET', '/api/units')).status).toBe(200);
    const disabled = await administrator.ask<Account>('PATCH', `/api/accounts/${id}`, { disabled: true });
    expect(disabled.body.state).toBe('disabled');
    expect((await visitor.ask('GET', '/api/units')).status).toBe(401);
    expect((await visitor.signIn('made', PASSWORD)).status).toBe(401);
    expect((await administrator.ask('POST', `/api/accounts/${id}/invitation`)).status).toBe(409);
    await administrator.ask('PATCH', `/api/accounts/${id}`, { disabled: false, displayName: 'Made Wirawan' });
    expect((await visitor.signIn('made', PASSWORD)).body).toMatchObject({ account: { displayName: 'Made Wirawan' } });
    expect((await administrator.ask('DELETE', `/api/accounts/${id}/sessions`)).status).toBe(204);
    expect((await visitor.ask('GET', '/api/units')).status).toBe(401);
    const { body } = await administrator.ask<AccessLink>('POST', `/api/accounts/${id}/invitation`);
    expect((await visitor.accept(body.link, 'ombak besar di pantai selatan')).status).toBe(200);
  });

  test('the last administrator of everything can be neither disabled nor stripped', async () => {
    const { account, grants } = (await administrator.me()) as SignedIn;
    expect((await administrator.ask('PATCH', `/api/accounts/${account?.id}`, { disabled: true })).status).toBe(409);
    const own = grants.find(({ role }) => role === 'administrator');
    expect((await administrator.ask('DELETE', `/api/grants/${own?.id}`)).status).toBe(409);
    expect((await administrator.ask('GET', '/api/accounts')).status).toBe(200);
  });

  test('S10: who administers one city hands out, edits and sees nothing beyond it', async () => {
    const { visitor: local, id } = await invite(app, administrator, 'admin.mataram', [
      { role: 'administrator', jurisdictionId: city.mataram },
    ]);
    const { id: chief } = await invite(app, administrator, 'kapolda', [
      { role: 'commander', jurisdictionId: everything },
    ]);
    const { body } = await local.ask<{ accounts: Account[] }>('GET', '/api/accounts');
    const names = body.accounts.map(({ username }) => username);
    expect(names).toContain('admin.mataram');
    expect(names).not.toContain('kapolda');
    expect(names).not.toContain('administrator');

    const made = await local.ask<{ account: Account }>('POST', '/api/accounts', {
      username: 'petugas.mataram',
      displayName: 'Petugas',
    });
    const grant = { accountId: made.body.account.id, role: 'viewer' };
    expect((await local.ask('POST', '/api/grants', { ...grant, jurisdictionId: city.mataram })).status).toBe(201);
    for (const jurisdictionId of [everything, city.barat, city.harbour]) {
      expect((await local.ask('POST', '/api/grants', { ...grant, jurisdictionId })).status).toBe(403);
    }
    // Nor to himself, whom his role lets administer and not see; nor to whom he does not look after, and whose name he is not told.
    const here = { role: 'viewer', jurisdictionId: city.mataram };
    for (const accountId of [id, chief]) {
      const { status, body } = await local.ask('POST', '/api/grants', { accountId, ...here });
      expect([status, body]).toMatchObject([403, { code: 'forbidden', details: [{ field: 'body.accountId' }] }]);
      expect(JSON.stringify(body)).not.toContain('Nama');
    }
    expect((await local.ask('PATCH', `/api/accounts/${chief}`, { disabled: true })).status).toBe(403);
    expect((await local.ask('POST', `/api/accounts/${chief}/invitation`)).status).toBe(403);
    expect((await local.ask('DELETE', `/api/accounts/${chief}/sessions`)).status).toBe(403);

    const wider = { name: 'Polresta Mataram', kind: 'polres', parts: [{ areaCode: '52' }] };
    expect((await local.ask('PUT', `/api/jurisdictions/${city.mataram}`, wider)).status).toBe(403);
    const polygon = { name: 'X', kind: 'khusus', parts: [{ polygon: triangle(116, -8) }] };
    expect((await local.ask('POST', '/api/jurisdictions', polygon)).status).toBe(403);
    const whole = { name: 'X', kind: 'khusus', everything: true, parts: [] };
    expect((await local.ask('POST', '/api/jurisdictions', whole)).status).toBe(403);
    expect((await local.ask('DELETE', `/api/jurisdictions/${city.barat}`)).status).toBe(403);
    const within = {
      name: 'Polsek Narmada',
      kind: 'polsek',
      parentId: city.mataram,
      parts: [{ areaCode: '52.01.08.2001' }],
    };
    expect((await local.ask('POST', '/api/jurisdictions', within)).status).toBe(201);

    const log = await audit('limit=200', local);
    expect(new Set(log.entries.map(({ actor }) => actor))).toEqual(new Set(['admin.mataram']));
  });

  test('S10: an account without a role is looked after by who made it, and then where all its roles were', async () => {
    const admin = (name: string, jurisdictionId: number) =>
      invite(app, administrator, name, [{ role: 'administrator', jurisdictionId }]);
    const { visitor: maker } = await admin('pembuat', city.mataram);
    const { visitor: colleague } = await admin('rekan', city.mataram);
    const { visitor: stranger } = await admin('tetangga', city.barat);
    const { body } = await maker.ask<{ account: Account; invitation: AccessLink }>('POST', '/api/accounts', {
      username: 'baru',
      displayName: 'Warga Baru',
    });
    const { id } = body.account;
    const rename = async (who: Visitor) =>
      (await who.ask('PATCH', `/api/accounts/${id}`, { displayName: 'Warga Baru' })).status;
    const sees = async (who: Visitor) =>
      (await who.ask<{ accounts: Account[] }>('GET', '/api/accounts')).body.accounts.some((one) => one.id === id);
    const tried = async () => {
      const all = [];
      for (const who of [maker, colleague, stranger, administrator]) all.push([await rename(who), await sees(who)]);
      return all.map(([status, isSeen]) => (status === 200 && isSeen ? 'manages' : `${status} ${isSeen}`));
    };
    const none = '403 false';
    expect(await tried()).toEqual(['manages', none, none, 'manages']);
    for (const who of [colleague, stranger]) {
      expect((await who.ask('POST', `/api/accounts/${id}/invitation`)).status).toBe(403);
      expect((await who.ask('PATCH', `/api/accounts/${id}`, { disabled: true })).status).toBe(403);
    }
    const grant = (jurisdictionId: number) => ({ accountId: id, role: 'viewer', jurisdictionId });
    const first = await administrator.ask<Grant>('POST', '/api/grants', grant(city.mataram));
    expect(await tried()).toEqual(['manages', 'manages', none, 'manages']);
    const second = await administrator.ask<Grant>('POST', '/api/grants', grant(city.barat));
    expect(await tried()).toEqual([none, none, none, 'manages']);
    await administrator.ask('DELETE', `/api/grants/${second.body.id}`);
    expect(await tried()).toEqual(['manages', 'manages', none, 'manages']);
    // Without a role again: it had some beyond the city.
    await administrator.ask('DELETE', `/api/grants/${first.body.id}`);
    expect(await tried()).toEqual([none, none, none, 'manages']);

    // Who made the accounts of an earlier release is known by the audit log.
    const { db } = app.database;
    const makers = () => db.selectFrom('account').select(['username', 'created_by']).orderBy('id').execute();
    const before = await makers();
    expect(before.find(({ username }) => username === 'baru')?.created_by).not.toBeNull();
    await sql`ALTER TABLE account DROP COLUMN created_by`.execute(db);
    await accountMaker.up(db as unknown as Kysely<unknown>);
    expect(await makers()).toEqual(before);
  });

  test('S10: a link that somebody else made is void once the account is given a role', async () => {
    const { visitor: maker } = await invite(app, administrator, 'pembuat.tautan', [
      { role: 'administrator', jurisdictionId: city.mataram },
    ]);
    const make = async (username: string) =>
      (
        await maker.ask<{ account: Account; invitation: AccessLink }>('POST', '/api/accounts', {
          username,
          displayName: 'Calon',
        })
      ).body;
    const open = async (link: string, address: string) =>
      (await new Visitor(app, address).accept(link, PASSWORD)).status;
    const taken = await make('calon.komandan');
    const grant = { role: 'commander', jurisdictionId: everything };
    expect((await administrator.ask('POST', '/api/grants', { accountId: taken.account.id, ...grant })).status).toBe(
      201,
    );
    expect(await open(taken.invitation.link, '203.0.113.101')).toBe(410);
    // Who gives the role himself made the link for it.
    const own = await make('calon.petugas');
    const narrow = { accountId: own.account.id, role: 'viewer', jurisdictionId: city.mataram };
    expect((await maker.ask('POST', '/api/grants', narrow)).status).toBe(201);
    expect(await open(own.invitation.link, '203.0.113.102')).toBe(200);
  });

  test('sensitive actions need the password once more after ten minutes', async () => {
    const { visitor, id } = await invite(app, administrator, 'admin.kedua', [
      { role: 'administrator', jurisdictionId: everything },
    ]);
    const { id: other } = await invite(app, administrator, 'sasaran', [{ role: 'viewer', jurisdictionId: city.barat }]);
    const unit = { callsign: 'CABUT 1', organisation: 'polri', devices: ['cabut-hp'] };
    const { body: made } = await administrator.ask<{ id: number }>('POST', '/api/units', unit);
    const grant = { accountId: id, role: 'viewer', jurisdictionId: city.barat };
    clock.now += 10 * MINUTE;
    expect(await visitor.ask('POST', '/api/grants', grant)).toMatchObject({
      status: 403,
      body: { code: 'step_up_required' },
    });
    expect(await visitor.me()).toMatchObject({ session: { steppedUpUntil: null } });
    expect((await visitor.ask('POST', '/api/access/step-up', { password: 'wrong' })).status).toBe(401);
    const me = await visitor.ask<SignedIn>('POST', '/api/access/step-up', { password: PASSWORD });
    expect(me.body.session?.steppedUpUntil).toBe(new Date(clock.now + 10 * MINUTE).toISOString());
    const given = await visitor.ask<Grant>('POST', '/api/grants', grant);
    expect(given.status).toBe(201);

    // So does taking away what somebody may do; what stops a lost phone or a stolen session waits for nothing.
    const { body: list } = await visitor.ask<{ devices: { id: number }[] }>('GET', `/api/units/${made.id}/devices`);
    clock.now += 10 * MINUTE;
    const wanted = { status: 403, body: { code: 'step_up_required' } };
    expect(await visitor.ask('DELETE', `/api/grants/${given.body.id}`)).toMatchObject(wanted);
    for (const disabled of [true, false]) {
      expect(await visitor.ask('PATCH', `/api/accounts/${other}`, { disabled })).toMatchObject(wanted);
    }
    expect((await visitor.ask('PATCH', `/api/accounts/${other}`, { displayName: 'Sasaran' })).status).toBe(200);
    expect((await visitor.ask('DELETE', `/api/accounts/${other}/sessions`)).status).toBe(204);
    expect((await visitor.ask('DELETE', `/api/devices/${list.devices[0]?.id}`)).status).toBe(204);
    await visitor.ask('POST', '/api/access/step-up', { password: PASSWORD });
    expect((await visitor.ask('DELETE', `/api/grants/${given.body.id}`)).status).toBe(204);
    expect((await visitor.ask('PATCH', `/api/accounts/${other}`, { disabled: true })).status).toBe(200);
  });

  test('S10: who comes from another jurisdiction brings no entries of there along', async () => {
    const { visitor: moved, id } = await invite(app, administrator, 'mutasi');
    const grant = (jurisdictionId: number) =>
      administrator.ask<Grant>('POST', '/api/grants', { accountId: id, role: 'commander', jurisdictionId });
    const { visitor: commander } = await invite(app, administrator, 'komandan.mataram', [
      { role: 'commander', jurisdictionId: city.mataram },
    ]);
    const before = await grant(city.barat);
    expect((await moved.ask('GET', '/api/access/me')).status).toBe(200);
    await moved.signIn('mutasi', PASSWORD);
    const entries = async (who: Visitor) => (await audit('actor=mutasi', who)).entries.map(({ action }) => action);
    expect(await entries(commander)).toEqual([]);
    clock.now += MINUTE;
    await administrator.ask('DELETE', `/api/grants/${before.body.id}`);
    await grant(city.mataram);
    expect(await entries(commander)).toEqual([]);
    clock.now += MINUTE;
    await moved.signIn('mutasi', PASSWORD);
    expect(await entries(commander)).toEqual(['session.created']);
    expect(await entries(administrator)).toEqual([
      'session.created',
      'session.created',
      'session.created',
      'password.set',
    ]);
  });

  test('break-glass: another jurisdiction is seen for minutes, and its commander sees who and why', async () => {
    const { visitor: operator } = await invite(app, administrator, 'operator.a', [
      { role: 'operator', jurisdictionId: city.mataram },
    ]);
    const { visitor: commander } = await invite(app, administrator, 'komandan.b', [
      { role: 'commander', jurisdictionId: city.barat },
    ]);
    const { visitor: other } = await invite(app, administrator, 'komandan.a', [
      { role: 'commander', jurisdictionId: city.harbour },
    ]);
    const reason = 'Gempa: mencari warga di perbatasan';
    const ask = (body: object) => operator.ask<Grant>('POST', '/api/break-glass', body);
    expect((await ask({ jurisdictionId: city.barat, reason, minutes: 241 })).status).toBe(400);
    expect((await ask({ jurisdictionId: city.barat, reason: 'x', minutes: 5 })).status).toBe(400);
    expect((await ask({ jurisdictionId: everything, reason, minutes: 5 })).status).toBe(422);
    const { status, body: grant } = await ask({ jurisdictionId: city.barat, reason, minutes: 30 });
    expect(status).toBe(201);
    expect(grant).toMatchObject({ role: 'viewer', breakGlass: true, reason });
    const codes = async () => {
      const { grants } = (await operator.me()) as SignedIn;
      return grants.map(({ jurisdiction }) => jurisdiction.id);
    };
    expect(await codes()).toEqual([city.mataram, city.barat]);
    const seen = async (visitor: Visitor) =>
      (await visitor.ask<{ grants: Grant[] }>('GET', '/api/break-glass')).body.grants.map(({ id }) => id);
    expect(await seen(commander)).toEqual([grant.id]);
    expect(await seen(other)).toEqual([]);
    expect((await operator.ask('GET', '/api/break-glass')).status).toBe(403);
    expect((await audit('action=break-glass')).entries).toMatchObject([
      { action: 'break-glass.opened', actor: 'operator.a', detail: { reason, jurisdictionId: city.barat } },
    ]);
    clock.now += 30 * MINUTE - 1;
    await operator.signIn('operator.a', PASSWORD);
    expect(await codes()).toEqual([city.mataram, city.barat]);
    clock.now += 1;
    expect(await codes()).toEqual([city.mataram]);
  });

  test('an invitation is void once it is a week old, replaced, or its account disabled', async () => {
    const invited = async (username: string) => {
      const answer = await administrator.ask<{ account: Account; invitation: AccessLink }>('POST', '/api/accounts', {
        username,
        displayName: `Nama ${username}`,
      });
      return { id: answer.body.account.id, link: answer.body.invitation.link };
    };
    // Each from an address of its own: links are not to be guessed either.
    let addresses = 0;
    const open = async (link: string) =>
      (await new Visitor(app, `203.0.113.${++addresses}`).accept(link, PASSWORD)).status;
    const replaced = await invited('ganti');
    const again = await administrator.ask<AccessLink>('POST', `/api/accounts/${replaced.id}/invitation`);
    expect(await open(replaced.link)).toBe(410);
    expect(await open(again.body.link)).toBe(200);
    expect(await open(again.body.link)).toBe(410);

    const disabled = await invited('berhenti');
    await administrator.ask('PATCH', `/api/accounts/${disabled.id}`, { disabled: true });
    expect(await open(disabled.link)).toBe(410);
    // Enabled again, it opens: the refusal used nothing up.
    await administrator.ask('PATCH', `/api/accounts/${disabled.id}`, { disabled: false });
    expect(await open(disabled.link)).toBe(200);

    const old = await invited('terlambat');
    clock.now += 7 * 24 * 60 * MINUTE - 1;
    const justInTime = old.link;
    clock.now += 1;
    expect(await open(justInTime)).toBe(410);
    clock.now -= 1;
    expect(await open(justInTime)).toBe(200);
  });

  test('the log is searched by person, action, words and time, page by page', async () => {
    const all = await audit('limit=200');
    const stored = await app.database.db.selectFrom('audit').select('hash').orderBy('seq', 'desc').execute();
    expect(all.entries.map(({ id }) => id)).toEqual(stored.map(({ hash }) => hash));
    const first = await audit('limit=3');
    const next = await audit(`limit=3&cursor=${first.next}`);
    expect([...first.entries, ...next.entries]).toEqual(all.entries.slice(0, 6));
    // Neither entries nor cursors tell how many there are.
    expect((await audit('limit=3')).next).not.toBe(first.next);
    for (const entry of first.entries) expect(Object.keys(entry)).not.toContain('seq');
    const { visitor: local } = await invite(app, administrator, 'pembaca', [
      { role: 'administrator', jurisdictionId: city.mataram },
    ]);
    const foreign = await local.ask('GET', `/api/audit?cursor=${first.next}`);
    expect(foreign).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect((await administrator.ask('GET', '/api/audit?to=2026-12-31T23:59:60Z')).status).toBe(400);
    expect((await audit('action=grant.created&q=operator')).entries.length).toBeGreaterThan(1);
    expect((await audit('actor=siti.aminah')).entries.map(({ action }) => action)).toEqual([
      'session.created',
      'password.set',
    ]);
    expect((await audit('q=100%25')).entries).toEqual([]);
    const later = new Date(clock.now + 1).toISOString();
    expect((await audit(`from=${encodeURIComponent(later)}`)).entries).toEqual([]);
    // Nothing in it could be used to get in.
    const text = JSON.stringify(all);
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toMatch(/argon2|#[\w-]{22}/);
  });
});
