import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choicesFor, stageOf, warningsOf, withPeriod } from '../../../../client/analysis/ribbon/choices.ts';
import {
  axisDays,
  barDays,
  dayAt,
  fitted,
  hijriMonths,
  lanesOf,
  panned,
  placeOf,
  zoomed,
} from '../../../../client/analysis/ribbon/spans.ts';
import { addDays, daysShared, lengthOf } from '../../../../shared/calendar/days.ts';
import { ELECTIONS } from '../../../../shared/calendar/elections.ts';

const QUIET = { startsOn: '2024-11-24', endsOn: '2024-11-26' };
const CAMPAIGN = { startsOn: '2024-09-25', endsOn: '2024-11-23' };
const span = fc
  .tuple(fc.integer({ min: -4000, max: 4000 }), fc.integer({ min: 13, max: 3000 }))
  .map(([first, length]) => ({
    startsOn: addDays('2024-01-01', first),
    endsOn: addDays('2024-01-01', first + length),
  }));

describe('the stretch that is seen', () => {
  test('shows every span with a margin, and never fewer than two weeks', () => {
    expect(fitted([{ startsOn: '2024-11-27', endsOn: '2024-11-27' }])).toEqual({
      startsOn: '2024-11-20',
      endsOn: '2024-12-04',
    });
    const seen = fitted([CAMPAIGN, { startsOn: '2023-11-28', endsOn: '2024-02-10' }]);
    expect(seen).toEqual({ startsOn: '2023-10-30', endsOn: '2024-12-22' });
  });

  test('is as long after zooming in as before zooming out, about the same middle, and keeps its length when moved', () => {
    fc.assert(
      fc.property(span, (domain) => {
        const wide = zoomed(domain, 2);
        expect(lengthOf(wide)).toBe(Math.min(3650, 2 * lengthOf(domain)));
        expect(daysShared(wide, domain)).toBe(lengthOf(domain));
        expect(lengthOf(panned(domain, -0.5))).toBe(lengthOf(domain));
        expect(lengthOf(zoomed(domain, 0.001))).toBe(14);
      }),
    );
  });

  test('a pixel is of the day that is drawn there', () => {
    fc.assert(
      fc.property(span, fc.nat({ max: 1000 }), fc.integer({ min: 300, max: 2000 }), (domain, nth, width) => {
        const day = addDays(domain.startsOn, nth % lengthOf(domain));
        const place = placeOf({ startsOn: day, endsOn: day }, domain, width, 0);
        expect(dayAt((place?.left ?? -1) + (place?.width ?? 0) / 2, domain, width)).toBe(day);
      }),
    );
    expect(dayAt(-20, QUIET, 300)).toBe(QUIET.startsOn);
    expect(dayAt(900, QUIET, 300)).toBe(QUIET.endsOn);
    expect(placeOf({ startsOn: '2024-12-01', endsOn: '2024-12-02' }, QUIET, 300)).toBeUndefined();
  });

  test('bars are of a day, a week or four, so that they can be told apart', () => {
    const year = { startsOn: '2024-01-01', endsOn: '2024-12-31' };
    expect([1200, 600, 30].map((width) => barDays(year, width))).toEqual([1, 7, 28]);
  });

  test('the axis names first days of months that do not touch', () => {
    expect(axisDays({ startsOn: '2024-09-20', endsOn: '2024-12-05' }, 900)).toEqual([
      '2024-10-01',
      '2024-11-01',
      '2024-12-01',
    ]);
    expect(axisDays({ startsOn: '2022-06-10', endsOn: '2025-06-10' }, 350)).toEqual([
      '2023-01-01',
      '2024-01-01',
      '2025-01-01',
    ]);
  });
});

test('stages that overlap are in different rows; where there is no room for all, the vote stands before the desks', () => {
  const domain = { startsOn: '2024-08-01', endsOn: '2024-12-31' };
  const { bands, hidden } = lanesOf(ELECTIONS, domain, 2);
  for (const one of bands)
    for (const other of bands)
      if (one !== other && one.lane === other.lane) expect(daysShared(one.stage, other.stage)).toBe(0);
  const keys = bands.map(({ stage }) => stage.key);
  expect(keys).toEqual(expect.arrayContaining(['campaign', 'quiet', 'vote', 'recapitulation']));
  const all = ELECTIONS.flatMap(({ stages }) => stages).filter((stage) => daysShared(stage, domain) > 0);
  expect(bands.length + hidden).toBe(all.length);
});

test('Hijri months cover every day once; of a long stretch Ramadan alone is marked', () => {
  const year = { startsOn: '2024-01-01', endsOn: '2024-12-31' };
  const months = hijriMonths(year);
  expect(months.map((month) => lengthOf(month)).reduce((a, b) => a + b)).toBe(366);
  expect(months.find(({ month }) => month === 9)).toEqual({
    year: 1445,
    month: 9,
    startsOn: '2024-03-12',
    endsOn: '2024-04-09',
  });
  expect(
    hijriMonths({ startsOn: '2023-01-01', endsOn: '2024-12-31' }).map(({ month, startsOn }) => [month, startsOn]),
  ).toEqual([
    [9, '2023-03-23'],
    [9, '2024-03-12'],
  ]);
});

describe('a baseline', () => {
  test('is of the shortest stage that holds the period', () => {
    expect(stageOf(QUIET, ELECTIONS)?.stage.key).toBe('quiet');
    expect(stageOf({ startsOn: '2024-11-10', endsOn: '2024-11-20' }, ELECTIONS)?.stage.key).toBe('campaign');
    expect(stageOf({ startsOn: '2024-11-20', endsOn: '2024-11-25' }, ELECTIONS)).toBeUndefined();
  });

  test('can be the same stage, the same weeks of other years, or the weeks before', () => {
    const found = choicesFor(QUIET, ELECTIONS).map(({ baseline, stage, years }) => [
      baseline.kind,
      baseline.startsOn,
      stage?.calendar.id ?? years,
    ]);
    expect(found).toEqual([
      ['same-stage', '2024-02-11', 'pemilu-2024'],
      ['same-stage', '2019-04-14', 'pemilu-2019'],
      ['same-weeks', '2023-11-26', 1],
      ['same-weeks', '2022-11-27', 2],
      ['weeks-before', '2024-11-17', undefined],
    ]);
  });

  test('is chosen anew in its own way when the period changes', () => {
    const same = { startsOn: '2024-02-11', endsOn: '2024-02-13', kind: 'same-stage' } as const;
    expect(withPeriod(CAMPAIGN, same, ELECTIONS)).toEqual({
      period: CAMPAIGN,
      baseline: { startsOn: '2023-11-28', endsOn: '2024-02-10', kind: 'same-stage' },
    });
    const between = { startsOn: '2025-05-01', endsOn: '2025-05-28' };
    expect(withPeriod(between, same, ELECTIONS).baseline).toEqual({
      startsOn: '2025-04-03',
      endsOn: '2025-04-30',
      kind: 'weeks-before',
    });
    const own = { ...QUIET, kind: 'own' } as const;
    expect(withPeriod(CAMPAIGN, own, ELECTIONS).baseline).toBe(own);
    expect(withPeriod(CAMPAIGN, null, ELECTIONS).baseline).toBeNull();
  });

  test('says what to beware of: Ramadan, other lengths, and elections in what should be an ordinary time', () => {
    const april = { startsOn: '2025-04-01', endsOn: '2025-04-28' };
    const [, , before] = choicesFor(april, ELECTIONS);
    expect(before?.baseline.kind).toBe('weeks-before');
    expect(before?.warnings.map(({ kind }) => kind)).toEqual(['ramadan', 'lebaran']);
    const weeks = { startsOn: '2024-10-06', endsOn: '2024-10-12', kind: 'own' } as const;
    expect(warningsOf({ period: QUIET, baseline: weeks }, ELECTIONS).map(({ kind }) => kind)).toEqual([
      'length',
      'election',
    ]);
    expect(warningsOf({ period: QUIET, baseline: null }, ELECTIONS)).toEqual([]);
  });
});
