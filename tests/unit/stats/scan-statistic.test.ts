import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../shared/stats/random.ts';
import { type ScanInput, scanStatistic } from '../../../shared/stats/scan-statistic.ts';
import { circularZones, mayExceed, scanDistance, scanLikelihood } from '../../../shared/stats/scan-zones.ts';
import { spaceTimeScan } from '../../../shared/stats/space-time-scan.ts';
import { accepted, refused } from './outcome.ts';

/** A town of 10 × 10 places, a kilometre apart, 100 households each. */
const TOWN = {
  x: Array.from({ length: 100 }, (_, i) => (i % 10) * 1000),
  y: Array.from({ length: 100 }, (_, i) => Math.floor(i / 10) * 1000),
  population: new Array<number>(100).fill(100),
};
const counts = fc.array(fc.nat({ max: 6 }), { minLength: 100, maxLength: 100 }).filter((all) => all.some((n) => n > 0));
const QUICK = { seed: 1, simulations: 19 };

describe('scanStatistic', () => {
  test('finds the planted cluster, and only that is unlikely', () => {
    const random = createRandom(5);
    const cases = TOWN.x.map((x, i) => random.poisson(Math.hypot(x - 3000, (TOWN.y[i] ?? 0) - 6000) < 1500 ? 9 : 2));
    const { clusters } = accepted(scanStatistic({ ...TOWN, cases }, { seed: 2, simulations: 199 }));
    expect(clusters[0]).toMatchObject({ centre: 63, radius: Math.hypot(1000, 1000), p: 0.005 });
    expect(clusters[0]?.places).toHaveLength(9);
    expect(clusters[1]?.p).toBeGreaterThan(0.2);
  });

  test('clusters do not overlap, come by ratio, and hold no more than their share', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.02, max: 0.6, noNaN: true }), (cases, populationShare) => {
        const { clusters } = accepted(scanStatistic({ ...TOWN, cases }, { ...QUICK, populationShare }));
        const places = clusters.flatMap((cluster) => cluster.places);
        expect(new Set(places).size).toBe(places.length);
        const ratios = clusters.map(({ likelihood }) => likelihood);
        expect(ratios).toEqual(ratios.toSorted((a, b) => b - a));
        for (const { population, observed, expected, p, relativeRisk } of clusters) {
          expect(population).toBeLessThanOrEqual(populationShare * 10_000);
          expect(observed).toBeGreaterThan(expected);
          expect(p >= 1 / 20 && p <= 1).toBe(true);
          expect(relativeRisk === null || relativeRisk > 1).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('no map without clusters is called one more often than p says', () => {
    const random = createRandom(77);
    let alarms = 0;
    for (let map = 0; map < 60; map++) {
      const cases = TOWN.x.map(() => random.poisson(1));
      const { clusters } = accepted(scanStatistic({ ...TOWN, cases }, { seed: map, simulations: 19 }));
      if ((clusters[0]?.p ?? 1) <= 0.1) alarms++;
    }
    // Six are expected; fifteen would be one chance in a thousand.
    expect(alarms).toBeLessThan(15);
    expect(alarms).toBeGreaterThan(0);
  });

  test('no zone reaches beyond the radius; a seed gives the same p; it stops when asked', () => {
    const cases = TOWN.x.map((_, i) => (i % 7 === 0 ? 5 : 1));
    const options = { seed: 3, simulations: 39, maxRadius: 2100 };
    const one = accepted(scanStatistic({ ...TOWN, cases }, options));
    expect(Math.max(...one.clusters.map(({ radius }) => radius))).toBeLessThanOrEqual(2100);
    expect(accepted(scanStatistic({ ...TOWN, cases }, options))).toEqual(one);
    let rounds = 0;
    const stopped = scanStatistic(
      { ...TOWN, cases },
      { ...options, onProgress: () => rounds++, cancelled: () => rounds === 4 },
    );
    expect([refused(stopped), rounds]).toEqual(['cancelled', 4]);
  });

  const good: ScanInput = { x: [0, 1], y: [0, 1], cases: [1, 2], population: [5, 5] };
  test.each([
    ['no-areas', { x: [], y: [], cases: [], population: [] }, {}],
    ['one-area', { x: [0], y: [0], cases: [1], population: [1] }, {}],
    ['length-mismatch', { ...good, cases: [1] }, {}],
    ['not-finite', { ...good, x: [0, Number.NaN] }, {}],
    ['not-finite', { ...good, population: [1, Infinity] }, {}],
    ['negative-count', { ...good, cases: [1, -1] }, {}],
    ['negative-count', { ...good, cases: [1, 0.5] }, {}],
    ['out-of-range', { ...good, population: [0, 5] }, {}],
    ['all-zero', { ...good, cases: [0, 0] }, {}],
    ['out-of-range', good, { simulations: 0 }],
    ['out-of-range', good, { populationShare: 0 }],
    ['out-of-range', good, { maxRadius: 0 }],
    ['out-of-range', good, { maxClusters: 0 }],
  ] as const)('%s', (reason, input, options) => {
    expect(refused(scanStatistic(input, { ...QUICK, ...options }))).toBe(reason);
  });
});

describe('spaceTimeScan', () => {
  /** Events spread evenly, with a burst of places 33, 34, 43 and 44 in periods 5 and 6. */
  const burst = () => {
    const cube = Array.from({ length: 8 }, () => new Array<number>(100).fill(1));
    for (const t of [5, 6]) for (const place of [33, 34, 43, 44]) (cube[t] as number[])[place] = 8;
    return cube.flat();
  };

  test('finds a burst where it is and when', () => {
    const { clusters } = accepted(
      spaceTimeScan({ ...TOWN, counts: burst(), periods: 8 }, { seed: 1, simulations: 99 }),
    );
    expect(clusters[0]).toMatchObject({ from: 5, to: 6, p: 0.01 });
    expect(clusters[0]?.places).toEqual(expect.arrayContaining([33, 34, 43, 44]));
  });

  test('a prospective search only sees what still lasts', () => {
    const input = { ...TOWN, counts: burst(), periods: 8 };
    const { clusters } = accepted(spaceTimeScan(input, { ...QUICK, prospective: true }));
    expect(clusters.every(({ to }) => to === 7)).toBe(true);
  });

  test('a place that always has many events is no cluster', () => {
    const counts = Array.from({ length: 8 }, () => TOWN.x.map((_, i) => (i === 50 ? 40 : 1))).flat();
    expect(accepted(spaceTimeScan({ ...TOWN, counts, periods: 8 }, QUICK)).clusters).toEqual([]);
  });

  const good = { x: [0, 1], y: [0, 1], counts: [1, 2, 3, 4], periods: 2 };
  test.each([
    ['no-areas', { x: [], y: [], counts: [], periods: 2 }, {}],
    ['one-area', { x: [0], y: [0], counts: [1, 1], periods: 2 }, {}],
    ['too-short', { ...good, periods: 1 }, {}],
    ['length-mismatch', { ...good, counts: [1] }, {}],
    ['not-finite', { ...good, counts: [1, 2, 3, Number.NaN] }, {}],
    ['not-finite', { ...good, y: [1, Infinity] }, {}],
    ['negative-count', { ...good, counts: [1, 2, 3, -4] }, {}],
    ['all-zero', { ...good, counts: [0, 0, 0, 0] }, {}],
    ['out-of-range', good, { maxPeriods: 3 }],
    ['out-of-range', good, { caseShare: 2 }],
    ['cancelled', good, { cancelled: () => true }],
  ] as const)('%s', (reason, input, options) => {
    expect(refused(spaceTimeScan(input, { ...QUICK, ...options }))).toBe(reason);
  });
});

test('the quick bound never hides a zone of a higher ratio', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 1e-6, max: 0.999, noNaN: true }), (total, share) => {
      const expected = share * total;
      for (let observed = 0; observed <= total; observed += Math.ceil(total / 17)) {
        const ratio = scanLikelihood(observed, expected, total);
        if (ratio > 0) expect(mayExceed(ratio * (1 - 1e-9), observed, expected, total)).toBe(true);
      }
    }),
  );
});

test('a degree of the equator is 111.2 km, of longitude at 60° half of it', () => {
  expect(scanDistance(0, 0, 1, 0, 'great-circle')).toBeCloseTo(111_195, -1);
  expect(scanDistance(0, 60, 1, 60, 'great-circle')).toBeCloseTo(55_597, -1);
});

test('zones hold the nearest places first, ties by index, however the places lie', () => {
  const random = createRandom(31);
  const maps = [
    // Strewn, on a lattice of many ties, and heaped at one place with another far away.
    Array.from({ length: 300 }, () => [random.uniform() * 9, random.uniform() * 9] as const),
    Array.from({ length: 300 }, (_, i) => [i % 20, Math.floor(i / 20)] as const),
    Array.from({ length: 300 }, (_, i) => (i === 7 ? ([1e6, 0] as const) : ([random.uniform(), 0] as const))),
  ];
  for (const places of maps) {
    const x = places.map(([east]) => east);
    const y = places.map(([, north]) => north);
    const sizes = places.map(() => 1);
    const { members, starts } = circularZones(x, y, sizes, { largest: 300, radius: Infinity, metric: 'euclidean' });
    for (const centre of [0, 7, 150, 299]) {
      const away = (i: number) => Math.hypot((x[i] ?? 0) - (x[centre] ?? 0), (y[i] ?? 0) - (y[centre] ?? 0));
      const near = [...members.subarray(starts[centre], starts[centre + 1])];
      expect(near.toSorted((i, j) => i - j)).toEqual([...x.keys()]);
      for (let rank = 1; rank < near.length; rank++) {
        const [before = 0, place = 0] = [near[rank - 1], near[rank]];
        const apart = away(place) - away(before);
        if (apart === 0) expect(place).toBeGreaterThan(before);
        else expect(apart).toBeGreaterThan(-1e-9 * away(place));
      }
    }
    const lattice = members.subarray(starts[0], (starts[0] ?? 0) + 3);
    if (places === maps[1]) expect([...lattice]).toEqual([0, 1, 20]);
  }
});
