import type { CsvCell } from '../../shared/csv.ts';
import type { TakenExport } from '../access/exports.ts';
import type { Db } from '../database/connection.ts';
import type { ExportRow } from './export-rows.ts';
import { shapesOf } from './shapes.queries.ts';
import { type Sheet, workbook } from './xlsx.ts';

/** Areas whose shapes are read at once. */
const PAGE = 200;

/** What a file says of itself: names and values. */
export type About = Record<string, CsvCell>;

/** The rows in pages, as a table's file takes them. */
export async function* pagesOf(rows: readonly ExportRow[]): AsyncGenerator<CsvCell[][]> {
  for (let from = 0; from < rows.length; from += PAGE)
    yield rows.slice(from, from + PAGE).map((row) => Object.values(row));
}

/** Areas as a GeoJSON FeatureCollection (RFC 7946), page by page: degrees, longitude first, borders as on a map of a city. */
export async function* geoJsonText(
  { mark, check }: TakenExport,
  db: Db,
  about: About,
  rows: readonly ExportRow[],
): AsyncGenerator<string> {
  yield `{"type":"FeatureCollection","about":${JSON.stringify({ ...about, ...mark })},"features":[`;
  for (let from = 0; from < rows.length; from += PAGE) {
    await check();
    const page = rows.slice(from, from + PAGE);
    const shapes = await shapesOf(
      db,
      page.map(({ code }) => String(code)),
    );
    const features = page.map((row) => {
      const properties = JSON.stringify({ ...row, ...mark });
      const geometry = shapes.get(String(row.code)) ?? 'null';
      return `{"type":"Feature","id":${JSON.stringify(row.code)},"properties":${properties},"geometry":${geometry}}`;
    });
    yield `${from === 0 ? '' : ','}\n${features.join(',\n')}`;
  }
  yield '\n]}\n';
}

/** A workbook of two sheets: the areas, and what the file is. */
export function areasWorkbook(
  { mark }: TakenExport,
  about: About,
  columns: readonly string[],
  rows: readonly ExportRow[],
): Promise<Uint8Array> {
  const marks = Object.values(mark);
  const table: Sheet = {
    name: 'Data',
    rows: [[...columns, ...Object.keys(mark)], ...rows.map((row) => [...Object.values(row), ...marks])],
    widths: [...columns, ...marks].map((name) => (name === 'name' ? 28 : 16)),
  };
  const note: Sheet = {
    name: 'Keterangan',
    rows: [['name', 'value'], ...Object.entries({ ...about, ...mark })],
    widths: [24, 60],
  };
  return workbook([table, note]);
}
