import { sql, type Transaction } from 'kysely';
import type { StoredEvent } from '../events.ts';
import type { Db } from './connection.ts';
import type { Tables } from './tables.ts';

/** An event before it has its number. */
export type NewEvent = Pick<StoredEvent, 'kind' | 'subject' | 'data'>;

/**
 * Appends events within the caller's transaction and returns them numbered. The counter's row stays locked until that
 * transaction ends, so numbers appear in commit order and have no gaps: take it last, commit soon.
 * The caller emits `events.appended` on the bus after the commit; two commits may be told of in either order, so a
 * listener compares the numbers.
 */
export async function appendEvents(trx: Transaction<Tables>, events: readonly NewEvent[]): Promise<StoredEvent[]> {
  if (events.length === 0) return [];
  const { rows } = await sql<{ seq: string; at: Date }>`
    WITH counter AS (UPDATE event_counter SET seq = seq + ${events.length}::int RETURNING seq - ${events.length}::int AS before)
    INSERT INTO event (seq, kind, subject, data)
    SELECT before + place, kind, subject, data::jsonb
    FROM counter, unnest(
      ${events.map((event) => event.kind)}::text[],
      ${events.map((event) => event.subject)}::text[],
      ${events.map((event) => JSON.stringify(event.data))}::text[]
    ) WITH ORDINALITY AS added (kind, subject, data, place)
    ORDER BY place
    RETURNING seq, at`.execute(trx);
  return rows.map((row, index) => {
    const event = events[index];
    if (!event) throw new Error(`event ${row.seq} came back without having been sent`);
    return { ...event, seq: Number(row.seq), at: row.at.getTime() };
  });
}

/** Where the log stands: its epoch (another one after a restore means old cursors are void) and its newest number. */
export async function eventHead(db: Db): Promise<{ epoch: string; seq: number }> {
  const row = await db.selectFrom('event_counter').select(['epoch', 'seq']).executeTakeFirstOrThrow();
  return { epoch: row.epoch, seq: Number(row.seq) };
}

/** The events after number `after`, oldest first, at most `limit`. */
export async function readEvents(db: Db, after: number, limit: number): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select(['seq', 'at', 'kind', 'subject', 'data'])
    .where('seq', '>', String(after))
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, seq: Number(row.seq), at: row.at.getTime() }));
}
