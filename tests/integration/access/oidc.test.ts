import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OidcClient } from '../../../server/access/oidc.ts';
import type { App } from '../../../server/app.ts';
import { freePort } from '../../support/cluster.ts';
import { engines, freshConfig, openApp } from '../../support/engines.ts';
import { type SignInProvider, startProvider } from '../../support/sign-in-provider.ts';
import { invite, PASSWORD, setUp, Visitor } from '../../support/visitor.ts';

describe.each(engines())('signing in at a provider (%s)', (engine) => {
  let app: App;
  let provider: SignInProvider;
  let administrator: Visitor;

  beforeAll(async () => {
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}`;
    const oidc = { issuer, clientId: 'ronda', clientSecret: 'secret of the test', name: 'SSO Polda' };
    app = await openApp(await freshConfig(engine, { oidc }));
    administrator = await setUp(app, Date.now());
    provider = await startProvider(port, 'http://ronda.test/api/access/oidc/callback');
  });
  afterAll(async () => {
    await app?.close();
    await provider?.close();
  });

  /** Begins the sign-in and goes to the provider and back, up to the last step. */
  const comeBack = async (visitor: Visitor) => {
    const started = await visitor.ask('GET', '/api/access/oidc/start');
    expect(started.status).toBe(302);
    expect(String(started.headers['set-cookie'])).toMatch(
      /ronda-oidc=[\w-]{43}; Path=\/api\/access\/oidc; Max-Age=600; HttpOnly/,
    );
    const back = await provider.follow(String(started.headers.location));
    return `${back.pathname}${back.search}`;
  };
  const invited = (username: string) =>
    administrator.ask('POST', '/api/accounts', { username, displayName: username }).then(({ status }) => status);

  test('S11: by code, PKCE, state and nonce; the account must exist, and is bound at the first sign-in', async () => {
    const visitor = new Visitor(app);
    expect(await visitor.me()).toMatchObject({ signedIn: false, oidc: { name: 'SSO Polda' } });
    const begun = await visitor.ask('GET', '/api/access/oidc/start');
    const query = new URL(String(begun.headers.location)).searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(query.get(name)?.length).toBeGreaterThan(40);

    Object.assign(provider.person, { subject: 'nrp-1', username: 'Budi.Santoso' });
    const refused = await visitor.ask('GET', await comeBack(visitor));
    expect(refused).toMatchObject({ status: 302, headers: { location: '/?oidc=forbidden' } });
    expect(await visitor.me()).toMatchObject({ signedIn: false });
    expect(await invited('budi.santoso')).toBe(201);
    const accepted = await visitor.ask('GET', await comeBack(visitor));
    expect(accepted).toMatchObject({ status: 302, headers: { location: '/' } });
    expect(await visitor.me()).toMatchObject({
      signedIn: true,
      account: { username: 'budi.santoso', hasPassword: false },
    });

    // From now on he is known by the subject, whatever the provider calls him, and the name is nobody else's.
    provider.person.username = 'budi.yang.lain';
    const again = new Visitor(app);
    expect((await again.ask('GET', await comeBack(again))).headers.location).toBe('/');
    expect(await again.me()).toMatchObject({ account: { username: 'budi.santoso' } });
    Object.assign(provider.person, { subject: 'nrp-2', username: 'budi.santoso' });
    expect((await again.ask('GET', await comeBack(again))).headers.location).toBe('/?oidc=forbidden');
  });

  test('an account with a password, and that of the setup link, are not taken over by a name', async () => {
    await invite(app, administrator, 'made');
    for (const username of ['made', 'administrator']) {
      Object.assign(provider.person, { subject: `thief-of-${username}`, username });
      const visitor = new Visitor(app);
      expect((await visitor.ask('GET', await comeBack(visitor))).headers.location).toBe('/?oidc=forbidden');
      expect(await visitor.me()).toMatchObject({ signedIn: false });
    }
  });

  test('an answer is good once, in the browser that asked, and only as the provider gave it', async () => {
    expect(await invited('wayan')).toBe(201);
    Object.assign(provider.person, { subject: 'nrp-3', username: 'wayan' });
    const visitor = new Visitor(app);
    const callback = await comeBack(visitor);
    expect((await new Visitor(app).ask('GET', callback)).headers.location).toBe('/?oidc=unauthenticated');
    const { cookie } = visitor;
    expect((await visitor.ask('GET', callback)).headers.location).toBe('/');
    visitor.cookie = cookie;
    expect((await visitor.ask('GET', callback)).headers.location).toBe('/?oidc=unauthenticated');
    for (const change of [/code=[^&]*/, /state=[^&]*/, /iss=[^&]*/]) {
      const other = new Visitor(app);
      const bent = (await comeBack(other)).replace(change, (part) => `${part}x`);
      expect((await other.ask('GET', bent)).headers.location).toBe('/?oidc=unauthenticated');
      expect(await other.me()).toMatchObject({ signedIn: false });
    }
    expect((await visitor.ask('GET', '/api/access/oidc/callback?error=access_denied')).headers.location).toBe(
      '/?oidc=unauthenticated',
    );
  });

  test('a provider that is gone is said to be, and passwords go on', async () => {
    await provider.close();
    const { issuer } = provider;
    const late = new OidcClient({ issuer, clientId: 'ronda', clientSecret: undefined, name: 'SSO' }, Date.now);
    await expect(late.begin('http://ronda.test/back')).rejects.toMatchObject({ code: 'overloaded', status: 503 });
    expect((await new Visitor(app).signIn('made', PASSWORD)).status).toBe(200);
  });
});
