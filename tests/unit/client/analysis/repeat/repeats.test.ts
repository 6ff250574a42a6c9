import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { incidentsOf, narrowestBand, parseBands } from '../../../../../client/analysis/repeat/incidents.ts';
import { verdictOf } from '../../../../../client/analysis/repeat/knox-verdict.ts';
import { findRepeats, type RepeatsInput } from '../../../../../client/analysis/repeat/repeats.ts';
import type { CountedPoints } from '../../../../../shared/schemas/hotspot.ts';
import { createRandom } from '../../../../../shared/stats/random.ts';

const NEAR = { metres: [200, 400], days: [7, 14], draws: 99, seed: 1, alpha: 0.05, fdr: false };
/** Degrees north of Mataram for metres, and metres for degrees. */
const north = (metres: number) => -8.58 + metres / 111_195;

/** Incidents far from one another, each with a second one 100 m away and two days later. */
function repeated(pairs: number): Pick<RepeatsInput, 'lon' | 'lat' | 'day'> {
  const random = createRandom(3);
  const first = Array.from({ length: pairs }, (_, i) => ({ north: i * 5_000, day: random.below(300) }));
  const all = first.flatMap((one) => [one, { north: one.north + 100, day: one.day + 2 }]);
  return {
    lon: Float64Array.from(all, () => 116.1),
    lat: Float64Array.from(all, (one) => north(one.north)),
    day: Int32Array.from(all, (one) => one.day),
  };
}

function found(input: RepeatsInput) {
  const answer = findRepeats(input, {});
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

describe('findRepeats', () => {
  test('incidents that are repeated near and soon are in the first band, and their pairs are given', () => {
    const input = { ...repeated(20), ...NEAR };
    const { table, adjusted, significant, pairs, pairCount } = found(input);
    expect(table.observed[0]).toBe(20);
    expect([...significant]).toEqual([1, 0, 0, 0]);
    // Corrected for four cells, whether or not it decides.
    expect(adjusted[0]).toBeCloseTo(4 * (table.p[0] ?? 0), 12);
    expect(found({ ...input, fdr: true }).adjusted).toEqual(adjusted);
    expect(pairCount).toBe(20);
    const lines = [...pairs.first].map((one, k) => [one, pairs.second[k] ?? 0].toSorted((a, b) => a - b));
    expect(lines.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual(
      Array.from({ length: 20 }, (_, i) => [2 * i, 2 * i + 1]),
    );
    const days = [...pairs.second].map((second, k) =>
      Math.max(input.day[second] ?? 0, input.day[pairs.first[k] ?? 0] ?? 0),
    );
    expect(days).toEqual(days.toSorted((a, b) => b - a));
    expect(verdictOf({ table, significant }, NEAR)).toMatchObject({ kind: 'near', metres: 200, days: 6 });
  });

  test('incidents strewn over space and time repeat no more than by chance', () => {
    const random = createRandom(8);
    const lon = Float64Array.from({ length: 300 }, () => 116 + random.uniform() * 0.02);
    const lat = Float64Array.from({ length: 300 }, () => -8.6 + random.uniform() * 0.02);
    const day = Int32Array.from({ length: 300 }, () => random.below(90));
    const { significant, pairCount } = found({ lon, lat, day, ...NEAR, fdr: true });
    expect([[...significant], pairCount]).toEqual([[0, 0, 0, 0], 0]);
  });

  test('a refusal of the test is handed on; so is a crowd too dense for the memory', () => {
    const { lon, lat } = repeated(20);
    expect(findRepeats({ ...NEAR, lon, lat, day: new Int32Array(40) }, {})).toMatchObject({ reason: 'no-variance' });
    const crowd = new Float64Array(15_000);
    const day = Int32Array.from(crowd, (_, i) => i % 90);
    expect(findRepeats({ ...NEAR, lon: crowd, lat: crowd, day }, {})).toEqual({ ok: false, reason: 'too-many-pairs' });
  });

  test('it is cancelled between permutations', () => {
    expect(findRepeats({ ...repeated(5), ...NEAR }, { cancelled: () => true })).toMatchObject({ reason: 'cancelled' });
  });

  const chicago = test.skipIf(!inject('sharedDir'));
  chicago("Chicago's arsons repeat near and soon: counted one by one over the original metres", () => {
    const text = readFileSync(join(inject('sharedDir'), 'crime/chicago_arson.csv'), 'utf8');
    const fires = text
      .trim()
      .split('\n')
      .map((row) => row.split(','))
      .map(([x, y, date]) => ({ x: Number(x), y: Number(y), day: Date.parse(String(date)) / 86_400_000 }));
    expect(fires).toHaveLength(522);
    // Metres of a plane are put about the equator, where degrees are as wide as they are high.
    const { table, significant } = found({
      ...{ ...NEAR, metres: [1, 200, 400, 600], days: [1, 2, 3], draws: 999 },
      lon: Float64Array.from(fires, ({ x }) => (x - 360_000) / 111_195.0797),
      lat: Float64Array.from(fires, ({ y }) => (y - 580_000) / 111_195.0797),
      day: Int32Array.from(fires, ({ day }) => day),
    });
    const observed = new Array<number>(12).fill(0);
    for (const [i, one] of fires.entries())
      for (const other of fires.slice(0, i)) {
        const metres = Math.hypot(one.x - other.x, one.y - other.y);
        const days = Math.abs(one.day - other.day);
        const row = [1, 200, 400, 600].findIndex((end) => metres < end);
        if (row >= 0 && days < 3) observed[row * 3 + days] = (observed[row * 3 + days] ?? 0) + 1;
      }
    expect([...table.observed]).toEqual(observed);
    expect(observed.reduce((a, b) => a + b)).toBe(23);
    // On the day of a fire and up to 400 m, as the Near Repeat Calculator found of the same data along streets.
    expect([significant[3], significant[6]]).toEqual([1, 1]);
    expect(table.ratio[3]).toBeGreaterThan(40);
  });
});

describe('verdictOf', () => {
  const table = {
    rows: 2,
    columns: 3,
    observed: Float64Array.of(9, 6, 3, 4, 1, 1),
    expected: new Float64Array(6).fill(2),
  };
  const verdict = (...significant: number[]) =>
    verdictOf(
      { table: table as never, significant: Uint8Array.from(significant) },
      { metres: [100, 200], days: [1, 8, 15] },
    );

  test('is of the largest block that begins nearest and soonest', () => {
    expect(verdict(0, 0, 0, 0, 0, 0)).toEqual({ kind: 'none' });
    expect(verdict(0, 1, 0, 0, 0, 1)).toEqual({ kind: 'other', cells: 2 });
    expect(verdict(1, 0, 0, 0, 0, 0)).toEqual({ kind: 'near', ratio: 4.5, metres: 100, days: 0 });
    expect(verdict(1, 1, 1, 1, 0, 0)).toEqual({ kind: 'near', ratio: 3, metres: 100, days: 14 });
    expect(verdict(1, 1, 0, 1, 1, 1)).toEqual({ kind: 'near', ratio: 2.5, metres: 200, days: 7 });
  });
});

describe('incidentsOf', () => {
  const points: CountedPoints['points'] = {
    id: ['a', 'b', 'c', 'd'],
    lon: [116.1, 116.2, 116.3, 116.4],
    lat: [-8.1, -8.2, -8.3, -8.4],
    // The last minute of 13 February and the first of the 14th in WITA, then a week on.
    occurredAt: ['2024-02-13T15:59:00Z', '2024-02-13T16:00:00Z', '2024-02-21T03:00:00Z', '2024-02-22T03:00:00Z'].map(
      Date.parse,
    ),
    area: ['52.71.01.1001', '', '52.71.01.1002', '52.71.01.1003'],
    accuracyM: [10, 500, null, 20],
    timePrecision: ['minute', 'day', 'hour', 'unknown'],
  };
  const WITA = 8 * 3_600_000;

  test('days are those of the zone; what is coarser than the bands is counted, not left out', () => {
    const all = incidentsOf({ points }, WITA, { metres: 200, days: 7 }, false);
    expect([...all.day].map((day) => day - (all.day[0] ?? 0))).toEqual([0, 1, 8, 9]);
    expect(all).toMatchObject({ coarsePlace: 1, coarseTime: 1, leftOut: 0, area: points.area });
  });

  test('on demand it is left out', () => {
    const exact = incidentsOf({ points }, WITA, { metres: 200, days: 7 }, true);
    expect(exact).toMatchObject({ id: ['a', 'c'], coarsePlace: 1, coarseTime: 1, leftOut: 2 });
    expect([...exact.lon]).toEqual([116.1, 116.3]);
  });

  test('a week is coarser than six days and not than seven; half a kilometre is as exact as a band of it', () => {
    const weekly = { ...points, timePrecision: points.timePrecision.map(() => 'week' as const) };
    expect(incidentsOf({ points: weekly }, WITA, { metres: 500, days: 6 }, false).coarseTime).toBe(4);
    expect(incidentsOf({ points: weekly }, WITA, { metres: 500, days: 7 }, false)).toMatchObject({
      coarseTime: 0,
      coarsePlace: 0,
    });
  });
});

test('bands are read as they are typed', () => {
  expect(parseBands('200, 400,800', 50_000)).toEqual([200, 400, 800]);
  expect(parseBands(' 7 14;21 ', 366)).toEqual([7, 14, 21]);
  for (const wrong of ['', 'a', '7, 7', '14, 7', '0, 7', '1.5', '-3', '400', '1 2 3 4 5 6 7 8 9 10 11'])
    expect(parseBands(wrong, 366), wrong).toBeUndefined();
  expect([narrowestBand([200, 300, 600]), narrowestBand([7])]).toEqual([100, 7]);
});
