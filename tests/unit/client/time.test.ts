import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { age, ago, clock, exactTime, fromLocalInput, relativeTime, toLocalInput } from '../../../client/time.ts';
import { zoneOf } from '../../../shared/geo/zone.ts';

const NOW = Date.parse('2026-11-22T06:05:09Z');
const MINUTE = 60_000;

describe('the zone of an area', () => {
  test.each([
    ['11.01', 'WIB'],
    ['31.71.01.1001.RW004', 'WIB'],
    ['62', 'WIB'],
    ['52.71', 'WITA'],
    ['51', 'WITA'],
    ['64.72', 'WITA'],
    ['76', 'WITA'],
    ['81', 'WIT'],
    ['91.71', 'WIT'],
    ['96', 'WIT'],
  ])('%s lies in %s', (code, zone) => expect(zoneOf(code)).toBe(zone));

  test('a code of no register goes by longitude, and by WIB when that is unknown too', () => {
    expect(zoneOf('98.71', 106)).toBe('WIB');
    expect(zoneOf('98.71', 118)).toBe('WITA');
    expect(zoneOf('98.71', 140)).toBe('WIT');
    expect(zoneOf('')).toBe('WIB');
  });
});

describe('times in words', () => {
  test('under an hour they are relative, then by the clock of the zone, then with their day', () => {
    expect(relativeTime(NOW - 4 * MINUTE, NOW, 'WITA', 'id')).toBe('4 mnt lalu');
    expect(relativeTime(NOW - 20_000, NOW, 'WITA', 'id')).toBe('baru saja');
    expect(relativeTime(NOW - 90 * MINUTE, NOW, 'WITA', 'id')).toBe('12.35 WITA');
    expect(relativeTime(NOW - 90 * MINUTE, NOW, 'WIT', 'en')).toBe('13:35 WIT');
    expect(relativeTime(NOW - 26 * 60 * MINUTE, NOW, 'WIB', 'id')).toBe('21 Nov 11.05 WIB');
  });

  test('exact times say all, in 24 hours', () => {
    expect(exactTime(NOW, 'WITA', 'id')).toBe('Min, 22 Nov 2026 14.05.09 WITA');
    expect(clock(Date.parse('2026-11-22T16:00:00Z'), 'WITA', 'id')).toBe('00.00');
  });

  test('ages', () => {
    expect(age(NOW - 8_000, NOW, 'id')).toBe('8 dtk');
    expect(age(NOW - 59 * MINUTE, NOW, 'en')).toBe('59 min');
    expect(age(NOW - 50 * 60 * MINUTE, NOW, 'id')).toBe('2 hari');
    expect(age(NOW + 5_000, NOW, 'id')).toBe('0 dtk');
    expect(ago(NOW, NOW, 'id')).toBe('0 dtk lalu');
    expect(ago(NOW - 3 * MINUTE, NOW, 'en')).toBe('3 min ago');
  });
});

test('a time typed in a zone is the same time when shown again', () => {
  const minutes = fc.integer({ min: 0, max: 66_000_000 }).map((minute) => minute * MINUTE);
  fc.assert(
    fc.property(minutes, fc.constantFrom('WIB' as const, 'WITA' as const, 'WIT' as const), (ms, zone) => {
      expect(fromLocalInput(toLocalInput(ms, zone), zone)).toBe(ms);
    }),
  );
  expect(fromLocalInput('', 'WIB')).toBeUndefined();
});
