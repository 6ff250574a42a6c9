import { beforeAll, describe, expect, test } from 'vitest';
import { findClusters } from '../../../../client/analysis/repeat/clusters.ts';
import { FIRST_REPEAT } from '../../../../client/analysis/repeat/defaults.ts';
import { verdictOf } from '../../../../client/analysis/repeat/knox-verdict.ts';
import { findRepeats } from '../../../../client/analysis/repeat/repeats.ts';
import { firstSpec } from '../../../../client/analysis/state.ts';
import { DEMO_SEED } from '../../../../data/demo/area/generate.ts';
import { distance } from '../../../../data/demo/area/plane.ts';
import { fromLonLat } from '../../../../data/demo/area/projection.ts';
import { DAY_MS } from '../../../../data/demo/history/calendar.ts';
import { type DemoIncident, historySites } from '../../../../data/demo/history/generate.ts';
import type { Site } from '../../../../data/demo/history/sites.ts';
import { labelPoint } from '../../../../data/importers/boundaries/prepared.ts';
import { parentOfCode } from '../../../../shared/area-code.ts';
import { windowFigure } from '../../../../shared/measures/inference.ts';
import { poissonRateRatio } from '../../../../shared/stats/index.ts';
import { accepted } from '../../stats/outcome.ts';
import { countBy, type Days, Demonstration, daysAgo, LOADS, stageDays } from './loads.ts';

/** For what takes long: a day of the week's beginning and one of its end. */
const TWO = [LOADS[0] ?? 0, LOADS[3] ?? 0];
const { seed, ...ASKED } = { ...firstSpec('2026-06-10'), measure: 'window' as const };

describe('the hidden hotspot of the demonstration, whenever it is loaded', { timeout: 180_000 }, () => {
  let demonstration: Demonstration;
  let hidden: Site;
  beforeAll(() => {
    demonstration = new Demonstration();
    hidden = historySites(demonstration.area, DEMO_SEED).hidden;
    for (const now of LOADS) demonstration.history(now);
  }, 120_000);

  const within = (incidents: DemoIncident[], { from, to }: Days) =>
    incidents.filter(({ occurredAt }) => occurredAt >= from && occurredAt < to);
  /** The weeks that the room holds against the campaign. */
  const before = (now: number): Days => daysAgo(now, 138, 75);
  const nearHidden = ({ lon, lat }: { lon: number; lat: number }) =>
    distance(fromLonLat(lon, lat), fromLonLat(hidden.lon, hidden.lat));
  const columns = (incidents: DemoIncident[]) => ({
    lon: Float64Array.from(incidents, ({ lon }) => lon),
    lat: Float64Array.from(incidents, ({ lat }) => lat),
  });

  test('lies in Taman Asri, as the README says', () => {
    const name = (code = '') => demonstration.area.areas.find((one) => one.code === code)?.name;
    expect([name(parentOfCode(hidden.ward)), name(hidden.ward)]).toEqual(['Taman Asri', 'RW 009']);
  });

  test('the window of RW by households: none is as significant', () => {
    const { codes, neighbours, households } = demonstration.areas('rw');
    const at = codes.indexOf(hidden.ward);
    for (const now of LOADS) {
      const weeks = daysAgo(now, 28, 0);
      const count = countBy(codes, demonstration.order(now, weeks));
      const baselineCount = new Float64Array(codes.length);
      const days = { period: weeks.length, baseline: 0 };
      const input = { count, baselineCount, population: households, neighbours, series: undefined, days };
      const { test } = accepted(windowFigure(input, { ...ASKED, seed, expected: 'per' }));
      expect(test?.significant[at]).toBe(1);
      expect(test?.p[at]).toBeLessThan(1e-9);
      expect([...(test?.p ?? [])].filter((p) => p < (test?.p[at] ?? 0)).length).toBeLessThan(3);
      expect(test?.found).toBeLessThan(codes.length / 6);
    }
  });

  test('as the room begins, no desa has as many incidents, and the exact window of RW against the weeks before holds it', () => {
    const desa = demonstration.areas('desa').codes;
    const { codes, neighbours } = demonstration.areas('rw');
    const at = codes.indexOf(hidden.ward);
    for (const now of LOADS) {
      const all = demonstration.counted(now);
      const [period, baseline] = [stageDays(now, 'campaign'), before(now)];
      const byDesa = countBy(desa, within(all, period));
      expect(desa[byDesa.indexOf(Math.max(...byDesa))]).toBe(parentOfCode(hidden.ward));
      const count = countBy(codes, within(all, period));
      const baselineCount = countBy(codes, within(all, baseline));
      const days = { period: period.length, baseline: baseline.length };
      const input = { count, baselineCount, population: undefined, neighbours, series: undefined, days };
      const { test } = accepted(windowFigure(input, { ...ASKED, seed }));
      expect(test?.significant[at]).toBe(1);
      expect(test?.found).toBeLessThan(codes.length / 4);
    }
  });

  test('the scan by households finds it first, the scan of space and time too', () => {
    const { codes, households } = demonstration.areas('rw');
    const { share, radiusM } = FIRST_REPEAT;
    const search = { draws: 99, seed, share, radiusM };
    const middles = new Map(demonstration.area.areas.map(({ code, geometry }) => [code, labelPoint(geometry)]));
    const now = LOADS[0] ?? 0;
    const campaign = stageDays(now, 'campaign');
    const incidents = demonstration.order(now, campaign);
    const points = codes.map((code) => middles.get(code) ?? [0, 0]);
    const areas = {
      lon: Float64Array.from(points, ([lon = 0]) => lon),
      lat: Float64Array.from(points, ([, lat = 0]) => lat),
    };
    const count = countBy(codes, incidents);
    const [first] = accepted(
      findClusters({ method: 'poisson', ...areas, count, atRisk: households, ...search }, {}),
    ).clusters;
    expect(first?.p).toBeLessThanOrEqual(0.01);
    expect(first?.members).toContain(codes.indexOf(hidden.ward));

    // Of the whole history: within the campaign alone it is there all along.
    const half = daysAgo(now, 182, 0);
    const all = demonstration.order(now, half);
    const step = Uint32Array.from(all, (one) => Math.floor((one.occurredAt - half.from) / (14 * DAY_MS)));
    const [soonest] = accepted(
      findClusters({ method: 'space-time', ...columns(all), step, steps: 13, ...search, radiusM: 500 }, {}),
    ).clusters;
    expect(soonest?.p).toBeLessThanOrEqual(0.01);
    expect(nearHidden(soonest ?? { lon: 0, lat: 0 })).toBeLessThan(400);
  });

  test('near repeats: nearest and soonest, as they were put in', () => {
    const { metres, days } = FIRST_REPEAT;
    for (const now of TWO) {
      const incidents = demonstration.order(now, stageDays(now, 'campaign'));
      const day = Int32Array.from(incidents, ({ occurredAt }) => Math.floor((occurredAt + 8 * 3_600_000) / DAY_MS));
      const asked = { ...columns(incidents), day, metres, days, draws: 999, seed, alpha: 0.05, fdr: true };
      const found = findRepeats(asked, {});
      if (!found.ok) throw new Error(found.reason);
      const verdict = verdictOf(found.value, asked);
      expect(verdict).toMatchObject({ kind: 'near' });
      expect(verdict.kind === 'near' && verdict.ratio).toBeGreaterThan(1.1);
    }
  });

  test('in the quiet period there are at least half as many election reports again a day as in the campaign', () => {
    for (const now of LOADS) {
      const [quiet, campaign] = [stageDays(now, 'quiet'), stageDays(now, 'campaign')];
      const election = demonstration.counted(now).filter(({ category }) => category === 'pemilu');
      const counts = [within(election, quiet).length, within(election, campaign).length] as const;
      const exposures = [quiet.length, campaign.length] as const;
      const { ratio, lower } = accepted(poissonRateRatio({ counts, exposures }));
      expect(ratio).toBeGreaterThan(1.5);
      expect(lower).toBeGreaterThan(1);
    }
  });
});
