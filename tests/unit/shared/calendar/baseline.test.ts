import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameStage, sameWeeks, warningsFor, weeksBefore } from '../../../../shared/calendar/baseline.ts';
import type { StageOf } from '../../../../shared/calendar/calendar.ts';
import { addDays, type DaySpan, daysBetween, lengthOf } from '../../../../shared/calendar/days.ts';
import { ELECTIONS } from '../../../../shared/calendar/elections.ts';

const span = (startsOn: string, endsOn: string): DaySpan => ({ startsOn, endsOn });

const spans = fc
  .tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 120 }))
  .map(([start, length]) => span(addDays('2010-01-01', start), addDays('2010-01-01', start + length)));

function stageOf(id: string, key: string): StageOf {
  const calendar = ELECTIONS.find((calendar) => calendar.id === id);
  const stage = calendar?.stages.find((stage) => stage.key === key);
  if (!calendar || !stage) throw new Error(`no ${key} of ${id}`);
  return { calendar, stage };
}

describe('the same stage of another election', () => {
  test('whole: the quiet periods, both three days, with nothing to beware of', () => {
    const quiet = stageOf('pilkada-2024', 'quiet');
    const found = sameStage(quiet.stage, quiet, ELECTIONS);
    expect(found.map(({ span, stage }) => [stage?.calendar.id, span.startsOn, span.endsOn])).toEqual([
      ['pemilu-2024', '2024-02-11', '2024-02-13'],
      ['pemilu-2019', '2019-04-14', '2019-04-16'],
    ]);
    for (const { warnings } of found) expect(warnings).toEqual([]);
  });

  test('Ramadan takes 9 days of the recapitulation of Pemilu 2024 and none of that of Pilkada 2024', () => {
    const recapitulation = stageOf('pilkada-2024', 'recapitulation');
    const [pemilu] = sameStage(recapitulation.stage, recapitulation, ELECTIONS);
    expect(pemilu?.warnings).toEqual([
      { kind: 'ramadan', days: { period: 0, baseline: 9 }, exact: true },
      { kind: 'length', days: { period: 20, baseline: 35 } },
    ]);
  });

  test('a part of it is as many days before its end, and cut where the other had not begun', () => {
    const campaign = stageOf('pemilu-2024', 'campaign');
    const lastWeek = sameStage(span('2024-02-04', '2024-02-10'), campaign, ELECTIONS);
    expect(lastWeek[0]?.span).toEqual(span('2024-11-17', '2024-11-23'));
    // The campaign of Pilkada was 15 days shorter.
    const begin = sameStage(span('2023-11-28', '2023-12-20'), campaign, ELECTIONS);
    expect(begin[0]?.span).toEqual(span('2024-09-25', '2024-10-02'));
    expect(begin[0]?.warnings).toEqual([{ kind: 'length', days: { period: 23, baseline: 8 } }]);
    const before = sameStage(span('2023-11-28', '2023-12-01'), campaign, ELECTIONS);
    expect(before.map(({ stage }) => stage?.calendar.id)).toEqual(['pemilu-2019']);
  });

  test('there is none where no other election has it', () => {
    const senate = stageOf('pemilu-2024', 'senate-candidates');
    expect(sameStage(senate.stage, senate, ELECTIONS)).toEqual([]);
  });
});

describe('the same weeks of another year', () => {
  test('weekday meets weekday, at most half a week from the date', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 10 }), (period, years) => {
        const baseline = sameWeeks(period, years, []);
        const moved = daysBetween(baseline.span.startsOn, period.startsOn);
        expect(moved % 7).toBe(0);
        expect(Math.abs(moved - years * 365.2425)).toBeLessThanOrEqual(3.5);
        expect(lengthOf(baseline.span)).toBe(lengthOf(period));
      }),
    );
  });

  test('Ramadan 2025 has no Ramadan in the same weeks of 2022, and two thirds of one in those of 2024', () => {
    const ramadan = span('2025-03-01', '2025-03-30');
    expect(sameWeeks(ramadan, 3, []).warnings).toEqual([
      { kind: 'ramadan', days: { period: 30, baseline: 0 }, exact: true },
    ]);
    expect(sameWeeks(ramadan, 1, []).warnings).toEqual([
      { kind: 'ramadan', days: { period: 30, baseline: 20 }, exact: true },
    ]);
  });

  test('Lebaran is warned of on its own, and calculated days say so', () => {
    expect(sameWeeks(span('2027-03-10', '2027-03-14'), 1, []).warnings).toEqual([
      { kind: 'ramadan', days: { period: 0, baseline: 5 }, exact: false },
      { kind: 'lebaran', days: { period: 5, baseline: 0 }, exact: false },
    ]);
  });

  test('an election in the baseline is named: November 2024 against a year before', () => {
    const { warnings } = sameWeeks(span('2024-11-24', '2024-12-10'), 1, ELECTIONS);
    expect(warnings).toEqual([{ kind: 'election', stages: [stageOf('pemilu-2024', 'campaign')] }]);
  });

  test('a span longer than a year meets itself', () => {
    expect(sameWeeks(span('2024-01-01', '2025-06-30'), 1, []).warnings).toContainEqual({ kind: 'overlap', days: 183 });
  });

  test('no year at all is refused', () => {
    expect(() => sameWeeks(span('2024-01-01', '2024-01-07'), 0, [])).toThrow('years is 0');
  });
});

describe('the weeks before', () => {
  test('whole weeks, as many as the period needs, up to its eve', () => {
    fc.assert(
      fc.property(spans, (period) => {
        const { span } = weeksBefore(period, []);
        expect(addDays(span.endsOn, 1)).toBe(period.startsOn);
        expect(lengthOf(span) % 7).toBe(0);
        expect(lengthOf(span) - lengthOf(period)).toBeGreaterThanOrEqual(0);
        expect(lengthOf(span) - lengthOf(period)).toBeLessThan(7);
      }),
    );
  });

  test('before the quiet period was the campaign', () => {
    const quiet = span('2024-11-24', '2024-11-26');
    const { span: weeks, warnings } = weeksBefore(quiet, ELECTIONS, 2);
    expect(weeks).toEqual(span('2024-11-10', '2024-11-23'));
    expect(warnings).toEqual([
      { kind: 'length', days: { period: 3, baseline: 14 } },
      { kind: 'election', stages: [stageOf('pilkada-2024', 'campaign')] },
    ]);
  });

  test('no week at all is refused', () => {
    expect(() => weeksBefore(span('2024-01-01', '2024-01-07'), [], 1.5)).toThrow('weeks is 1.5');
  });
});

test('the same Ramadan in both is nothing to beware of', () => {
  expect(warningsFor(span('2024-03-12', '2024-04-09'), span('2025-03-01', '2025-03-29'))).toEqual([]);
});
