import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { fieldError, RondaError } from '../../shared/errors.ts';
import { Grant, NewBreakGlass, NewGrant } from '../../shared/schemas/access.ts';
import { RowId } from '../../shared/schemas/fields.ts';
import { requireAdministrator } from './account-routes.ts';
import { listAccounts } from './accounts.queries.ts';
import { appendAudit } from './audit.queries.ts';
import { type AccessContext, personOf, principalOf } from './context.ts';
import { findReaches, type GrantFields, insertGrant, listGrants, revokeGrant } from './grants.queries.ts';
import { voidOthersLinks } from './links.queries.ts';
import { grantable, managerOf, noJurisdiction, requireManageable, touches } from './reach.ts';
import { requireStepUp } from './step-up.ts';

const Id = Type.Object({ id: RowId });
/** How long break-glass access that is over stays in its list. */
const SHOWN_MS = 30 * 24 * 3_600_000;

/** Grants (role × jurisdiction × time), and break-glass access: taken in an emergency, for a reason, for a short time. */
export const grantRoutes: FastifyPluginAsyncTypebox<{ context: AccessContext }> = async (http, { context }) => {
  const { db, bus, now } = context;

  /** Stores a grant and writes it down. */
  const give = async (grant: GrantFields, at: Date): Promise<Grant> => {
    const id = await db.transaction().execute(async (trx) => {
      const made = await insertGrant(trx, grant, at);
      const { accountId, role, jurisdictionId, validTo, reason } = grant;
      // Who made a link while the account could do less would come in by it with what it can do now.
      if (!grant.breakGlass) await voidOthersLinks(trx, accountId, grant.grantedBy);
      await appendAudit(trx, {
        at,
        actor: grant.grantedBy,
        action: grant.breakGlass ? 'break-glass.opened' : 'grant.created',
        subject: `grant:${made}`,
        detail: { accountId, role, jurisdictionId, validTo: validTo?.toISOString() ?? null, reason: reason ?? '' },
      });
      return made;
    });
    bus.emit('access.changed');
    const [made] = await listGrants(db, { ids: [id] });
    if (!made) throw new Error(`grant ${id} is gone as soon as made`);
    return made;
  };

  http.post(
    '/api/grants',
    {
      config: { access: 'access.manage' },
      schema: {
        summary: 'Give a role in a jurisdiction, from and until when',
        body: NewGrant,
        response: { 201: Grant },
      },
    },
    async (request, reply) => {
      const { accountId, role, jurisdictionId, validFrom, validTo, reason } = request.body;
      const principal = principalOf(request);
      await grantable(db, request.scope, jurisdictionId, 'body.jurisdictionId');
      const [account] = await listAccounts(db, accountId);
      if (!account) {
        throw new RondaError('not_found', `body.accountId: there is no account ${accountId}.`, {
          details: [{ field: 'body.accountId', problem: 'is of no account' }],
        });
      }
      const at = new Date(now());
      requireAnother(request, accountId);
      await requireManageable(db, managerOf(request), accountId, at, 'body.accountId');
      const from = validFrom ? new Date(validFrom) : at;
      const to = validTo ? new Date(validTo) : undefined;
      if (to && to <= (from > at ? from : at)) {
        const problem = 'is not after its beginning and the present; choose a later time';
        throw fieldError('unprocessable', 'body.validTo', problem);
      }
      await requireStepUp(context, principal);
      const grantedBy = principal.name;
      const grant = { accountId, role, jurisdictionId, validFrom: from, validTo: to, reason, grantedBy };
      return reply.status(201).send(await give(grant, at));
    },
  );

  http.delete(
    '/api/grants/:id',
    {
      config: { access: 'access.manage' },
      schema: { summary: 'Take a role back, at once, after a proof', params: Id, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const { id } = request.params;
      const [grant] = await listGrants(db, { ids: [id] });
      if (!grant) throw new RondaError('not_found', `There is no grant ${id}.`);
      await grantable(db, request.scope, grant.jurisdiction.id, 'params.id');
      await requireStepUp(context, principalOf(request));
      const at = new Date(now());
      const actor = principalOf(request).name;
      await db.transaction().execute(async (trx) => {
        if (!(await revokeGrant(trx, id, actor, at))) return;
        if (grant.role === 'administrator') await requireAdministrator(trx, at);
        const { accountId, role, jurisdiction } = grant;
        const detail = { accountId, role, jurisdictionId: jurisdiction.id };
        await appendAudit(trx, { at, actor, action: 'grant.revoked', subject: `grant:${id}`, detail });
      });
      bus.emit('access.changed');
      return reply.status(204).send(null);
    },
  );

  http.post(
    '/api/break-glass',
    {
      config: { access: 'break-glass.use' },
      schema: {
        summary:
          'See another jurisdiction in an emergency: as a viewer, for a reason that its commander reads, for minutes',
        body: NewBreakGlass,
        response: { 201: Grant },
      },
    },
    async (request, reply) => {
      const { principal, accountId } = personOf(request);
      const { jurisdictionId, reason, minutes } = request.body;
      const reach = (await findReaches(db, [jurisdictionId])).get(jurisdictionId);
      if (!reach) throw noJurisdiction(jurisdictionId, 'body.jurisdictionId');
      if (reach.everything) {
        const problem = 'is the whole country; choose the jurisdiction where the emergency is';
        throw fieldError('unprocessable', 'body.jurisdictionId', problem);
      }
      const at = new Date(now());
      const grant = await give(
        {
          accountId,
          role: 'viewer',
          jurisdictionId,
          validFrom: at,
          validTo: new Date(at.getTime() + minutes * 60_000),
          reason: reason.trim(),
          breakGlass: true,
          grantedBy: principal.name,
        },
        at,
      );
      return reply.status(201).send(grant);
    },
  );

  http.get(
    '/api/break-glass',
    {
      config: { access: 'break-glass.read' },
      schema: {
        summary: 'Who took break-glass access where one commands, of the last 30 days, the newest first',
        response: { 200: Type.Object({ grants: Type.Array(Grant) }) },
      },
    },
    async (request) => {
      const grants = await listGrants(db, { brokenSince: new Date(now() - SHOWN_MS) });
      const reaches = await findReaches(
        db,
        grants.map(({ jurisdiction }) => jurisdiction.id),
      );
      const isHere = ({ jurisdiction }: Grant) => {
        const reach = reaches.get(jurisdiction.id);
        return reach !== undefined && touches(request.scope, reach);
      };
      return { grants: grants.filter(isHere).reverse() };
    },
  );
};

/** Throws `forbidden` for who administers one jurisdiction and gives himself a role: to administer is not to see. */
function requireAnother({ scope, principal }: FastifyRequest, accountId: number): void {
  if (scope.everything || accountId !== principal?.accountId) return;
  throw fieldError('forbidden', 'body.accountId', 'is your own; somebody else must give you a role');
}
