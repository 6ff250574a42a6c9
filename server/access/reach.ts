import { RondaError } from '../../shared/errors.ts';
import type { Grant } from '../../shared/schemas/access.ts';
import type { Db } from '../database/connection.ts';
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

/**
 * Those accounts whose grants all lie where whoever asks administers: who looks after one city neither resets the
 * password of the province's commander nor disables him. What somebody took in an emergency does not count: nobody
 * slips away from those who look after him by taking it.
 */
export async function manageable(db: Db, scope: Scope, grants: Map<number, Grant[]>): Promise<Set<number>> {
  if (scope.everything) return new Set(grants.keys());
  const ids = [...new Set([...grants.values()].flat().map((grant) => grant.jurisdiction.id))];
  const reaches = await findReaches(db, ids);
  const isCovered = ({ jurisdiction, breakGlass }: Grant) => {
    if (breakGlass) return true;
    const reach = reaches.get(jurisdiction.id);
    return reach !== undefined && covers(scope, reach);
  };
  return new Set([...grants].filter(([, held]) => held.every(isCovered)).map(([id]) => id));
}
