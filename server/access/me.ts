import type { Me, OwnGrant } from '../../shared/schemas/access.ts';
import { type AccountRow, findAccount, listPasskeys, shownPasskey, someoneCanSignIn } from './accounts.queries.ts';
import type { AccessContext } from './context.ts';
import { type ActiveGrant, type Principal, permissionsOf } from './principal.ts';
import { steppedUpUntil } from './step-up.ts';

/** Who is signed in, with what they may do; or that nobody is, and how one could. */
export async function describeMe(
  { db, now, oidc }: Pick<AccessContext, 'db' | 'now' | 'oidc'>,
  principal: Principal | undefined,
): Promise<Me> {
  const account =
    principal && principal.accountId !== null ? await findAccount(db, { id: principal.accountId }) : undefined;
  if (!principal || (principal.kind === 'account' && !account)) {
    const setup = !(await someoneCanSignIn(db, oidc?.issuer));
    return { signedIn: false, setup, oidc: oidc ? { name: oidc.name } : null };
  }
  const time = now();
  return {
    signedIn: true,
    account: account ? await describeAccount(db, account) : null,
    grants: principal.grants.filter(({ validTo }) => validTo === null || validTo > time).map(shownGrant),
    permissions: permissionsOf(principal, time),
    session: describeSession(principal, account, time),
  };
}

async function describeAccount(db: AccessContext['db'], account: AccountRow) {
  return {
    id: account.id,
    username: account.username,
    displayName: account.display_name,
    hasPassword: account.password_hash !== null,
    hasTotp: account.totp_secret !== null,
    passkeys: account.passkeys > 0 ? (await listPasskeys(db, account.id)).map(shownPasskey) : [],
  };
}

function describeSession({ session }: Principal, account: AccountRow | undefined, now: number) {
  if (!session || !account) return null;
  const until = steppedUpUntil(session, account);
  return {
    kind: session.kind,
    expiresAt: new Date(session.expiresAt).toISOString(),
    steppedUpUntil: until > now ? new Date(until).toISOString() : null,
  };
}

function shownGrant({ id, role, jurisdiction, validTo, breakGlass }: ActiveGrant): OwnGrant {
  return {
    id,
    role,
    jurisdiction: { id: jurisdiction.id, name: jurisdiction.name },
    validTo: validTo === null ? null : new Date(validTo).toISOString(),
    breakGlass,
  };
}
