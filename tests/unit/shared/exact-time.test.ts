import { expect, test } from 'vitest';
import { isExactTime } from '../../../shared/exact-time.ts';

test.each([
  ['2026-11-22T03:04:05.678901Z', true],
  ['2024-02-29T23:59:59.999999Z', true],
  ['2026-02-29T00:00:00.000000Z', false],
  ['2026-04-31T00:00:00.000000Z', false],
  ['2026-13-01T00:00:00.000000Z', false],
  ['2026-01-01T24:00:00.000000Z', false],
  ['2026-06-30T23:59:60.000000Z', false],
  ['0000-01-01T00:00:00.000000Z', false],
  ['2026-01-01T00:00:00.000Z', false],
  ['2026-01-01T00:00:00.000000', false],
  ['', false],
])('%s is the exact time of a day that is: %s', (text, isOne) => {
  expect(isExactTime(text)).toBe(isOne);
});
