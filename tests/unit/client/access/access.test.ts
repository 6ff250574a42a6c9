import { beforeEach, expect, test, vi } from 'vitest';
import { keyOf, putOut, takeMe, useAccess } from '../../../../client/access/access.ts';
import type { OwnGrant, SignedIn, SignedOut } from '../../../../shared/schemas/access.ts';

const grant = (id: number, role: OwnGrant['role'], place: number): OwnGrant => ({
  id,
  role,
  jurisdiction: { id: place, name: `Wilayah ${place}` },
  validTo: null,
  breakGlass: false,
});
const person = (part: Partial<SignedIn> = {}, id = 7): SignedIn => ({
  signedIn: true,
  account: { id, username: `u${id}`, displayName: 'Budi', hasPassword: true, hasTotp: false, passkeys: [] },
  grants: [grant(1, 'operator', 2)],
  permissions: ['incident.read', 'incident.write'],
  session: null,
  ...part,
});
const NOBODY: SignedOut = { signedIn: false, setup: false, oidc: null };
const reload = vi.fn();

beforeEach(() => {
  reload.mockClear();
  vi.stubGlobal('location', { reload });
  useAccess.setState(useAccess.getInitialState());
});

test('who was never let in is asked to sign in; nothing was lost', () => {
  takeMe(NOBODY);
  expect(useAccess.getState()).toMatchObject({ door: 'closed', lost: false, me: undefined, offer: NOBODY });
});

test('who is put out is remembered, and finds the page open again', () => {
  takeMe(person());
  takeMe(NOBODY);
  expect(useAccess.getState()).toMatchObject({ door: 'closed', lost: true, me: person() });
  takeMe(NOBODY);
  expect(useAccess.getState().lost).toBe(true);
  takeMe(person());
  expect(useAccess.getState()).toMatchObject({ door: 'open', lost: false, changed: undefined });
  expect(reload).not.toHaveBeenCalled();
});

test('a session that the live stream calls over closes the door at once, also when nobody answers why', async () => {
  takeMe(person());
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  putOut();
  expect(useAccess.getState()).toMatchObject({ door: 'closed', lost: true });
  await vi.waitFor(() => expect(useAccess.getState().door).toBe('closed'));
  vi.stubGlobal('fetch', async () => Response.json(person()));
  putOut();
  await vi.waitFor(() => expect(useAccess.getState()).toMatchObject({ door: 'open', lost: false }));
});

test('somebody else gets a page of their own', () => {
  takeMe(person());
  takeMe(NOBODY);
  takeMe(person({}, 8));
  expect(reload).toHaveBeenCalledOnce();
  expect(useAccess.getState().me).toEqual(person());
});

test.each([
  ['another grant beside the old one', { grants: [grant(1, 'operator', 2), grant(2, 'viewer', 3)] }, 'more'],
  ['one instead of another', { grants: [grant(2, 'operator', 3)] }, 'less'],
  ['a permission fewer', { permissions: ['incident.read'] }, 'less'],
  ['none at all', { grants: [], permissions: [] }, 'less'],
  ['the same in another order', { permissions: ['incident.write', 'incident.read'] }, undefined],
] as const)('%s is %s', (_, part, changed) => {
  takeMe(person());
  takeMe(person({ ...part, ...('permissions' in part ? { permissions: [...part.permissions] } : {}) } as SignedIn));
  expect(useAccess.getState().changed).toBe(changed);
});

test('the key of what is shown does not depend on when a session ends', () => {
  const session = { kind: 'browser' as const, expiresAt: '2026-11-22T12:00:00Z', steppedUpUntil: null };
  expect(keyOf(person({ session }))).toBe(keyOf(person()));
});
