import type { Draft } from '../boundaries/draft.ts';
import type { KnownAreas } from '../boundaries/known-areas.ts';
import { resolveCodes } from '../boundaries/resolve-codes.ts';
import { openRows } from '../incidents/rows.ts';
import { type Field, type FigureMap, locateFigures } from './columns.ts';
import type { Households } from './queries.ts';

/** A row that cannot be used. */
export interface BadRow {
  line: number;
  problem: string;
}

export interface ReadFigures {
  rows: number;
  figures: Households[];
  /** Figures of areas that are not in force. */
  unknown: number;
  bad: BadRow[];
}

/** Reads a table of households by area; codes as the boundaries' importer reads them. Throws ImportError for what is no such table. */
export async function readFigures(path: string, map: FigureMap, known: KnownAreas): Promise<ReadFigures> {
  const bad: BadRow[] = [];
  const values = new Map<number, Omit<Households, 'code'>>();
  const drafts: Draft[] = [];
  let found: Partial<Record<Field, number>> | undefined;
  let rows = 0;
  for await (const { number: line, names, cells, problem } of (await openRows(path, true)).rows) {
    rows++;
    found ??= locateFigures(names, map);
    const columns = found;
    const text = (field: Field) => {
      const at = columns[field];
      return at === undefined ? '' : (cells[at] ?? '').trim();
    };
    const households = readWhole(text('households'));
    const asOf = readDay(text('asOf'));
    if (problem !== undefined) bad.push({ line, problem });
    else if (households === undefined) {
      bad.push({ line, problem: `households "${text('households')}" is no whole number from 0 on` });
    } else if (asOf === undefined) bad.push({ line, problem: `asOf "${text('asOf')}" is no date such as 2026-03-31` });
    else {
      values.set(line, { households, asOf });
      drafts.push(draftOf(line, text('code'), text('bps'), text('name'), map.code ?? 'KODE'));
    }
  }
  resolveCodes(drafts, known, undefined);
  const lines = new Map<string, number>();
  const figures: Households[] = [];
  for (const { number: line, code, refused, entries } of drafts) {
    const value = values.get(line);
    const before = code === undefined ? undefined : lines.get(code);
    if (refused || code === undefined || !value) bad.push({ line, problem: entries.at(-1)?.note ?? 'has no code' });
    else if (before !== undefined)
      bad.push({ line, problem: `is about ${code}, as line ${before} is; keep one of them` });
    else {
      lines.set(code, line);
      figures.push({ code, ...value });
    }
  }
  const unknown = figures.filter(({ code }) => !known.byCode(code)).length;
  return { rows, figures, unknown, bad: bad.sort((a, b) => a.line - b.line) };
}

/** What the boundaries' importer reads a code from. */
function draftOf(number: number, code: string, bps: string, name: string, eitherField: string): Draft {
  const fields = {
    kemendagri: undefined,
    bps: bps || undefined,
    either: code || undefined,
    eitherField,
    name: name || undefined,
    names: {},
    hasWard: false,
    ward: undefined,
    parent: undefined,
    validFrom: undefined,
    validTo: undefined,
    oldCode: undefined,
    level: undefined,
  };
  return { number, fields, polygons: [], code: undefined, bpsCode: null, name: null, entries: [], refused: false };
}

/** A number as tables have it: `1234`, `1.234`, `1,234`, `1 234`, `1234.0`. */
function readWhole(text: string): number | undefined {
  if (/^\d{1,3}([., \u00a0]\d{3})+$/.test(text)) return Number(text.replace(/\D/g, ''));
  return /^\d{1,12}([.,]0+)?$/.test(text) ? Number.parseInt(text, 10) : undefined;
}

/** A day, or null where there is none. */
function readDay(text: string): string | null | undefined {
  if (text === '') return null;
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
    ? text
    : undefined;
}
