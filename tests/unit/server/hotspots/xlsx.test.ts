import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { workbook } from '../../../../server/hotspots/xlsx.ts';

test('a workbook holds text as text, numbers as numbers and no formula', async () => {
  const rows = [
    ['name', 'count', 'is'],
    ['=1+1', 7, true],
    ['a<b>&"c"', -0.5, false],
    ['x\u0001\ud800y', null, null],
    [' spasi ', 0, null],
  ];
  const files = unzipSync(await workbook([{ name: 'A & B', rows, widths: [20, 10, 10] }]));
  expect(Object.keys(files).sort()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ]);
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(strFromU8(files['xl/workbook.xml'] ?? new Uint8Array())).toContain('name="A &amp; B"');
  expect(sheet).toContain('<c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">name</t></is></c>');
  expect(sheet).toContain(
    '<c r="A2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c><c r="B2"><v>7</v></c>',
  );
  expect(sheet).toContain('<c r="C2" t="b"><v>1</v></c></row>');
  expect(sheet).toContain('a&lt;b&gt;&amp;&quot;c&quot;</t></is></c><c r="B3"><v>-0.5</v></c>');
  expect(sheet).toContain('x\ufffd\ufffdy');
  expect(sheet).toContain('<t xml:space="preserve"> spasi </t>');
  expect(sheet).not.toContain('<f>');
  // Readers refuse fills without a pattern.
  const styles = strFromU8(files['xl/styles.xml'] ?? new Uint8Array());
  expect(styles).toContain(
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
  );
  expect(styles).not.toMatch(/<(fill|font|border)\/>/);
  await expect(workbook([{ name: 'x', rows: [[Number.NaN]], widths: [] }])).rejects.toThrow(RangeError);
});

test('columns beyond Z, and rows by the thousand', async () => {
  const rows = Array.from({ length: 4_500 }, (_, at) =>
    Array.from({ length: 30 }, (_unused, column) => at * 30 + column),
  );
  const files = unzipSync(await workbook([{ name: 'x', rows, widths: [] }]));
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(sheet).toContain('<c r="AD4500"><v>134999</v></c></row></sheetData>');
  expect(sheet.match(/<row /g)).toHaveLength(4_500);
});
