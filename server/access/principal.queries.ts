import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import type { ActiveGrant, Principal } from './principal.ts';

/** A browser left alone for this long is signed out; a wall display is meant to be left alone. */
export const IDLE_MS = { browser: 30 * 60_000, wall: 12 * 3_600_000 } as const;

/** A session that is in force at `now` with its account and grants, and when it was last used; else `undefined`. */
export async function findPrincipal(
  db: Db,
  idHash: string,
  now: number,
): Promise<{ principal: Principal; lastSeenAt: number } | undefined> {
  const session = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select([
      'session.kind',
      'session.created_at',
      'last_seen_at',
      'expires_at',
      'stepped_up_at',
      'account.id',
      'username',
    ])
    .where('id_hash', '=', idHash)
    .where('revoked_at', 'is', null)
    .where('disabled_at', 'is', null)
    .where('expires_at', '>', new Date(now))
    .executeTakeFirst();
  if (!session || session.last_seen_at.getTime() <= now - IDLE_MS[session.kind]) return undefined;
  const principal: Principal = {
    kind: 'account',
    accountId: session.id,
    name: session.username,
    grants: await findGrants(db, session.id, now),
    session: {
      idHash,
      kind: session.kind,
      createdAt: session.created_at.getTime(),
      expiresAt: session.expires_at.getTime(),
      steppedUpAt: session.stepped_up_at?.getTime() ?? null,
    },
  };
  return { principal, lastSeenAt: session.last_seen_at.getTime() };
}

/** The grants of an account that are in force at `now`, each with the areas that are in its jurisdiction on that day. */
export async function findGrants(db: Db, accountId: number, now: number): Promise<ActiveGrant[]> {
  const time = new Date(now);
  const rows = await db
    .selectFrom('access_grant')
    .innerJoin('jurisdiction', 'jurisdiction.id', 'jurisdiction_id')
    .select(['access_grant.id', 'role', 'jurisdiction_id', 'name', 'everything', 'break_glass', 'valid_to'])
    .select([
      sql<string[]>`ARRAY(SELECT area_code FROM jurisdiction_part p WHERE p.jurisdiction_id = jurisdiction.id
        AND area_code IS NOT NULL AND ${inForce(time)})`.as('codes'),
      sql<boolean>`EXISTS (SELECT FROM jurisdiction_part p WHERE p.jurisdiction_id = jurisdiction.id
        AND geom IS NOT NULL)`.as('has_polygons'),
      sql<string[]>`ARRAY(SELECT area_code FROM jurisdiction_within w WHERE w.jurisdiction_id = jurisdiction.id)`.as(
        'within',
      ),
    ])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('valid_from', '<=', time)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', time)]))
    .orderBy('access_grant.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    jurisdiction: {
      id: row.jurisdiction_id,
      name: row.name,
      everything: row.everything,
      codes: row.codes,
      hasPolygons: row.has_polygons,
      within: row.within,
    },
    breakGlass: row.break_glass,
    validTo: row.valid_to?.getTime() ?? null,
  }));
}

/**
 * The time zone of a part `p` of a jurisdiction: that of its province, by the register of codes; of a polygon, or a code of
 * no register, by longitude.
 */
export const PART_ZONE = sql<string>`CASE
  WHEN p.area_code ~ '^(1[1-9]|2[0-9]|3[0-6]|6[12])' THEN 'Asia/Jakarta'
  WHEN p.area_code ~ '^(5[1-3]|6[3-5]|7[1-6])' THEN 'Asia/Makassar'
  WHEN p.area_code ~ '^(8[12]|9[1-6])' THEN 'Asia/Jayapura'
  WHEN ST_XMin(p.geom) >= 127 THEN 'Asia/Jayapura'
  WHEN ST_XMin(p.geom) >= 114.5 THEN 'Asia/Makassar'
  ELSE 'Asia/Jakarta' END`;

/** Whether a part `p` of a jurisdiction counts on the day of `time` in its own zone: days begin and end at its midnight. */
export function inForce(time: Date) {
  const day = sql`(${time}::timestamptz AT TIME ZONE ${PART_ZONE})::date`;
  return sql<boolean>`(p.valid_from IS NULL OR p.valid_from <= ${day}) AND (p.valid_to IS NULL OR p.valid_to >= ${day})`;
}

/** Notes that a session was used. */
export async function touchSession(db: Db, idHash: string, now: number): Promise<void> {
  await db
    .updateTable('session')
    .set({ last_seen_at: new Date(now) })
    .where('id_hash', '=', idHash)
    .execute();
}
