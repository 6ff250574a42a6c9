import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';
import { firstForesight, followedBy } from '../../../../../client/analysis/foresight/followed.ts';
import { type ForesightInput, judgeForesight } from '../../../../../client/analysis/foresight/foresight.ts';
import { neighboursOfCells } from '../../../../../client/analysis/places.ts';
import { cellAt, cellMiddle } from '../../../../../shared/geo/grid.ts';
import { createRandom } from '../../../../../shared/stats/random.ts';
import { accepted, refused } from '../../../stats/outcome.ts';

const GRID = { shape: 'square' as const, metres: 1000, lon: 116, lat: -8.6 };
const SIDE = 20;
/** 20 × 20 squares of a kilometre. */
const CELLS = {
  q: Array.from({ length: SIDE * SIDE }, (_, i) => i % SIDE),
  r: Array.from({ length: SIDE * SIDE }, (_, i) => Math.floor(i / SIDE)),
};
const MIDDLES = CELLS.q.map((q, i) => cellMiddle(GRID, { q, r: CELLS.r[i] ?? 0 }));
const PLACES = {
  lon: Float64Array.from(MIDDLES, ([lon]) => lon),
  lat: Float64Array.from(MIDDLES, ([, lat]) => lat),
  km2: new Float64Array(SIDE * SIDE).fill(1),
  ...{ bandwidthM: null, alpha: 0.05 },
};
const zeros = () => new Float64Array(SIDE * SIDE);
const at = (values: Record<number, number>) => {
  const all = zeros();
  for (const [place, count] of Object.entries(values)) all[Number(place)] = count;
  return all;
};
const judge = (input: Partial<ForesightInput> & Pick<ForesightInput, 'count' | 'weeks'>) =>
  judgeForesight({ ...PLACES, forecast: 'count', ...input });

describe('judgeForesight', () => {
  test('a place whose households are not known comes last in the window map, and makes no neighbour more threatened', () => {
    const population = new Float64Array(SIDE * SIDE).fill(100);
    population[0] = 0;
    const neighbours = neighboursOfCells({ grid: GRID, cells: { ...CELLS, count: [], baselineCount: [] } });
    const orderWith = (unknown: number) => {
      const count = at({ 0: unknown, 210: 6, 211: 5, 5: 1 });
      return accepted(judge({ count, weeks: [at({ 210: 1 })], forecast: 'window', population, neighbours })).order;
    };
    expect(orderWith(500)).toEqual(orderWith(0));
    expect(orderWith(500)[0]).not.toBe(0);
    expect(orderWith(500).indexOf(210)).toBeLessThan(10);
  });

  test('known figures: four of four hundred places are one per cent, and half of what came was there', () => {
    const count = at({ 10: 9, 20: 8, 30: 7, 40: 6, 50: 1 });
    const { rows, weekly, events } = accepted(
      judge({ count, weeks: [at({ 10: 3, 50: 2, 399: 1 }), at({ 20: 2, 398: 2 })] }),
    );
    expect(events).toBe(10);
    const [one, five] = rows;
    expect(one?.map).toMatchObject({ places: 4, areaShare: 0.01, hits: 5, hitRate: 0.5 });
    expect(one?.map?.pai).toBeCloseTo(50, 10);
    // The best four places would have held 3 + 2 + 2 + 2 of the ten.
    expect(one?.map?.pei).toBeCloseTo(5 / 9, 10);
    // Wilson's interval of 5 of 10.
    expect(one?.map?.lower).toBeCloseTo(0.2366, 4);
    expect(one?.map?.upper).toBeCloseTo(0.7634, 4);
    expect(five?.map).toMatchObject({ places: 20, hits: 7 });
    expect(weekly).toEqual([
      { events: 6, map: 5 / 6, naive: 5 / 6 },
      { events: 4, map: 0.5, naive: 0.5 },
    ]);
    expect(rows.map(({ onlyMap, onlyNaive, p }) => [onlyMap, onlyNaive, p])).toEqual([
      [0, 0, null],
      [0, 0, null],
      [0, 0, null],
    ]);
  });

  test('a density catches what comes next door, where counting the same places does not', () => {
    const random = createRandom(4);
    const [q, r] = [8, 8];
    const around = Array.from({ length: 60 }, () => ({
      lon: 116 + (q + 0.5 + (random.uniform() - 0.5) * 3) / 110,
      lat: -8.6 + (r + 0.5 + (random.uniform() - 0.5) * 3) / 111.2,
    }));
    const count = zeros();
    for (const { lon, lat } of around) {
      const cell = cellAt(GRID, lon, lat);
      const place = cell.r * SIDE + cell.q;
      // One place of the nine was spared by chance.
      if (place !== r * SIDE + q) count[place] = (count[place] ?? 0) + 1;
    }
    const weeks = [at({ [r * SIDE + q]: 12, [(r + 1) * SIDE + q]: 3 })];
    const points = { lon: Float64Array.from(around, (p) => p.lon), lat: Float64Array.from(around, (p) => p.lat) };
    const { rows, order } = accepted(judge({ forecast: 'density', count, points, weeks }));
    expect([...order.subarray(0, 9)]).toContain(r * SIDE + q);
    expect(rows[1]?.map?.hitRate).toBe(1);
    expect(rows[1]?.naive?.hitRate).toBeLessThan(0.3);
    expect(rows[1]).toMatchObject({ onlyMap: 12, onlyNaive: 0 });
    expect(rows[1]?.p).toBeCloseTo(2 * 0.5 ** 12, 12);
  });

  test('windows rank by how unlikely they are, not by how many live there', () => {
    const population = new Float64Array(SIDE * SIDE).fill(10);
    population[0] = 4000;
    const count = at({ 0: 20, 210: 4, 211: 3 });
    const neighbours = neighboursOfCells({ grid: GRID, cells: { ...CELLS, count: [], baselineCount: [] } });
    const { order } = accepted(judge({ forecast: 'window', count, population, neighbours, weeks: [at({ 210: 1 })] }));
    expect([...order.subarray(0, 12)]).toContain(210);
    expect([...order.subarray(0, 12)]).not.toContain(0);
  });

  test('nothing to foresee, nobody to expect it of, and places larger than the share are told', () => {
    const count = at({ 1: 1 });
    expect(refused(judge({ count, weeks: [zeros()] }))).toBe('all-zero');
    expect(refused(judge({ count: zeros(), weeks: [at({ 1: 1 })] }))).toBe('all-zero');
    expect(refused(judge({ forecast: 'window', count, weeks: [count] }))).toBe('no-neighbours');
    expect(refused(judge({ forecast: 'density', count, weeks: [count] }))).toBe('all-zero');
    const few = { ...PLACES, lon: Float64Array.of(1, 2), lat: Float64Array.of(1, 2), km2: Float64Array.of(3, 5) };
    const { rows, weekly } = accepted(
      judgeForesight({ ...few, forecast: 'count', count: Float64Array.of(1, 2), weeks: [Float64Array.of(1, 0)] }),
    );
    expect(rows.map(({ map }) => map)).toEqual([null, null, null]);
    expect(weekly).toEqual([{ events: 1, map: null, naive: null }]);
  });

  const newYork = test.skipIf(!inject('sharedDir'));
  newYork("New York's shootings of a year foresee those of four weeks far better than chance", () => {
    const text = gunzipSync(readFileSync(join(inject('sharedDir'), 'crime/nyc_shootings.csv.gz'))).toString('utf8');
    const shootings = readShootings(text);
    expect(shootings.length).toBeGreaterThan(10_000);
    const grid = { ...GRID, metres: 500, lon: -74.1, lat: 40.6 };
    const cells = new Map<string, number>();
    for (const { lon, lat } of shootings) {
      const { q, r } = cellAt(grid, lon, lat);
      if (!cells.has(`${q},${r}`)) cells.set(`${q},${r}`, cells.size);
    }
    const counted = (from: string, to: string) => {
      const counts = new Float64Array(cells.size);
      for (const { day, lon, lat } of shootings) {
        const { q, r } = cellAt(grid, lon, lat);
        const place = cells.get(`${q},${r}`) ?? 0;
        if (day >= from && day < to) counts[place] = (counts[place] ?? 0) + 1;
      }
      return counts;
    };
    const middles = [...cells.keys()].map((key) => {
      const [q = 0, r = 0] = key.split(',').map(Number);
      return cellMiddle(grid, { q, r });
    });
    const training = shootings.filter(({ day }) => day >= '2016-01-01' && day < '2017-01-01');
    const { rows, events } = accepted(
      judgeForesight({
        ...{ forecast: 'density', bandwidthM: 400, alpha: 0.05 },
        lon: Float64Array.from(middles, ([lon]) => lon),
        lat: Float64Array.from(middles, ([, lat]) => lat),
        km2: new Float64Array(cells.size).fill(0.25),
        count: counted('2016-01-01', '2017-01-01'),
        points: {
          lon: Float64Array.from(training, ({ lon }) => lon),
          lat: Float64Array.from(training, ({ lat }) => lat),
        },
        weeks: [counted('2017-01-01', '2017-01-29')],
      }),
    );
    expect(events).toBeGreaterThan(30);
    expect(rows[2]?.map?.pai).toBeGreaterThan(2);
    expect(rows[2]?.map?.lower).toBeGreaterThan(0.1);
  });
});

/** Day, longitude and latitude of each shooting that has a place. */
function readShootings(text: string): { day: string; lon: number; lat: number }[] {
  return text.split('\n').flatMap((line) => {
    const [, day] = /^\d+,(\d{4}-\d{2}-\d{2}),/.exec(line) ?? [];
    const [, lat, lon] = /,(4[01]\.\d+),(-7[34]\.\d+)$/.exec(line) ?? [];
    return day && lat && lon ? [{ day, lon: Number(lon), lat: Number(lat) }] : [];
  });
}

describe('followedBy', () => {
  const spec = {
    period: { startsOn: '2024-01-29', endsOn: '2024-02-25' },
    baseline: { startsOn: '2024-01-01', endsOn: '2024-01-28', kind: 'weeks-before' as const },
  };

  test('whole weeks after the days of the map, as far as they are over', () => {
    const four = followedBy(spec, { forecast: 'count', from: 'baseline', weeks: 4 }, '2024-02-26');
    expect(four?.training).toEqual({ startsOn: '2024-01-01', endsOn: '2024-01-28' });
    expect(four?.weeks).toHaveLength(4);
    expect(four?.weeks[0]).toEqual({ startsOn: '2024-01-29', endsOn: '2024-02-04' });
    expect(four?.weeks[3]).toEqual({ startsOn: '2024-02-19', endsOn: '2024-02-25' });
    expect(followedBy(spec, { forecast: 'count', from: 'baseline', weeks: 4 }, '2024-02-25')?.weeks).toHaveLength(3);
    expect(followedBy(spec, { forecast: 'count', from: 'baseline', weeks: 12 }, '2024-03-20')?.weeks).toHaveLength(7);
  });

  test('a period that has only just ended has been followed by nothing, and days that nobody chose by none', () => {
    expect(followedBy(spec, { forecast: 'count', from: 'period', weeks: 4 }, '2024-02-26')?.weeks).toEqual([]);
    expect(
      followedBy({ ...spec, baseline: null }, { forecast: 'count', from: 'baseline', weeks: 4 }, '2024-06-01'),
    ).toBeUndefined();
    expect([firstForesight(spec).from, firstForesight({ baseline: null }).from]).toEqual(['baseline', 'period']);
  });
});
