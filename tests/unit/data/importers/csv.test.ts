import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CsvRow, readCsv } from '../../../../data/importers/read/csv.ts';

async function read(text: string | Buffer, pieces = 1): Promise<CsvRow[]> {
  const bytes = Buffer.from(text);
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  async function* chunks() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
  const rows: CsvRow[] = [];
  for await (const row of readCsv(chunks())) rows.push(row);
  return rows;
}

test('rows with the line on which each begins, whatever the line ends', async () => {
  const lines = ['a,b', '1,"x', 'y"', '', '2,"with ""marks"""', '   ', ',', '3,4'];
  const rows = [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1', 'x\ny'] },
    { line: 5, cells: ['2', 'with "marks"'] },
    { line: 8, cells: ['3', '4'] },
  ];
  expect(await read(lines.join('\n'))).toEqual(rows);
  const windows = await read(`\uFEFF${lines.join('\r\n')}\r\n`);
  expect(windows).toEqual(rows.map((row) => (row.line === 2 ? { ...row, cells: ['1', 'x\r\ny'] } : row)));
});

test.each([',', ';', '\t', '|'])('the first line tells that %j stands between', async (mark) => {
  const text = `"a, b; c"${mark}d\n1${mark}"2${mark}3"\n`;
  expect(await read(text)).toEqual([
    { line: 1, cells: ['a, b; c', 'd'] },
    { line: 2, cells: ['1', `2${mark}3`] },
  ]);
});

test('text that comes in pieces is the same text', async () => {
  const text = 'nama,tempat\n"Pencurian — motor",Ampenan\n';
  const whole = await read(text);
  for (const pieces of [2, 7, 40]) expect(await read(text, pieces)).toEqual(whole);
});

test('what was written by the rules is read again', async () => {
  const cell = fc.string({ unit: 'grapheme' }).filter((text) => text.trim() !== '');
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
      expect((await read(text)).map(({ cells }) => cells)).toEqual(rows);
    }),
  );
});

test('what is no CSV is told with its line', async () => {
  await expect(read('')).rejects.toThrow('The file is empty');
  await expect(read(Buffer.from('a,b\n1,caf\xe9\n', 'latin1'))).rejects.toThrow('save it as "CSV UTF-8"');
  await expect(read(Buffer.from('\uFEFFa,b\n', 'utf16le'))).rejects.toThrow('save it as "CSV UTF-8"');
  await expect(read('a,b\n1,2\n3,"4\n5,6\n')).rejects.toThrow(/^Line 3: a quotation mark .* never closed/);
  await expect(read(`a,b\n1,2\n3,"${'4\n'.repeat(600_000)}`, 9)).rejects.toThrow(/^Line 3: /);
});
