import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, storable, storableText } from '../../../../server/database/storable.ts';

test.each([
  ['Tawuran 🚨 di simpang', 'Tawuran 🚨 di simpang'],
  ['a\0b\0', 'ab'],
  ['\ud83d alone', '\ufffd alone'],
  ['alone \udea8', 'alone \ufffd'],
  ['', ''],
])('%j is kept as %j', (text, kept) => {
  expect(storableText(text)).toBe(kept);
});

/** Half of a surrogate pair without the other. */
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Texts of any code units, those the database does not take often among them. */
const texts = fc
  .array(fc.oneof(fc.constantFrom(0, 0xd83d, 0xdea8), fc.nat(0xffff)))
  .map((units) => String.fromCharCode(...units));

test('any text becomes one that is whole Unicode without NUL, and stays as it is then', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const kept = storableText(text);
      expect(HALF.test(kept) || kept.includes('\0')).toBe(false);
      expect(storableText(kept)).toBe(kept);
      if (!HALF.test(text) && !text.includes('\0')) expect(kept).toBe(text);
    }),
  );
});

test('texts are cleaned however deep they stand; what JSON does not know is left out', () => {
  const value = { title: 'a\0', list: ['\ud83d', { inner: 'b\0', absent: undefined }], at: new Date(0), n: 1 };
  expect(storable(value)).toEqual({
    title: 'a',
    list: ['\ufffd', { inner: 'b' }],
    at: '1970-01-01T00:00:00.000Z',
    n: 1,
  });
});

test('the same content is the same text in whatever order its fields come; a list keeps its order', () => {
  expect(canonical({ b: [{ y: 1, x: null }, 2], a: 'ä"' })).toBe('{"a":"ä\\"","b":[{"x":null,"y":1},2]}');
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, reversed(inner)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonical(reversed(value))).toBe(canonical(value));
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
