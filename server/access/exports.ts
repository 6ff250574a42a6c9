import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Permission } from '../../shared/access/roles.ts';
import { CSV_BEGIN, type CsvCell, csvLines } from '../../shared/csv.ts';
import { RondaError } from '../../shared/errors.ts';
import { dayIn } from '../../shared/geo/zone.ts';
import type { Db } from '../database/connection.ts';
import { recordAudit } from './audit.queries.ts';
import { type AccessContext, principalOf } from './context.ts';
import { findPrincipal } from './principal.queries.ts';
import { scopeOf } from './scope.ts';
import { zoneOfScope } from './shapes.queries.ts';
import { requireStepUp } from './step-up.ts';

/** A table that leaves the server as a file. */
export interface Export {
  /** What the audit log calls it, such as `incidents.exported`. */
  action: string;
  /** The file's name, without its date (the day where the asker's jurisdiction lies) and ending. */
  file: string;
  /** What the rows are chosen by, as it was asked. */
  filter: object;
  columns: readonly string[];
  /** How many rows there are. */
  count(): Promise<number>;
  /** The rows, a page at a time: the next is read when the one before is on its way. */
  pages(): AsyncIterable<CsvCell[][]>;
}

/** What the description of every export says. */
export const EXPORT_NOTE =
  'Needs a proof (POST /api/access/step-up) and stands in the audit log with filter and number of rows. UTF-8 with a byte order mark, RFC 4180; each row ends with who took it and as of when. Text that begins like a formula, or goes on like one after a semicolon, has an apostrophe before it.';

/** The answer's description: a file, not JSON. */
export const CSV_ANSWER = { 200: { description: 'The file', content: { 'text/csv': { schema: { type: 'string' } } } } };

/**
 * Sends a table as CSV: only to who proved lately that it is him, and written down before the first row leaves. Each row
 * bears who took it and when, so that it says so wherever it is copied to. It breaks off when the right to it is taken back
 * meanwhile. Throws `step_up_required`.
 */
export async function sendExport(
  { db, now }: Pick<AccessContext, 'db' | 'now'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { action, file, filter, columns, count, pages }: Export,
): Promise<FastifyReply> {
  await requireStepUp({ db, now }, principalOf(request));
  const taken = await takeExport({ db, now }, request, { action, detail: { filter, rows: await count() } });
  return sendFile(reply, { file, ending: 'csv', type: CSV_TYPE, day: taken.day }, csvText(taken, columns, pages()));
}

export const CSV_TYPE = 'text/csv; charset=utf-8';

/** An export that was written down and is about to leave. */
export interface TakenExport {
  /** The day that it is where the asker's jurisdiction lies, ISO. */
  day: string;
  /** What stands beside every row, by the names of its columns: who took it, or a reference to that in the log, and as of when. */
  mark: Readonly<Record<string, string>>;
  /** Throws `forbidden` when the right to it was taken back meanwhile: what came until then is taken for no whole file. */
  check(): Promise<void>;
}

/**
 * Writes an export down, before its first row leaves. Whoever calls this has asked for a proof before.
 * @param isPublic bears a reference instead of a name: who took it stands in the audit log alone
 */
export async function takeExport(
  { db, now }: Pick<AccessContext, 'db' | 'now'>,
  request: FastifyRequest,
  { action, detail, isPublic = false }: { action: string; detail: Record<string, unknown>; isPublic?: boolean },
): Promise<TakenExport> {
  const { name } = principalOf(request);
  const at = new Date(now());
  const by: Record<string, string> = isPublic ? { exportReference: randomUUID() } : { exportedBy: name };
  await recordAudit(db, { at, actor: name, action, detail: { ...detail, ...(isPublic ? by : {}) } });
  return {
    day: dayIn(await zoneOfScope(db, request.scope), at.getTime()),
    mark: { ...by, dataAsOf: at.toISOString() },
    async check() {
      if (!(await mayStill(db, request, now())))
        throw new RondaError('forbidden', 'The right to this file was taken back.');
    },
  };
}

/** A table as the text of a CSV file, page by page, each row with its mark. */
export async function* csvText(
  { mark, check }: TakenExport,
  columns: readonly string[],
  pages: AsyncIterable<CsvCell[][]>,
): AsyncGenerator<string> {
  yield CSV_BEGIN + csvLines([[...columns, ...Object.keys(mark)]]);
  for await (const page of pages) {
    await check();
    yield csvLines(page.map((row) => [...row, ...Object.values(mark)]));
  }
}

/** Sends a file to be saved, `ronda-{file}-{day}.{ending}`. */
export function sendFile(
  reply: FastifyReply,
  { file, ending, type, day }: { file: string; ending: string; type: string; day: string },
  content: AsyncIterable<string> | Uint8Array,
): FastifyReply {
  return reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="ronda-${file}-${day}.${ending}"`)
    .send(content instanceof Uint8Array ? content : Readable.from(content));
}

/** Whether who began to take a file may still have the next page of it, with the same reach as then. */
async function mayStill(db: Db, { principal, routeOptions, scope }: FastifyRequest, now: number): Promise<boolean> {
  if (!principal?.session) return true;
  const found = await findPrincipal(db, principal.session.idHash, now);
  const permission = routeOptions.config.access as Permission;
  return found !== undefined && scopeOf(found.principal, permission, now)?.key === scope.key;
}
