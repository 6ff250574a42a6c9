/** A value of a cell; `null` is an empty one. */
export type CsvCell = string | number | boolean | null;

/** Stands at the beginning of a file, so that spreadsheets read it as UTF-8. */
export const CSV_BEGIN = '\uFEFF';

/** What a spreadsheet takes for the beginning of a formula, also in full width as Asian keyboards write it. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/**
 * The same further on, behind what may end a cell where another separator is set: Excel in Indonesian takes semicolons, and
 * as it then finds our quotation marks in the middle of a cell, it heeds neither them nor that a line end is within them.
 */
const LATER_FORMULA = /[;\r\n](?=[\t"]*[=+\-@＝＋－＠])/g;
const NEEDS_QUOTES = /[",;\r\n\t]|^\s|\s$/;

/**
 * Rows as lines of a CSV file (RFC 4180), each with its line end. Text that a spreadsheet would calculate, whether it reads
 * commas or semicolons, gets `'` before it (OWASP, “CSV injection”); numbers are exempt by their type, so that -8.58 stays one. Throws for a number that is not finite.
 */
export function csvLines(rows: Iterable<readonly CsvCell[]>): string {
  let text = '';
  for (const row of rows) text += `${row.map(cellText).join(',')}\r\n`;
  return text;
}

function cellText(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is no number that a file can hold`);
    return String(value);
  }
  const text = (FORMULA.test(value) ? `'${value}` : value).replace(LATER_FORMULA, "$&'");
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
