import { ImportError } from '../import-error.ts';

interface Field {
  name: string;
  type: string;
  offset: number;
  length: number;
}

/**
 * The rows of a dBASE table. Numbers come as numbers, blanks as null.
 *
 * @param codePage text of the `.cpg` file, where there is one
 * @throws ImportError for a table that is cut off or lies about its lengths
 */
export function readDbf(bytes: Buffer, codePage: string | undefined): Record<string, unknown>[] {
  if (bytes.length < 33) throw new ImportError('The .dbf file is cut off.');
  const count = bytes.readUInt32LE(4);
  const headerLength = bytes.readUInt16LE(8);
  const recordLength = bytes.readUInt16LE(10);
  if (recordLength < 1 || headerLength + count * recordLength > bytes.length + 1) {
    throw new ImportError(`The .dbf file says that it has ${count} rows, and is too short for them.`);
  }
  const decode = decoder(bytes, codePage);
  const fields: Field[] = [];
  let offset = 1;
  for (let at = 32; at + 32 <= headerLength && bytes[at] !== 0x0d; at += 32) {
    const name = decode(bytes.subarray(at, at + 11))
      .replace(/\0.*$/s, '')
      .trim();
    const length = bytes[at + 16] ?? 0;
    fields.push({ name, type: String.fromCharCode(bytes[at + 11] ?? 0), offset, length });
    offset += length;
  }
  if (offset > recordLength) throw new ImportError('The .dbf file has rows shorter than its columns.');
  return Array.from({ length: count }, (_, row) => {
    const start = headerLength + row * recordLength;
    return Object.fromEntries(
      fields.map((field) => {
        const cell = bytes.subarray(start + field.offset, start + field.offset + field.length);
        return [field.name, readCell(decode(cell).replaceAll('\0', '').trim(), field.type)];
      }),
    );
  });
}

function readCell(text: string, type: string): unknown {
  if (text === '' || /^\*+$/.test(text)) return null;
  if ((type === 'N' || type === 'F') && Number.isFinite(Number(text))) return Number(text);
  return text;
}

/** How the table's text is encoded: as the .cpg says, else UTF-8 where all of it is that, else Windows-1252. */
function decoder(bytes: Buffer, codePage: string | undefined): (bytes: Buffer) => string {
  const label = codePage?.trim().replace(/^(ansi|cp|oem|windows)[ -]*/i, '');
  if (label) {
    const name =
      label === '65001' ? 'utf-8' : /^12\d\d$/.test(label) ? `windows-${label}` : label.replace(/^8859-?/, 'iso-8859-');
    try {
      const text = new TextDecoder(name);
      return (part) => text.decode(part);
    } catch {
      throw new ImportError(
        `The .cpg file names the encoding "${label}", which is not known: save the layer as UTF-8.`,
      );
    }
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(bytes.readUInt16LE(8)));
    return (part) => part.toString('utf8');
  } catch {
    const text = new TextDecoder('windows-1252');
    return (part) => text.decode(part);
  }
}
