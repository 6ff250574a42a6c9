import { beforeAll, describe, expect, test } from 'vitest';
import { beginWith } from '../../../../client/analysis/beginning.ts';
import { judgeEffect } from '../../../../client/analysis/effect/judge.ts';
import { type Sides, sidesOf } from '../../../../client/analysis/effect/sides.ts';
import { verdictOf } from '../../../../client/analysis/effect/verdict.ts';
import { effectWarnings, sideWeeks, weeksOf } from '../../../../client/analysis/effect/warnings.ts';
import { DEMO_SEED } from '../../../../data/demo/area/generate.ts';
import { distance } from '../../../../data/demo/area/plane.ts';
import { fromLonLat } from '../../../../data/demo/area/projection.ts';
import { DAY_MS, electionStages } from '../../../../data/demo/history/calendar.ts';
import { type DemoIncident, historySites } from '../../../../data/demo/history/generate.ts';
import { extraPatrols, PATROL_DAYS } from '../../../../data/demo/history/patrols.ts';
import { seededRandom } from '../../../../data/demo/random.ts';
import { parentOfCode } from '../../../../shared/area-code.ts';
import type { CountSeries } from '../../../../shared/schemas/hotspot.ts';
import { poissonTwoSample } from '../../../../shared/stats/index.ts';
import { accepted } from '../../stats/outcome.ts';
import { countBy, type Days, Demonstration, daysAgo, daysOf, LOADS, stageDays } from './loads.ts';

/** The kelurahan with extra patrols, as the README names them, and the kecamatan beside them that had none. */
const TREATED = ['Alun-Alun', 'Kamboja', 'Pasar Lama'];
const CONTROL = 'Contoh Timur';

describe('extra patrols in the demonstration, whenever it is loaded', { timeout: 120_000 }, () => {
  let demonstration: Demonstration;
  let codes: string[];
  let sides: Sides;
  beforeAll(() => {
    demonstration = new Demonstration();
    const desa = demonstration.areas('desa');
    codes = desa.codes;
    const control = codes.filter((code) => code.startsWith(`${demonstration.codeOf(CONTROL)}.`));
    sides = sidesOf(codes, { treated: TREATED.map((name) => demonstration.codeOf(name)), control }, desa.neighbours);
    for (const now of LOADS) demonstration.history(now);
  }, 120_000);

  /** What the room begins with. */
  const beginning = (now: number): { before: Days; after: Days } => {
    const counted = demonstration.counted(now);
    const stages = electionStages(now).map((stage) => ({ ...stage, source: '' }));
    const calendar = { id: 'contoh', name: '', nameEn: '', kind: 'pilkada' as const, jurisdiction: ['98.71'], stages };
    const found = beginWith([calendar], daysAgo(now, 0, -1).startsOn, (span) => {
      const { from, to } = daysOf(now, span);
      return counted.filter(({ occurredAt }) => occurredAt >= from && occurredAt < to).length;
    });
    if (!found?.baseline) throw new Error('no beginning');
    return { before: daysOf(now, found.baseline), after: daysOf(now, found.period) };
  };
  const judge = (now: number, before: Days, after: Days) => {
    const changes = {
      before: countBy(codes, demonstration.order(now, before)),
      after: countBy(codes, demonstration.order(now, after)),
    };
    const days = { before: before.length, after: after.length };
    return accepted(judgeEffect({ changes, sides, days, sizes: undefined, alpha: 0.05 }));
  };
  /** Counts by week as the server gives them. */
  const seriesOf = (now: number, span: { startsOn: string; endsOn: string }, steps: number) => {
    const days = daysOf(now, span);
    const counts = new Map<number, number>();
    for (const { ward, occurredAt } of demonstration.order(now, days)) {
      const place = codes.indexOf(parentOfCode(ward) ?? '');
      const key = Math.floor((occurredAt - days.from) / (7 * DAY_MS)) * codes.length + place;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const keys = [...counts.keys()];
    return {
      steps,
      code: codes,
      step: keys.map((key) => Math.floor(key / codes.length)),
      place: keys.map((key) => key % codes.length),
      count: [...counts.values()],
    } as CountSeries;
  };

  test('the room begins with the campaign, which is when they began', () => {
    for (const now of LOADS) {
      const { before, after } = beginning(now);
      expect(after).toEqual(stageDays(now, 'campaign'));
      expect(after.from).toBe(daysAgo(now, PATROL_DAYS, 0).from);
      expect(before.to).toBe(after.from);
    }
  });

  test.each([
    ['as the room begins', beginning],
    [
      'from the campaign to yesterday, against as many days',
      (now: number) => ({ before: daysAgo(now, 2 * PATROL_DAYS, PATROL_DAYS), after: daysAgo(now, PATROL_DAYS, 0) }),
    ],
  ])('%s: they helped, by about half, and nothing is seen to have moved', (_, periods) => {
    for (const now of LOADS) {
      const { before, after } = periods(now);
      const effect = judge(now, before, after);
      const verdict = verdictOf(effect);
      expect(verdict).toMatchObject({ outcome: 'fewer', around: 'unclear' });
      expect(verdict.share).toBeGreaterThan(-0.65);
      expect(verdict.share).toBeLessThan(-0.35);
      expect(effect.local.p).toBeLessThan(0.001);
      expect(effect.difference.p).toBeLessThan(0.02);
    }
  });

  test('the hidden hotspot is on none of the sides that are compared', () => {
    const { hidden } = historySites(demonstration.area, DEMO_SEED);
    const at = fromLonLat(hidden.lon, hidden.lat);
    const compared = new Set(Object.values(sides).flatMap((side) => side.map((area) => codes[area])));
    const near = demonstration
      .counted(LOADS[0] ?? 0)
      .filter(({ lon, lat }) => distance(fromLonLat(lon, lat), at) < 420)
      .map(({ ward }) => parentOfCode(ward));
    expect(near.length).toBeGreaterThan(80);
    expect(near.filter((code) => compared.has(code))).toEqual([]);
  });

  test('there is nothing to beware of but that the history is short', () => {
    for (const now of LOADS) {
      const { before, after } = beginning(now);
      const weeks = weeksOf(before, after);
      const effect = judge(now, before, after);
      const counts = sideWeeks(seriesOf(now, weeks.span, weeks.startsOn.length), codes, sides);
      const judged = { effect, before, after, weeks, counts, controlSize: 1, alpha: 0.05 };
      expect(effectWarnings(judged)).toEqual([{ kind: 'no-history' }]);
    }
  });

  test('nothing changed where there were none', () => {
    for (const now of LOADS) {
      const { before, after } = beginning(now);
      const { control } = judge(now, before, after).counts;
      const elsewhere = accepted(poissonTwoSample({ counts: control, exposures: [before.length, after.length] }));
      expect(elsewhere.conditionalP).toBeGreaterThan(0.05);
    }
  });

  test('what they find themselves rises, and hides part of the effect from whoever counts it', () => {
    const isTreated = ({ ward }: DemoIncident) =>
      TREATED.some((name) => ward.startsWith(`${demonstration.codeOf(name)}.`));
    for (const now of LOADS) {
      const found = demonstration.history(now).filter((one) => one.source === 'patrol' && isTreated(one));
      const within = ({ from, to }: Days) =>
        found.filter(({ occurredAt }) => occurredAt >= from && occurredAt < to).length;
      const [before, after] = [daysAgo(now, 2 * PATROL_DAYS, PATROL_DAYS), daysAgo(now, PATROL_DAYS, 0)];
      expect(within(after)).toBeGreaterThan(within(before) * 1.1);
    }
  });

  test('little of what they prevent happens near by instead', () => {
    const sites = historySites(demonstration.area, DEMO_SEED);
    const patrols = extraPatrols(sites, LOADS[0] ?? 0, seededRandom(4));
    const random = seededRandom(5);
    const homes = Array.from({ length: 4000 }, () => sites.pick('homes', random));
    const from = homes.filter(({ ward }) => sites.treated.has(ward));
    const moved = from.flatMap((site) => patrols.moved(site, random) ?? []);
    expect(moved.length / from.length).toBeGreaterThan(0.03);
    expect(moved.length / from.length).toBeLessThan(0.15);
    expect(moved.filter(({ ward }) => sites.treated.has(ward))).toEqual([]);
  });

  test('the data do not name them', () => {
    const texts = JSON.stringify(
      LOADS.flatMap((now) => demonstration.history(now).map((one) => [one.title, one.description, one.place])),
    );
    expect(texts).not.toMatch(/patroli tambahan|zona|perlakuan/i);
  });
});
