import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import type { Passkey, SignedIn, TotpSecret } from '../../../shared/schemas/access.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { SoftPasskey } from '../../support/passkey.ts';
import { invite, PASSWORD, setUp, Visitor } from '../../support/visitor.ts';

const MINUTE = 60_000;

describe.each(engines())('proving oneself again (%s)', (engine) => {
  let app: App;
  let administrator: Visitor;
  let people = 0;
  const clock = { now: Date.parse('2026-11-22T08:00:00Z') };
  const code = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now });

  beforeAll(async () => {
    app = await freshApp(engine, { now: () => clock.now });
    administrator = await setUp(app, clock.now);
    await administrator.ask('POST', '/api/access/password', { next: PASSWORD });
  });
  afterAll(() => app?.close());
  beforeEach(() => administrator.signIn('administrator', PASSWORD));

  /** Somebody new, signed in. */
  const person = async () => {
    const name = `orang${++people}`;
    return { name, ...(await invite(app, administrator, name)) };
  };

  test('with an authenticator app, signing in and sensitive actions ask for its code, each code once', async () => {
    const { name, visitor } = await person();
    const { status, body } = await visitor.ask<TotpSecret>('POST', '/api/access/totp');
    expect(status).toBe(200);
    expect((await visitor.ask('POST', '/api/access/totp/confirm', { code: '000000' })).status).toBe(422);
    // Not confirmed: nothing has changed.
    expect((await new Visitor(app).signIn(name, PASSWORD)).status).toBe(200);
    expect((await visitor.ask('POST', '/api/access/totp/confirm', { code: code(body.secret) })).status).toBe(204);
    expect(await visitor.me()).toMatchObject({ account: { hasTotp: true } });

    const other = new Visitor(app);
    for (let n = 0; n < 6; n++) {
      // Asking for the code is not a failure.
      expect(await other.signIn(name, PASSWORD)).toMatchObject({ status: 401, body: { code: 'totp_required' } });
    }
    expect((await other.signIn(name, PASSWORD, { totp: code(body.secret) })).status).toBe(401);
    clock.now += MINUTE;
    const used = code(body.secret);
    expect((await other.signIn(name, 'wrong password', { totp: used })).status).toBe(401);
    expect((await other.signIn(name, PASSWORD, { totp: used })).status).toBe(200);
    expect((await new Visitor(app, '192.0.2.9').signIn(name, PASSWORD, { totp: used })).status).toBe(401);

    clock.now += 10 * MINUTE;
    expect(await other.ask('DELETE', '/api/access/totp')).toMatchObject({
      status: 403,
      body: { code: 'step_up_required' },
    });
    expect((await other.ask('POST', '/api/access/step-up', { password: PASSWORD })).status).toBe(422);
    const proved = await other.ask<SignedIn>('POST', '/api/access/step-up', { totp: code(body.secret) });
    expect(proved.body.session?.steppedUpUntil).toBe(new Date(clock.now + 10 * MINUTE).toISOString());
    expect((await other.ask('DELETE', '/api/access/totp')).status).toBe(204);
    expect((await new Visitor(app).signIn(name, PASSWORD)).status).toBe(200);
  });

  test('S12: wrong codes are counted like wrong passwords', async () => {
    const { name, visitor } = await person();
    const { body } = await visitor.ask<TotpSecret>('POST', '/api/access/totp');
    await visitor.ask('POST', '/api/access/totp/confirm', { code: code(body.secret) });
    clock.now += MINUTE;
    const attacker = new Visitor(app, '192.0.2.66');
    const guess = (n: number) => attacker.signIn(name, PASSWORD, { totp: String(100_000 + n) });
    for (let n = 0; n < 5; n++) expect((await guess(n)).status).toBe(401);
    expect((await guess(5)).status).toBe(429);
    expect((await attacker.signIn(name, PASSWORD, { totp: code(body.secret) })).status).toBe(429);
  });

  test('with a passkey, the password alone signs in but is not enough for sensitive actions', async () => {
    const { name, visitor } = await person();
    const key = new SoftPasskey('http://ronda.test');
    const { body: creation } = await visitor.ask<{ challenge: string; rp: { id: string } }>(
      'POST',
      '/api/access/passkeys/options',
    );
    expect(creation.rp.id).toBe('ronda.test');
    const credential = key.create(creation.challenge);
    const added = await visitor.ask<Passkey>('POST', '/api/access/passkeys', { label: 'Kunci saya', credential });
    expect(added).toMatchObject({ status: 201, body: { label: 'Kunci saya' } });
    // A challenge is answered once.
    expect((await visitor.ask('POST', '/api/access/passkeys', { label: 'Lagi', credential })).status).toBe(422);

    const signedIn = await visitor.signIn(name, PASSWORD);
    expect(signedIn.body).toMatchObject({
      account: { passkeys: [{ label: 'Kunci saya' }] },
      session: { steppedUpUntil: null },
    });
    expect((await visitor.ask('POST', '/api/access/totp')).status).toBe(403);
    expect((await visitor.ask('POST', '/api/access/step-up', { password: PASSWORD })).status).toBe(422);

    const challenge = async (asker = visitor) =>
      (await asker.ask<{ challenge: string }>('POST', '/api/access/step-up/passkey/options')).body.challenge;
    const prove = (answer: object, asker = visitor) =>
      asker.ask<SignedIn>('POST', '/api/access/step-up/passkey', { credential: answer });
    const evil = new SoftPasskey('http://ronda.test');
    await challenge();
    expect((await prove(evil.get(await challenge()))).status).toBe(422);
    // Answered in another session of the same person.
    const other = new Visitor(app);
    await other.signIn(name, PASSWORD);
    const answer = key.get(await challenge(other));
    expect((await prove(answer)).status).toBe(422);

    const fresh = key.get(await challenge());
    const proved = await prove(fresh);
    expect(proved.status, JSON.stringify(proved.body)).toBe(200);
    expect(proved.body.session?.steppedUpUntil).toBe(new Date(clock.now + 10 * MINUTE).toISOString());
    expect((await prove(fresh)).status).toBe(422);
    // A copied key whose counter runs behind is found out.
    key.counter -= 1;
    expect((await prove(key.get(await challenge()))).status).toBe(422);
    expect((await visitor.ask('DELETE', `/api/access/passkeys/${added.body.id}`)).status).toBe(204);
    expect((await visitor.ask('DELETE', `/api/access/passkeys/${added.body.id}`)).status).toBe(404);
    expect((await visitor.signIn(name, PASSWORD)).body.session?.steppedUpUntil).not.toBeNull();
  });

  test('a passkey of another site is not taken', async () => {
    const { visitor } = await person();
    const key = new SoftPasskey('http://ronda-evil.test');
    const { body } = await visitor.ask<{ challenge: string }>('POST', '/api/access/passkeys/options');
    const credential = key.create(body.challenge);
    expect((await visitor.ask('POST', '/api/access/passkeys', { label: 'x', credential })).status).toBe(422);
  });

  test('a bearer token has no account of its own, and a stranger no session', async () => {
    const asToken = await app.http.inject({ method: 'POST', url: '/api/access/totp' });
    expect(asToken.statusCode).toBe(403);
    expect((await new Visitor(app).ask('POST', '/api/access/step-up', { password: PASSWORD })).status).toBe(401);
    const me = await app.http.inject('/api/access/me');
    expect(me.json()).toMatchObject({ signedIn: true, account: null, session: null });
    expect(me.json().permissions).toContain('access.manage');
  });
});
