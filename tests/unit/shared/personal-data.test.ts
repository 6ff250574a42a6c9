import { expect, test } from 'vitest';
import { findPersonalData } from '../../../shared/personal-data.ts';

test.each([
  ['NIK 5271010101900001 katanya', ['nik']],
  ['5271 0101 0190 0001', ['nik']],
  ['hubungi 0812-3456-7890', ['phone']],
  ['WA +62 812 3456 7890', ['phone']],
  ['telp (0370) 623456', ['phone']],
  ['kirim ke warga@contoh.id', ['email']],
  ['akun @provokator_01', ['handle']],
  ['lihat https://contoh.id/x', ['url']],
  ['motor DR 1234 AB', ['plate']],
] as const)('%s', (text, kinds) => expect(findPersonalData(text)).toEqual([...kinds]));

test.each([
  'Tawuran di simpang tiga, sekitar 20 orang',
  'Banjir 60 cm sejak 14.05 WITA',
  'RW 005 / RT 003, dekat TPS 012',
  'Koordinat -8.58312, 116.10240',
  'Jl. Panca Usaha No. 12, 23 November 2026',
  'Kerugian Rp 12.500.000',
  '',
])('%j is left alone', (text) => expect(findPersonalData(text)).toEqual([]));
