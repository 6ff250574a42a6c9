import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';

/** A row of a file by the names of its columns; what is empty is an empty text. */
export type ExportedRow = Record<string, string>;

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** Reads a table back that left as a file. Throws where it is no such file, or an area of a GeoJSON has no shape. */
export function readExported(ending: 'csv' | 'xlsx' | 'geojson', file: Buffer): ExportedRow[] {
  if (ending === 'csv') return parse(file, { bom: true, columns: true });
  if (ending === 'xlsx') return rowsOfWorkbook(file);
  const { features } = JSON.parse(file.toString()) as GeoJSON.FeatureCollection;
  return features.map(({ geometry, properties }) => {
    if (!/Polygon$/.test(geometry?.type)) throw new Error(`${properties?.code} has no shape`);
    return Object.fromEntries(Object.entries(properties ?? {}).map(([name, value]) => [name, String(value ?? '')]));
  });
}

/** The rows of a workbook's first sheet. */
function rowsOfWorkbook(file: Uint8Array): ExportedRow[] {
  const sheet = unzipSync(file)['xl/worksheets/sheet1.xml'];
  if (!sheet) throw new Error('The file has no first sheet.');
  const [head = {}, ...rows] = [...strFromU8(sheet).matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) =>
    Object.fromEntries(
      [...row.matchAll(/<c r="([A-Z]+)\d+"[^>]*>(.*?)<\/c>/gs)].map(([, column = '', cell = '']) => {
        const text = cell.replaceAll(/<[^>]+>/g, '').replaceAll(/&\w+;/g, (name) => ENTITIES[name] ?? name);
        return [column, text];
      }),
    ),
  );
  return rows.map((row) => Object.fromEntries(Object.entries(head).map(([column, name]) => [name, row[column] ?? ''])));
}
