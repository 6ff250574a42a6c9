import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameRanks, type OrderedComparison } from '../../../../client/analysis/compare/name-order.ts';
import { COLUMNS, firstOrder, type Row, rowsOf, sorted } from '../../../../client/analysis/compare/rows.ts';
import type { AreaCounts, CellCounts } from '../../../../shared/schemas/hotspot.ts';

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
const comparison = { change: { test: judged }, nameRank: Uint32Array.of(2, 0, 1) } as unknown as OrderedComparison;

test('a row has the ratio of rates a day, the exact p and the corrected one; a place without incidents has none', () => {
  const days = { period: 10, baseline: 20 };
  expect(rowsOf(counts, comparison, days)).toEqual([
    { key: 'a', at: 0, nameRank: 2, count: 12, baselineCount: 4, ratio: 6, p: 0.001, pFdr: 0.002, significant: true },
    {
      key: 'b',
      at: 1,
      nameRank: 0,
      count: 0,
      baselineCount: 0,
      ratio: undefined,
      p: undefined,
      pFdr: undefined,
      significant: false,
    },
    {
      key: 'c',
      at: 2,
      nameRank: 1,
      count: 3,
      baselineCount: 0,
      ratio: Infinity,
      p: 0.04,
      pFdr: 0.08,
      significant: false,
    },
  ]);
});

const row: fc.Arbitrary<Row> = fc.record({
  key: fc.uuid(),
  at: fc.nat({ max: 50 }),
  nameRank: fc.nat({ max: 50 }),
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
      const found = sorted(rows, { column, descending });
      expect(new Set(found)).toEqual(new Set(rows));
      const figures = found.map((each) => (column === 'place' ? each.nameRank : figureOf(each)[column]));
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
    ...{ key, at: 0, nameRank: 0, count: 1, baselineCount: 1, ratio: 1, significant: false },
    ...{ p, pFdr: 0.2 },
  });
  const rows = [of('a', 0.15), of('b', 0.02), of('c', 0.2)];
  const keys = (descending: boolean) => sorted(rows, { column: 'pFdr', descending }).map(({ key }) => key);
  expect([keys(false), keys(true)]).toEqual([
    ['b', 'a', 'c'],
    ['c', 'a', 'b'],
  ]);
});

test('figures are first ordered from the greatest, names and p from the least', () => {
  expect(COLUMNS.filter((column) => firstOrder(column).descending)).toEqual(['period', 'baseline', 'ratio']);
});

test('names stand in the order of the language, 2 before 10; those of one name have one rank, RW of one name that of their desa', () => {
  const areas = (level: string, name: string[], code: string[]) => [
    ...nameRanks({ level, areas: { name, code } } as unknown as AreaCounts),
  ];
  expect(areas('desa', ['Desa 10', 'desa 2', 'Ampenan', 'Desa 10'], ['d', 'c', 'b', 'a'])).toEqual([2, 1, 0, 2]);
  expect(areas('rw', ['RW 002', 'RW 001', 'RW 001'], ['1.2', '2.1', '1.1'])).toEqual([2, 1, 0]);
  const cells = { cells: { q: [10, -1, -1], r: [0, 3, -2] } } as unknown as CellCounts;
  expect([...nameRanks(cells)]).toEqual([2, 1, 0]);
});
