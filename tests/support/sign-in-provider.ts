import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider, { type Context } from 'oidc-provider';

export interface SignInProvider {
  issuer: string;
  /** Who is in front of it: the subject, and the name it tells. */
  person: { subject: string; username: string };
  /** Follows an authorisation request as a browser would, until the provider sends back to Ronda. Gives that address. */
  follow(url: string): Promise<URL>;
  close(): Promise<void>;
}

/** A certified OpenID Connect provider on loopback, that knows whoever stands before it without asking. */
export async function startProvider(port: number, redirectUri: string): Promise<SignInProvider> {
  const issuer = `http://127.0.0.1:${port}`;
  const person = { subject: '', username: '' };
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'ronda',
        client_secret: 'secret of the test',
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    cookies: { keys: ['keys of the test'] },
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => '/interaction' },
    findAccount: (_context: unknown, subject: string) => ({
      accountId: subject,
      claims: () => ({ sub: subject, preferred_username: person.username }),
    }),
    async loadExistingGrant({ oidc }: Context) {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (request.url !== '/interaction') return answer(request, response);
    return void provider.interactionFinished(request, response, { login: { accountId: person.subject } });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    person,
    async follow(url) {
      const cookies = new Map<string, string>();
      for (let next = new URL(url); ; ) {
        if (next.origin !== issuer) return next;
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const reply = await fetch(next, { redirect: 'manual', headers: { cookie } });
        for (const line of reply.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          if (value) cookies.set(name, value);
          else cookies.delete(name);
        }
        const location = reply.headers.get('location');
        if (!location) throw new Error(`the provider answered ${reply.status}: ${(await reply.text()).slice(0, 500)}`);
        next = new URL(location, next);
      }
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
