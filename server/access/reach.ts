import type { FastifyRequest } from 'fastify';
import { RondaError } from '../../shared/errors.ts';
import type { Grant } from '../../shared/schemas/access.ts';
import type { Db } from '../database/connection.ts';
import { listMade } from './accounts.queries.ts';
import { findReaches, listGrants, type Reach } from './grants.queries.ts';
import { containsCode, type Scope } from './scope.ts';

/** Whether all of a jurisdiction lies within a scope, whenever its parts count. */
export function covers(scope: Scope, { id, everything, codes, hasPolygons }: Reach): boolean {
  if (scope.everything) return true;
  if (everything) return false;
  const own = scope.jurisdictions.includes(id);
  if (hasPolygons && !own) return false;
  return (own || codes.length > 0) && codes.every((code) => containsCode(scope, code));
}

/** Whether any of a jurisdiction lies within a scope. */
export function touches(scope: Scope, { id, everything, codes }: Reach): boolean {
  if (scope.everything || everything || scope.jurisdictions.includes(id)) return true;
  return codes.some(
    (code) =>
      containsCode(scope, code) ||
      scope.codes.some((inner) => containsCode({ everything: false, codes: [code], jurisdictions: [] }, inner)),
  );
}

/** A jurisdiction that whoever asks may hand out. Throws `not_found` or `forbidden`, naming the field. */
export async function grantable(db: Db, scope: Scope, id: number, field: string): Promise<Reach> {
  const reach = (await findReaches(db, [id])).get(id);
  if (!reach) throw noJurisdiction(id, field);
  if (!covers(scope, reach)) {
    throw new RondaError(
      'forbidden',
      `${field}: jurisdiction ${id} reaches beyond where you administer; choose a smaller one.`,
    );
  }
  return reach;
}

export function noJurisdiction(id: number, field: string): RondaError {
  return new RondaError('not_found', `${field}: there is no jurisdiction ${id}.`, {
    details: [{ field, problem: 'is of no jurisdiction' }],
  });
}

/** The grants of accounts that are not over, by account. */
export async function grantsOf(db: Db, accountIds: number[], now: Date): Promise<Map<number, Grant[]>> {
  const grants = new Map<number, Grant[]>(accountIds.map((id) => [id, []]));
  for (const grant of await listGrants(db, { accountIds, now })) grants.get(grant.accountId)?.push(grant);
  return grants;
}

/** Who administers: how far, and by which account (`null`: by the token). */
export interface Manager {
  scope: Scope;
  accountId: number | null;
}

/**
 * Those accounts whose grants all lie where whoever asks administers: who looks after one city neither resets the
 * password of the province's commander nor disables him. Who has no role any more is looked after where all the roles were
 * that he had; who never had one, by who made the account. What somebody took in an emergency does not count: nobody slips
 * away from those who look after him by taking it.
 */
export async function manageable(
  db: Db,
  { scope, accountId }: Manager,
  ids: number[],
  now: Date,
): Promise<Set<number>> {
  if (scope.everything) return new Set(ids);
  const given = await judgedGrants(db, scope, ids, now);
  const made = accountId === null ? new Set<number>() : await listMade(db, ids, accountId);
  return new Set(
    ids.filter((id) => {
      const all = given.get(id) ?? [];
      const held = all.filter(({ isOver }) => !isOver);
      const judged = held.length > 0 ? held : all;
      return judged.length > 0 ? judged.every(({ isCovered }) => isCovered) : made.has(id);
    }),
  );
}

/**
 * Those accounts that have roles, all of them within a scope, and until when they had one beyond it (Unix milliseconds;
 * minus infinite: never). What they did until then is of another jurisdiction.
 */
export async function atHome(db: Db, scope: Scope, ids: number[], now: Date): Promise<Map<number, number>> {
  const home = new Map<number, number>();
  for (const [id, all] of await judgedGrants(db, scope, ids, now)) {
    const held = all.filter(({ isOver }) => !isOver);
    if (held.length === 0 || !held.every(({ isCovered }) => isCovered)) continue;
    home.set(id, Math.max(...all.filter(({ isCovered }) => !isCovered).map(({ end }) => end)));
  }
  return home;
}

interface JudgedGrant {
  /** When it ends or ended, Unix milliseconds; infinite: never by itself. */
  end: number;
  isOver: boolean;
  /** Whether all of its jurisdiction lies within the scope. */
  isCovered: boolean;
}

/** The grants of accounts, whenever they were or will be in force, but for those taken in an emergency. */
async function judgedGrants(
  db: Db,
  scope: Scope,
  accountIds: number[],
  now: Date,
): Promise<Map<number, JudgedGrant[]>> {
  const grants = (await listGrants(db, { accountIds })).filter(({ breakGlass }) => !breakGlass);
  const reaches = await findReaches(db, [...new Set(grants.map(({ jurisdiction }) => jurisdiction.id))]);
  const judged = new Map<number, JudgedGrant[]>(accountIds.map((id) => [id, []]));
  for (const { accountId, jurisdiction, validTo, revokedAt } of grants) {
    const end = Math.min(...[validTo, revokedAt].flatMap((time) => (time === null ? [] : Date.parse(time))));
    const reach = reaches.get(jurisdiction.id);
    const isCovered = reach !== undefined && covers(scope, reach);
    judged.get(accountId)?.push({ end, isOver: end <= now.getTime(), isCovered });
  }
  return judged;
}

/** Who makes a request that its scope lets administer. */
export function managerOf({ scope, principal }: FastifyRequest): Manager {
  return { scope, accountId: principal?.accountId ?? null };
}

/** Throws `forbidden` for an account that is not {@link manageable}, naming the field that named it, if one did. */
export async function requireManageable(
  db: Db,
  manager: Manager,
  id: number,
  now: Date,
  field?: string,
): Promise<void> {
  if ((await manageable(db, manager, [id], now)).has(id)) return;
  throw new RondaError(
    'forbidden',
    `${field ? `${field}: ` : ''}account ${id} has or had roles beyond where you administer, or was made by somebody else and has none yet; ask who administers there.`,
    field ? { details: [{ field, problem: 'is of an account that others look after' }] } : {},
  );
}
