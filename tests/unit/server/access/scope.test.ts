import { expect, test } from 'vitest';
import { type ActiveGrant, type Principal, TOKEN_PRINCIPAL } from '../../../../server/access/principal.ts';
import { containsCode, EVERYTHING, scopeOf, wholeAreas } from '../../../../server/access/scope.ts';

const NOW = Date.parse('2026-11-22T04:00:00Z');

function grant(id: number, codes: string[], fields: Partial<ActiveGrant> = {}): ActiveGrant {
  const jurisdiction = { id, name: `J${id}`, everything: false, codes, hasPolygons: false, within: [] };
  return { id, role: 'viewer', jurisdiction, breakGlass: false, validTo: null, ...fields };
}

const holder = (...grants: ActiveGrant[]): Principal => ({
  kind: 'account',
  accountId: 1,
  name: 'ani',
  grants,
  session: null,
});

test('areas are compared at the dots, downwards only', () => {
  const scope = { everything: false, codes: ['52.71', '53.0'], jurisdictions: [] };
  expect(['52.71', '52.71.01', '52.71.01.1001.RW001'].every((code) => containsCode(scope, code))).toBe(true);
  expect(['52', '52.7', '52.711', '52.72', '53.01', ''].some((code) => containsCode(scope, code))).toBe(false);
  expect(containsCode(EVERYTHING, '')).toBe(true);
});

test('the scope is the union of the grants that allow it, without what another one contains', () => {
  const principal = holder(
    grant(3, ['52.71.01', '52.08']),
    grant(1, ['52.71', '52.711']),
    grant(2, ['53'], { role: 'administrator' }),
  );
  expect(scopeOf(principal, 'incident.read', NOW)).toEqual({
    key: '1,3|52.08,52.71,52.711',
    everything: false,
    codes: ['52.08', '52.71', '52.711'],
    jurisdictions: [1, 3],
    drawn: [],
    within: [],
  });
  expect(scopeOf(principal, 'access.manage', NOW)?.codes).toEqual(['53']);
  expect(scopeOf(principal, 'export', NOW)).toBeUndefined();
});

test('a grant counts until its last moment, not at it', () => {
  const principal = holder(grant(1, ['52.71'], { validTo: NOW }));
  expect(scopeOf(principal, 'incident.read', NOW - 1)?.codes).toEqual(['52.71']);
  expect(scopeOf(principal, 'incident.read', NOW)).toBeUndefined();
});

test('areas within what is drawn are reached as wholes alone, and another scope has another key', () => {
  const drawn = grant(2, []);
  const scopes = [['52.71.01', '52.71.01.1001', '52.72'], ['52.71.01']].map((within) => {
    const polygons = { ...drawn, jurisdiction: { ...drawn.jurisdiction, hasPolygons: true, within } };
    return scopeOf(holder(grant(1, ['53']), polygons), 'live.read', NOW);
  });
  const [scope] = scopes;
  if (!scope) expect.unreachable();
  expect(scope.within).toEqual(['52.71.01', '52.72']);
  expect(containsCode(scope, '52.72')).toBe(false);
  expect(['52.72', '52.71.01.1001', '53.01', '52.71'].map((code) => containsCode(wholeAreas(scope), code))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(scopes[1]?.key).not.toBe(scope.key);
});

test('what is drawn is told apart; everything swallows all else; a token reaches everywhere', () => {
  const drawn = grant(2, []);
  const polygons = { ...drawn, jurisdiction: { ...drawn.jurisdiction, hasPolygons: true } };
  expect(scopeOf(holder(grant(1, ['52']), polygons), 'live.read', NOW)).toMatchObject({
    jurisdictions: [1, 2],
    drawn: [2],
  });
  const whole = { ...drawn, jurisdiction: { ...drawn.jurisdiction, everything: true } };
  expect(scopeOf(holder(grant(1, ['52']), whole), 'live.read', NOW)).toBe(EVERYTHING);
  expect(scopeOf(TOKEN_PRINCIPAL, 'access.manage', NOW)).toBe(EVERYTHING);
});
