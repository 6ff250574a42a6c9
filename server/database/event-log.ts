import { sql, type Transaction } from 'kysely';
import type { StoredEvent } from '../events.ts';
import type { Db } from './connection.ts';
import type { Tables } from './tables.ts';

/** An event before it has its number. Who may hear of it follows from the areas: those of its subject, now and before. */
export interface NewEvent extends Pick<StoredEvent, 'kind' | 'subject' | 'data'> {
  /** Codes of the areas that the subject lies in or belongs to. */
  areas: readonly string[];
  /** The same before the change, and the place, where it has one; absent when it is new. */
  before?: { areas: readonly string[]; place?: readonly [lon: number, lat: number] };
}

/**
 * Appends events within the caller's transaction and returns them numbered. The counter's row stays locked until that
 * transaction ends, so numbers appear in commit order and have no gaps: take it last, commit soon.
 * The caller emits `events.appended` on the bus after the commit; two commits may be told of in either order, so a
 * listener compares the numbers.
 */
export async function appendEvents(trx: Transaction<Tables>, events: readonly NewEvent[]): Promise<StoredEvent[]> {
  if (events.length === 0) return [];
  const whole = events.map(({ kind, subject, data, areas, before }) => ({
    kind,
    subject,
    data,
    scopeCodes: withContaining(areas),
    scopeBefore: before ? withContaining(before.areas) : null,
    placeBefore: before?.place ?? null,
  }));
  const { rows } = await sql<{ seq: string; at: Date }>`
    WITH counter AS (UPDATE event_counter SET seq = seq + ${whole.length}::int RETURNING seq - ${whole.length}::int AS before)
    INSERT INTO event (seq, kind, subject, data, scope_codes, scope_before, place_before)
    SELECT before + place, kind, subject, data::jsonb, string_to_array(codes, ','), string_to_array(codes_before, ','),
      place_before::double precision[]
    FROM counter, unnest(
      ${whole.map((event) => event.kind)}::text[],
      ${whole.map((event) => event.subject)}::text[],
      ${whole.map((event) => JSON.stringify(event.data))}::text[],
      ${whole.map((event) => event.scopeCodes.join())}::text[],
      ${whole.map((event) => event.scopeBefore?.join() ?? null)}::text[],
      ${whole.map((event) => (event.placeBefore ? `{${event.placeBefore.join()}}` : null))}::text[]
    ) WITH ORDINALITY AS added (kind, subject, data, codes, codes_before, place_before, place)
    ORDER BY place
    RETURNING seq, at`.execute(trx);
  return rows.map((row, index) => {
    const event = whole[index];
    if (!event) throw new Error(`event ${row.seq} came back without having been sent`);
    return { ...event, seq: Number(row.seq), at: row.at.getTime() };
  });
}

/** The codes and those of all areas that contain them: 52.71.01 → 52, 52.71, 52.71.01. Each once. */
function withContaining(codes: readonly string[]): string[] {
  const all = new Set<string>();
  for (const code of codes) {
    for (let end = code.indexOf('.'); end > 0; end = code.indexOf('.', end + 1)) all.add(code.slice(0, end));
    if (code !== '') all.add(code);
  }
  return [...all];
}

/** Where the log stands: its epoch (another one after a restore means old cursors are void) and its newest number. */
export async function eventHead(db: Db): Promise<{ epoch: string; cursorKey: string; seq: number }> {
  const row = await db.selectFrom('event_counter').select(['epoch', 'cursor_key', 'seq']).executeTakeFirstOrThrow();
  return { epoch: row.epoch, cursorKey: row.cursor_key, seq: Number(row.seq) };
}

/** The events after number `after`, oldest first, at most `limit`. */
export async function readEvents(db: Db, after: number, limit: number): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select(['seq', 'at', 'kind', 'subject', 'data', 'scope_codes', 'scope_before', 'place_before'])
    .where('seq', '>', String(after))
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(({ seq, at, kind, subject, data, scope_codes, scope_before, place_before }) => ({
    seq: Number(seq),
    at: at.getTime(),
    kind,
    subject,
    data,
    scopeCodes: scope_codes,
    scopeBefore: scope_before,
    placeBefore: place_before && [place_before[0] ?? 0, place_before[1] ?? 0],
  }));
}
