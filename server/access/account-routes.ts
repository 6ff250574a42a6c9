import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { AccessLink, Account, AccountPatch, NewAccount } from '../../shared/schemas/access.ts';
import { RowId } from '../../shared/schemas/fields.ts';
import type { Trx } from '../database/connection.ts';
import { type AccountSummary, changeAccount, insertAccount, listAccounts } from './accounts.queries.ts';
import { isReservedActor } from './actors.ts';
import { appendAudit } from './audit.queries.ts';
import { type AccessContext, baseUrl, principalOf } from './context.ts';
import { countAdministrators, lockAdministration } from './grants.queries.ts';
import { inviteAccount } from './links.ts';
import { grantsOf, manageable, managerOf, requireManageable } from './reach.ts';
import { revokeSessions } from './sessions.queries.ts';
import { requireStepUp } from './step-up.ts';

const Id = Type.Object({ id: RowId });
const manages = { config: { access: 'access.manage' as const } };

/** Accounts: invite, list, rename, disable, send a new link, end the sessions. */
export const accountRoutes: FastifyPluginAsyncTypebox<{ context: AccessContext }> = async (http, { context }) => {
  const { db, bus, now } = context;

  /** The account of the address, when whoever asks administers all that it may do. */
  const managed = async (request: FastifyRequest<{ Params: { id: number } }>): Promise<AccountSummary> => {
    const { id } = request.params;
    const [account] = await listAccounts(db, id);
    if (!account) throw new RondaError('not_found', `There is no account ${id}.`);
    await requireManageable(db, managerOf(request), id, new Date(now()));
    return account;
  };
  const shown = async (id: number): Promise<Account> => {
    const [account] = await listAccounts(db, id);
    if (!account) throw new RondaError('not_found', `There is no account ${id}.`);
    return { ...account, grants: (await grantsOf(db, [id], new Date(now()))).get(id) ?? [] };
  };
  const link = (request: FastifyRequest, made: { path: string; expiresAt: Date }) => ({
    link: `${baseUrl(request, context.publicUrl)}${made.path}`,
    expiresAt: made.expiresAt.toISOString(),
  });

  http.get(
    '/api/accounts',
    {
      ...manages,
      schema: {
        summary: 'The accounts whose roles all lie where one administers, and those without any that one made, by name',
        response: { 200: Type.Object({ accounts: Type.Array(Account) }) },
      },
    },
    async (request) => {
      const accounts = await listAccounts(db);
      const grants = await grantsOf(
        db,
        accounts.map(({ id }) => id),
        new Date(now()),
      );
      const own = await manageable(db, managerOf(request), [...grants.keys()], new Date(now()));
      return {
        accounts: accounts
          .filter(({ id }) => own.has(id))
          .map((account) => ({ ...account, grants: grants.get(account.id) ?? [] })),
      };
    },
  );

  http.post(
    '/api/accounts',
    {
      ...manages,
      schema: {
        summary: 'Make an account, and the link by which its owner sets the password',
        body: NewAccount,
        response: { 201: Type.Object({ account: Account, invitation: AccessLink }) },
      },
    },
    async (request, reply) => {
      const { name: actor, accountId: createdBy } = principalOf(request);
      const username = request.body.username.toLowerCase();
      const at = new Date(now());
      const made = await db.transaction().execute(async (trx) => {
        const id = isReservedActor(username)
          ? undefined
          : await insertAccount(trx, { ...request.body, username, createdBy }, at);
        if (id === undefined) {
          throw new RondaError('conflict', 'body.username is taken; choose another.', {
            details: [{ field: 'body.username', problem: 'is taken' }],
          });
        }
        await appendAudit(trx, {
          at,
          actor,
          action: 'account.created',
          subject: `account:${id}`,
          detail: { username },
        });
        return { id, ...(await inviteAccount(trx, { id, active: false }, actor, at)) };
      });
      reply.header('cache-control', 'no-store');
      return reply.status(201).send({ account: await shown(made.id), invitation: link(request, made) });
    },
  );

  http.patch(
    '/api/accounts/:id',
    {
      ...manages,
      schema: {
        summary: 'Rename an account, or, after a proof, disable it (its sessions end) or enable it again',
        params: Id,
        body: AccountPatch,
        response: { 200: Account },
      },
    },
    async (request) => {
      const { id } = await managed(request);
      const { displayName, disabled } = request.body;
      if (disabled !== undefined) await requireStepUp(context, principalOf(request));
      const at = new Date(now());
      await db.transaction().execute(async (trx) => {
        await changeAccount(trx, id, {
          ...(displayName === undefined ? {} : { display_name: displayName }),
          ...(disabled === undefined ? {} : { disabled_at: disabled ? at : null }),
        });
        if (disabled) {
          await revokeSessions(trx, { accountId: id }, at);
          await requireAdministrator(trx, at);
        }
        const what = disabled === undefined ? 'renamed' : disabled ? 'disabled' : 'enabled';
        const actor = principalOf(request).name;
        await appendAudit(trx, { at, actor, action: `account.${what}`, subject: `account:${id}` });
      });
      bus.emit('access.changed');
      return shown(id);
    },
  );

  http.post(
    '/api/accounts/:id/invitation',
    {
      ...manages,
      schema: {
        summary: 'A new link to set the password by; the one before is void',
        params: Id,
        response: { 200: AccessLink },
      },
    },
    async (request, reply) => {
      const { id, state } = await managed(request);
      const principal = principalOf(request);
      if (state === 'disabled') {
        throw new RondaError('conflict', `Account ${id} is disabled; enable it first.`);
      }
      const at = new Date(now());
      // It opens an account that somebody uses, or that has roles already.
      const { length: roles } = (await grantsOf(db, [id], at)).get(id) ?? [];
      if (state === 'active' || roles > 0) await requireStepUp(context, principal);
      const made = await db
        .transaction()
        .execute((trx) => inviteAccount(trx, { id, active: state === 'active' }, principal.name, at));
      reply.header('cache-control', 'no-store');
      return link(request, made);
    },
  );

  http.delete(
    '/api/accounts/:id/sessions',
    {
      ...manages,
      schema: { summary: 'End every session of an account', params: Id, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const { id } = await managed(request);
      const at = new Date(now());
      await db.transaction().execute(async (trx) => {
        const sessionsEnded = await revokeSessions(trx, { accountId: id }, at);
        const actor = principalOf(request).name;
        const detail = { sessionsEnded };
        await appendAudit(trx, { at, actor, action: 'session.ended', subject: `account:${id}`, detail });
      });
      bus.emit('access.changed');
      return reply.status(204).send(null);
    },
  );
};

/**
 * Throws `conflict` when, after what this transaction changed, nobody administers everything any more. Of two at once the
 * second waits until the first is done: otherwise each would count on whom the other removes.
 */
export async function requireAdministrator(trx: Trx, at: Date): Promise<void> {
  await lockAdministration(trx);
  if ((await countAdministrators(trx, at)) > 0) return;
  throw new RondaError(
    'conflict',
    'Nobody would administer everything any more; give that role to somebody else first.',
  );
}
