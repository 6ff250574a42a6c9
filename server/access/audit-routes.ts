import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyTypeProviderDefault } from 'fastify';
import { Type } from 'typebox';
import type { CsvCell } from '../../shared/csv.ts';
import { fieldError } from '../../shared/errors.ts';
import { AuditEntry, AuditExportQuery, AuditQuery } from '../../shared/schemas/audit.ts';
import type { Db } from '../database/connection.ts';
import { Cursors } from '../database/cursors.ts';
import { eventHead } from '../database/event-log.ts';
import { listAccounts } from './accounts.queries.ts';
import { isReservedActor } from './actors.ts';
import { type AuditActor, auditHead, countAudit, searchAudit } from './audit.queries.ts';
import type { AccessContext } from './context.ts';
import { CSV_ANSWER, EXPORT_NOTE, sendExport } from './exports.ts';
import { atHome } from './reach.ts';
import type { Scope } from './scope.ts';

const Found = Type.Object({ entries: Type.Array(AuditEntry), next: Type.Union([Type.String(), Type.Null()]) });

/** Entries read at once for a file. */
const PAGE = 500;

/** The audit log, to be read. Nothing writes it from outside. */
export const auditRoutes: FastifyPluginAsyncTypebox<{ context: AccessContext }> = async (http, { context }) => {
  const { db } = context;

  http.get(
    '/api/audit',
    {
      config: { access: 'audit.read' },
      schema: { summary: 'Search the audit log, the newest first', querystring: AuditQuery, response: { 200: Found } },
    },
    async ({ query, scope }, reply) => {
      reply.header('cache-control', 'no-store');
      // Numbers are told to nobody: who reads the entries of one city learns nothing of how many there are elsewhere.
      const cursors = new Cursors(await eventHead(db));
      const key = `audit|${scope.key}`;
      const before = query.cursor === undefined ? undefined : readCursor(cursors.read(query.cursor, key));
      const actors = await actorsWithin(context, scope);
      const { entries, next } = await searchAudit(db, query, actors, query.limit ?? 50, before);
      return { entries, next: next === undefined ? null : cursors.write(next, key) };
    },
  );

  http.withTypeProvider<FastifyTypeProviderDefault>().get<{ Querystring: AuditExportQuery }>(
    '/api/audit.csv',
    {
      config: { access: 'audit.read' },
      exposeHeadRoute: false,
      schema: {
        summary: 'The entries of the audit log that a search finds, as a file (CSV)',
        description: EXPORT_NOTE,
        querystring: AuditExportQuery,
        response: CSV_ANSWER,
      },
    },
    async (request, reply) => {
      const { query } = request;
      const actors = await actorsWithin(context, request.scope);
      // Its own entry is not among them, so that it tells their number.
      const before = (await auditHead(db)).seq + 1;
      return sendExport(context, request, reply, {
        action: 'audit.exported',
        file: 'catatan-audit',
        filter: query,
        columns: ['id', 'at', 'actor', 'action', 'subject', 'detail'],
        count: () => countAudit(db, query, actors, before),
        pages: () => auditPages(db, query, actors, before),
      });
    },
  );
};

async function* auditPages(
  db: Db,
  query: AuditExportQuery,
  actors: AuditActor[] | undefined,
  end: number,
): AsyncGenerator<CsvCell[][]> {
  for (let before: number | undefined = end; before !== undefined; ) {
    const page = await searchAudit(db, query, actors, PAGE, before);
    yield page.entries.map(({ id, at, actor, action, subject, detail }) => [
      id,
      at,
      actor,
      action,
      subject,
      JSON.stringify(detail),
    ]);
    before = page.next;
  }
}

/** Throws `invalid_request` for a cursor that was not made here for this scope. */
function readCursor(seq: number | undefined): number {
  if (seq !== undefined) return seq;
  const problem = 'is not one that this list gave; begin again without it';
  throw fieldError('invalid_request', 'query.cursor', problem);
}

/**
 * Whose entries a scope shows: of accounts whose roles, and they have some, all lie in it, from after the last one that did
 * not; `undefined`: everybody's. What the commander of one city reads tells nothing of another, whoever comes from there.
 */
async function actorsWithin({ db, now }: AccessContext, scope: Scope): Promise<AuditActor[] | undefined> {
  if (scope.everything) return undefined;
  // What an older version let somebody be called tells him nothing of what the clock does elsewhere.
  const accounts = (await listAccounts(db)).filter(({ username }) => !isReservedActor(username));
  const ids = accounts.map(({ id }) => id);
  const home = await atHome(db, scope, ids, new Date(now()));
  return accounts.flatMap(({ id, username }) => {
    const elsewhereUntil = home.get(id);
    return elsewhereUntil === undefined ? [] : [{ name: username, elsewhereUntil }];
  });
}
