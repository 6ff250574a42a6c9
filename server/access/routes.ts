import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { AcceptBody, Me, PasswordBody, Session, SetupBody, SignInBody } from '../../shared/schemas/access.ts';
import { changeAccount, findAccount } from './accounts.queries.ts';
import { appendAudit } from './audit.queries.ts';
import { type AccessContext, callerOf, checkSender, personOf } from './context.ts';
import { voidLinks } from './links.queries.ts';
import { acceptLink, checkNewPassword, openSetup } from './links.ts';
import { describeMe } from './me.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { hashOf } from './principals.ts';
import { listSessions, markSteppedUp, revokeSessions } from './sessions.queries.ts';
import type { OpenedSession } from './sessions.ts';
import { refuse, signIn } from './sign-in.ts';
import { requireStepUp } from './step-up.ts';
import { countAttempt, forgiveAttempt } from './throttle.queries.ts';
import type { Totp } from './totp.ts';

const Empty = Type.Null();
const SessionId = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{64}$' }) });

/** Signing in and out, one's own password and sessions. */
export const accessRoutes: FastifyPluginAsyncTypebox<{ context: AccessContext; totp: Totp }> = async (
  http,
  { context, totp },
) => {
  const { db, bus, now, cookie, principals } = context;

  const sessionOf = (request: FastifyRequest): string | undefined => {
    const id = cookie.read(request.headers.cookie ?? '');
    return id === undefined ? undefined : hashOf(id);
  };
  const answerSession = async (reply: FastifyReply, { id, lastsSeconds, endedBefore }: OpenedSession): Promise<Me> => {
    if (endedBefore) bus.emit('access.changed');
    reply.header('set-cookie', cookie.write(id, lastsSeconds));
    return describeMe(context, await principals.ofSession(id));
  };

  http.get(
    '/api/access/me',
    {
      config: { access: 'anyone' },
      schema: { summary: 'Who is signed in and may do what, or how one signs in', response: { 200: Me } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return describeMe(context, request.principal);
    },
  );

  http.post(
    '/api/access/setup',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Open the setup link: sign in as the first account, while nobody can sign in otherwise',
        body: SetupBody,
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      checkSender(request, context.publicUrl);
      const opened = await openSetup(context, request.body.token, callerOf(request), sessionOf(request));
      return answerSession(reply, opened);
    },
  );

  http.post(
    '/api/access/sign-in',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Sign in by name and password; the session’s cookie is new',
        body: SignInBody,
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      checkSender(request, context.publicUrl);
      return answerSession(reply, await signIn(context, totp, request.body, callerOf(request), sessionOf(request)));
    },
  );

  http.post(
    '/api/access/accept',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Open an invitation or recovery: set the password and sign in',
        body: AcceptBody,
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      checkSender(request, context.publicUrl);
      return answerSession(reply, await acceptLink(context, request.body, callerOf(request), sessionOf(request)));
    },
  );

  http.post(
    '/api/access/sign-out',
    {
      config: { access: 'anyone' },
      schema: { summary: 'End this session', response: { 204: Empty } },
    },
    async (request, reply) => {
      reply.header('set-cookie', cookie.clear());
      const { principal } = request;
      if (principal?.session) await endSession(principal.name, principal.session.idHash);
      return reply.status(204).send(null);
    },
  );

  http.post(
    '/api/access/password',
    {
      config: { access: 'signed-in' },
      schema: {
        summary: 'Change one’s own password; other sessions end',
        body: PasswordBody,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const { principal, accountId, idHash } = personOf(request);
      const account = await findAccount(db, { id: accountId });
      if (!account) throw new RondaError('not_found', 'The account is gone.');
      if (account.password_hash === null) await requireStepUp(context, principal);
      else {
        const attempt = await countAttempt(db, account.username, request.ip, now());
        if (!(await checkPassword(request.body.current ?? '', account.password_hash))) {
          return refuse(db, attempt, account, now(), 'current');
        }
        await forgiveAttempt(db, attempt);
      }
      checkNewPassword(request.body.next, account, 'body.next');
      const passwordHash = await hashPassword(request.body.next);
      const at = new Date(now());
      await db.transaction().execute(async (trx) => {
        await changeAccount(trx, accountId, { password_hash: passwordHash });
        // One that fell into the wrong hands would open the account all the same.
        await voidLinks(trx, accountId);
        const sessionsEnded = await revokeSessions(trx, { accountId, except: idHash }, at);
        if (account.totp_secret === null && account.passkeys === 0) await markSteppedUp(trx, idHash, at);
        await appendAudit(trx, {
          at,
          actor: principal.name,
          action: 'password.set',
          subject: `account:${accountId}`,
          detail: { by: 'owner', sessionsEnded },
        });
      });
      bus.emit('access.changed');
      return reply.status(204).send(null);
    },
  );

  http.get(
    '/api/access/sessions',
    {
      config: { access: 'signed-in' },
      schema: { summary: 'One’s own sessions', response: { 200: Type.Object({ sessions: Type.Array(Session) }) } },
    },
    async (request) => {
      const { accountId, idHash } = personOf(request);
      const rows = await listSessions(db, accountId, new Date(now()));
      return {
        sessions: rows.map((row) => ({
          id: row.id_hash,
          kind: row.kind,
          createdAt: row.created_at.toISOString(),
          lastSeenAt: row.last_seen_at.toISOString(),
          expiresAt: row.expires_at.toISOString(),
          address: row.address ?? '',
          userAgent: row.user_agent ?? '',
          current: row.id_hash === idHash,
        })),
      };
    },
  );

  http.delete(
    '/api/access/sessions/:id',
    {
      config: { access: 'signed-in' },
      schema: { summary: 'End one of one’s own sessions', params: SessionId, response: { 204: Empty } },
    },
    async (request, reply) => {
      const { principal, accountId } = personOf(request);
      const own = await listSessions(db, accountId, new Date(now()));
      if (!own.some((session) => session.id_hash === request.params.id)) {
        throw new RondaError('not_found', 'params.id is of no session of yours that is still open.');
      }
      await endSession(principal.name, request.params.id);
      return reply.status(204).send(null);
    },
  );

  async function endSession(actor: string, idHash: string): Promise<void> {
    const at = new Date(now());
    await db.transaction().execute(async (trx) => {
      const ended = await revokeSessions(trx, { idHash }, at);
      // Enough to tell it from others, too little to name it.
      const entry = { at, actor, action: 'session.ended', subject: `session:${idHash.slice(0, 8)}` };
      if (ended > 0) await appendAudit(trx, entry);
    });
    bus.emit('access.changed');
  }
};
