import { expect, test } from 'vitest';
import { offeredHolders } from '../../../../client/admin/holders.ts';

const accounts = [
  { id: 1, displayName: 'Sari' },
  { id: 2, displayName: 'Budi' },
];

test('a new device is offered to everybody, an enrolled one to its holder alone', () => {
  expect(offeredHolders(accounts, undefined)).toEqual(accounts);
  expect(offeredHolders(accounts, { accountId: 2, enrolledAt: null })).toEqual(accounts);
  expect(offeredHolders(accounts, { accountId: 2, enrolledAt: '2026-11-22T00:00:00Z' })).toEqual([accounts[1]]);
  expect(offeredHolders(accounts, { accountId: null, enrolledAt: '2026-11-22T00:00:00Z' })).toEqual([]);
});

test('a holder who is not known here is not taken for none', () => {
  expect(offeredHolders(accounts, { accountId: 9, enrolledAt: '2026-11-22T00:00:00Z' })).toEqual([{ id: 9 }]);
  expect(offeredHolders(accounts, { accountId: 9, enrolledAt: null })).toEqual([{ id: 9 }, ...accounts]);
});

test('who may see no positions is not offered himself, and stays the holder where he is it already', () => {
  expect(offeredHolders(accounts, undefined, 2)).toEqual([accounts[0]]);
  expect(offeredHolders(accounts, { accountId: null, enrolledAt: null }, 2)).toEqual([accounts[0]]);
  expect(offeredHolders(accounts, { accountId: 2, enrolledAt: '2026-11-22T00:00:00Z' }, 2)).toEqual([accounts[1]]);
});
