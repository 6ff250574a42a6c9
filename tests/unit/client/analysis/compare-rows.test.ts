import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COLUMNS, firstOrder, type Row, rowsOf, sorted } from '../../../../client/analysis/compare/rows.ts';
import type { Comparison } from '../../../../shared/measures/comparison.ts';
import type { AreaCounts } from '../../../../shared/schemas/hotspot.ts';

const counts = {
  areas: { code: ['a', 'b', 'c'], count: [12, 0, 3], baselineCount: [4, 0, 0] },
} as unknown as AreaCounts;
const judged = {
  p: Float64Array.of(0.001, 1, 0.04),
  adjusted: Float64Array.of(0.002, 1, 0.08),
  significant: Uint8Array.of(1, 0, 0),
  found: 1,
  tested: 2,
};
const comparison = { change: { test: judged } } as unknown as Comparison;

test('a row has the ratio of rates a day, the exact p and the corrected one; a place without incidents has none', () => {
  const days = { period: 10, baseline: 20 };
  expect(rowsOf(counts, comparison, days)).toEqual([
    { key: 'a', at: 0, count: 12, baselineCount: 4, ratio: 6, p: 0.001, pFdr: 0.002, significant: true },
    {
      key: 'b',
      at: 1,
      count: 0,
      baselineCount: 0,
      ratio: undefined,
      p: undefined,
      pFdr: undefined,
      significant: false,
    },
    { key: 'c', at: 2, count: 3, baselineCount: 0, ratio: Infinity, p: 0.04, pFdr: 0.08, significant: false },
  ]);
});

const row: fc.Arbitrary<Row> = fc.record({
  key: fc.uuid(),
  at: fc.nat({ max: 50 }),
  count: fc.nat({ max: 9 }),
  baselineCount: fc.nat({ max: 9 }),
  ratio: fc.option(fc.oneof(fc.double({ min: 0, noNaN: true }), fc.constant(Infinity)), { nil: undefined }),
  p: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  pFdr: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  significant: fc.boolean(),
});
const figureOf = ({ count, baselineCount, ...row }: Row) => ({ ...row, period: count, baseline: baselineCount });

test('rows are in the order of their figures, those without one last, whichever way', () => {
  fc.assert(
    fc.property(fc.array(row), fc.constantFrom(...COLUMNS), fc.boolean(), (rows, column, descending) => {
      const found = sorted(rows, { column, descending }, ({ at }) => `Desa ${at}`);
      expect(new Set(found)).toEqual(new Set(rows));
      const figures = found.map((each) => (column === 'place' ? each.at : figureOf(each)[column]));
      const known = figures.filter((figure) => figure !== undefined);
      expect(figures.slice(0, known.length)).toEqual(known);
      const ascending = descending ? known.toReversed() : known;
      for (const [at, figure] of ascending.entries())
        if (at > 0) expect(figure).toBeGreaterThanOrEqual(ascending[at - 1] ?? 0);
    }),
  );
});

test('among places with the same corrected p the exact one decides, whichever way', () => {
  const of = (key: string, p: number): Row => ({
    ...{ key, at: 0, count: 1, baselineCount: 1, ratio: 1, significant: false },
    ...{ p, pFdr: 0.2 },
  });
  const rows = [of('a', 0.15), of('b', 0.02), of('c', 0.2)];
  const keys = (descending: boolean) =>
    sorted(rows, { column: 'pFdr', descending }, ({ key }) => key).map(({ key }) => key);
  expect([keys(false), keys(true)]).toEqual([
    ['b', 'a', 'c'],
    ['c', 'a', 'b'],
  ]);
});

test('figures are first ordered from the greatest, names and p from the least', () => {
  expect(COLUMNS.filter((column) => firstOrder(column).descending)).toEqual(['period', 'baseline', 'ratio']);
});
