import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, lengthOf } from '../../../../shared/calendar/days.ts';
import { fastingMonth, fastingMonthsWithin, hijriDay, tabularDay } from '../../../../shared/calendar/hijri.ts';

const ANNOUNCED = [1440, 1443, 1444, 1445, 1446, 1447];
const YEARS = Array.from({ length: 61 }, (_, i) => 1420 + i);

/** Days of the years that deployments look at. */
const day = fc.integer({ min: 0, max: daysBetween('2000-01-01', '2050-12-31') }).map((n) => addDays('2000-01-01', n));

test('the tabular calendar is the one that the system calls islamic-civil', () => {
  const civil = new Intl.DateTimeFormat('en-u-ca-islamic-civil-nu-latn', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  fc.assert(
    fc.property(day, (iso) => {
      const parts = Object.fromEntries(civil.formatToParts(Date.parse(iso)).map(({ type, value }) => [type, value]));
      expect(tabularDay(iso)).toEqual({ year: Number(parts.year), month: Number(parts.month), day: Number(parts.day) });
    }),
    { numRuns: 500 },
  );
});

describe('Ramadan and Lebaran', () => {
  test.each([
    [1440, '2019-05-06', '2019-06-05'],
    [1445, '2024-03-12', '2024-04-10'],
    [1446, '2025-03-01', '2025-03-31'],
    [1447, '2026-02-19', '2026-03-21'],
  ])('of %d as announced: %s, %s', (year, ramadan, lebaran) => {
    const month = fastingMonth(year);
    expect(month).toMatchObject({ basis: 'isbat', error: 0 });
    expect(month.ramadan).toEqual({ startsOn: ramadan, endsOn: addDays(lebaran, -1) });
    expect(month.lebaran.startsOn).toBe(lebaran);
    expect(month.sources).not.toEqual([]);
  });

  test('of other years are calculated by Umm al-Qura, and say that they may be a day off', () => {
    expect(fastingMonth(1448)).toEqual({
      year: 1448,
      ramadan: { startsOn: '2027-02-08', endsOn: '2027-03-08' },
      lebaran: { startsOn: '2027-03-09', endsOn: '2027-03-15' },
      basis: 'umm-al-qura',
      error: 1,
      sources: [],
    });
  });

  test('are 29 or 30 days long in every year', () => {
    for (const year of YEARS) expect([29, 30], String(year)).toContain(lengthOf(fastingMonth(year).ramadan));
  });

  test('what was announced is never more than a day from either calculation', () => {
    const ummAlQura = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
      timeZone: 'UTC',
      month: 'numeric',
    });
    for (const year of ANNOUNCED) {
      const { ramadan, lebaran } = fastingMonth(year);
      for (const [month, first] of [
        [9, ramadan.startsOn],
        [10, lebaran.startsOn],
      ] as const) {
        const near = [-1, 0, 1].map((off) => addDays(first, off));
        const begins = (monthOf: (iso: string) => number) =>
          near.some((iso) => monthOf(iso) === month && monthOf(addDays(iso, -1)) === month - 1);
        expect(
          begins((iso) => Number(ummAlQura.format(Date.parse(iso)))),
          `${year}/${month}`,
        ).toBe(true);
        expect(
          begins((iso) => tabularDay(iso).month),
          `${year}/${month}`,
        ).toBe(true);
      }
    }
  });

  test('are found in any span that they touch, with the day they may be off', () => {
    const years = (startsOn: string, endsOn: string) =>
      fastingMonthsWithin({ startsOn, endsOn }).map(({ year }) => year);
    expect(years('2024-02-11', '2024-03-11')).toEqual([]);
    expect(years('2024-02-11', '2024-03-12')).toEqual([1445]);
    expect(years('2024-04-16', '2024-04-20')).toEqual([1445]);
    expect(years('2024-04-17', '2024-04-20')).toEqual([]);
    expect(years('2024-01-01', '2026-12-31')).toEqual([1445, 1446, 1447]);
    // Two Ramadans begin in the Gregorian year 2030.
    expect(years('2030-01-01', '2030-12-31')).toEqual([1451, 1452]);
    expect(years('2027-02-01', '2027-02-06')).toEqual([]);
    expect(years('2027-02-01', '2027-02-07')).toEqual([1448]);
  });
});

describe('the Hijri date of a day', () => {
  test.each([
    ['2024-02-14', 1445, 8, 4],
    ['2024-03-11', 1445, 8, 30],
    ['2024-03-12', 1445, 9, 1],
    ['2024-04-09', 1445, 9, 29],
    ['2024-04-10', 1445, 10, 1],
    ['2025-03-30', 1446, 9, 30],
    ['2025-03-31', 1446, 10, 1],
    ['2024-11-27', 1446, 5, 25],
    ['2027-02-08', 1448, 9, 1],
  ])('%s', (iso, year, month, dayOfMonth) => {
    expect(hijriDay(iso)).toEqual({ year, month, day: dayOfMonth });
  });

  test('goes on day by day: the next one, or the first of the next month after 29 or 30 (after Syawal, maybe the second)', () => {
    fc.assert(
      fc.property(day, (iso) => {
        const today = hijriDay(iso);
        const tomorrow = hijriDay(addDays(iso, 1));
        if (tomorrow.month === today.month) expect(tomorrow).toEqual({ ...today, day: today.day + 1 });
        else {
          expect([29, 30]).toContain(today.day);
          expect(tomorrow.month).toBe((today.month % 12) + 1);
          expect(tomorrow.day).toBeLessThanOrEqual(today.month === 10 ? 2 : 1);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('what is no date is named', () => {
    expect(() => hijriDay('2024-02-30')).toThrow('2024-02-30 is not a date');
    expect(() => hijriDay('14-02-2024')).toThrow('14-02-2024 is not a date');
  });
});
