import { expect, test } from 'vitest';
import { ROLES, roleAllows } from '../../../../shared/access/roles.ts';

test.each(ROLES)(
  '%s: what the live stream carries is read together or not at all, so that its cursors hold',
  (role) => {
    const allowed = (['live.read', 'unit.read', 'position.read', 'incident.read'] as const).map((permission) =>
      roleAllows(role, permission),
    );
    expect(new Set(allowed).size).toBe(1);
  },
);
