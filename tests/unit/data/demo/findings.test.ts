import { beforeAll, describe, expect, test } from 'vitest';
import { DEMO_SEED, type DemoArea, generateArea } from '../../../../data/demo/area/generate.ts';
import { DAY_MS, dayStart } from '../../../../data/demo/history/calendar.ts';
import { type DemoIncident, generateHistory, HISTORY_DAYS } from '../../../../data/demo/history/generate.ts';
import { extraPatrols, PATROL_DAYS } from '../../../../data/demo/history/patrols.ts';
import { findSites } from '../../../../data/demo/history/sites.ts';
import { seededRandom } from '../../../../data/demo/random.ts';
import {
  type BeforeAfter,
  contiguityNeighbours,
  poissonTwoSample,
  weightedDisplacementDifference,
  windowPoisson,
} from '../../../../shared/stats/index.ts';
import { accepted } from '../../stats/outcome.ts';

/** The kelurahan with extra patrols, as the README names them, and the kecamatan beside them that had none. */
const TREATED = ['Alun-Alun', 'Kamboja', 'Pasar Lama'];
const CONTROL = 'Contoh Timur';
/** The history depends on the day of the week that it ends on, and on nothing else of the day. */
const WEEK = Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 5, 10 + day, 4));

describe('what the demonstration hides', { timeout: 60_000 }, () => {
  let area: DemoArea;
  const histories = new Map<number, DemoIncident[]>();
  beforeAll(() => {
    area = generateArea(DEMO_SEED);
    for (const now of WEEK) histories.set(now, generateHistory(area, DEMO_SEED, now));
  }, 60_000);

  const codeOf = (name: string) => area.areas.find((one) => one.name === name && one.level !== 'rw')?.code ?? '?';
  const within = (codes: string[]) => (one: DemoIncident) => codes.some((code) => one.ward.startsWith(`${code}.`));
  /** As the room counts: not what is false, doubtful or waiting, nor what patrols found. */
  const counted = (now: number) =>
    (histories.get(now) ?? []).filter(
      ({ category, source, steps }) =>
        category === 'kamtibmas' &&
        source !== 'patrol' &&
        !['new', 'false', 'duplicate', 'unverifiable'].includes(steps.at(-1)?.status ?? ''),
    );
  const beforeAfter = (now: number, incidents: DemoIncident[]): BeforeAfter => {
    const begins = dayStart(now) - PATROL_DAYS * DAY_MS;
    const before = incidents.filter((one) => one.occurredAt < begins).length;
    return [before, incidents.length - before];
  };

  test('extra patrols: about 40 per cent fewer where they walk, and not elsewhere, on whatever day it is started', () => {
    for (const now of WEEK) {
      const treated = beforeAfter(now, counted(now).filter(within(TREATED.map(codeOf))));
      const control = beforeAfter(now, counted(now).filter(within([codeOf(CONTROL)])));
      const difference = accepted(weightedDisplacementDifference({ treated, control }));
      expect(difference.p).toBeLessThan(0.05);
      expect(difference.upper).toBeLessThan(0);
      expect(treated[1] / treated[0]).toBeGreaterThan(0.48);
      expect(treated[1] / treated[0]).toBeLessThan(0.72);
      const elsewhere = accepted(poissonTwoSample({ counts: control, exposures: [PATROL_DAYS, PATROL_DAYS] }));
      expect(elsewhere.conditionalP).toBeGreaterThan(0.05);
    }
  });

  test('extra patrols: the areas compared were alike before', () => {
    for (const now of WEEK) {
      const halfOf = (codes: string[]) => {
        const begins = dayStart(now) - PATROL_DAYS * DAY_MS;
        const before = counted(now).filter((one) => within(codes)(one) && one.occurredAt < begins);
        const late = before.filter((one) => one.occurredAt >= begins - (HISTORY_DAYS - PATROL_DAYS) * 0.5 * DAY_MS);
        return [before.length - late.length, late.length] as const;
      };
      const trend = accepted(
        weightedDisplacementDifference({ treated: halfOf(TREATED.map(codeOf)), control: halfOf([codeOf(CONTROL)]) }),
      );
      expect(trend.p).toBeGreaterThan(0.05);
    }
  });

  test('extra patrols: what they find themselves rises, and hides part of the effect from whoever counts it', () => {
    for (const now of WEEK) {
      const found = (histories.get(now) ?? []).filter(({ source }) => source === 'patrol');
      const [before, after] = beforeAfter(now, found.filter(within(TREATED.map(codeOf))));
      expect(after).toBeGreaterThan(before * 1.1);
    }
  });

  test('extra patrols: little of what they prevent happens near by instead', () => {
    const sites = findSites(area, seededRandom(3));
    const patrols = extraPatrols(sites, WEEK[0] ?? 0, seededRandom(4));
    const from = Array.from({ length: 4000 }, () => sites.pick('homes')).filter(({ ward }) => sites.treated.has(ward));
    const moved = from.flatMap((site) => patrols.moved(site) ?? []);
    expect(moved.length / from.length).toBeGreaterThan(0.03);
    expect(moved.length / from.length).toBeLessThan(0.15);
    expect(moved.filter(({ ward }) => sites.treated.has(ward))).toEqual([]);
  });

  test('extra patrols: the data do not name them', () => {
    const texts = JSON.stringify(
      WEEK.flatMap((now) => (histories.get(now) ?? []).map((one) => [one.title, one.place])),
    );
    expect(texts).not.toMatch(/patroli tambahan|zona|perlakuan/i);
  });

  test('the hidden hotspot: the window about its RW is far over what its households let expect', () => {
    const wards = area.areas.filter(({ level }) => level === 'rw');
    const neighbours = accepted(contiguityNeighbours(wards.map(({ geometry }) => geometry)));
    const { hidden } = findSites(area, seededRandom(DEMO_SEED).fork('history').fork('sites'));
    for (const now of WEEK) {
      const count = (from: number, to: number) => {
        const counts = new Float64Array(wards.length);
        const index = new Map(wards.map(({ code }, place) => [code, place]));
        for (const { occurredAt, ward } of counted(now)) {
          const place = index.get(ward);
          if (place === undefined || occurredAt < now - from * DAY_MS || occurredAt >= now - to * DAY_MS) continue;
          counts[place] = (counts[place] ?? 0) + 1;
        }
        return counts;
      };
      const recent = count(28, 0);
      const households = new Map(area.wards.map((ward) => [ward.code, ward.households]));
      const total = recent.reduce((sum, n) => sum + n, 0);
      const all = area.wards.reduce((sum, ward) => sum + ward.households, 0);
      const expected = wards.map(({ code }) => ((households.get(code) ?? 0) / all) * total);
      const { p, discoveries } = accepted(windowPoisson(recent, expected, neighbours));
      const at = wards.findIndex(({ code }) => code === hidden.ward);
      expect(discoveries.significant[at]).toBe(1);
      expect(p[at]).toBeLessThan(1e-6);
      expect(discoveries.count).toBeLessThan(wards.length / 6);
    }
  });
});
