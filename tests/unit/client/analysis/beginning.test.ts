import { expect, test } from 'vitest';
import { beginWith } from '../../../../client/analysis/beginning.ts';
import { type DaySpan, daysShared } from '../../../../shared/calendar/days.ts';
import { ELECTIONS } from '../../../../shared/calendar/elections.ts';

/** Counts one incident a day within a span. */
const daily = (all: DaySpan) => (span: DaySpan) => daysShared(span, all);

test('the newest stage with incidents is compared with the same stage of another election', () => {
  const countIn = daily({ startsOn: '2023-11-01', endsOn: '2024-12-31' });
  expect(beginWith(ELECTIONS, '2025-01-10', countIn)).toEqual({
    period: { startsOn: '2024-11-27', endsOn: '2024-12-16' },
    baseline: { startsOn: '2024-02-15', endsOn: '2024-03-20', kind: 'same-stage' },
  });
});

test('a stage that goes on ends today, and without incidents in another election the weeks before are compared', () => {
  const countIn = daily({ startsOn: '2024-06-01', endsOn: '2024-12-31' });
  expect(beginWith(ELECTIONS, '2024-10-20', countIn)).toEqual({
    period: { startsOn: '2024-09-25', endsOn: '2024-10-20' },
    baseline: { startsOn: '2024-08-28', endsOn: '2024-09-24', kind: 'weeks-before' },
  });
});

test('weeks in which an election is felt do not fit while another stage has an ordinary time before it', () => {
  const countIn = daily({ startsOn: '2024-06-01', endsOn: '2024-12-31' });
  expect(beginWith(ELECTIONS, '2024-12-10', countIn)).toEqual({
    period: { startsOn: '2024-09-25', endsOn: '2024-11-23' },
    baseline: { startsOn: '2024-07-24', endsOn: '2024-09-24', kind: 'weeks-before' },
  });
  const late = daily({ startsOn: '2024-11-01', endsOn: '2024-12-31' });
  expect(beginWith(ELECTIONS, '2024-12-10', late)?.period).toEqual({ startsOn: '2024-11-27', endsOn: '2024-12-10' });
});

test('stages of a few incidents, and those to come, are no beginning', () => {
  expect(beginWith(ELECTIONS, '2025-01-10', () => 9)).toBeUndefined();
  expect(beginWith(ELECTIONS, '2010-01-01', () => 100)).toBeUndefined();
  expect(beginWith([], '2025-01-10', () => 100)).toBeUndefined();
});
