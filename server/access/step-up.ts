import { fieldError, RondaError } from '../../shared/errors.ts';
import type { StepUpBody } from '../../shared/schemas/access.ts';
import { type AccountRow, findAccount } from './accounts.queries.ts';
import { recordAudit } from './audit.queries.ts';
import type { AccessContext } from './context.ts';
import { checkPassword } from './passwords.ts';
import type { ActiveSession, Principal } from './principal.ts';
import { markSteppedUp } from './sessions.queries.ts';
import { refuse } from './sign-in.ts';
import { countAttempt, forgiveAttempt } from './throttle.queries.ts';
import { spendCode, type Totp } from './totp.ts';

/** How long a proof counts for sensitive actions. */
const COUNTS_MS = 10 * 60_000;
/** How long the setup's session needs no further proof: its account has nothing to prove with yet. */
const FRESH_MS = 30 * 60_000;

/** Until when sensitive actions need no further proof, Unix milliseconds; a time gone by: they need one now. */
export function steppedUpUntil(
  { steppedUpAt, createdAt }: ActiveSession,
  { password_hash, totp_secret, passkeys, oidc_subject }: AccountRow,
): number {
  const proved = steppedUpAt === null ? 0 : steppedUpAt + COUNTS_MS;
  const hasNothing = password_hash === null && totp_secret === null && passkeys === 0 && oidc_subject === null;
  return hasNothing ? Math.max(proved, createdAt + FRESH_MS) : proved;
}

/**
 * Lets a sensitive action (roles, tokens, exports) go on when whoever holds the session proved it lately.
 * Throws `step_up_required`.
 */
export async function requireStepUp(
  { db, now }: Pick<AccessContext, 'db' | 'now'>,
  principal: Principal,
): Promise<void> {
  if (principal.kind === 'token' || principal.accountId === null) return;
  const { session } = principal;
  if (session?.steppedUpAt && session.steppedUpAt + COUNTS_MS > now()) return;
  const account = await findAccount(db, { id: principal.accountId });
  if (session && account && steppedUpUntil(session, account) > now()) return;
  const proof = account?.passkeys ? 'your passkey' : account?.totp_secret ? 'the code of your app' : 'your password';
  throw new RondaError(
    'step_up_required',
    `This needs ${proof} once more (POST /api/access/step-up); then it can be done for ten minutes.`,
  );
}

/** Proves again who holds the session: by the code of the app when the account has one, else by the password. */
export async function stepUp(
  context: AccessContext,
  totp: Totp,
  who: { accountId: number; idHash: string },
  body: StepUpBody,
  address: string,
): Promise<void> {
  const { db, now } = context;
  const account = await findAccount(db, { id: who.accountId });
  if (!account) throw new RondaError('not_found', 'The account is gone.');
  const field = 'totp' in body ? 'body.totp' : 'body.password';
  const problem = unfit(account, 'totp' in body);
  if (problem) {
    throw fieldError('unprocessable', field, problem);
  }
  const attempt = await countAttempt(db, account.username, address, now());
  const isRight =
    'totp' in body
      ? await spendCode(db, totp, account, body.totp)
      : await checkPassword(body.password, account.password_hash);
  if (!isRight) return refuse(db, attempt, account, now(), 'totp' in body ? 'totp' : 'again');
  await forgiveAttempt(db, attempt);
  await noteStepUp(context, account, who.idHash, 'totp' in body ? 'totp' : 'password');
}

/** Why this kind of proof is not taken from this account. */
function unfit(account: AccountRow, byCode: boolean): string | undefined {
  if (byCode) return account.totp_secret === null ? 'is of no use: this account has no authenticator app' : undefined;
  if (account.totp_secret !== null) return 'is not enough: this account has an authenticator app; send body.totp';
  if (account.passkeys > 0) return 'is not enough: this account has a passkey; use that';
  return account.password_hash === null ? 'is of no use: this account has no password' : undefined;
}

/** Writes down that the session was proved, at once for this process and its listeners. */
export async function noteStepUp(
  { db, now, bus }: AccessContext,
  account: Pick<AccountRow, 'id' | 'username'>,
  idHash: string,
  way: 'password' | 'totp' | 'passkey',
): Promise<void> {
  const at = new Date(now());
  await markSteppedUp(db, idHash, at);
  await recordAudit(db, {
    at,
    actor: account.username,
    action: 'session.stepped-up',
    subject: `account:${account.id}`,
    detail: { way },
  });
  bus.emit('access.changed');
}
