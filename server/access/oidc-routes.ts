import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { type AccountRow, changeAccount, findAccount } from './accounts.queries.ts';
import { appendAudit, recordAudit } from './audit.queries.ts';
import { type AccessContext, baseUrl, callerOf } from './context.ts';
import { voidLinks } from './links.queries.ts';
import { FIRST_ACCOUNT } from './links.ts';
import { type Identity, OidcClient } from './oidc.ts';
import { hashOf } from './principals.ts';
import { openSession } from './sessions.ts';

/** Binds the provider's answer to the browser that asked. */
const STATE_COOKIE = 'ronda-oidc';
const STATE_PATH = '/api/access/oidc';
const CALLBACK = `${STATE_PATH}/callback`;

/** Signing in at the organisation's own provider. The account must exist; the provider only says who somebody is. */
export const oidcRoutes: FastifyPluginAsyncTypebox<{ context: AccessContext }> = async (http, { context }) => {
  const { db, bus, now, cookie } = context;
  const oidc = context.oidc && new OidcClient(context.oidc, now);

  const setState = (reply: FastifyReply, state: string, isSecure: boolean) => {
    const age = state === '' ? 0 : 600;
    const attributes = `Path=${STATE_PATH}; Max-Age=${age}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
    reply.header('set-cookie', `${STATE_COOKIE}=${state}; ${attributes}`);
  };

  http.get(
    '/api/access/oidc/start',
    {
      config: { access: 'public' },
      schema: { summary: 'Sign in at the organisation’s own provider: leads there', response: { 302: Type.Null() } },
    },
    async (request, reply) => {
      if (!oidc) throw notConfigured();
      const base = baseUrl(request, context.publicUrl);
      const begun = await oidc.begin(`${base}${CALLBACK}`).catch(whyNot);
      if (typeof begun === 'string') return reply.redirect(begun);
      const { url, state } = begun;
      setState(reply, state, base.startsWith('https:'));
      return reply.redirect(url);
    },
  );

  http.get(
    CALLBACK,
    {
      config: { access: 'public' },
      schema: {
        summary: 'Where the provider sends back whom it knows; leads to the page, signed in',
        response: { 302: Type.Null() },
      },
    },
    async (request, reply) => {
      if (!oidc) throw notConfigured();
      const header = request.headers.cookie ?? '';
      const [, state] = new RegExp(`(?:^|; *)${STATE_COOKIE}=([\\w-]{1,128})(?:;|$)`).exec(header) ?? [];
      setState(reply, '', baseUrl(request, context.publicUrl).startsWith('https:'));
      const account = await oidc
        .finish(state, request.url.split('?')[1] ?? '')
        .then(accountOf)
        .catch(whyNot);
      if (typeof account === 'string') return reply.redirect(account);
      const at = new Date(now());
      const id = cookie.read(header);
      const opened = await db.transaction().execute((trx) =>
        openSession(
          trx,
          {
            accountId: account.id,
            username: account.username,
            kind: 'browser',
            steppedUp: account.totp_secret === null && account.passkeys === 0,
            way: 'oidc',
            before: id === undefined ? undefined : hashOf(id),
          },
          callerOf(request),
          at,
        ),
      );
      if (opened.endedBefore) bus.emit('access.changed');
      reply.header('set-cookie', cookie.write(opened.id, opened.lastsSeconds));
      return reply.redirect('/');
    },
  );

  /** The account of an identity; one that waits for its first sign-in and has no password is bound to it for good. */
  async function accountOf({ issuer, subject, username }: Identity): Promise<AccountRow> {
    const known = await findAccount(db, { issuer, subject });
    if (known && !known.disabled_at) return known;
    const waiting = known || username === undefined ? undefined : await findAccount(db, { username });
    if (!waiting || !isWaiting(waiting)) {
      await recordAudit(db, { at: new Date(now()), actor: '–', action: 'session.refused', detail: { what: 'oidc' } });
      throw new RondaError(
        'forbidden',
        'The provider knows you, but no account here is yours; ask an administrator to make one with your username there.',
      );
    }
    const at = new Date(now());
    await db.transaction().execute(async (trx) => {
      await voidLinks(trx, waiting.id);
      await changeAccount(trx, waiting.id, { oidc_issuer: issuer, oidc_subject: subject });
      await appendAudit(trx, {
        at,
        actor: waiting.username,
        action: 'oidc.bound',
        subject: `account:${waiting.id}`,
        detail: { issuer },
      });
    });
    return { ...waiting, oidc_issuer: issuer, oidc_subject: subject };
  }
};

/** Where a visitor goes who was not signed in: to the page, which says why. He came by a link, not by a program. */
function whyNot(error: Error): string {
  if (!(error instanceof RondaError)) throw error;
  return `/?oidc=${error.code}`;
}

/** Whether an account was made for somebody who has not come yet; the one of the setup link belongs to who opened that. */
function isWaiting({ username, disabled_at, password_hash, oidc_subject }: AccountRow): boolean {
  return username !== FIRST_ACCOUNT && disabled_at === null && password_hash === null && oidc_subject === null;
}

function notConfigured(): RondaError {
  return new RondaError('not_found', 'No other sign-in is set up here (OIDC_ISSUER); use a password.');
}
