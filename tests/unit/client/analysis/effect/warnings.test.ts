import { describe, expect, test } from 'vitest';
import { judgeEffect } from '../../../../../client/analysis/effect/judge.ts';
import { sidesOf } from '../../../../../client/analysis/effect/sides.ts';
import { effectWarnings, type SideWeeks, sideWeeks, weeksOf } from '../../../../../client/analysis/effect/warnings.ts';
import type { CountSeries } from '../../../../../shared/schemas/hotspot.ts';
import { accepted } from '../../../stats/outcome.ts';

const BEFORE = { startsOn: '2024-01-01', endsOn: '2024-01-28' };
const AFTER = { startsOn: '2024-01-29', endsOn: '2024-02-25' };
const WEEKS = weeksOf(BEFORE, AFTER);

test('a year of whole weeks before, and one of them begins with the period after', () => {
  expect(WEEKS.startsOn).toHaveLength(52 + 4 + 4);
  expect(WEEKS.span).toEqual({ startsOn: '2023-01-02', endsOn: '2024-02-25' });
  expect(WEEKS.startsOn).toContain('2024-01-29');
  const odd = weeksOf(
    { startsOn: '2024-01-01', endsOn: '2024-01-10' },
    { startsOn: '2024-02-01', endsOn: '2024-02-10' },
  );
  expect(odd.startsOn).toContain('2024-02-01');
  expect(odd.startsOn.at(-1)).toBe('2024-02-01');
  expect(odd.startsOn).toHaveLength(52 + 5 + 1);
});

test('a series is added up by side, and knows when anything was first recorded', () => {
  const series = {
    ...{ stepDays: 7, steps: 4, code: ['a', 'b', 'c'] },
    ...{ place: [0, 1, 2, 0], step: [1, 1, 2, 3], count: [2, 5, 7, 1] },
  } as CountSeries;
  const sides = sidesOf(['c', 'a', 'b'], { treated: ['a'], control: ['c'] });
  expect(sideWeeks(series, ['c', 'a', 'b'], sides)).toEqual({
    first: 1,
    of: {
      ...{ treated: [0, 2, 0, 1], control: [0, 0, 7, 0] },
      ...{ surroundings: [0, 0, 0, 0], controlSurroundings: [0, 0, 0, 0] },
    },
  });
});

describe('effectWarnings', () => {
  /** Weekly counts: those of the year, of the four weeks before, and of the four after. */
  function warnings(treated: [number, number[], number], control: [number, number[], number], first = 0) {
    const weekly = ([year, before, after]: [number, number[], number]) => [
      ...new Array<number>(52).fill(year),
      ...before,
      ...new Array<number>(4).fill(after),
    ];
    const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);
    const none = new Array<number>(60).fill(0);
    const counts: SideWeeks = {
      first,
      of: { treated: weekly(treated), control: weekly(control), surroundings: none, controlSurroundings: none },
    };
    const effect = accepted(
      judgeEffect({
        changes: { before: [sum(treated[1]), sum(control[1])], after: [4 * treated[2], 4 * control[2]] },
        sides: sidesOf(['t', 'c'], { treated: ['t'], control: ['c'] }),
        ...{ days: { before: 28, after: 28 }, sizes: undefined, alpha: 0.05 },
      }),
    );
    return effectWarnings({
      ...{ effect, before: BEFORE, after: AFTER, weeks: WEEKS },
      ...{ counts, controlSize: 1, alpha: 0.05 },
    });
  }

  test('nothing to warn of where the areas were alike, many, and as ever', () => {
    expect(warnings([10, [10, 10, 10, 10], 5], [10, [10, 10, 10, 10], 10])).toEqual([]);
  });

  test('a peak is told with how far above the year it was, and what is left of the effect against the year', () => {
    const [peak, ...rest] = warnings([5, [10, 10, 10, 10], 5], [10, [10, 10, 10, 10], 10]);
    expect(rest).toEqual([]);
    expect(peak).toMatchObject({ kind: 'peak', ratio: 2, weeks: 52, againstHistory: { estimate: 0 } });
  });

  test('where the year had none, no ratio is told', () => {
    const [peak] = warnings([0, [10, 10, 10, 10], 5], [10, [10, 10, 10, 10], 10]);
    expect(peak).toMatchObject({ kind: 'peak', ratio: null, weeks: 52 });
  });

  test('a low before is no peak', () => {
    expect(warnings([20, [10, 10, 10, 10], 5], [10, [10, 10, 10, 10], 10])).toEqual([]);
  });

  test('without earlier weeks nobody can tell', () => {
    expect(warnings([0, [10, 10, 10, 10], 5], [0, [10, 10, 10, 10], 10], 50)).toEqual([{ kind: 'no-history' }]);
  });

  test('small counts, sides of unlike size, and sides that had moved apart before are told', () => {
    expect(warnings([1, [1, 1, 1, 1], 1], [1, [1, 1, 1, 1], 1])).toEqual([{ kind: 'small', least: 4 }]);
    expect(warnings([10, [10, 10, 10, 10], 5], [30, [30, 30, 30, 30], 30])).toEqual([{ kind: 'unlike', ratio: 3 }]);
    expect(warnings([10, [20, 20, 2, 2], 5], [10, [6, 6, 16, 16], 10])).toMatchObject([{ kind: 'apart' }]);
  });
});
