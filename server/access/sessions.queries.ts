import { SESSION_KINDS, type SessionKind } from '../../shared/schemas/access.ts';
import type { Db, Trx } from '../database/connection.ts';
import type { SessionTable } from '../database/tables/access.ts';
import { IDLE_MS } from './principal.queries.ts';

/** How long a session lasts, used or not. */
export const LASTS_MS = 12 * 3_600_000;
/** How long ended sessions, links and failures are kept before they are removed. */
const KEPT_MS = 24 * 3_600_000;

export async function insertSession(
  trx: Trx,
  session: Pick<SessionTable, 'id_hash' | 'account_id' | 'kind' | 'address' | 'user_agent'> & { steppedUp: boolean },
  now: Date,
): Promise<void> {
  const { steppedUp, ...columns } = session;
  await trx
    .insertInto('session')
    .values({
      ...columns,
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + LASTS_MS),
      stepped_up_at: steppedUp ? now : null,
    })
    .execute();
}

export interface SessionRow {
  id_hash: string;
  kind: SessionKind;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  address: string | null;
  user_agent: string | null;
}

/** Sessions of an account that are in force, the newest first. */
export function listSessions(db: Db, accountId: number, now: Date): Promise<SessionRow[]> {
  return db
    .selectFrom('session')
    .select(['id_hash', 'kind', 'created_at', 'last_seen_at', 'expires_at', 'address', 'user_agent'])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where((is) =>
      is.or(
        SESSION_KINDS.map((kind) =>
          is.and([is('kind', '=', kind), is('last_seen_at', '>', new Date(now.getTime() - IDLE_MS[kind]))]),
        ),
      ),
    )
    .orderBy('created_at', 'desc')
    .execute();
}

/** Ends one session, or all of an account but one. Returns how many were still open. */
export async function revokeSessions(
  trx: Db,
  which: { idHash: string } | { accountId: number; except?: string | undefined },
  now: Date,
): Promise<number> {
  let update = trx.updateTable('session').set({ revoked_at: now }).where('revoked_at', 'is', null);
  if ('idHash' in which) update = update.where('id_hash', '=', which.idHash);
  else {
    update = update.where('account_id', '=', which.accountId);
    if (which.except) update = update.where('id_hash', '<>', which.except);
  }
  const { numUpdatedRows } = await update.executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Notes that who holds the session proved it again. */
export async function markSteppedUp(trx: Db, idHash: string, now: Date): Promise<void> {
  await trx.updateTable('session').set({ stepped_up_at: now }).where('id_hash', '=', idHash).execute();
}

/** Removes what ended a day ago: sessions, links, counted failures. The audit log keeps that they were. */
export async function purgeEnded(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  await db
    .deleteFrom('session')
    .where((is) => is.or([is('expires_at', '<', before), is('revoked_at', '<', before)]))
    .execute();
  await db
    .deleteFrom('access_link')
    .where((is) => is.or([is('expires_at', '<', before), is('used_at', '<', before)]))
    .execute();
  await db.deleteFrom('sign_in_failure').where('since', '<', before).execute();
}
