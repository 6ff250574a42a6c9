import { describe, expect, test } from 'vitest';
import { dayBefore, readDay } from '../../../../data/importers/boundaries/dates.ts';
import { readFieldMap, readFields } from '../../../../data/importers/boundaries/fields.ts';

describe('recognising properties', () => {
  test('BIG: both registers, four names, the desa wins', () => {
    const fields = readFields(
      {
        NAMOBJ: 'Ngasem',
        KDEPUM: '35.06.08.2006',
        KDCPUM: '35.06.08',
        KDPKAB: '35.06',
        KDPPUM: '35',
        KDEBPS: '3506011008',
        KDCBPS: '3506011',
        WADMKD: 'Ngasem',
        WADMKC: 'Gampengrejo',
        WADMKK: 'Kediri',
        WADMPR: 'Jawa Timur',
      },
      {},
    );
    expect(fields).toMatchObject({
      kemendagri: '35.06.08.2006',
      bps: '3506011008',
      either: undefined,
      name: 'Ngasem',
      names: { desa: 'Ngasem', kecamatan: 'Gampengrejo', kabkota: 'Kediri', provinsi: 'Jawa Timur' },
    });
  });

  test('BPS blocks (SLS)', () => {
    const fields = readFields(
      {
        idsls: '35060110080001',
        nmsls: 'RT 001 RW 005',
        nmdesa: 'NGASEM',
        nmkec: 'X',
        nmkab: 'Y',
        nmprov: 'Z',
        nama_ketua: 'Budi',
      },
      {},
    );
    expect(fields).toMatchObject({
      bps: '35060110080001',
      hasWard: true,
      ward: 'RT 001 RW 005',
      names: { desa: 'NGASEM' },
    });
    expect(JSON.stringify(fields)).not.toContain('Budi');
  });

  test('OpenStreetMap: level and what it lies in', () => {
    expect(
      readFields(
        {
          admin_level: '7',
          name: 'Ampenan',
          'is_in:municipality': 'Ampenan',
          'is_in:city': 'Mataram',
          'is_in:province': 'NTB',
        },
        {},
      ),
    ).toMatchObject({ level: 'desa', names: { kecamatan: 'Ampenan', kabkota: 'Mataram', provinsi: 'NTB' } });
    expect(readFields({ admin_level: 9, name: 'RW 05', 'is_in:village': 'Ampenan' }, {})).toMatchObject({
      level: 'rw',
      names: { desa: 'Ampenan' },
    });
  });

  test.each(['kode', 'CODE', 'Kode_Desa', 'ID'])('property %s holds a code of either register', (key) => {
    expect(readFields({ [key]: '52.71.01.1004' }, {})).toMatchObject({ either: '52.71.01.1004' });
  });

  test('a row number in ID is no code', () => {
    expect(readFields({ ID: 7, nama: 'x' }, {}).either).toBeUndefined();
  });

  test('OCHA codes are of BPS, GADM ids are no codes', () => {
    expect(readFields({ ADM4_PCODE: 'ID3506011008', ADM4_EN: 'Ngasem' }, {})).toMatchObject({
      bps: 'ID3506011008',
      names: { desa: 'Ngasem' },
    });
    expect(readFields({ GID_4: 'IDN.1.1.1.1_1', NAME_4: 'x' }, {})).toMatchObject({
      either: undefined,
      names: { desa: 'x' },
    });
  });

  test('null, blank and the words for nothing are nothing', () => {
    for (const nothing of [null, '', '  ', 'NULL', 'None', '-', 'n/a', Number.NaN]) {
      expect(readFields({ nama: nothing, kode: nothing }, {})).toMatchObject({ name: undefined, either: undefined });
    }
  });

  test('--map says which property is what, whatever its case', () => {
    const fields = readFields({ A: '3506082006', b: 'Ngasem', kode: 'x' }, readFieldMap('code=a,name=B'));
    expect(fields).toMatchObject({ kemendagri: '3506082006', either: undefined, name: 'Ngasem' });
    expect(readFields({ A: '3506011008' }, readFieldMap('bps=A'))).toMatchObject({
      bps: '3506011008',
      either: undefined,
    });
  });

  test.each(['kode=a', 'code', 'code='])('--map %s is refused', (text) => {
    expect(() => readFieldMap(text)).toThrow(/--map .* is not understood; use code=/);
  });
});

describe('days and old codes', () => {
  test('their usual names, and those that --map gives', () => {
    expect(readFields({ Valid_From: '2012-07-02', validTo: '2020-01-01', KODE_LAMA: '52.01.01' }, {})).toMatchObject({
      validFrom: '2012-07-02',
      validTo: '2020-01-01',
      oldCode: '52.01.01',
    });
    const map = readFieldMap('validFrom=tmt,validTo=tst,oldCode=dulu');
    expect(readFields({ TMT: 20120702, tst: '', dulu: 'x', valid_from: '1999-01-01' }, map)).toMatchObject({
      validFrom: 20120702,
      validTo: undefined,
      oldCode: 'x',
    });
    expect(() => readFieldMap('valid=x')).toThrow(/validFrom=PROPERTY,validTo=PROPERTY,oldCode=PROPERTY/);
  });

  test.each([
    ['2012-07-02', '2012-07-02'],
    ['2012-07-02T00:00:00.000Z', '2012-07-02'],
    ['2012/7/2', '2012-07-02'],
    ['02-07-2012', '2012-07-02'],
    ['2/7/2012', '2012-07-02'],
    [20120702, '2012-07-02'],
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', undefined],
    ['2012-13-01', undefined],
    ['31/4/2012', undefined],
    ['07-2012', undefined],
    ['2012', undefined],
    [0, undefined],
    [-99, undefined],
    ['0001-01-01', undefined],
    ['besok', undefined],
  ])('%s is the day %s', (written, day) => {
    expect(readDay(written)).toBe(day);
  });

  test('the day before one', () => {
    expect([dayBefore('2024-03-01'), dayBefore('2026-01-01')]).toEqual(['2024-02-29', '2025-12-31']);
  });
});
