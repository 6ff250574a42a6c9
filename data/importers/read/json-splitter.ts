import { ImportError } from '../import-error.ts';
import { FEATURE_BYTES, JSON_DEPTH } from './limits.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
/** Blank, tab, line ends, and the record separator of RFC 8142 sequences. */
const BETWEEN = new Set([0x20, 0x09, 0x0a, 0x0d, 0x1e]);

/** A whole JSON text found in the stream. */
export type Piece =
  /** An element of the `features` of a root object. */
  | { kind: 'feature'; text: string }
  /** A root object, the elements of its `features` left out. */
  | { kind: 'root'; text: string };

/**
 * Cuts a stream of GeoJSON bytes (one document, or one per line) into its features, so that never more than one feature
 * is held as text. Only brackets and strings are understood here; the pieces are parsed by `JSON.parse`.
 */
export class JsonSplitter {
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The root's key whose value is being read, and the string that may become it. */
  #key = '';
  #string: number[] = [];
  #inFeatures = false;
  #feature: Buffer[] | undefined;
  #root: Buffer[] = [];
  #held = 0;
  #begun = false;

  /** Takes the next bytes. Throws {@link ImportError} where the text cannot be JSON of an allowed depth and size. */
  *push(chunk: Buffer): Generator<Piece> {
    let from = 0;
    if (!this.#begun) {
      this.#begun = true;
      if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) from = 3;
      if ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)) {
        throw new ImportError('The file is UTF-16 text: save it as UTF-8.');
      }
    }
    let start = from;
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        else if (this.#depth === 1 && this.#string.length < 16) this.#string.push(byte);
        continue;
      }
      if (this.#depth === 0) {
        if (BETWEEN.has(byte)) {
          start = i + 1;
          continue;
        }
        if (byte !== OPEN_BRACE) throw new ImportError('The file is not GeoJSON: it does not begin with an object.');
        start = i;
      }
      switch (byte) {
        case QUOTE:
          this.#inString = true;
          if (this.#depth === 1) this.#string = [];
          break;
        case COLON:
          if (this.#depth === 1) this.#key = String.fromCharCode(...this.#string);
          break;
        case COMMA:
          if (this.#inFeatures && this.#depth === 2) {
            this.#hold(chunk.subarray(start, i));
            start = i + 1;
          }
          break;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          if (this.#inFeatures && this.#depth === 2 && byte === OPEN_BRACE) {
            this.#hold(chunk.subarray(start, i));
            start = i;
            this.#feature = [];
            this.#held = 0;
          }
          if (this.#depth === 1 && byte === OPEN_BRACKET && this.#key === 'features') this.#inFeatures = true;
          if (++this.#depth > JSON_DEPTH) {
            throw new ImportError(`The file nests deeper than ${JSON_DEPTH} levels: it is no map data.`);
          }
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          this.#depth--;
          if (this.#inFeatures && this.#depth === 1) this.#inFeatures = false;
          if (this.#feature && this.#depth === 2) {
            this.#hold(chunk.subarray(start, i + 1));
            start = i + 1;
            const text = Buffer.concat(this.#feature).toString('utf8');
            this.#feature = undefined;
            yield { kind: 'feature', text };
          } else if (this.#depth === 0) {
            this.#hold(chunk.subarray(start, i + 1));
            start = i + 1;
            const text = Buffer.concat(this.#root).toString('utf8');
            this.#root = [];
            this.#held = 0;
            this.#key = '';
            yield { kind: 'root', text };
          }
          break;
      }
    }
    if (this.#depth > 0) this.#hold(Buffer.from(chunk.subarray(start)));
  }

  /** Call after the last bytes. Throws {@link ImportError} when a text has not ended. */
  end(): void {
    if (this.#depth > 0) throw new ImportError('The file ends in the middle of its JSON: it is not complete.');
  }

  #hold(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#held += bytes.length;
    if (this.#held > FEATURE_BYTES) {
      throw new ImportError(`A feature is longer than ${FEATURE_BYTES / 1024 / 1024} MiB of text: split it.`);
    }
    (this.#feature ?? this.#root).push(bytes);
  }
}
