import { describe, expect, test } from 'vitest';
import { type CountEntry, type FamilyVerdict, judgeFamily } from '../../../../server/warnings/family.ts';
import { judgeSeries, LEAST_WEEKS, MOST_WEEKS } from '../../../../server/warnings/judge.ts';
import { createRandom } from '../../../../shared/stats/random.ts';

const random = createRandom(20_241_127);
const poisson = (weeks: number, mean: (week: number) => number) =>
  Uint32Array.from({ length: weeks }, (_, week) => random.poisson(mean(week)));

/** The sparse entries of some series, in a database that counts since `weeks` and a broken one ago. */
function entriesOf(series: Record<string, Uint32Array>): CountEntry[] {
  const entries: CountEntry[] = [];
  for (const [code, counts] of Object.entries(series)) {
    entries.push({ code: '52.71.09', category: 'sar', week: MOST_WEEKS - counts.length - 1, count: 1 });
    counts.forEach((count, index) => {
      if (count > 0) entries.push({ code, category: 'kamtibmas', week: MOST_WEEKS - counts.length + index, count });
    });
  }
  return entries;
}
const judge = (series: Record<string, Uint32Array>): FamilyVerdict =>
  judgeFamily({ family: '52.71', weeks: MOST_WEEKS, entries: entriesOf(series) });

describe('one series', () => {
  test('of half a year with a doubled month is told by both charts, with its beginning, and how sure it is', () => {
    const counts = Uint32Array.from({ length: 30 }, (_, week) => (week < 26 ? 5 - (week % 2) : 10));
    const verdicts = judgeSeries(counts);
    expect(verdicts.map(({ rule, alarm }) => [rule, alarm])).toEqual([
      ['ewma', true],
      ['cusum', true],
    ]);
    for (const verdict of verdicts) {
      expect(verdict).toMatchObject({ observed: 10, weeks: 4, observedWeeks: 40 });
      expect(verdict.expected).toBeCloseTo(4.5, 1);
      expect(verdict.expectedWeeks).toBeCloseTo(18, 0);
      expect(verdict.statistic).toBeGreaterThan(verdict.upperBound);
      // P(N ≥ 40) of 18 with the uncertainty of 22 weeks, times the eight weeks it may have begun in.
      expect(verdict.p).toBeGreaterThan(1e-5);
      expect(verdict.p).toBeLessThan(1e-3);
      expect(verdict.series.counts).toHaveLength(30);
      expect(verdict.series.judgedFrom).toBe(22);
      expect(verdict.series.bound).toHaveLength(8);
    }
  });

  test("of more than three years is told by Farrington's improved method, which knows the season", () => {
    const season = (week: number) => 8 + 6 * Math.sin((week / 52) * 2 * Math.PI);
    // The season's height is no alarm, half as much again is.
    const weeks = 4 * 52 + 14;
    const usual = Uint32Array.from({ length: weeks }, (_, week) => Math.round(season(week)));
    expect(judgeSeries(usual)).toMatchObject([{ rule: 'farrington', alarm: false, p: 1, observed: 14 }]);
    const high = usual.slice();
    high.set([26, 28], weeks - 2);
    expect(judgeSeries(high)).toMatchObject([{ rule: 'farrington', alarm: true, observed: 28, weeks: 2 }]);
  });

  test('of rare incidents is told by the Bayes detector, and of less than five in four weeks nothing is said', () => {
    const rare = new Uint32Array(40);
    rare.set([1, 1], 3);
    rare.set([3, 1, 0, 0], 36);
    expect(judgeSeries(rare)).toEqual([]);
    rare.set([0, 1, 1, 3], 36);
    expect(judgeSeries(rare)).toMatchObject([{ rule: 'bayes', alarm: true, observed: 3, upperBound: 1 }]);
  });

  test('tells of no rise where the weeks before vary as much', () => {
    const counts = Uint32Array.from({ length: 40 }, (_, week) => (week % 5 === 0 ? 20 : 2));
    for (const { alarm, p } of judgeSeries(counts)) expect(alarm && p < 0.001).toBe(false);
  });
});

describe('a family', () => {
  test('judges frequent desa one by one, and a kecamatan of rare desa as a whole', () => {
    const quiet = () => 2;
    const { findings } = judge({
      '52.71.01.1001': poisson(40, (week) => (week < 34 ? 3 : 12)),
      '52.71.01.1002': poisson(40, quiet),
      // Of three desa none has one a week, and all of them together rise.
      '52.71.02.1001': Uint32Array.from({ length: 40 }, (_, week) => (week < 36 ? Number(week % 3 === 0) : 2)),
      '52.71.02.1002': Uint32Array.from({ length: 40 }, (_, week) => (week < 36 ? Number(week % 3 === 1) : 3)),
      '52.71.02': Uint32Array.from({ length: 40 }, (_, week) => (week < 36 ? Number(week % 3 !== 2) : 5)),
      '52.71.01': poisson(40, () => 40),
    });
    const told = new Set(findings.map(({ code }) => code));
    expect([...told].sort()).toEqual(['52.71.01.1001', '52.71.02']);
  });

  test('says nothing of a history that is too short, and says that it is', () => {
    const jump = (weeks: number) => Uint32Array.from({ length: weeks }, (_, week) => (week < weeks - 4 ? 3 : 30));
    expect(judge({ '52.71.01.1001': jump(LEAST_WEEKS - 1) })).toMatchObject({ tooShort: true, findings: [] });
    const long = judge({ '52.71.01.1001': jump(LEAST_WEEKS) });
    expect(long.tooShort).toBe(false);
    expect(long.findings.length).toBeGreaterThan(0);
    expect(judgeFamily({ family: '52.71', weeks: MOST_WEEKS, entries: [] })).toMatchObject({ tooShort: false });
  });

  test('without any rise raises next to nothing: of hundreds of steady series at most one in twenty families', () => {
    let families = 0;
    for (let turn = 0; turn < 40; turn++) {
      const series: Record<string, Uint32Array> = {};
      for (let desa = 0; desa < 40; desa++) {
        const mean = [0.02, 0.3, 1.5, 6][desa % 4] ?? 0;
        series[`52.71.${String(desa % 8).padStart(2, '0')}.${1001 + desa}`] = poisson(60, () => mean);
      }
      if (judge(series).findings.length > 0) families++;
    }
    // 5 % of 40 are 2; charts alone would raise some in almost every family.
    expect(families).toBeLessThanOrEqual(5);
  });
});
