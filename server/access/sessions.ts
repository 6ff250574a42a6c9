import type { SessionKind } from '../../shared/schemas/access.ts';
import type { Trx } from '../database/connection.ts';
import { appendAudit } from './audit.queries.ts';
import type { Caller } from './context.ts';
import { newSecret, secretHash } from './secrets.ts';
import { insertSession, LASTS_MS, revokeSessions } from './sessions.queries.ts';

/** A session that was just opened. Its id goes into the cookie and nowhere else. */
export interface OpenedSession {
  id: string;
  lastsSeconds: number;
  /** Whether a session that the same browser held ended. */
  endedBefore: boolean;
}

/** Who opens a session, and how they proved who they are. */
export interface Opening {
  accountId: number;
  username: string;
  kind: SessionKind;
  /** Whether the proof is good enough for sensitive actions too. */
  steppedUp: boolean;
  way: 'password' | 'setup' | 'invitation' | 'recovery' | 'oidc';
  /** Hash of the session that this browser held until now: it ends, so that nobody goes on with an id from before. */
  before: string | undefined;
}

/** Opens a session with an id that did not exist before, and writes it down. */
export async function openSession(
  trx: Trx,
  { accountId, username, kind, steppedUp, way, before }: Opening,
  { address, userAgent }: Caller,
  now: Date,
): Promise<OpenedSession> {
  const id = newSecret(256);
  const endedBefore = before !== undefined && (await revokeSessions(trx, { idHash: before }, now)) > 0;
  await insertSession(
    trx,
    { id_hash: secretHash(id), account_id: accountId, kind, address, user_agent: userAgent, steppedUp },
    now,
  );
  await appendAudit(trx, {
    at: now,
    actor: username,
    action: 'session.created',
    subject: `account:${accountId}`,
    detail: { way, kind, address },
  });
  return { id, lastsSeconds: LASTS_MS / 1000, endedBefore };
}
