import { expect, test } from 'vitest';
import { textWarnings } from '../../../shared/text-warnings.ts';

test('each text that seems to hold personal data is told by its field and by what it seems to hold', () => {
  const body = { title: 'Tawuran', note: 'Hubungi 0812-3456-7890 atau warga@contoh.id', place: 'DR 1234 AB' };
  expect(textWarnings(body, ['title', 'note', 'place'])).toEqual({
    warnings: [
      { field: 'body.note', problem: 'seems to hold a phone number, an address of mail; leave out who it is about' },
      { field: 'body.place', problem: 'seems to hold a number plate; leave out who it is about' },
    ],
  });
});

test.each([{}, { note: null }, { note: '' }, { note: 'Sekitar 20 orang' }])(
  'nothing is said of %j: the answer has no field for it',
  (body: { note?: string | null }) => {
    expect(textWarnings(body, ['note'])).toEqual({});
  },
);

test('only the texts that are asked about are looked at', () => {
  const body = { title: '', id: '5271010101900001' };
  expect(textWarnings(body, ['title'])).toEqual({});
});
