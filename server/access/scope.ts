import type { Permission } from '../../shared/access/roles.ts';
import type { RowScope } from '../database/scoped.ts';
import { type ActiveGrant, grantsFor, type Principal } from './principal.ts';

/** Where a principal may do what a route asks for: the union of the jurisdictions of the grants that allow it. */
export interface Scope extends RowScope {
  /** The same for the same places: what is made for one scope may be given to another with its key. */
  readonly key: string;
  /** Those of the jurisdictions that have parts drawn as polygons: the others reach no thing but by its areas. */
  readonly drawn: readonly number[];
  /**
   * Codes of areas that lie wholly in what was drawn. Nothing is reached by them: they only say that what is told of such an
   * area as a whole tells of nothing that the scope does not reach.
   */
  readonly within: readonly string[];
}

export const EVERYTHING: Scope = { key: '*', everything: true, codes: [], jurisdictions: [], drawn: [], within: [] };
/** Of open routes, and of those that are about the asker alone. */
export const NOTHING: Scope = { key: '', everything: false, codes: [], jurisdictions: [], drawn: [], within: [] };

/** The scope of a principal for a permission; `undefined` when nothing grants it. */
export function scopeOf(principal: Principal, permission: Permission, now: number): Scope | undefined {
  if (principal.kind === 'token') return EVERYTHING;
  const grants = grantsFor(principal, permission, now);
  if (grants.length === 0) return undefined;
  if (grants.some(({ jurisdiction }) => jurisdiction.everything)) return EVERYTHING;
  const codes = widest(grants.flatMap(({ jurisdiction }) => jurisdiction.codes));
  const jurisdictions = idsOf(grants);
  const drawn = idsOf(grants.filter(({ jurisdiction }) => jurisdiction.hasPolygons));
  const within = widest(grants.flatMap((grant) => grant.jurisdiction.within));
  const key = [jurisdictions, codes, ...(within.length > 0 ? [within] : [])].map((part) => part.join()).join('|');
  return { key, everything: false, codes, jurisdictions, drawn, within };
}

/** The areas that a scope reaches as wholes: by their codes, and those that lie wholly in what was drawn. */
export function wholeAreas({ everything, codes, within }: Scope): RowScope {
  return { everything, codes: [...codes, ...within], jurisdictions: [] };
}

function idsOf(grants: readonly ActiveGrant[]): number[] {
  return [...new Set(grants.map(({ jurisdiction }) => jurisdiction.id))].sort((a, b) => a - b);
}

/** Whether an area is in a scope: it or one that contains it, compared at the dots, so that 1 does not contain 11. */
export function containsCode(scope: RowScope, code: string): boolean {
  return scope.everything || scope.codes.some((outer) => code === outer || code.startsWith(`${outer}.`));
}

/** The codes without those that another one contains, in order. */
function widest(codes: readonly string[]): string[] {
  const sorted = [...new Set(codes)].sort();
  return sorted.filter((code) => !sorted.some((outer) => code.startsWith(`${outer}.`)));
}
