import { RondaError } from '../../shared/errors.ts';
import type { SignInBody } from '../../shared/schemas/access.ts';
import { type AccountRow, findAccount } from './accounts.queries.ts';
import { recordAudit } from './audit.queries.ts';
import type { AccessContext, Caller } from './context.ts';
import { checkPassword } from './passwords.ts';
import { type OpenedSession, openSession } from './sessions.ts';
import { type Attempt, countAttempt, forgiveAttempt, uncountAttempt } from './throttle.queries.ts';
import { spendCode, type Totp } from './totp.ts';

/**
 * Signs somebody in by name and password, and by the code of the authenticator app when the account has one.
 * Throws `unauthenticated` (the same, after the same time, whatever was wrong), `totp_required` once the password was
 * right and a code is missing, `too_many_requests` during a pause.
 */
export async function signIn(
  { db, now }: AccessContext,
  totp: Totp,
  body: SignInBody,
  caller: Caller,
  before: string | undefined,
): Promise<OpenedSession> {
  const username = body.username.trim().toLowerCase();
  const attempt = await countAttempt(db, username, caller.address, now());
  const account = await findAccount(db, { username });
  const isRight = await checkPassword(body.password, account?.password_hash);
  if (!account || account.disabled_at || !isRight) return refuse(db, attempt, account, now(), 'password');
  if (account.totp_secret !== null) {
    if (body.totp === undefined) {
      await uncountAttempt(db, attempt);
      throw new RondaError('totp_required', 'This account has an authenticator app; send its code as body.totp too.', {
        details: [{ field: 'body.totp', problem: 'is needed to sign in to this account' }],
      });
    }
    if (!(await spendCode(db, totp, account, body.totp))) return refuse(db, attempt, account, now(), 'totp');
  }
  await forgiveAttempt(db, attempt);
  const at = new Date(now());
  return db.transaction().execute((trx) =>
    openSession(
      trx,
      {
        accountId: account.id,
        username: account.username,
        kind: body.wall ? 'wall' : 'browser',
        // Who has a passkey proves with it what a password alone does not.
        steppedUp: account.totp_secret !== null || account.passkeys === 0,
        way: 'password',
        before,
      },
      caller,
      at,
    ),
  );
}

/** Writes a wrong attempt down and refuses it. What was typed as a name may be a password, so only a real name is kept. */
export async function refuse(
  db: AccessContext['db'],
  { address, isLast }: Attempt,
  account: Pick<AccountRow, 'id' | 'username'> | undefined,
  now: number,
  what: keyof typeof REFUSALS,
): Promise<never> {
  const entry = {
    at: new Date(now),
    actor: account?.username ?? '–',
    subject: account ? `account:${account.id}` : '',
    detail: { what, address },
  };
  await recordAudit(
    db,
    { ...entry, action: 'session.refused' },
    ...(isLast ? [{ ...entry, action: 'session.paused' }] : []),
  );
  throw new RondaError('unauthenticated', REFUSALS[what]);
}

/** What is said of each kind of wrong proof. */
const REFUSALS = {
  password: 'body.username and body.password do not belong together; check both and try again.',
  current: 'body.current is not the password until now; check it and try again.',
  again: 'body.password is not the password of this account; check it and try again.',
  totp: 'The code is wrong, too old or used already; wait for the next one and try again.',
} as const;
