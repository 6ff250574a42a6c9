import { describe, expect, test } from 'vitest';
import { compactName, normaliseName, searchKey } from '../../../../shared/geo/names.ts';

describe('normaliseName', () => {
  test.each([
    ['KELURAHAN TANJUNG PRIUK', 'tanjung priuk'],
    ['Kota Adm. Jakarta Utara', 'jakarta utara'],
    ['Kota Administrasi Jakarta Utara', 'jakarta utara'],
    ['Kab. Kotabaru', 'kotabaru'],
    ['Kel. Kota Baru', 'baru'],
    ['Kota Baru', 'baru'],
    ['Kota', 'kota'],
    ['RW.018', 'rw 18'],
    ['RW18', 'rw 18'],
    ['RW 018A', 'rw 18a'],
    ["  Ma'rang – Café ", 'marang cafe'],
    ['', ''],
  ])('%s → %s', (name, expected) => {
    expect(normaliseName(name)).toBe(expected);
  });
});

test.each([
  ['Tanjung Priuk', 'Tandjoeng Priok'],
  ['Pulo Gebang', 'Pulau Gebang'],
  ['Kebun Jeruk', 'Kebon Jeruk'],
  ['Jogjakarta', 'D.I. Yogyakarta'],
  ['Banjoewangi', 'Banyuwangi'],
])('searchKey: %s and %s meet', (one, other) => {
  expect(searchKey(one)).toBe(searchKey(other));
});

test('compactName: blanks do not matter', () => {
  expect(compactName('Karang Anyar')).toBe(compactName('Kelurahan Karanganyar'));
});
