import { expect, test } from 'vitest';
import { beginOf, endOf } from '../../../../client/admin/times.ts';

test('a day begins and ends at midnight of the zone', () => {
  expect(beginOf('2026-11-22', 'WIB')).toBe('2026-11-21T17:00:00.000Z');
  expect(endOf('2026-11-22', 'WIB')).toBe('2026-11-22T16:59:59.999Z');
  expect(endOf('2026-11-22', 'WITA')).toBe('2026-11-22T15:59:59.999Z');
  expect(endOf('2026-11-22', 'WIT')).toBe('2026-11-22T14:59:59.999Z');
  expect([beginOf('', 'WIB'), endOf('', 'WIB')]).toEqual([undefined, undefined]);
});
