import { expect, test } from 'vitest';
import { dayIn, ZONES, zoneOf } from '../../../../shared/geo/zone.ts';

test('a moment falls into another day in each zone as its midnight passes', () => {
  const days = (text: string) => ZONES.map((zone) => dayIn(zone, Date.parse(text)));
  expect(days('2026-12-31T14:59:59.999Z')).toEqual(['2026-12-31', '2026-12-31', '2026-12-31']);
  expect(days('2026-12-31T15:00:00.000Z')).toEqual(['2026-12-31', '2026-12-31', '2027-01-01']);
  expect(days('2026-12-31T16:00:00.000Z')).toEqual(['2026-12-31', '2027-01-01', '2027-01-01']);
  expect(days('2026-12-31T17:00:00.000Z')).toEqual(['2027-01-01', '2027-01-01', '2027-01-01']);
});

/** Kemendagri's codes of provinces, by the zones of Keputusan Presiden 41/1987 and the provinces made since. */
test.each([
  ['WIB', ['11', '21', '36', '61', '62.71.01']],
  ['WITA', ['51', '52.71', '53', '63', '64', '65', '71', '76']],
  ['WIT', ['81', '82', '91', '96']],
] as const)('the areas of %s are known by their codes', (zone, codes) => {
  for (const code of codes) expect([code, zoneOf(code)]).toEqual([code, zone]);
});

test('an area that no register knows is placed by its longitude, degrees east', () => {
  expect([106.8, 116.1, 140.7].map((lon) => zoneOf('98.01', lon))).toEqual(['WIB', 'WITA', 'WIT']);
  expect(zoneOf('98.01')).toBe('WIB');
});
