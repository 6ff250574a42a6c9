import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapped } from '../../../../../client/analysis/brief/map-file.ts';

const length = (text: string) => text.length;

test('a text is broken between words where it would be too wide', () => {
  expect(wrapped('di atas harapan, p ≤ 0,05', 12, length)).toEqual(['di atas', 'harapan, p ≤', '0,05']);
  expect(wrapped('pendek', 12, length)).toEqual(['pendek']);
  expect(wrapped('sangatpanjangsekali ya', 5, length)).toEqual(['sangatpanjangsekali', 'ya']);
});

test('no word is lost, and no line of several words is too wide', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 30 }), (list, width) => {
      const lines = wrapped(list.join(' '), width, length);
      expect(lines.join(' ')).toBe(list.join(' '));
      for (const line of lines) if (line.includes(' ')) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});
