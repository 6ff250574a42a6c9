import type { Db, Trx } from '../database/connection.ts';
import type { AccessLinkTable } from '../database/tables/access.ts';
import { newSecret, secretHash } from './secrets.ts';

type LinkKind = AccessLinkTable['kind'];

/** How long a link of each kind can be opened. */
export const LINK_LASTS_MS: Readonly<Record<LinkKind, number>> = {
  setup: 30 * 60_000,
  invitation: 7 * 24 * 3_600_000,
  recovery: 24 * 3_600_000,
};

/** Makes a link and returns its token, which is stored nowhere; unused ones of the same kind and account are void. */
export async function insertLink(
  trx: Trx,
  link: { kind: LinkKind; accountId: number | null; createdBy: string; lastsMs?: number },
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  await voidLinks(trx, link.accountId);
  const token = newSecret(128);
  const expiresAt = new Date(now.getTime() + (link.lastsMs ?? LINK_LASTS_MS[link.kind]));
  await trx
    .insertInto('access_link')
    .values({
      token_hash: secretHash(token),
      kind: link.kind,
      account_id: link.accountId,
      created_by: link.createdBy,
      created_at: now,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute();
  return { token, expiresAt };
}

/** Removes the unused links of an account; `null`: of the setup. */
export async function voidLinks(trx: Db, accountId: number | null): Promise<void> {
  await trx
    .deleteFrom('access_link')
    .where('used_at', 'is', null)
    .where('account_id', accountId === null ? 'is' : '=', accountId)
    .execute();
}

/** Removes the unused links of an account that others than `maker` made. Returns how many. */
export async function voidOthersLinks(trx: Db, accountId: number, maker: string): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('access_link')
    .where('used_at', 'is', null)
    .where('account_id', '=', accountId)
    .where('created_by', '<>', maker)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Uses up a link: of two who open it at once, one gets it. `undefined`: unknown, used or too old. */
export function useLink(
  trx: Trx,
  token: string,
  kinds: LinkKind[],
  now: Date,
): Promise<{ kind: LinkKind; account_id: number | null } | undefined> {
  return trx
    .updateTable('access_link')
    .set({ used_at: now })
    .where('token_hash', '=', secretHash(token))
    .where('kind', 'in', kinds)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['kind', 'account_id'])
    .executeTakeFirst();
}
