import { expect, test } from 'vitest';
import { openBreakGlass } from '../../../../client/access/open-break-glass.ts';
import type { Grant } from '../../../../shared/schemas/access.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

const grant = (id: number, fields: Partial<Grant> = {}): Grant => ({
  id,
  role: 'viewer',
  jurisdiction: { id: 1, name: 'Kota Barat' },
  validTo: at(30),
  breakGlass: true,
  accountId: 7,
  displayName: 'Siti',
  validFrom: at(-1),
  reason: 'Gempa di perbatasan',
  grantedBy: 'siti',
  grantedAt: at(-1),
  revokedAt: null,
  ...fields,
});

test('a commander is told of what is open and what others took, until it ends', () => {
  const grants = [grant(1), grant(2, { validTo: at(0) }), grant(3, { revokedAt: at(-1) }), grant(4, { accountId: 9 })];
  const told = (own: number | undefined, now: number) => openBreakGlass(grants, own, now).map(({ id }) => id);
  expect(told(9, NOW)).toEqual([1]);
  expect(told(undefined, NOW)).toEqual([1, 4]);
  expect(told(9, NOW - 1)).toEqual([1, 2]);
  expect(told(9, NOW + 30 * 60_000)).toEqual([]);
});
