import { describe, expect, test } from 'vitest';
import { KnownAreas, nameDistance } from '../../../../data/importers/boundaries/known-areas.ts';
import { wardCode, writtenName } from '../../../../data/importers/boundaries/written-names.ts';

describe('a name as it is shown', () => {
  test.each([
    ['KELURAHAN TANJUNG PRIOK', 'desa', 'Tanjung Priok'],
    ['Desa  Sukamaju', 'desa', 'Sukamaju'],
    ['ILIR TIMUR II', 'kecamatan', 'Ilir Timur II'],
    ['Kec. Ampenan', 'kecamatan', 'Ampenan'],
    ['KOTA ADM. JAKARTA UTARA', 'kabkota', 'Kota Administrasi Jakarta Utara'],
    ['Kab. Lombok Barat', 'kabkota', 'Kabupaten Lombok Barat'],
    ['Kota Mataram', 'kabkota', 'Kota Mataram'],
    ['DKI JAKARTA', 'provinsi', 'DKI Jakarta'],
    ['Provinsi Bali', 'provinsi', 'Bali'],
    ["Ma'rang", 'desa', "Ma'rang"],
  ] as const)('%s as %s is %s', (name, level, shown) => {
    expect(writtenName(name, level)).toBe(shown);
  });
});

describe('the number of an RW', () => {
  test.each([
    ['RW18', 'RW018'],
    ['RW 18', 'RW018'],
    ['018', 'RW018'],
    ['RW.05', 'RW005'],
    ['rw 5a', 'RW005A'],
    ['RT 003 RW 018', 'RW018'],
    ['RT 001/RW 007 DUSUN TIMUR', 'RW007'],
    ['112', 'RW112'],
  ])('%s is %s', (text, code) => {
    expect(wardCode(text)).toBe(code);
  });

  test.each(['', 'Kawasan Industri Pulogadung', 'RW', 'RW 00', 'RT 003', 'RW 1234'])('"%s" names none', (text) => {
    expect(wardCode(text)).toBeUndefined();
  });
});

describe('finding an area by names', () => {
  const area = (code: string, name: string) => {
    const level = (['provinsi', 'kabkota', 'kecamatan', 'desa'] as const)[code.split('.').length - 1] ?? 'desa';
    return { code, level, name, bpsCode: null };
  };
  const known = new KnownAreas([
    area('31.72', 'Kota Administrasi Jakarta Utara'),
    area('31.72.02', 'Tanjung Priok'),
    area('31.72.02.1001', 'Tanjung Priok'),
    area('31.72.02.1003', 'Papanggo'),
    area('31.74', 'Kota Administrasi Jakarta Selatan'),
    area('31.74.01', 'Tebet'),
    area('31.74.01.1001', 'Menteng Dalam'),
    area('31.74.02', 'Setiabudi'),
    area('31.74.02.1001', 'Menteng Dalam'),
  ]);
  const find = (kabkota: string, kecamatan: string, desa: string) =>
    known.byNames('desa', { kabkota, kecamatan, desa });

  test('the same but for case and kind is a match by name', () => {
    expect(find('JAKARTA UTARA', 'TANJUNG PRIOK', 'KEL. PAPANGGO')).toMatchObject({
      how: 'name',
      area: { code: '31.72.02.1003' },
    });
  });

  test.each(['TANJUNG PRIUK', 'TANJOENG PRIOK', 'TANJUG PRIOK'])('%s is a match by spelling', (desa) => {
    expect(find('JAKARTA UTARA', 'TANJUNG PRIOK', desa)).toMatchObject({
      how: 'spelling',
      area: { code: '31.72.02.1001' },
    });
  });

  test('of two that are called the same the names above decide', () => {
    expect(find('JAKARTA SELATAN', 'TEBET', 'MENTENG DALAM')).toMatchObject({ area: { code: '31.74.01.1001' } });
    expect(known.byNames('desa', { desa: 'MENTENG DALAM' })).toEqual({
      area: undefined,
      reason: '2 desa are called MENTENG DALAM',
    });
  });

  test('another name is no match', () => {
    expect(find('JAKARTA UTARA', 'TANJUNG PRIOK', 'ANCOL').area).toBeUndefined();
  });

  test('short names must be spelt alike', () => {
    expect(nameDistance('Duri', 'Dari')).toBe(Number.POSITIVE_INFINITY);
    expect(nameDistance('Karanganyar', 'Karang Anyar')).toBe(0);
    expect(nameDistance('Krendang', 'Kredang')).toBeGreaterThan(0);
  });
});
