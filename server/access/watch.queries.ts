import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { IDLE_MS, inForce } from './principal.queries.ts';

/** What a session is good for now: two that are equal mean the same permissions. */
export interface SessionState {
  permissions: string;
  lastSeenAt: number;
}

/** Of these sessions (by the hash of their id) those that are in force at `now`, all in one question. */
export async function sessionStates(
  db: Db,
  idHashes: readonly string[],
  now: number,
): Promise<Map<string, SessionState>> {
  const time = new Date(now);
  const rows = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select(['id_hash', 'session.kind', 'last_seen_at'])
    .select(
      sql<string>`coalesce((SELECT string_agg(concat_ws(':', g.role, g.jurisdiction_id, j.everything,
          (SELECT string_agg(p.area_code, ' ' ORDER BY p.area_code) FROM jurisdiction_part p
            WHERE p.jurisdiction_id = g.jurisdiction_id AND ${inForce(time)})), ',' ORDER BY g.role, g.jurisdiction_id)
        FROM access_grant g JOIN jurisdiction j ON j.id = g.jurisdiction_id
        WHERE g.account_id = account.id AND g.revoked_at IS NULL AND g.valid_from <= ${time}
          AND (g.valid_to IS NULL OR g.valid_to > ${time})), '')`.as('permissions'),
    )
    .where('id_hash', '=', sql<string>`ANY(${idHashes}::text[])`)
    .where('session.revoked_at', 'is', null)
    .where('disabled_at', 'is', null)
    .where('expires_at', '>', time)
    .execute();
  return new Map(
    rows
      .filter((row) => row.last_seen_at.getTime() > now - IDLE_MS[row.kind])
      .map((row) => [row.id_hash, { permissions: row.permissions, lastSeenAt: row.last_seen_at.getTime() }]),
  );
}
