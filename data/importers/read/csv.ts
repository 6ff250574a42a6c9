import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { ImportError } from '../import-error.ts';

/** One row of a table: the line it begins on, from 1, and its cells. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** The longest row that is read, characters: a quotation mark that is never closed ends the reading here. */
const LONGEST_ROW = 1024 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Reads CSV (RFC 4180) in UTF-8, whatever its line ends; commas, semicolons, tabs or bars between the cells, as the first
 * line has them. Blank lines are passed over. Throws {@link ImportError} where the text is no CSV.
 */
export async function* readCsv(chunks: AsyncIterable<Buffer>): AsyncGenerator<CsvRow> {
  const text = decode(chunks);
  const { value: first } = await text.next();
  if (first === undefined || first === '') throw new ImportError('The file is empty.');
  let line = 1;
  const parser = parse({
    delimiter: delimiterOf(first),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
    // Rows before a broken one may not be handed out any more, so lines are counted as rows are parsed; each row's travels
    // with it as its first cell. The parser's own count takes \r\n within quotes for two.
    on_record: (cells) => {
      const row = [String(line), ...cells];
      line += 1 + (cells.join(' ').match(/\r\n|\n|\r/g)?.length ?? 0);
      return row;
    },
  });
  const whole = async function* () {
    yield first;
    yield* text;
  };
  // What breaks here breaks the reading below, which tells it.
  pipeline(Readable.from(whole()), parser).catch(() => {});
  try {
    for await (const [at, ...cells] of parser as AsyncIterable<string[]>) {
      if (cells.some((cell) => cell.trim() !== '')) yield { line: Number(at), cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ImportError(
      error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
        ? `Line ${line}: a quotation mark is opened at or after it and never closed; close it, or double it (""). Nothing was imported.`
        : `From line ${line} on the file is no CSV: ${error.message}.`,
    );
  }
}

/** Text of UTF-8, without a byte order mark. The first piece holds a line, or all there is. */
async function* decode(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const read = (bytes?: Buffer) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new ImportError('The file is not UTF-8 text: save it as "CSV UTF-8".');
    }
  };
  let held: string | undefined = '';
  for await (const chunk of chunks) {
    const text = read(chunk);
    if (held === undefined) yield text;
    else {
      held += text;
      if (!/[\r\n]/.test(held) && held.length < LONGEST_ROW) continue;
      yield held;
      held = undefined;
    }
  }
  const rest = `${held ?? ''}${read()}`;
  if (rest !== '') yield rest;
  return undefined;
}

/** What stands most often between the cells of the first line, outside quotation marks; a comma where nothing does. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split(/[\r\n]/, 1);
  const bare = line.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}
