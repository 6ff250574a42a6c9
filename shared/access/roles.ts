import { type Static, Type } from 'typebox';

/** What a request may need. A route declares one of these, or that it is open. */
export const PERMISSIONS = [
  'unit.read',
  'unit.write',
  'position.read',
  'position.write',
  'incident.read',
  'incident.write',
  'place.read',
  'live.read',
  'quarantine.read',
  'export',
  'analysis.write',
  'plan.read',
  'plan.write',
  'access.manage',
  'device.manage',
  'audit.read',
  'break-glass.use',
  'break-glass.read',
  'metrics.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Roles that a grant can give, the narrowest first. */
export const ROLES = ['viewer', 'operator', 'dispatcher', 'planner', 'analyst', 'commander', 'administrator'] as const;
export type Role = (typeof ROLES)[number];
export const RoleSchema = Type.Enum(ROLES);
export type RoleSchema = Static<typeof RoleSchema>;

const SEES: readonly Permission[] = ['unit.read', 'position.read', 'incident.read', 'place.read', 'live.read'];
const REPORTS: readonly Permission[] = [...SEES, 'plan.read', 'incident.write', 'quarantine.read', 'break-glass.use'];

/**
 * What each role may do within its jurisdiction. An administrator looks after people, devices and the server; to
 * administer is not to read what is happening, so that role sees no incident and no position.
 */
const ALLOWED: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(SEES),
  operator: new Set(REPORTS),
  dispatcher: new Set([...REPORTS, 'unit.write']),
  planner: new Set([...SEES, 'plan.read', 'plan.write', 'unit.write', 'export', 'analysis.write']),
  analyst: new Set([...SEES, 'plan.read', 'export', 'analysis.write']),
  commander: new Set([
    ...REPORTS,
    'plan.write',
    'unit.write',
    'export',
    'analysis.write',
    'audit.read',
    'break-glass.read',
  ]),
  administrator: new Set(['access.manage', 'device.manage', 'unit.write', 'audit.read', 'metrics.read']),
};

/** Whether a role may do it, within its jurisdiction. */
export function roleAllows(role: Role, permission: Permission): boolean {
  return ALLOWED[role].has(permission);
}
