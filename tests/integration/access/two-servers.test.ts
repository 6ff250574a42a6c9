import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { requireAdministrator } from '../../../server/access/account-routes.ts';
import { revokeGrant } from '../../../server/access/grants.queries.ts';
import type { App } from '../../../server/app.ts';
import type { Trx } from '../../../server/database/connection.ts';
import type { TotpSecret } from '../../../shared/schemas/access.ts';
import type { DeviceEnrolment, Enrolled } from '../../../shared/schemas/device.ts';
import { engines, freshConfig, openApp } from '../../support/engines.ts';
import { invite, PASSWORD, setUp, tokenOf, Visitor } from '../../support/visitor.ts';

/** How soon what one server revokes is refused by the others. */
const PROMISED_MS = 5_000;

/**
 * What one server does, another one on the same database knows. The embedded engine has one server only: there the change
 * is made behind its back, as by another process.
 */
describe.each(engines())('two servers on one database (%s)', (engine) => {
  let here: App;
  let there: App;
  let administrator: Visitor;
  const clock = { now: Date.parse('2026-11-22T08:00:00Z') };
  beforeAll(async () => {
    const config = await freshConfig(engine);
    here = await openApp(config, { now: () => clock.now });
    there = engine === 'served' ? await openApp({ ...config, dataDir: `${config.dataDir}-2` }, { now: () => clock.now }) : here; // biome-ignore format: one line
    administrator = await setUp(here, clock.now);
    await administrator.ask('POST', '/api/access/password', { next: PASSWORD });
  });
  afterAll(async () => {
    await here?.close();
    if (there !== here) await there?.close();
  });

  let phones = 0;
  const phone = async () => {
    const callsign = `Rinjani ${++phones}`;
    const unit = await here.http.inject({
      method: 'POST',
      url: '/api/units',
      payload: { callsign, organisation: 'ronda', homeArea: '52.71.01' },
    });
    const { id } = unit.json<{ id: number }>();
    const added = await here.http.inject({ method: 'POST', url: `/api/units/${id}/devices`, payload: { label: 'HP' } });
    const { device, enrolment } = added.json<DeviceEnrolment>();
    const payload = { token: tokenOf(enrolment.link) };
    const opened = await here.http.inject({ method: 'POST', url: '/api/enrol', headers: { cookie: '' }, payload });
    return { unit: id, device: device.id, token: opened.json<Enrolled>().token };
  };
  const send = (app: App, token: string) =>
    app.http.inject({
      method: 'POST',
      url: '/api/ingest/positions',
      headers: { cookie: '' },
      payload: { fixes: [{ device: token, lon: 116.1, lat: -8.58, time: new Date(clock.now).toISOString() }] },
    });
  const verdict = async (token: string) => {
    clock.now += 1_000;
    return (await send(there, token)).json<{ verdicts: { verdict: string }[] }>().verdicts[0]?.verdict;
  };

  test('S9: a device revoked by one is unknown to the other within 5 s', async () => {
    const { device, token } = await phone();
    expect(await verdict(token)).toBe('stored');
    if (there === here) {
      await here.database.pool.query('UPDATE device SET token_hash = NULL, revoked_at = now() WHERE id = $1', [device]);
    } else {
      const revoked = await here.http.inject({ method: 'DELETE', url: `/api/devices/${device}` });
      expect(revoked.statusCode).toBe(204);
    }
    await vi.waitFor(async () => expect(await verdict(token)).toBe('unknown_device'), PROMISED_MS);
  });

  test('S9: a unit taken off duty at one is not followed by the other', async () => {
    const { unit, token } = await phone();
    expect(await verdict(token)).toBe('stored');
    if (there === here) {
      await here.database.pool.query(`UPDATE unit SET status = 'off_duty', duty_until = NULL WHERE id = $1`, [unit]);
    } else {
      const url = `/api/units/${unit}`;
      const off = await here.http.inject({ method: 'PATCH', url, payload: { status: 'off_duty' } });
      expect(off.statusCode).toBe(200);
    }
    await vi.waitFor(async () => expect(await verdict(token)).toBe('discarded'), PROMISED_MS);
  });

  test('S9: shapes of jurisdictions that one makes anew are asked for again by the other', async () => {
    const told = vi.fn();
    there.bus.on('access.changed', told);
    await here.database.pool.query('DELETE FROM jurisdiction_shape');
    await vi.waitFor(() => expect(told).toHaveBeenCalled(), PROMISED_MS);
    there.bus.off('access.changed', told);
  });

  test('S9: a jurisdiction that is drawn anew waits for no other one, and the other server asks for it again', async () => {
    const square = (lon: number) => {
      const ring = [[lon, -9], [lon + 0.1, -9], [lon + 0.1, -8.9], [lon, -8.9], [lon, -9]]; // biome-ignore format: one line
      return [{ polygon: [[ring]], validFrom: null, validTo: null }];
    };
    const body = (name: string, lon: number) => ({ name, kind: 'khusus', parentId: null, parts: square(lon) });
    const made: number[] = [];
    for (const [at, name] of ['Bandara', 'Pelabuhan', 'Pasar'].entries()) {
      const answer = await administrator.ask<{ id: number }>('POST', '/api/jurisdictions', body(name, 116 + at));
      expect(answer.status).toBe(201);
      made.push(answer.body.id);
    }
    const shapes = async () => {
      const { rows } = await here.database.pool.query<{ id: number; written: string; west: number }>(
        'SELECT jurisdiction_id AS id, xmin::text AS written, ST_XMin(geom) AS west FROM jurisdiction_shape ORDER BY 1',
      );
      return rows.filter(({ id }) => made.includes(id));
    };
    await vi.waitFor(async () => expect(await shapes()).toHaveLength(3), PROMISED_MS);
    const before = await shapes();
    const told = vi.fn();
    there.bus.on('access.changed', told);
    const moved = await administrator.ask('PUT', `/api/jurisdictions/${made[1]}`, body('Pelabuhan', 120));
    expect(moved.status).toBe(200);
    await vi.waitFor(async () => expect((await shapes())[1]?.west).toBe(120), PROMISED_MS);
    await vi.waitFor(() => expect(told).toHaveBeenCalled(), PROMISED_MS);
    there.bus.off('access.changed', told);
    const after = await shapes();
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
  });

  test('S11: a code of the app that one took is worth nothing at the other', async () => {
    const { visitor } = await invite(here, administrator, 'siti');
    const code = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now });
    const { secret } = (await visitor.ask<TotpSecret>('POST', '/api/access/totp')).body;
    expect((await visitor.ask('POST', '/api/access/totp/confirm', { code: code(secret) })).status).toBe(204);
    const again = await new Visitor(there).signIn('siti', PASSWORD, { totp: code(secret) });
    expect(again).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    clock.now += 60_000;
    expect((await new Visitor(here).signIn('siti', PASSWORD, { totp: code(secret) })).status).toBe(200);
    expect((await new Visitor(there).signIn('siti', PASSWORD, { totp: code(secret) })).status).toBe(401);
    clock.now += 60_000;
    // Of ten at once one is taken, wherever they are.
    const once = code(secret);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        new Visitor(n % 2 ? here : there, `192.0.2.${100 + n}`).signIn('siti', PASSWORD, { totp: once }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('two administrators who strip each other in the same moment: one stays', async () => {
    const everything = await here.database.db
      .selectFrom('jurisdiction')
      .select('id')
      .where('everything', '=', true)
      .executeTakeFirstOrThrow();
    const role = { role: 'administrator', jurisdictionId: everything.id };
    await invite(here, administrator, 'wayan', [role]);
    const grants = await here.database.db
      .selectFrom('access_grant')
      .select('id')
      .where('role', '=', 'administrator')
      .where('revoked_at', 'is', null)
      .orderBy('id')
      .execute();
    expect(grants).toHaveLength(2);
    const at = new Date(clock.now);
    const strip =
      (id: number | undefined, before: () => Promise<unknown> = async () => {}) =>
      async (trx: Trx) => {
        expect(await revokeGrant(trx, id ?? 0, 'test', at)).toBe(true);
        await requireAdministrator(trx, at);
        await before();
      };
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let isIn = () => {};
    const inside = new Promise<void>((resolve) => {
      isIn = resolve;
    });
    const first = here.database.db.transaction().execute(
      strip(grants[0]?.id, () => {
        isIn();
        return held;
      }),
    );
    await inside;
    // The first has looked and is not yet done when the second looks.
    const second = there.database.db.transaction().execute(strip(grants[1]?.id));
    const outcome = second.then(
      () => 'done',
      (error: Error) => error.message,
    );
    setTimeout(finish, 300);
    await first;
    expect(await outcome).toMatch(/^Nobody would administer everything any more/);
  });
});
