import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CSV_BEGIN, type CsvCell, csvLines } from '../../../shared/csv.ts';

/** The rows of a file as a parser of others reads them. */
const reopen = (text: string): string[][] => parse(text, { bom: true, record_delimiter: '\r\n' });

/** What a reader may take for cells that goes by semicolons and line ends and heeds no quotation mark. */
const piecesOf = (file: string): string[] => file.split(/[;\r\n]/).map((piece) => piece.replace(/^[\t"]+/, ''));

describe('S6: rows as CSV', () => {
  test.each(['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1+1', '=HYPERLINK("http://127.0.0.1:9/","x")', '＝1+1', '-'])(
    'S6: %j is text and no formula',
    (text) => {
      expect(reopen(csvLines([[text, 'x']]))).toEqual([[`'${text}`, 'x']]);
    },
  );

  test.each(['a=1', 'a;b=1', '"=1+1"', '%0A=1+1', ' =1', "'=1", 'Jl. Pejanggik, no. 5', 'dua\r\nbaris', ''])(
    '%j is kept as it is',
    (text) => {
      expect(reopen(csvLines([[text, 'x']]))).toEqual([[text, 'x']]);
    },
  );

  test.each([
    ['x;=1+1', "x;'=1+1"],
    [';=1+1', ";'=1+1"],
    ['x;;+1;-1', "x;;'+1;'-1"],
    ['x;"=1+1"', `x;'"=1+1"`],
    ['x;\t@SUM(1)', "x;'\t@SUM(1)"],
    ['x\r\n=1+1', "x\r\n'=1+1"],
    ['\r=1', "'\r'=1"],
    ['\n=1', "'\n'=1"],
    ['=1;=1', "'=1;'=1"],
    ["x;=cmd|' /C calc'!A0;", "x;'=cmd|' /C calc'!A0;"],
  ])('S6: %j is text and no formula where semicolons separate', (text, stored) => {
    const file = csvLines([['id', text, 'x']]);
    expect(reopen(file)).toEqual([['id', stored, 'x']]);
    for (const piece of piecesOf(file)) expect(piece).not.toMatch(/^[=+\-@]/);
  });

  test('S6: numbers are exempt by their type', () => {
    expect(csvLines([[-8.58, 0, 1e21, -1e-7, null, true]])).toBe('-8.58,0,1e+21,-1e-7,,true\r\n');
    expect(() => csvLines([[Number.NaN]])).toThrow(/no number/);
  });

  test('S6: whatever stands in the cells comes back, and no cell of text begins like a formula', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n",; a') }));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, fc.double({ noNaN: true, noDefaultInfinity: true }))), (rows) => {
        const back = reopen(CSV_BEGIN + csvLines([['a', 'b', 'c'], ...rows] as CsvCell[][])).slice(1);
        expect(back).toHaveLength(rows.length);
        for (const [index, [left, right, value]] of rows.entries()) {
          const [first = '', second = '', third] = back[index] ?? [];
          for (const [was, is] of [
            [left, first],
            [right, second],
          ] as const) {
            const unmarked = (text: string) => text.replace(/(^|[;\r\n])'+/g, '$1');
            expect(unmarked(is)).toBe(unmarked(was));
            expect(is).not.toMatch(/^[=+\-@\t\r]/);
          }
          expect(Object.is(Number(third), value) || value === 0).toBe(true);
        }
        // Beside text, so that a number does not begin a line of its own.
        const texts = csvLines(rows.map(([left, right]) => ['a', left, right, 'z']));
        // Asked of all at once: of each by itself takes a hundred times as long.
        expect(piecesOf(texts).filter((piece) => /^[=+\-@＝＋－＠]/.test(piece))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
