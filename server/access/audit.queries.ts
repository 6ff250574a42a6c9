import { type ExpressionBuilder, sql } from 'kysely';
import type { AuditEntry, AuditExportQuery } from '../../shared/schemas/audit.ts';
import type { Db, Trx } from '../database/connection.ts';
import { storable, storableText } from '../database/storable.ts';
import type { Tables } from '../database/tables.ts';
import { type AuditFault, type AuditRecord, ChainWalk, hashOf } from './audit.ts';

/**
 * Appends entries within the caller's transaction: what happened and that it happened are stored together or not at
 * all. The head's row stays locked until that transaction ends, so append last.
 */
export async function appendAudit(trx: Trx, ...records: AuditRecord[]): Promise<void> {
  let head = await trx.selectFrom('audit_head').select(['seq', 'hash']).forUpdate().executeTakeFirstOrThrow();
  const entries = records.map((record) => {
    const entry = {
      seq: Number(head.seq) + 1,
      at: record.at.toISOString(),
      actor: storableText(record.actor),
      action: record.action,
      subject: storableText(record.subject ?? ''),
      detail: storable(record.detail ?? {}),
      previous: head.hash,
    };
    const hash = hashOf(entry);
    head = { seq: String(entry.seq), hash };
    return { ...entry, seq: head.seq, detail: JSON.stringify(entry.detail), hash };
  });
  await trx
    .with('added', (cte) => cte.insertInto('audit').values(entries))
    .updateTable('audit_head')
    .set(head)
    .execute();
}

/** Where the log ends. */
export async function auditHead(db: Db): Promise<{ seq: number; hash: string }> {
  const head = await db.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirstOrThrow();
  return { seq: Number(head.seq), hash: head.hash };
}

/** The hash of an entry; empty for number 0, before the first; `undefined` when there is none. */
export async function auditHashAt(db: Db, seq: number): Promise<string | undefined> {
  if (seq === 0) return '';
  const row = await db.selectFrom('audit').select('hash').where('seq', '=', String(seq)).executeTakeFirst();
  return row?.hash;
}

/** Appends entries about something that changes nothing else. */
export async function recordAudit(db: Db, ...records: AuditRecord[]): Promise<void> {
  await db.transaction().execute((trx) => appendAudit(trx, ...records));
}

/** An account whose entries may be read, but for those until it came (Unix milliseconds; minus infinite: all). */
export interface AuditActor {
  name: string;
  elsewhereUntil: number;
}

/** Entries, newest first, before number `before`, and the number to go on before; only those of `actors` when there are any. */
export async function searchAudit(
  db: Db,
  query: AuditExportQuery,
  actors: readonly AuditActor[] | undefined,
  limit: number,
  before?: number,
): Promise<{ entries: AuditEntry[]; next: number | undefined }> {
  const rows = await db
    .selectFrom('audit')
    .select(['seq', 'hash', 'at', 'actor', 'action', 'subject', 'detail'])
    .where((is) => is.and(conditions(is, query, actors)))
    .$if(before !== undefined, (found) => found.where('seq', '<', String(before)))
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const entries = shown.map(({ seq: _, hash: id, at, ...row }) => ({ id, at: at.toISOString(), ...row }));
  return { entries, next: rows.length > limit ? Number(shown.at(-1)?.seq) : undefined };
}

/** How many entries {@link searchAudit} has in all its pages before number `before`. */
export async function countAudit(
  db: Db,
  query: AuditExportQuery,
  actors: readonly AuditActor[] | undefined,
  before: number,
): Promise<number> {
  const { count } = await db
    .selectFrom('audit')
    .select(sql<number>`count(*)::int`.as('count'))
    .where((is) => is.and(conditions(is, query, actors)))
    .where('seq', '<', String(before))
    .executeTakeFirstOrThrow();
  return count;
}

function conditions(
  is: ExpressionBuilder<Tables, 'audit'>,
  { q, actor, action, from, to }: AuditExportQuery,
  actors: readonly AuditActor[] | undefined,
) {
  const all = [];
  if (actors) all.push(is('actor', '=', sql<string>`ANY(${actors.map(({ name }) => name)}::text[])`));
  const moved = actors?.filter(({ elsewhereUntil }) => elsewhereUntil > Number.NEGATIVE_INFINITY) ?? [];
  if (moved.length > 0) {
    const names = moved.map(({ name }) => name);
    const times = moved.map(({ elsewhereUntil }) => new Date(elsewhereUntil).toISOString());
    all.push(sql<boolean>`NOT EXISTS (SELECT FROM unnest(${names}::text[], ${times}::timestamptz[]) AS moved (name, until)
      WHERE moved.name = audit.actor AND audit.at <= moved.until)`);
  }
  if (actor) all.push(is('actor', '=', actor));
  // `session` finds `session.created` too.
  if (action) all.push(is.or([is('action', '=', action), is('action', 'like', `${like(action)}.%`)]));
  if (from) all.push(is('at', '>=', new Date(from)));
  if (to) all.push(is('at', '<', new Date(to)));
  if (q) {
    const part = `%${like(q)}%`;
    all.push(
      sql<boolean>`(actor ILIKE ${part} OR action ILIKE ${part} OR subject ILIKE ${part} OR detail::text ILIKE ${part})`,
    );
  }
  return all;
}

const like = (text: string) => text.replace(/[\\%_]/g, '\\$&');

const STEP = 2_000;

/** Checks every entry, and that the end noted outside of the database is among them. An empty list of faults: nothing was edited, taken out, put in, moved or cut off. */
export async function verifyAudit(
  db: Db,
  note?: { seq: number; hash: string; at: string },
  onProgress: (checked: number, total: number) => void = () => {},
): Promise<{ entries: number; head: { seq: number; hash: string }; faults: AuditFault[] }> {
  // The end is noted first: what is appended meanwhile is not read.
  const noted = await db.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirst();
  const last = Number(noted?.seq ?? Number.MAX_SAFE_INTEGER);
  const walk = new ChainWalk();
  let entries = 0;
  for (let after = '0', more = true; more; ) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      // Finer than what was written means that somebody else wrote.
      .select(sql<boolean>`date_trunc('milliseconds', at) = at`.as('whole'))
      .where('seq', '>', after)
      .where('seq', '<=', String(last))
      .orderBy('seq')
      .limit(STEP)
      .execute();
    for (const { whole, ...row } of rows) {
      const at = whole ? row.at.toISOString() : `${row.at.toISOString()}+`;
      walk.step({ ...row, seq: Number(row.seq), at });
    }
    entries += rows.length;
    onProgress(entries, Math.max(entries, noted ? last : entries));
    after = rows.at(-1)?.seq ?? after;
    more = rows.length === STEP;
  }
  if (noted) walk.endsAt({ seq: last, hash: noted.hash }, 'the note of its end');
  else walk.faults.push({ seq: 0, problem: 'the note of its end is missing' });
  if (note && (await auditHashAt(db, note.seq)) !== note.hash) {
    const problem = `on ${note.at} the server noted an end of the log that is not in it: entries were cut off or replaced, or an older backup was restored`;
    walk.faults.push({ seq: note.seq, problem });
  }
  const beyond = await beyondHead(db, last);
  if (beyond > 0) walk.faults.push({ seq: last + 1, problem: `${beyond} entries stand after the noted end` });
  const before = await db.selectFrom('audit').select('seq').where('seq', '<=', '0').execute();
  for (const { seq } of before) walk.faults.push({ seq: Number(seq), problem: 'stands before the first entry' });
  return { entries, head: walk.head, faults: walk.faults };
}

/** How many entries stand after a number that is still the noted end; none while the log grows. */
async function beyondHead(db: Db, last: number): Promise<number> {
  const { rows } = await sql<{ beyond: number }>`
    SELECT count(*)::int AS beyond FROM audit, audit_head
    WHERE audit.seq > ${last} AND audit_head.seq = ${last}`.execute(db);
  return rows[0]?.beyond ?? 0;
}
