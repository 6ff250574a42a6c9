import { expect, test } from 'vitest';
import { dayStart, isQuietHourPast, lastWholeDay } from '../../../../server/warnings/weeks.ts';

/** Just before and at midnight of 22 November in each zone. */
test.each([
  ['WIB', '2026-11-21T17:00:00Z'],
  ['WITA', '2026-11-21T16:00:00Z'],
  ['WIT', '2026-11-21T15:00:00Z'],
] as const)('a day of %s begins, ends and is whole by its own clock', (zone, text) => {
  const midnight = Date.parse(text);
  expect([dayStart(midnight - 1, zone), lastWholeDay(midnight - 1, zone)]).toEqual([
    midnight - 86_400_000,
    '2026-11-20',
  ]);
  expect([dayStart(midnight, zone), lastWholeDay(midnight, zone)]).toEqual([midnight, '2026-11-21']);
  const three = midnight + 3 * 3_600_000;
  expect([isQuietHourPast(three - 1, zone), isQuietHourPast(three, zone)]).toEqual([false, true]);
});
