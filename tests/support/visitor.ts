import { setupLink } from '../../server/access/links.ts';
import type { App } from '../../server/app.ts';
import type { Account, Me, SignedIn } from '../../shared/schemas/access.ts';

/** An answer as tests look at it. */
export interface Answer<Body> {
  status: number;
  body: Body;
  headers: Record<string, unknown>;
}

/** Somebody with a browser: keeps the session's cookie and sends the origin, as browsers do. */
export class Visitor {
  cookie = '';
  readonly #app: App;
  readonly address: string;

  constructor(app: App, address = '192.0.2.1') {
    this.#app = app;
    this.address = address;
  }

  async ask<Body = { code: string; message: string }>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const answer = await this.#app.http.inject({
      method,
      url,
      remoteAddress: this.address,
      headers: {
        host: 'ronda.test',
        origin: 'http://ronda.test',
        cookie: this.cookie,
        'user-agent': 'test',
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) this.cookie = line.split(';')[0] ?? '';
    const text = answer.body;
    return { status: answer.statusCode, body: text ? JSON.parse(text) : undefined, headers: answer.headers };
  }

  async me(): Promise<Me> {
    return (await this.ask<Me>('GET', '/api/access/me')).body;
  }

  async signIn(username: string, password: string, more: object = {}): Promise<Answer<SignedIn>> {
    return this.ask('POST', '/api/access/sign-in', { username, password, ...more });
  }

  /** Opens a link by its token. */
  async accept(link: string, password: string): Promise<Answer<SignedIn>> {
    return this.ask('POST', '/api/access/accept', { token: tokenOf(link), password });
  }
}

export const tokenOf = (link: string) => link.slice(link.indexOf('#') + 1);

/** A password that is taken. */
export const PASSWORD = 'kuda lumping tujuh kali';

/** Signs in by the setup link: an administrator who is a commander too, of everything. */
export async function setUp(app: App, now: number, address?: string): Promise<Visitor> {
  const link = await setupLink(app.database.db, undefined, new Date(now));
  if (!link) throw new Error('somebody can sign in already');
  const visitor = new Visitor(app, address);
  const { status } = await visitor.ask('POST', '/api/access/setup', { token: tokenOf(link) });
  if (status !== 200) throw new Error(`the setup link answered ${status}`);
  return visitor;
}

/** Invites somebody, lets them in, and gives them roles. */
export async function invite(
  app: App,
  administrator: Visitor,
  username: string,
  grants: { role: string; jurisdictionId: number }[] = [],
): Promise<{ visitor: Visitor; id: number }> {
  const invited = await administrator.ask<{ account: Account; invitation: { link: string } }>('POST', '/api/accounts', {
    username,
    displayName: `Nama ${username}`,
  });
  if (invited.status !== 201) throw new Error(`inviting answered ${invited.status} ${JSON.stringify(invited.body)}`);
  const { account, invitation } = invited.body;
  for (const grant of grants) {
    const granted = await administrator.ask('POST', '/api/grants', { accountId: account.id, ...grant });
    if (granted.status !== 201) throw new Error(`granting answered ${granted.status} ${JSON.stringify(granted.body)}`);
  }
  const visitor = new Visitor(app);
  const accepted = await visitor.accept(invitation.link, PASSWORD);
  if (accepted.status !== 200) throw new Error(`accepting answered ${accepted.status}`);
  return { visitor, id: account.id };
}
