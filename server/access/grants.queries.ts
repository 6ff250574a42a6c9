import { sql } from 'kysely';
import type { Role } from '../../shared/access/roles.ts';
import type { Grant } from '../../shared/schemas/access.ts';
import type { Db, Trx } from '../database/connection.ts';
import { inForce } from './principal.queries.ts';

export interface GrantFields {
  accountId: number;
  role: Role;
  jurisdictionId: number;
  validFrom: Date;
  validTo?: Date | undefined;
  reason?: string | undefined;
  breakGlass?: boolean;
  grantedBy: string;
}

export async function insertGrant(trx: Trx, grant: GrantFields, now: Date): Promise<number> {
  const { id } = await trx
    .insertInto('access_grant')
    .values({
      account_id: grant.accountId,
      role: grant.role,
      jurisdiction_id: grant.jurisdictionId,
      valid_from: grant.validFrom,
      valid_to: grant.validTo ?? null,
      reason: grant.reason ?? '',
      break_glass: grant.breakGlass ?? false,
      granted_by: grant.grantedBy,
      granted_at: now,
      revoked_at: null,
      revoked_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface GrantFilter {
  ids?: number[];
  accountIds?: number[];
  /** Only those that are not revoked and not over at this time. */
  now?: Date;
  /** Only break-glass access that ended after this time. */
  brokenSince?: Date;
}

/** Grants, the oldest first. */
export async function listGrants(db: Db, { ids, accountIds, now, brokenSince }: GrantFilter): Promise<Grant[]> {
  let query = db
    .selectFrom('access_grant')
    .innerJoin('jurisdiction', 'jurisdiction.id', 'jurisdiction_id')
    .innerJoin('account', 'account.id', 'account_id')
    .select(['access_grant.id', 'account_id', 'display_name', 'role', 'jurisdiction_id', 'jurisdiction.name'])
    .select(['valid_from', 'valid_to', 'reason', 'break_glass', 'granted_by', 'granted_at', 'revoked_at'])
    .orderBy('access_grant.id');
  if (ids) query = query.where('access_grant.id', 'in', ids);
  if (accountIds) query = query.where('account_id', '=', sql<number>`ANY(${accountIds}::int[])`);
  if (now) {
    query = query
      .where('revoked_at', 'is', null)
      .where((is) => is.or([is('valid_to', 'is', null), is('valid_to', '>', now)]));
  }
  if (brokenSince) query = query.where('break_glass', '=', true).where('valid_to', '>', brokenSince);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    displayName: row.display_name,
    role: row.role,
    jurisdiction: { id: row.jurisdiction_id, name: row.name },
    validFrom: row.valid_from.toISOString(),
    validTo: row.valid_to?.toISOString() ?? null,
    reason: row.reason,
    breakGlass: row.break_glass,
    grantedBy: row.granted_by,
    grantedAt: row.granted_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }));
}

/** Ends a grant; false when it was ended already. */
export async function revokeGrant(trx: Trx, id: number, by: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('access_grant')
    .set({ revoked_at: now, revoked_by: by })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The jurisdiction that is the whole country. */
export async function findEverywhere(trx: Db): Promise<number> {
  const row = await trx
    .selectFrom('jurisdiction')
    .select('id')
    .where('everything', '=', true)
    .orderBy('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/**
 * Waits until no other transaction changes who administers everything. Grants are made meanwhile. What changes a
 * jurisdiction itself waits before it does: two that each held one of them would wait for each other's.
 */
export async function lockAdministration(trx: Trx): Promise<void> {
  await trx
    .selectFrom('jurisdiction')
    .select('id')
    .where('everything', '=', true)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

/** How many accounts that are not disabled administer everything at this time. Locks nothing, see {@link lockAdministration}. */
export async function countAdministrators(trx: Db, now: Date): Promise<number> {
  const row = await trx
    .selectFrom('access_grant')
    .innerJoin('jurisdiction', 'jurisdiction.id', 'jurisdiction_id')
    .innerJoin('account', 'account.id', 'account_id')
    .select(sql<number>`count(DISTINCT account_id)::int`.as('count'))
    .where('role', '=', 'administrator')
    .where('everything', '=', true)
    .where('disabled_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('valid_from', '<=', now)
    .where((is) => is.or([is('valid_to', 'is', null), is('valid_to', '>', now)]))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** How far a jurisdiction reaches: the codes of its parts, whenever they count, and whether it has polygons. */
export interface Reach {
  id: number;
  everything: boolean;
  codes: string[];
  hasPolygons: boolean;
}

export async function findReaches(db: Db, ids: readonly number[], now?: Date): Promise<Map<number, Reach>> {
  const counts = now ? inForce(now) : sql<boolean>`true`;
  const rows = await db
    .selectFrom('jurisdiction')
    .select(['id', 'everything'])
    .select([
      sql<string[]>`ARRAY(SELECT area_code FROM jurisdiction_part p
        WHERE p.jurisdiction_id = jurisdiction.id AND area_code IS NOT NULL AND ${counts})`.as('codes'),
      sql<boolean>`EXISTS (SELECT FROM jurisdiction_part p
        WHERE p.jurisdiction_id = jurisdiction.id AND geom IS NOT NULL AND ${counts})`.as('hasPolygons'),
    ])
    .where('id', '=', sql<number>`ANY(${[...ids]}::int[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
