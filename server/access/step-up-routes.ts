import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { fieldError, RondaError } from '../../shared/errors.ts';
import {
  Me,
  NewPasskeyBody,
  Passkey,
  PasskeyOptions,
  PasskeyProofBody,
  StepUpBody,
  TotpConfirmBody,
  TotpSecret,
} from '../../shared/schemas/access.ts';
import {
  changeAccount,
  deletePasskeys,
  findAccount,
  insertPasskey,
  listPasskeys,
  usePasskey,
} from './accounts.queries.ts';
import { appendAudit } from './audit.queries.ts';
import { type AccessContext, baseUrl, personOf } from './context.ts';
import { describeMe } from './me.ts';
import { type Passkeys, siteOf } from './passkeys.ts';
import { noteStepUp, requireStepUp, stepUp } from './step-up.ts';
import type { Totp } from './totp.ts';

const Empty = Type.Null();
const PasskeyId = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,1024}$' }) });
const signedIn = { config: { access: 'signed-in' as const } };

/** Proving again who one is, and what to prove it with: the authenticator app, passkeys. */
export const stepUpRoutes: FastifyPluginAsyncTypebox<{
  context: AccessContext;
  totp: Totp;
  passkeys: Passkeys;
}> = async (http, { context, totp, passkeys }) => {
  const { db, bus, now, principals } = context;

  const site = (request: FastifyRequest) => siteOf(baseUrl(request, context.publicUrl));
  const accountOf = async (request: FastifyRequest) => {
    const account = await findAccount(db, { id: personOf(request).accountId });
    if (!account) throw new RondaError('not_found', 'The account is gone.');
    return account;
  };
  const renewedMe = async (request: FastifyRequest) =>
    describeMe(context, await principals.renew(personOf(request).principal));
  /** Changes what an account proves itself with, and writes it down. */
  const change = async (
    request: FastifyRequest,
    action: string,
    detail: Record<string, unknown>,
    apply: (trx: Parameters<typeof appendAudit>[0], at: Date) => Promise<void>,
  ) => {
    const { principal, accountId } = personOf(request);
    const at = new Date(now());
    await db.transaction().execute(async (trx) => {
      await apply(trx, at);
      await appendAudit(trx, { at, actor: principal.name, action, subject: `account:${accountId}`, detail });
    });
    bus.emit('access.changed');
  };

  http.post(
    '/api/access/step-up',
    {
      ...signedIn,
      schema: {
        summary: 'Prove again who one is, by password or code: sensitive actions can be done for ten minutes',
        body: StepUpBody,
        response: { 200: Me },
      },
    },
    async (request) => {
      await stepUp(context, totp, personOf(request), request.body, request.ip);
      return renewedMe(request);
    },
  );

  http.post(
    '/api/access/totp',
    {
      ...signedIn,
      schema: { summary: 'A new secret for an authenticator app, to be confirmed', response: { 200: TotpSecret } },
    },
    async (request, reply) => {
      await requireStepUp(context, personOf(request).principal);
      const account = await accountOf(request);
      reply.header('cache-control', 'no-store');
      return totp.begin(account.id, account.username);
    },
  );

  http.post(
    '/api/access/totp/confirm',
    {
      ...signedIn,
      schema: {
        summary: 'Confirm the authenticator app by a code of it; from then on sign-in asks for one',
        body: TotpConfirmBody,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const { principal, accountId } = personOf(request);
      await requireStepUp(context, principal);
      const confirmed = totp.confirm(accountId, request.body.code);
      if (!confirmed) {
        const problem = 'is no code of the secret that was just given; check the phone’s clock, or begin again';
        throw fieldError('unprocessable', 'body.code', problem);
      }
      const { secret, step } = confirmed;
      await change(request, 'totp.set', {}, (trx) =>
        changeAccount(trx, accountId, { totp_secret: secret, totp_step: String(step) }),
      );
      return reply.status(204).send(null);
    },
  );

  http.delete(
    '/api/access/totp',
    { ...signedIn, schema: { summary: 'Sign in without an authenticator app again', response: { 204: Empty } } },
    async (request, reply) => {
      const { principal, accountId } = personOf(request);
      await requireStepUp(context, principal);
      await change(request, 'totp.removed', {}, (trx) => changeAccount(trx, accountId, { totp_secret: null }));
      return reply.status(204).send(null);
    },
  );

  http.post(
    '/api/access/passkeys/options',
    {
      ...signedIn,
      schema: {
        summary: 'Options to create a passkey with (navigator.credentials.create)',
        response: { 200: PasskeyOptions },
      },
    },
    async (request) => {
      const { principal, idHash } = personOf(request);
      await requireStepUp(context, principal);
      const account = await accountOf(request);
      const shown = { id: account.id, username: account.username, displayName: account.display_name };
      return passkeys.beginRegistration(site(request), idHash, shown, await listPasskeys(db, account.id));
    },
  );

  http.post(
    '/api/access/passkeys',
    {
      ...signedIn,
      schema: { summary: 'Keep a passkey that was created', body: NewPasskeyBody, response: { 201: Passkey } },
    },
    async (request, reply) => {
      const { principal, accountId, idHash } = personOf(request);
      await requireStepUp(context, principal);
      const { label } = request.body;
      const passkey = await passkeys.finishRegistration(site(request), idHash, request.body);
      await change(request, 'passkey.added', { label }, async (trx, at) => {
        if (await insertPasskey(trx, accountId, { ...passkey, label }, at)) return;
        throw new RondaError('conflict', 'body.credential is kept already; nothing is to be done.', {
          details: [{ field: 'body.credential', problem: 'is kept already' }],
        });
      });
      const createdAt = new Date(now()).toISOString();
      return reply.status(201).send({ id: passkey.credential_id, label, createdAt, lastUsedAt: null });
    },
  );

  http.delete(
    '/api/access/passkeys/:id',
    {
      ...signedIn,
      schema: { summary: 'Remove one of one’s own passkeys', params: PasskeyId, response: { 204: Empty } },
    },
    async (request, reply) => {
      const { principal, accountId } = personOf(request);
      await requireStepUp(context, principal);
      await change(request, 'passkey.removed', {}, async (trx) => {
        if ((await deletePasskeys(trx, accountId, request.params.id)) > 0) return;
        throw new RondaError('not_found', 'params.id is of no passkey of yours.');
      });
      return reply.status(204).send(null);
    },
  );

  http.post(
    '/api/access/step-up/passkey/options',
    {
      ...signedIn,
      schema: {
        summary: 'Options to prove oneself by passkey (navigator.credentials.get)',
        response: { 200: PasskeyOptions },
      },
    },
    async (request) => {
      const { accountId, idHash } = personOf(request);
      const own = await listPasskeys(db, accountId);
      if (own.length === 0) throw new RondaError('not_found', 'This account has no passkey; add one first.');
      return passkeys.beginProof(site(request), idHash, own);
    },
  );

  http.post(
    '/api/access/step-up/passkey',
    {
      ...signedIn,
      schema: { summary: 'Prove oneself by passkey', body: PasskeyProofBody, response: { 200: Me } },
    },
    async (request) => {
      const { accountId, idHash } = personOf(request);
      const own = await listPasskeys(db, accountId);
      const passkey = own.find((candidate) => candidate.credential_id === request.body.credential.id);
      if (!passkey) {
        throw new RondaError('unprocessable', 'body.credential is of no passkey of yours; use one of those offered.', {
          details: [{ field: 'body.credential', problem: 'is of no passkey of yours' }],
        });
      }
      const counter = await passkeys.finishProof(site(request), idHash, request.body, passkey);
      if (!(await usePasskey(db, passkey.credential_id, counter, new Date(now())))) {
        throw new RondaError('unprocessable', 'body.credential was used already; ask for options again.');
      }
      await noteStepUp(context, await accountOf(request), idHash, 'passkey');
      return renewedMe(request);
    },
  );
};
