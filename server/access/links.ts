import { fieldError, RondaError } from '../../shared/errors.ts';
import type { Db, Trx } from '../database/connection.ts';
import { changeAccount, deletePasskeys, findAccount, insertAccount, someoneCanSignIn } from './accounts.queries.ts';
import { LOCAL } from './actors.ts';
import { appendAudit } from './audit.queries.ts';
import type { AccessContext, Caller } from './context.ts';
import { findEverywhere, insertGrant, listGrants } from './grants.queries.ts';
import { insertLink, useLink, voidLinks } from './links.queries.ts';
import { passwordProblem } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { revokeSessions } from './sessions.queries.ts';
import { type OpenedSession, openSession } from './sessions.ts';
import { countAttempt, forgiveAttempt } from './throttle.queries.ts';

/** The account that the setup link signs in as. */
export const FIRST_ACCOUNT = 'administrator';

/**
 * A fresh setup link's path when nobody can sign in, `undefined` otherwise; an older one is void.
 * The token stands behind `#`, which browsers send to no server.
 */
export async function setupLink(db: Db, oidcIssuer: string | undefined, now: Date): Promise<string | undefined> {
  return db.transaction().execute(async (trx) => {
    if (await someoneCanSignIn(trx, oidcIssuer)) {
      await voidLinks(trx, null);
      return undefined;
    }
    const { token } = await insertLink(trx, { kind: 'setup', accountId: null, createdBy: LOCAL }, now);
    await appendAudit(trx, { at: now, actor: LOCAL, action: 'link.created', detail: { kind: 'setup' } });
    return `/setup#${token}`;
  });
}

/** Under what name wrong links are counted; no account has it. */
const LINKS = '#link';

/** Where an invitation or a recovery is accepted. */
export const acceptPath = (token: string) => `/accept#${token}`;

/** Opens the setup link: signs in as the first account, which may do everything everywhere. */
export async function openSetup(
  { db, now, bus, oidc }: AccessContext,
  token: string,
  caller: Caller,
  before: string | undefined,
): Promise<OpenedSession> {
  const at = new Date(now());
  const attempt = await countAttempt(db, LINKS, caller.address, now());
  const session = await db.transaction().execute(async (trx) => {
    const link = await useLink(trx, token, ['setup'], at);
    if (!link || (await someoneCanSignIn(trx, oidc?.issuer))) throw spent();
    const accountId = await firstAccount(trx, at);
    return openSession(
      trx,
      { accountId, username: FIRST_ACCOUNT, kind: 'browser', steppedUp: true, way: 'setup', before },
      caller,
      at,
    );
  });
  await forgiveAttempt(db, attempt);
  bus.emit('access.changed');
  return session;
}

/** Makes the first account with its grants, or finds it as an earlier setup left it. */
async function firstAccount(trx: Trx, at: Date): Promise<number> {
  const made = await insertAccount(trx, { username: FIRST_ACCOUNT, displayName: 'Administrator' }, at);
  const accountId = made ?? (await findAccount(trx, { username: FIRST_ACCOUNT }))?.id;
  if (accountId === undefined) throw new Error('the first account is neither new nor there');
  if (made) await appendAudit(trx, { at, actor: LOCAL, action: 'account.created', subject: `account:${made}` });
  else await changeAccount(trx, accountId, { disabled_at: null });
  await restoreAdministrator(trx, accountId, at);
  return accountId;
}

/** Gives an account the roles of the first one, as far as it does not hold them: what was taken comes back at the server. */
export async function restoreAdministrator(trx: Trx, accountId: number, at: Date): Promise<void> {
  const everywhere = await findEverywhere(trx);
  const held = await listGrants(trx, { accountIds: [accountId], now: at });
  for (const role of ['administrator', 'commander'] as const) {
    if (held.some((grant) => grant.role === role && grant.jurisdiction.id === everywhere)) continue;
    const id = await insertGrant(
      trx,
      { accountId, role, jurisdictionId: everywhere, reason: 'penyiapan', grantedBy: LOCAL, validFrom: at },
      at,
    );
    await appendAudit(trx, {
      at,
      actor: LOCAL,
      action: 'grant.created',
      subject: `grant:${id}`,
      detail: { accountId, role, jurisdictionId: everywhere },
    });
  }
}

/** Makes the link by which somebody sets a password for the first time, or again. */
export async function inviteAccount(
  trx: Trx,
  { id, active }: { id: number; active: boolean },
  createdBy: string,
  at: Date,
  lastsMs?: number,
): Promise<{ path: string; expiresAt: Date }> {
  const kind = active ? 'recovery' : 'invitation';
  const link = { kind, accountId: id, createdBy, ...(lastsMs === undefined ? {} : { lastsMs }) } as const;
  const { token, expiresAt } = await insertLink(trx, link, at);
  await appendAudit(trx, {
    at,
    actor: createdBy,
    action: 'link.created',
    subject: `account:${id}`,
    detail: { kind, expiresAt: expiresAt.toISOString() },
  });
  return { path: acceptPath(token), expiresAt };
}

/**
 * Opens an invitation or recovery: sets the password and signs in. Recovery also ends the account's sessions and takes
 * off its authenticator app and passkeys: who lost the phone could not come in otherwise.
 */
export async function acceptLink(
  { db, now, bus }: AccessContext,
  body: { token: string; displayName?: string; password: string },
  caller: Caller,
  before: string | undefined,
): Promise<OpenedSession> {
  const at = new Date(now());
  const attempt = await countAttempt(db, LINKS, caller.address, now());
  const passwordHash = await hashPassword(body.password);
  const session = await db.transaction().execute(async (trx) => {
    const link = await useLink(trx, body.token, ['invitation', 'recovery'], at);
    const account = link?.account_id ? await findAccount(trx, { id: link.account_id }) : undefined;
    if (!link || link.kind === 'setup' || !account || account.disabled_at) throw spent();
    // Thrown within the transaction: the link stays good for a better password.
    checkNewPassword(body.password, account, 'body.password');
    await changeAccount(trx, account.id, {
      password_hash: passwordHash,
      totp_secret: null,
      ...(body.displayName === undefined ? {} : { display_name: body.displayName }),
    });
    await deletePasskeys(trx, account.id);
    const ended = await revokeSessions(trx, { accountId: account.id }, at);
    await appendAudit(trx, {
      at,
      actor: account.username,
      action: 'password.set',
      subject: `account:${account.id}`,
      detail: { by: link.kind, sessionsEnded: ended },
    });
    const opening = { accountId: account.id, username: account.username, kind: 'browser', steppedUp: true } as const;
    return openSession(trx, { ...opening, way: link.kind, before }, caller, at);
  });
  await forgiveAttempt(db, attempt);
  bus.emit('access.changed');
  return session;
}

/** Throws `unprocessable` for a password that is not taken. */
export function checkNewPassword(
  password: string,
  account: { username: string; display_name: string },
  field: string,
): void {
  const problem = passwordProblem(password, account.username, account.display_name);
  if (problem) throw fieldError('unprocessable', field, problem);
}

function spent(): RondaError {
  return new RondaError(
    'gone',
    'body.token is of a link that was used already, is too old, or never was; ask for a new one (on the server: npm run access -- link).',
    { details: [{ field: 'body.token', problem: 'is used, too old or unknown' }] },
  );
}
