import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinNote, splitNote } from '../../../../../client/analysis/saved/note.ts';

test('a note is text and, last, the decision that it asks for', () => {
  const parts = { text: 'Pencurian naik.\n\nTerutama malam.', decision: 'Tambah patroli\npukul 18–23.' };
  const note = joinNote(parts, 'id');
  expect(note).toBe('Pencurian naik.\n\nTerutama malam.\n\nKeputusan yang diminta: Tambah patroli\npukul 18–23.');
  expect(splitNote(note)).toEqual(parts);
  expect(splitNote(joinNote(parts, 'en'))).toEqual(parts);
});

test('either may be missing', () => {
  expect(splitNote('')).toEqual({ text: '', decision: '' });
  expect(joinNote({ text: '', decision: 'Tidak ada' }, 'id')).toBe('Keputusan yang diminta: Tidak ada');
  expect(splitNote('Keputusan yang diminta: Tidak ada')).toEqual({ text: '', decision: 'Tidak ada' });
  expect(joinNote({ text: 'Hanya ini', decision: ' ' }, 'id')).toBe('Hanya ini');
});

test('what was joined is split again, whatever it is', () => {
  const plain = fc.string().filter((text) => !/Keputusan|Decision/.test(text));
  fc.assert(
    fc.property(plain, plain, (text, decision) => {
      const parts = { text: text.trim(), decision: decision.trim() };
      expect(splitNote(joinNote(parts, 'id'))).toEqual(parts);
    }),
  );
});
