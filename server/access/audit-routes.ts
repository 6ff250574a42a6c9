import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { AuditEntry, AuditQuery } from '../../shared/schemas/access.ts';
import { listAccounts } from './accounts.queries.ts';
import { searchAudit } from './audit.queries.ts';
import type { AccessContext } from './context.ts';
import { grantsOf, manageable } from './reach.ts';
import type { Scope } from './scope.ts';

const Found = Type.Object({ entries: Type.Array(AuditEntry), next: Type.Union([Type.String(), Type.Null()]) });

/** The audit log, to be read. Nothing writes it from outside. */
export const auditRoutes: FastifyPluginAsyncTypebox<{ context: AccessContext }> = async (http, { context }) => {
  http.get(
    '/api/audit',
    {
      config: { access: 'audit.read' },
      schema: { summary: 'Search the audit log, the newest first', querystring: AuditQuery, response: { 200: Found } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return searchAudit(context.db, request.query, await actorsWithin(context, request.scope));
    },
  );
};

/**
 * Whose entries a scope shows: of accounts whose roles, and they have some, all lie in it; `undefined`: everybody's.
 * What the commander of one city reads tells nothing of another.
 */
async function actorsWithin({ db, now }: AccessContext, scope: Scope): Promise<string[] | undefined> {
  if (scope.everything) return undefined;
  const accounts = await listAccounts(db);
  const ids = accounts.map(({ id }) => id);
  const grants = await grantsOf(db, ids, new Date(now()));
  const own = await manageable(db, scope, grants);
  return accounts
    .filter(({ id }) => own.has(id) && grants.get(id)?.some(({ breakGlass }) => !breakGlass))
    .map(({ username }) => username);
}
