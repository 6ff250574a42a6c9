import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, daysShared, laterOf, lengthOf, moved } from '../../../../shared/calendar/days.ts';

const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
const iso = day.map((date) => date.toISOString().slice(0, 10));
const span = fc.tuple(iso, fc.nat(400)).map(([startsOn, days]) => ({ startsOn, endsOn: addDays(startsOn, days) }));

test.each([
  ['2024-02-28', 1, '2024-02-29'],
  ['2023-02-28', 1, '2023-03-01'],
  ['2026-01-01', -1, '2025-12-31'],
  ['2024-02-29', 365, '2025-02-28'],
  ['2026-11-22', 0, '2026-11-22'],
])('%s and %i days are %s', (from, days, to) => {
  expect(addDays(from, days)).toBe(to);
});

test('days between dates are those that were added', () => {
  fc.assert(
    fc.property(iso, fc.integer({ min: -800, max: 800 }), (from, days) => {
      expect(daysBetween(from, addDays(from, days))).toBe(days);
    }),
  );
});

describe('spans', () => {
  test('both ends belong to a span, and it keeps its length where it is moved', () => {
    expect(lengthOf({ startsOn: '2024-02-14', endsOn: '2024-02-14' })).toBe(1);
    fc.assert(
      fc.property(span, fc.integer({ min: -800, max: 800 }), (one, days) => {
        expect(lengthOf(moved(one, days))).toBe(lengthOf(one));
        expect(daysBetween(one.startsOn, moved(one, days).startsOn)).toBe(days);
      }),
    );
  });

  test.each([
    ['2026-01-01', '2026-01-31', '2026-01-31', '2026-02-28', 1],
    ['2026-01-01', '2026-01-31', '2026-02-01', '2026-02-28', 0],
    ['2026-01-01', '2026-12-31', '2026-03-01', '2026-03-10', 10],
    ['2026-03-01', '2026-03-10', '2026-01-01', '2026-03-05', 5],
  ])('%s to %s and %s to %s share %5$i days', (startsOn, endsOn, otherStart, otherEnd, shared) => {
    const [one, other] = [
      { startsOn, endsOn },
      { startsOn: otherStart, endsOn: otherEnd },
    ];
    expect([daysShared(one, other), daysShared(other, one)]).toEqual([shared, shared]);
  });

  test('the days that two spans share are those that lie in both', () => {
    fc.assert(
      fc.property(span, fc.integer({ min: -400, max: 400 }), fc.nat(400), (one, apart, days) => {
        const startsOn = addDays(one.startsOn, apart);
        const other = { startsOn, endsOn: addDays(startsOn, days) };
        let both = 0;
        for (let at = one.startsOn; at <= one.endsOn; at = addDays(at, 1))
          if (at >= other.startsOn && at <= other.endsOn) both++;
        expect(daysShared(one, other)).toBe(both);
      }),
      { numRuns: 40 },
    );
  });

  test('of two dates the later one', () => {
    expect([laterOf('2026-01-31', '2026-02-01'), laterOf('2026-02-01', '2026-01-31')]).toEqual([
      '2026-02-01',
      '2026-02-01',
    ]);
  });
});

test.each(['2026-02-30', '2026-2-3', '20260203', '2026-02-03T00:00:00Z', '', '0'])('%j is no date', (text) => {
  expect(() => addDays(text, 1)).toThrow(RangeError);
  expect(() => daysBetween('2026-01-01', text)).toThrow(RangeError);
});
