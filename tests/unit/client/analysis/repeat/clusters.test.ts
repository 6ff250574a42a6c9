import { describe, expect, test } from 'vitest';
import { areasAtRisk } from '../../../../../client/analysis/repeat/at-risk.ts';
import { type ClustersInput, findClusters } from '../../../../../client/analysis/repeat/clusters.ts';
import { createRandom } from '../../../../../shared/stats/random.ts';
import { scanDistance } from '../../../../../shared/stats/scan-zones.ts';

/** A town of 12 × 12 areas, a kilometre apart. */
const SIDE = 12;
const lon = Float64Array.from({ length: SIDE * SIDE }, (_, i) => 116 + (i % SIDE) / 110);
const lat = Float64Array.from({ length: SIDE * SIDE }, (_, i) => -8.6 + Math.floor(i / SIDE) / 110);
const SEARCH = { lon, lat, draws: 99, seed: 4, share: 0.5, radiusM: null };
/** The 2 × 2 areas in the middle. */
const MIDDLE = [65, 66, 77, 78];

function found(input: ClustersInput) {
  const answer = findClusters(input, {});
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value;
}
const poisson = (mean: (area: number) => number, seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from(lon, (_, area) => random.poisson(mean(area)));
};

describe('findClusters', () => {
  test('by households: a cluster is where there is more than the households explain', () => {
    const atRisk = Float64Array.from(lon, (_, area) => (area < 60 ? 900 : 300));
    const count = poisson((area) => (MIDDLE.includes(area) ? 15 : (atRisk[area] ?? 0) / 150), 2);
    const { clusters, squareM } = found({ ...SEARCH, method: 'poisson', count, atRisk });
    const [first] = clusters;
    expect(squareM).toBeNull();
    expect(first?.members).toEqual(expect.arrayContaining(MIDDLE));
    expect(first?.members.length).toBeLessThan(8);
    expect(first).toMatchObject({ p: 0.01, steps: null });
    expect(first?.relativeRisk).toBeGreaterThan(4);
    // The first member is the middle, and the last one is as far as the radius reaches.
    const [middle = 0, last = 0] = [first?.members[0], first?.members.at(-1)];
    expect([first?.lon, first?.lat]).toEqual([
      expect.closeTo(lon[middle] ?? 0, 9),
      expect.closeTo(lat[middle] ?? 0, 9),
    ]);
    const apart = scanDistance(lon[middle] ?? 0, lat[middle] ?? 0, lon[last] ?? 0, lat[last] ?? 0, 'great-circle');
    expect((first?.radiusM ?? 0) / apart).toBeCloseTo(1, 4);
  });

  test('by the baseline: what was always many is no cluster, what has become more is', () => {
    const usual = (area: number) => (area === 0 ? 40 : 2);
    const baselineCount = poisson(usual, 5);
    const count = poisson((area) => (MIDDLE.includes(area) ? 12 : usual(area)), 6);
    const { clusters } = found({ ...SEARCH, method: 'baseline', count, baselineCount });
    expect(clusters[0]?.members).toEqual(expect.arrayContaining(MIDDLE));
    expect(clusters[0]?.p).toBe(0.01);
    const { observed, expected, relativeRisk } = clusters[0] ?? { observed: 0, expected: 0, relativeRisk: 0 };
    const total = count.reduce((a, b) => a + b);
    expect(relativeRisk).toBeCloseTo(observed / expected / ((total - observed) / (total - expected)), 12);
    expect(clusters.filter(({ members, p }) => members.includes(0) && p < 0.05)).toEqual([]);
  });

  test('a baseline of few incidents by chance is no cluster of the period', () => {
    let alarms = 0;
    for (let map = 0; map < 40; map++) {
      const [count, baselineCount] = [poisson(() => 0.5, 100 + map), poisson(() => 0.5, 200 + map)];
      const { clusters } = found({ ...SEARCH, draws: 19, seed: map, method: 'baseline', count, baselineCount });
      if ((clusters[0]?.p ?? 1) <= 0.1) alarms++;
    }
    // Four are expected; eleven would be one chance in a thousand.
    expect(alarms).toBeLessThan(11);
  });

  test('among incidents: those of one place and time, and from when to when', () => {
    const random = createRandom(12);
    const everywhere = Array.from({ length: 150 }, () => ({
      lon: 116 + random.uniform() * 0.1,
      lat: -8.6 + random.uniform() * 0.1,
      step: random.below(8),
    }));
    const burst = Array.from({ length: 24 }, (_, i) => ({ lon: 116.05 + i / 100_000, lat: -8.55, step: 5 + (i % 2) }));
    const all = [...everywhere, ...burst];
    const { clusters, squareM } = found({
      ...{ ...SEARCH, method: 'space-time', steps: 8 },
      lon: Float64Array.from(all, (one) => one.lon),
      lat: Float64Array.from(all, (one) => one.lat),
      step: Uint32Array.from(all, (one) => one.step),
    });
    expect(squareM).toBe(100);
    expect(clusters[0]).toMatchObject({ steps: [5, 6], p: 0.01 });
    expect(clusters[0]?.members).toEqual(expect.arrayContaining(burst.map((_, i) => 150 + i)));
    expect(clusters[0]?.observed).toBe(clusters[0]?.members.length);
  });

  test('many incidents are put together by larger squares, so that the work stays bounded', () => {
    const random = createRandom(1);
    const many = 4_000;
    const spread = () => Float64Array.from({ length: many }, () => random.uniform() * 0.2);
    const { squareM } = found({
      ...{ ...SEARCH, draws: 1, radiusM: 300, method: 'space-time', steps: 2 },
      lon: spread(),
      lat: spread(),
      step: Uint32Array.from({ length: many }, (_, i) => i % 2),
    });
    expect(squareM).toBe(800);
  });

  test('a refusal is handed on', () => {
    const none = { ...SEARCH, method: 'poisson' as const, count: new Float64Array(144), atRisk: new Float64Array(144) };
    expect(findClusters(none, {})).toMatchObject({ ok: false, reason: 'all-zero' });
    const some = { ...none, count: new Float64Array(144).fill(1), atRisk: new Float64Array(144).fill(1) };
    expect(findClusters(some, { cancelled: () => true })).toMatchObject({ ok: false, reason: 'cancelled' });
  });
});

describe('areasAtRisk', () => {
  const areas = {
    code: ['a', 'b', 'c', 'd'],
    name: ['A', 'B', 'C', 'D'],
    lon: [1, 2, 3, 4],
    lat: [5, 6, 7, 8],
    km2: [1, 1, 1, 1],
    households: [100, null, 0, 50],
    tps: [0, 3, 0, 2],
    count: [4, 7, 1, 0],
    baselineCount: [1, 2, 3, 4],
  };

  test('areas of which nobody knows who lives there are left out and counted', () => {
    const { index, atRisk, count, lon: east, leftOut } = areasAtRisk({ areas }, 'households');
    expect([index, [...atRisk], [...count], [...east]]).toEqual([
      [0, 3],
      [100, 50],
      [4, 0],
      [1, 4],
    ]);
    expect(leftOut).toEqual({ areas: 2, incidents: 8 });
    expect(areasAtRisk({ areas }, 'tps').index).toEqual([1, 3]);
  });

  test('against the baseline all areas count', () => {
    const { index, baselineCount, leftOut } = areasAtRisk({ areas }, 'baseline');
    expect([index, [...baselineCount], leftOut]).toEqual([[0, 1, 2, 3], [1, 2, 3, 4], { areas: 0, incidents: 0 }]);
  });
});
