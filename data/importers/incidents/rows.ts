import { statSync } from 'node:fs';
import { ImportError } from '../import-error.ts';
import { readBytes } from '../read/bytes.ts';
import { readCsv } from '../read/csv.ts';
import { features } from '../read/geojson.ts';
import { checkReadable } from '../read/open.ts';
import type { RawFeature } from '../read/raw-feature.ts';

/** One incident as its file has it: the names of the columns, and its cells in the same order. */
export interface Row {
  /** Line of a CSV file, place of a GeoJSON feature; from 1. */
  number: number;
  /** The same array for rows of the same columns. */
  names: readonly string[];
  cells: readonly string[];
  /** Why the row cannot be read at all. */
  problem?: string;
}

export interface RowSource {
  /** What the numbers of the rows count. */
  unit: 'line' | 'feature';
  rows: AsyncIterable<Row>;
  /** How much of the file has been read, percent. */
  percent: () => number;
}

/** Names of what a GeoJSON feature has beside its properties. */
export const FEATURE = { id: '@id', lon: '@lon', lat: '@lat' } as const;

/**
 * Opens a file of incidents: CSV or GeoJSON, plain or gzipped, by what it holds and not by its name.
 *
 * @param header whether the first row of a CSV file names the columns; else they are named 1, 2, 3 …
 * @throws ImportError when the file cannot be read
 */
export async function openRows(path: string, header: boolean): Promise<RowSource> {
  const mark = checkReadable(path);
  if (mark.toString('latin1', 0, 2) === 'PK') {
    throw new ImportError('The file is an Excel workbook or an archive: save the table as "CSV UTF-8".');
  }
  const size = Math.max(1, statSync(path).size);
  let read = 0;
  const bytes = readBytes(path, mark[0] === 0x1f && mark[1] === 0x8b, (done) => {
    read = done;
  });
  const { value: first } = await bytes.next();
  const percent = () => Math.min(100, Math.floor((100 * read) / size));
  const chunks = async function* () {
    if (first) yield first;
    yield* bytes;
  };
  const isJson = /^\uFEFF?\s*\{/.test(first?.toString('utf8', 0, 100) ?? '');
  if (isJson) return { unit: 'feature', rows: rowsOfFeatures(features(chunks())), percent };
  return { unit: 'line', rows: rowsOfTable(chunks(), header), percent };
}

async function* rowsOfTable(chunks: AsyncIterable<Buffer>, header: boolean): AsyncGenerator<Row> {
  let names: string[] | undefined;
  for await (const { line, cells } of readCsv(chunks)) {
    if (!names) {
      names = header ? cells.map((cell) => cell.trim()) : cells.map((_, index) => String(index + 1));
      if (header) continue;
    }
    const row: Row = { number: line, names, cells };
    if (cells.length !== names.length) {
      row.problem = `has ${cells.length} cells where the first row has ${names.length}; put a text that holds the separator in quotation marks`;
    }
    yield row;
  }
}

async function* rowsOfFeatures(source: AsyncIterable<RawFeature>): AsyncGenerator<Row> {
  for await (const { number, id, properties, geometry } of source) {
    const place = pointOf(geometry);
    const all = { [FEATURE.id]: id, [FEATURE.lon]: place?.[0], [FEATURE.lat]: place?.[1], ...properties };
    const row: Row = { number, names: Object.keys(all), cells: Object.values(all).map(textOf) };
    if (!place) row.problem = 'has no geometry of type Point with two numbers; incidents are points';
    yield row;
  }
}

function pointOf(geometry: unknown): [number, number] | undefined {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type !== 'Point' || !Array.isArray(coordinates)) return undefined;
  const [lon, lat] = coordinates;
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : undefined;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
