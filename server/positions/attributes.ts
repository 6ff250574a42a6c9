import { storableText } from '../database/storable.ts';

/** Bounds of what is kept beyond the known fields: a device may send anything, but not without end. */
const MOST = 32;
const KEY_LENGTH = 64;
const VALUE_LENGTH = 256;

/** Gathers the fields that Ronda has no column for, bounded in number and length, as text. */
export class Attributes {
  readonly #entries: [string, string][] = [];

  /** Adds a field; nothing, objects and what is beyond the bounds are left out. A list is joined by blanks. */
  add(key: string, value: unknown): void {
    if (this.#entries.length >= MOST || key.length === 0 || key.length > KEY_LENGTH) return;
    const text = Array.isArray(value) ? value.filter(isScalar).join(' ') : isScalar(value) ? String(value) : '';
    if (text !== '') this.#entries.push([storableText(key), storableText(text.slice(0, VALUE_LENGTH))]);
  }

  /** Everything gathered, or `undefined` when there is nothing. */
  result(): Record<string, string> | undefined {
    return this.#entries.length > 0 ? Object.fromEntries(this.#entries) : undefined;
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
