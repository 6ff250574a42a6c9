import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { momentOf, readTime, readZone } from '../../../../data/importers/incidents/times.ts';

const wall = (text: string, clock = '', order: 'dmy' | 'mdy' = 'dmy') => {
  const read = readTime(text, clock, order);
  if (typeof read === 'string') return read;
  const shown = new Date(read.wallMs).toISOString().slice(0, 19);
  return read.precision === 'day'
    ? shown.slice(0, 10)
    : `${shown}${read.offsetMs === undefined ? '' : ` ${read.offsetMs / 60_000}`}`;
};

describe('times as registers write them', () => {
  test.each([
    ['2024-02-14', '2024-02-14'],
    ['2024/2/4', '2024-02-04'],
    ['20240214', '2024-02-14'],
    ['14-02-2024', '2024-02-14'],
    ['4/2/2024', '2024-02-04'],
    ['14.02.2024', '2024-02-14'],
    ['14 Februari 2024', '2024-02-14'],
    ['Rabu, 14 Agustus 2024', '2024-08-14'],
    ["Jum'at, 3 Mei 2024 21.05 WITA", '2024-05-03T21:05:00 480'],
    ['14 Dec 2024', '2024-12-14'],
    ['14-Okt-2024 09.30', '2024-10-14T09:30:00'],
    ['2024-02-14T09:30:00+07:00', '2024-02-14T09:30:00 420'],
    ['2024-02-14T09:30:15.123Z', '2024-02-14T09:30:15 0'],
    ['2024-02-14 09:30', '2024-02-14T09:30:00'],
    ['14/02/2024 9:30 PM', '2024-02-14T21:30:00'],
    ['14/02/2024 12:05 AM', '2024-02-14T00:05:00'],
    ['1707877800', '2024-02-14T02:30:00 0'],
    ['1707877800000', '2024-02-14T02:30:00 0'],
  ])('%s', (text, shown) => expect(wall(text)).toBe(shown));

  test('a time of day in a column of its own counts where the day has none, or midnight', () => {
    expect(wall('14-02-2024', '21.30')).toBe('2024-02-14T21:30:00');
    expect(wall('2024-02-14 00:00:00', '0930')).toBe('2024-02-14T09:30:00');
    expect(wall('2024-02-14 08:00', '21:30')).toBe('2024-02-14T08:00:00');
    expect(wall('14-02-2024', 'pagi')).toMatch(/time of day "pagi" is none/);
  });

  test('months first are read when it is said, and asked about when a month cannot be', () => {
    expect(wall('02/14/2024', '', 'mdy')).toBe('2024-02-14');
    expect(wall('02/03/2024', '', 'mdy')).toBe('2024-02-03');
    expect(wall('02/14/2024')).toMatch(/no month 14; .* give --dates mdy/);
    expect(wall('14/02/2024', '', 'mdy')).toMatch(/give --dates dmy/);
  });

  test.each([
    '',
    'kemarin',
    '14/02/24',
    '2024-02-30',
    '31/04/2024',
    '2024-13-01',
    '14 Foo 2024',
    '45336.39',
    '0024-02-14',
    '2024-02-14 24:00',
    '2024-02-14 9:75',
    '2024-02-14 13:00 PM',
    '20240',
    '2024-02-14x',
  ])(
    // biome-ignore format: one list
    '%j is refused with what to write',
    (text) => expect(wall(text)).toMatch(/use 2024-02-14 09:30/),
  );

  test('any text gives a time or a reason', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, clock) => {
        const read = readTime(text, clock, 'dmy');
        if (typeof read !== 'string') expect(Number.isFinite(read.wallMs)).toBe(true);
      }),
    );
  });
});

describe('zones', () => {
  const moment = (text: string, zone: string) => {
    const read = readTime(text, '', 'dmy');
    return typeof read === 'string' ? read : new Date(momentOf(read, zone)).toISOString();
  };

  test('a clock without an offset is one of its zone; with one, of that', () => {
    expect(moment('14-02-2024 09:30', 'Asia/Jakarta')).toBe('2024-02-14T02:30:00.000Z');
    expect(moment('14-02-2024 09:30', 'Asia/Jayapura')).toBe('2024-02-14T00:30:00.000Z');
    expect(moment('14-02-2024 09:30 WIT', 'Asia/Jakarta')).toBe('2024-02-14T00:30:00.000Z');
  });

  test('where clocks are put forward and back', () => {
    expect(moment('2024-07-01 12:00', 'America/New_York')).toBe('2024-07-01T16:00:00.000Z');
    expect(moment('2024-03-10 02:30', 'America/New_York')).toBe('2024-03-10T07:30:00.000Z');
    expect(moment('2024-11-03 01:30', 'America/New_York')).toBe('2024-11-03T05:30:00.000Z');
    expect(moment('2024-11-03 02:30', 'America/New_York')).toBe('2024-11-03T07:30:00.000Z');
  });

  test('the clock shows again what was read', () => {
    const zones = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', 'Asia/Kathmandu', 'Europe/Lisbon'];
    const minutes = fc.integer({ min: 0, max: 30_000_000 }).map((minute) => minute * 60_000);
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zones), (ms, timeZone) => {
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
          ms,
        );
        const read = readTime(shown, '', 'dmy');
        const again = typeof read === 'string' ? Number.NaN : momentOf(read, timeZone);
        // The hour that is lived twice is taken for the first.
        expect([ms, ms - 3_600_000]).toContain(again);
        if (timeZone !== 'Europe/Lisbon') expect(again).toBe(ms);
      }),
    );
  });

  test('--zone is a name that people use', () => {
    expect(readZone('wita')).toBe('Asia/Makassar');
    expect(readZone('Asia/Jakarta')).toBe('Asia/Jakarta');
    expect(readZone(undefined)).toBeUndefined();
    expect(() => readZone('Mataram')).toThrow('--zone Mataram is no time zone; use WIB, WITA, WIT');
  });
});
