import { inflateRawSync } from 'node:zlib';
import { ImportError } from '../import-error.ts';
import { ARCHIVE_ENTRIES, checkPackedSize, tooMuchUnpacked, UNPACKED_BYTES } from './limits.ts';

interface Entry {
  name: string;
  method: number;
  flags: number;
  packedSize: number;
  size: number;
  offset: number;
  isLink: boolean;
}

const ARCHIVES = /\.(zip|kmz|gz|tgz|7z|rar|tar|bz2|xz)$/i;

/** A zip archive in memory. Stored names are only compared, never used as paths; nothing is written to disk. */
export class ZipArchive {
  readonly #bytes: Buffer;
  readonly #entries: Entry[];
  #left = UNPACKED_BYTES;

  /** Reads the directory. Throws {@link ImportError} for an archive that is broken, too large, or holds links or archives. */
  constructor(bytes: Buffer) {
    checkPackedSize(bytes.length);
    this.#bytes = bytes;
    this.#entries = readDirectory(bytes);
    let claimed = 0;
    for (const entry of this.#entries) {
      if (entry.isLink) throw new ImportError('The archive holds a symbolic link: pack plain files only.');
      if (ARCHIVES.test(entry.name)) throw new ImportError('The archive holds another archive: unpack that one first.');
      claimed += entry.size;
      if (claimed > UNPACKED_BYTES) throw tooMuchUnpacked();
    }
  }

  /** Names of the entries with this ending (`.shp`), in the archive's order; resource forks of macOS left out. */
  names(ending: string): string[] {
    return this.#entries
      .map((entry) => entry.name)
      .filter((name) => name.toLowerCase().endsWith(ending) && !/(^|\/)(__MACOSX\/|\._)/.test(name));
  }

  /** The entry of this name, whatever its case; `undefined` when there is none. Counts what it unpacks. */
  read(name: string): Buffer | undefined {
    const entry = this.#entries.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (!entry) return undefined;
    const header = entry.offset;
    if (header + 30 > this.#bytes.length || this.#bytes.readUInt32LE(header) !== 0x04034b50) throw broken();
    const start = header + 30 + this.#bytes.readUInt16LE(header + 26) + this.#bytes.readUInt16LE(header + 28);
    const packed = this.#bytes.subarray(start, start + entry.packedSize);
    if (packed.length < entry.packedSize) throw broken();
    const unpacked = this.#inflate(entry, packed);
    this.#left -= unpacked.length;
    if (this.#left < 0) throw tooMuchUnpacked();
    return unpacked;
  }

  #inflate(entry: Entry, packed: Buffer): Buffer {
    if (entry.flags & 1) throw new ImportError('The archive is encrypted: pack it without a password.');
    if (entry.method === 0) return packed;
    if (entry.method !== 8)
      throw new ImportError(`The archive uses compression method ${entry.method}: pack it as a plain zip.`);
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(1, this.#left) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooMuchUnpacked();
      throw broken();
    }
  }
}

function broken(): ImportError {
  return new ImportError('The archive is damaged or no zip file.');
}

function readDirectory(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) throw broken();
  const count = bytes.readUInt16LE(end + 10);
  if (count > ARCHIVE_ENTRIES) {
    throw new ImportError(
      `The archive has ${count} entries, more than ${ARCHIVE_ENTRIES}: pack only the layer itself.`,
    );
  }
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) throw broken();
    const nameLength = bytes.readUInt16LE(at + 28);
    const unixMode = bytes.readUInt32LE(at + 38) >>> 16;
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
      isLink: (unixMode & 0o170000) === 0o120000,
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
