import { PERMISSIONS, type Permission, type Role, roleAllows } from '../../shared/access/roles.ts';
import { TOKEN } from './actors.ts';

/** A role within a jurisdiction, in force. */
export interface ActiveGrant {
  readonly id: number;
  readonly role: Role;
  readonly jurisdiction: {
    readonly id: number;
    readonly name: string;
    /** The whole country, and what lies in no area at all. */
    readonly everything: boolean;
    /** Codes of the areas that are parts of it today. */
    readonly codes: readonly string[];
    /** Whether parts of it, today's or others, are drawn as polygons. */
    readonly hasPolygons: boolean;
    /** Codes of the areas that lie wholly in what is drawn of it today. */
    readonly within: readonly string[];
  };
  readonly breakGlass: boolean;
  /** When it ends by itself, Unix milliseconds; `null`: open. */
  readonly validTo: number | null;
}

/** The session a principal came by, times in Unix milliseconds. */
export interface ActiveSession {
  readonly idHash: string;
  readonly kind: 'browser' | 'wall';
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly steppedUpAt: number | null;
}

/** Who makes a request: a person with a session, or whoever holds `ADMIN_TOKEN`. */
export interface Principal {
  readonly kind: 'account' | 'token';
  readonly accountId: number | null;
  /** The name that stands in histories and in the audit log. */
  readonly name: string;
  readonly grants: readonly ActiveGrant[];
  readonly session: ActiveSession | null;
}

/** Whoever holds `ADMIN_TOKEN`: scripts, checks and benchmarks, which may do everything everywhere. */
export const TOKEN_PRINCIPAL: Principal = {
  kind: 'token',
  accountId: null,
  name: TOKEN,
  grants: [],
  session: null,
};

/** The grants by which a principal may do it; those of a token are not counted, see {@link permits}. */
export function grantsFor(principal: Principal, permission: Permission, now: number): ActiveGrant[] {
  return principal.grants.filter(
    ({ role, validTo }) => (validTo === null || validTo > now) && roleAllows(role, permission),
  );
}

/** Whether a principal may do it anywhere at all. */
export function permits(principal: Principal, permission: Permission, now: number): boolean {
  return principal.kind === 'token' || grantsFor(principal, permission, now).length > 0;
}

/** Everything a principal may do somewhere. */
export function permissionsOf(principal: Principal, now: number): Permission[] {
  return PERMISSIONS.filter((permission) => permits(principal, permission, now));
}
