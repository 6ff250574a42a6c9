import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bpsDigits, decideSystem, dotKemendagri, readCode } from '../../../../data/importers/boundaries/codes.ts';

const NOTHING = { kemendagriMatches: 0, bpsMatches: 0 };

describe('reading a code', () => {
  test.each([
    ['52.71.01.1004', '52.71.01.1004'],
    [' 52.71 ', '52.71'],
    [61.12, '61.12'],
  ])('%s is a dotted code', (value, code) => {
    expect(readCode(value)).toEqual({ kind: 'dotted', code, repair: undefined });
  });

  test('a number that lost its last zero gets it back, and says so', () => {
    expect(readCode(61.1)).toEqual({
      kind: 'dotted',
      code: '61.10',
      repair: expect.stringContaining('lost its last zero'),
    });
  });

  test('text that lost a zero on either side is not guessed', () => {
    expect(readCode('61.1')).toEqual({ kind: 'unreadable', reason: expect.stringContaining('61.01 or 61.10') });
  });

  test('leading zeros lost within a code are put back', () => {
    expect(readCode('52.1.1.2001')).toMatchObject({ kind: 'dotted', code: '52.01.01.2001' });
  });

  test.each(['3506011008', 3506011008, 'ID3506011008'])('%s is digits of an unknown register', (value) => {
    expect(readCode(value)).toEqual({ kind: 'digits', digits: '3506011008' });
  });

  test.each(['abc', '52.', '52.71.01.1004.9', 'IDN.1.2_1', '1.2.3.4.5', '52.00'])('%s is no code', (value) => {
    expect(readCode(value).kind).toBe('unreadable');
  });

  test('dots can be taken out and put back', () => {
    const part = (length: number) =>
      fc.integer({ min: 1, max: 10 ** length - 1 }).map((n) => String(n).padStart(length, '0'));
    const code = fc.tuple(
      fc.integer({ min: 11, max: 96 }).map(String),
      part(2),
      part(2),
      fc.integer({ min: 1001, max: 3999 }).map(String),
    );
    fc.assert(
      fc.property(code, fc.integer({ min: 1, max: 4 }), (parts, depth) => {
        const dotted = parts.slice(0, depth).join('.');
        expect(dotKemendagri(dotted.replaceAll('.', ''))).toBe(dotted);
        expect(readCode(dotted)).toEqual(
          depth === 1 ? { kind: 'digits', digits: dotted } : { kind: 'dotted', code: dotted, repair: undefined },
        );
      }),
    );
  });
});

describe('which register undotted codes are of', () => {
  test('7 digits are of BPS, 6 of Kemendagri, both together of neither', () => {
    expect(decideSystem(['3506011'], NOTHING)).toBe('bps');
    expect(decideSystem(['350608'], NOTHING)).toBe('kemendagri');
    expect(decideSystem(['350608', '3506011'], NOTHING)).toBe('undecided');
  });

  test('a desa of kecamatan 010 makes the file one of BPS, though others could be either', () => {
    expect(decideSystem(['3506011008', '3506010001'], NOTHING)).toBe('bps');
  });

  test('one desa code that can be either stays undecided: 3506011008 is 35.06.08.2006', () => {
    expect(decideSystem(['3506011008'], NOTHING)).toBe('undecided');
  });

  test('the names in force decide, by a large majority only', () => {
    expect(decideSystem(['3506011008'], { kemendagriMatches: 9, bpsMatches: 1 })).toBe('kemendagri');
    expect(decideSystem(['3506011008'], { kemendagriMatches: 1, bpsMatches: 9 })).toBe('bps');
    expect(decideSystem(['3506011008'], { kemendagriMatches: 5, bpsMatches: 5 })).toBe('undecided');
  });

  test('provinces outside Papua are the same in both; of Papua they are not', () => {
    expect(decideSystem(['11', '52'], NOTHING)).toBe('kemendagri');
    expect(decideSystem(['11', '91'], NOTHING)).toBe('undecided');
  });

  test('kabupaten of four digits are not guessed', () => {
    expect(decideSystem(['1101', '1102'], NOTHING)).toBe('undecided');
  });
});

test('a BPS block code is cut to its desa', () => {
  expect(bpsDigits('3506011008000100')).toBe('3506011008');
  expect(bpsDigits(35060110080001)).toBe('3506011008');
  expect(bpsDigits('12345')).toBeUndefined();
});
