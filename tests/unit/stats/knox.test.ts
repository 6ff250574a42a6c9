import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { closePairs } from '../../../shared/stats/close-pairs.ts';
import { type KnoxInput, knoxTest } from '../../../shared/stats/knox.ts';
import { accepted, refused } from './outcome.ts';

const BREAKS = { spatialBreaks: [0, 1, 100, 250, Infinity], temporalBreaks: [0, 2, 5, Infinity] };

const eventsOf = (rows: readonly (readonly [number, number, number])[]): KnoxInput => ({
  x: rows.map(([x]) => x),
  y: rows.map(([, y]) => y),
  time: rows.map(([, , time]) => time),
  ...BREAKS,
});

const someEvents = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.nat({ max: 12 })), {
    minLength: 4,
    maxLength: 25,
  })
  .map((rows) => rows.map(([x, y, time]) => [x * 60, y * 60, time] as const))
  .filter((rows) => new Set(rows.map(([, , time]) => time)).size > 1);

describe('closePairs', () => {
  test.each(['euclidean', 'manhattan'] as const)('finds the %s pairs that comparing all with all finds', (metric) => {
    fc.assert(
      fc.property(someEvents, (rows) => {
        const { x, y } = eventsOf(rows);
        const breaks = [0, 60, 130];
        const found = closePairs(x, y, breaks, metric);
        const names = Array.from({ length: found.count }, (_, k) =>
          [...[found.first[k] ?? 0, found.second[k] ?? 0].sort((a, b) => a - b), found.band[k]].join(),
        );
        const expected: string[] = [];
        for (let i = 0; i < rows.length; i++)
          for (let j = i + 1; j < rows.length; j++) {
            const [dx, dy] = [Math.abs((x[i] ?? 0) - (x[j] ?? 0)), Math.abs((y[i] ?? 0) - (y[j] ?? 0))];
            const distance = metric === 'manhattan' ? dx + dy : Math.hypot(dx, dy);
            if (distance < 130) expected.push(`${i},${j},${distance < 60 ? 1 : 2}`);
          }
        expect(names.sort()).toEqual(expected.sort());
      }),
    );
  });

  test('far-flung points do not make a grid of endless cells', () => {
    expect(closePairs([0, 1, 1e12], [0, 0, 1e12], [0, 5], 'euclidean').count).toBe(1);
  });
});

describe('knoxTest', () => {
  test('every pair is in one cell; p is in (0, 1]; the order of the events is no matter', () => {
    fc.assert(
      fc.property(someEvents, (rows) => {
        const table = accepted(knoxTest(eventsOf(rows), { seed: 3, permutations: 19 }));
        const pairs = (rows.length * (rows.length - 1)) / 2;
        expect(table.observed.reduce((a, b) => a + b)).toBe(pairs);
        expect(table.expected.reduce((a, b) => a + b)).toBeCloseTo(pairs, 9);
        expect([...table.p].every((p) => p >= 1 / 20 && p <= 1)).toBe(true);
        expect([...table.variance].every((variance) => variance >= 0)).toBe(true);
        const turned = accepted(knoxTest(eventsOf(rows.toReversed()), { seed: 3, permutations: 19 }));
        expect(turned.observed).toEqual(table.observed);
        turned.variance.forEach((variance, cell) => {
          expect(variance).toBeCloseTo(table.variance[cell] ?? -1, 9);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('mean and variance are those of all permutations', () => {
    const rows = [
      [0, 0, 1],
      [50, 0, 2],
      [50, 0, 9],
      [300, 0, 2],
      [320, 40, 4],
      [900, 0, 20],
    ] as const;
    const input = eventsOf(rows);
    const table = accepted(knoxTest(input, { seed: 1, permutations: 1 }));
    const tables = [...permutations(rows.map(([, , time]) => time))].map(
      (time) => accepted(knoxTest({ ...input, time }, { seed: 1, permutations: 1 })).observed,
    );
    expect(tables).toHaveLength(720);
    table.expected.forEach((mean, cell) => {
      const counts = tables.map((observed) => observed[cell] ?? 0);
      const average = counts.reduce((a, b) => a + b) / counts.length;
      const variance = counts.reduce((total, count) => total + (count - average) ** 2, 0) / counts.length;
      expect(mean).toBeCloseTo(average, 10);
      expect(table.variance[cell]).toBeCloseTo(variance, 10);
    });
  });

  test('broken times are sorted into the same bands as whole ones', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [(i * 37) % 500, (i * 61) % 400, (i * i) % 30] as const);
    const whole = accepted(knoxTest(eventsOf(rows), { seed: 5, permutations: 99 }));
    const input = eventsOf(rows);
    const halved = accepted(
      knoxTest(
        { ...input, time: rows.map(([, , time]) => time / 4), temporalBreaks: [0, 0.5, 1.25, Infinity] },
        { seed: 5, permutations: 99 },
      ),
    );
    expect(halved).toEqual(whole);
  });

  test('a break beyond 0 leaves the nearer pairs out of every band', () => {
    const rows = Array.from({ length: 30 }, (_, i) => [(i * 37) % 500, (i * 61) % 400, (i * i) % 30] as const);
    const all = accepted(knoxTest(eventsOf(rows), { seed: 5, permutations: 1 }));
    const later = accepted(
      knoxTest({ ...eventsOf(rows), spatialBreaks: [100, 250], temporalBreaks: [2, 5] }, { seed: 5, permutations: 1 }),
    );
    expect([...later.observed]).toEqual([all.observed[2 * 3 + 1]]);
    expect([...later.expected]).toEqual([all.expected[2 * 3 + 1]]);
  });

  test('tells how far it is, and stops when asked', () => {
    const rows = Array.from({ length: 10 }, (_, i) => [i * 40, 0, i] as const);
    const seen: number[] = [];
    const outcome = knoxTest(eventsOf(rows), {
      seed: 1,
      permutations: 9,
      onProgress: (now, total) => seen.push(now, total),
      cancelled: () => seen.length >= 6,
    });
    expect(seen).toEqual([1, 9, 2, 9, 3, 9]);
    expect(refused(outcome)).toBe('cancelled');
  });

  const good = eventsOf([
    [0, 0, 0],
    [1, 1, 1],
    [2, 2, 2],
  ]);
  test.each([
    ['too-short', eventsOf([[0, 0, 0]]), 9],
    ['length-mismatch', { ...good, y: [1] }, 9],
    ['not-finite', { ...good, y: [1, Number.NaN, 2] }, 9],
    ['no-variance', { ...good, time: [4, 4, 4] }, 9],
    ['out-of-range', { ...good, spatialBreaks: [0] }, 9],
    ['out-of-range', { ...good, spatialBreaks: [-1, 5] }, 9],
    ['out-of-range', { ...good, temporalBreaks: [0, 5, 5] }, 9],
    ['out-of-range', { ...good, temporalBreaks: [0, Number.NaN] }, 9],
    ['out-of-range', good, 0],
  ] as const)('%s', (reason, input, permutationsDrawn) => {
    expect(refused(knoxTest(input, { seed: 1, permutations: permutationsDrawn }))).toBe(reason);
  });

  test('bands without an end need no break but 0', () => {
    const table = accepted(
      knoxTest({ ...good, spatialBreaks: [0, Infinity], temporalBreaks: [0, Infinity] }, { seed: 1, permutations: 9 }),
    );
    expect([table.observed[0], table.expected[0], table.variance[0], table.z[0], table.p[0]]).toEqual([
      3,
      3,
      0,
      null,
      1,
    ]);
  });
});

const shared = inject('sharedDir');
test.skipIf(!shared)(
  'arson in Chicago: the p values of the Near Repeat Calculator, as near as 99 permutations are',
  () => {
    const rows = readFileSync(join(shared, 'crime/chicago_arson.csv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const report = readFileSync(join(shared, 'crime/chicago_arson_NRverbose_2019-09-23_145637.csv'), 'utf8');
    const [, significance = ''] = /Statistical significant table([\s\S]*?)Observed frequencies/.exec(report) ?? [];
    const theirs = [...significance.matchAll(/^\d+,[^,]+,([\d.]+),([\d.]+),([\d.]+),([\d.]+),/gm)].flatMap((match) =>
      match.slice(1).map(Number),
    );
    expect(theirs).toHaveLength(20);
    const table = accepted(
      knoxTest(
        {
          x: rows.map(([x]) => Number(x)),
          y: rows.map(([, y]) => Number(y)),
          time: rows.map(([, , day]) => Date.parse(String(day)) / 86_400_000),
          spatialBreaks: [0, 1, 200, 400, 600, Infinity],
          temporalBreaks: [0, 1, 2, 3, Infinity],
          metric: 'manhattan',
        },
        { seed: 11, permutations: 999 },
      ),
    );
    // Its report lacks one pair at one location on one day: the p of that cell is 1 there, and says nothing.
    theirs.forEach((p, cell) => {
      if (cell > 0) expect(Math.abs((table.p[cell] ?? 0) - p), `cell ${cell}`).toBeLessThan(0.15);
    });
    expect(table.p[0]).toBeLessThan(0.1);
  },
);

function* permutations(items: readonly number[]): Generator<number[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries())
    for (const rest of permutations(items.toSpliced(index, 1))) yield [item, ...rest];
}
