import { sql, type Updateable } from 'kysely';
import type { Account, Passkey } from '../../shared/schemas/access.ts';
import type { Db, Trx } from '../database/connection.ts';
import type { AccountTable } from '../database/tables/access.ts';

/** What signing in needs to know of an account. */
export type AccountRow = {
  id: number;
  username: string;
  display_name: string;
  password_hash: string | null;
  totp_secret: string | null;
  oidc_issuer: string | null;
  oidc_subject: string | null;
  disabled_at: Date | null;
  /** How many passkeys it has. */
  passkeys: number;
};

/** An account by number, by name (small letters) or by its identity at a provider; `undefined` when there is none. */
export function findAccount(
  db: Db,
  by: { id: number } | { username: string } | { issuer: string; subject: string },
): Promise<AccountRow | undefined> {
  let query = db
    .selectFrom('account')
    .select([
      'id',
      'username',
      'display_name',
      'password_hash',
      'totp_secret',
      'oidc_issuer',
      'oidc_subject',
      'disabled_at',
      sql<number>`(SELECT count(*)::int FROM passkey WHERE passkey.account_id = account.id)`.as('passkeys'),
    ]);
  if ('id' in by) query = query.where('id', '=', by.id);
  else if ('username' in by) query = query.where('username', '=', by.username);
  else query = query.where('oidc_issuer', '=', by.issuer).where('oidc_subject', '=', by.subject);
  return query.executeTakeFirst();
}

/** What may change of an account; what is left out stays. */
export type AccountChange = Updateable<
  Pick<
    AccountTable,
    'display_name' | 'password_hash' | 'totp_secret' | 'totp_step' | 'oidc_issuer' | 'oidc_subject' | 'disabled_at'
  >
>;

export async function changeAccount(db: Db, id: number, change: AccountChange): Promise<void> {
  await db.updateTable('account').set(change).where('id', '=', id).execute();
}

/** Notes that a code of this step was used; false when one of it, or of a later step, was used already. */
export async function spendTotpStep(db: Db, id: number, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('account')
    .set({ totp_step: String(step) })
    .where('id', '=', id)
    .where('totp_step', '<', String(step))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Makes an account that cannot sign in yet; `undefined` when the name is taken. */
export async function insertAccount(
  trx: Trx,
  account: { username: string; displayName: string; createdBy?: number | null },
  now: Date,
): Promise<number | undefined> {
  const row = await trx
    .insertInto('account')
    .values({
      username: account.username,
      display_name: account.displayName,
      created_at: now,
      created_by: account.createdBy ?? null,
      disabled_at: null,
    })
    .onConflict((conflict) => conflict.column('username').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Those of accounts that this one made. */
export async function listMade(db: Db, ids: readonly number[], by: number): Promise<Set<number>> {
  const rows = await db
    .selectFrom('account')
    .select('id')
    .where('created_by', '=', by)
    .where('id', '=', sql<number>`ANY(${[...ids]}::int[])`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Whether anybody could sign in with what they have. */
export async function someoneCanSignIn(db: Db, oidcIssuer: string | undefined): Promise<boolean> {
  const row = await db
    .selectFrom('account')
    .select('id')
    .where('disabled_at', 'is', null)
    .where((is) =>
      is.or([
        is('password_hash', 'is not', null),
        ...(oidcIssuer ? [is.and([is('oidc_issuer', '=', oidcIssuer), is('oidc_subject', 'is not', null)])] : []),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface PasskeyRow {
  credential_id: string;
  public_key: Buffer;
  counter: string;
  transports: string[];
  label: string;
  created_at: Date;
  last_used_at: Date | null;
}

export function listPasskeys(db: Db, accountId: number): Promise<PasskeyRow[]> {
  return db
    .selectFrom('passkey')
    .select(['credential_id', 'public_key', 'counter', 'transports', 'label', 'created_at', 'last_used_at'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute();
}

export function shownPasskey(row: PasskeyRow): Passkey {
  return {
    id: row.credential_id,
    label: row.label,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}

export async function insertPasskey(
  trx: Trx,
  accountId: number,
  passkey: Pick<PasskeyRow, 'credential_id' | 'public_key' | 'transports' | 'label'> & { counter: number },
  now: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('passkey')
    .values({
      ...passkey,
      counter: String(passkey.counter),
      account_id: accountId,
      created_at: now,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Notes a use and the authenticator's counter, which must have grown or be none; false when another use was quicker. */
export async function usePasskey(db: Db, credentialId: string, counter: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('passkey')
    .set({ counter: String(counter), last_used_at: now })
    .where('credential_id', '=', credentialId)
    .where((is) => is.or([is('counter', '<', String(counter)), is('counter', '=', '0')]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Removes one passkey of an account, or all; returns how many there were. */
export async function deletePasskeys(trx: Trx, accountId: number, credentialId?: string): Promise<number> {
  let query = trx.deleteFrom('passkey').where('account_id', '=', accountId);
  if (credentialId !== undefined) query = query.where('credential_id', '=', credentialId);
  const { numDeletedRows } = await query.executeTakeFirst();
  return Number(numDeletedRows);
}

/** An account as administrators see it, without its grants. */
export type AccountSummary = Omit<Account, 'grants'>;

/** Accounts by name; all, or one. */
export async function listAccounts(db: Db, id?: number): Promise<AccountSummary[]> {
  let query = db
    .selectFrom('account')
    .select(['id', 'username', 'display_name', 'created_at', 'disabled_at'])
    .select([
      sql<boolean>`password_hash IS NOT NULL OR oidc_subject IS NOT NULL`.as('active'),
      sql<Date | null>`(SELECT max(last_seen_at) FROM session WHERE account_id = account.id)`.as('lastSeenAt'),
    ])
    .orderBy('username');
  if (id !== undefined) query = query.where('id', '=', id);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    state: row.disabled_at ? 'disabled' : row.active ? 'active' : 'invited',
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  }));
}
