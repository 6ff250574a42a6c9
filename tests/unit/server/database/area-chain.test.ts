import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AreaCandidate, chooseChain, missingAncestors } from '../../../../server/database/area-chain.ts';
import { levelOfCode, parentOfCode } from '../../../../shared/area-code.ts';

const area = (code: string, distanceM: number, areaM2 = 1): AreaCandidate => ({
  code,
  name: code,
  level: levelOfCode(code) ?? 'desa',
  parentCode: parentOfCode(code) ?? null,
  areaM2,
  covers: distanceM === 0,
  distanceM,
});
const codes = (candidates: AreaCandidate[], known: string[] = []) =>
  chooseChain(candidates, (code) => (known.includes(code) ? area(code, 999) : undefined)).map(
    ({ code, match, distanceM }) => `${code} ${match} ${distanceM}`,
  );

describe('chooseChain', () => {
  test('nothing in reach: nothing', () => {
    expect(codes([])).toEqual([]);
  });

  test('of two that overlap, the one whose kecamatan also has the point', () => {
    expect(codes([area('52.01.02.2001', 0, 5), area('52.01.01.2001', 0, 9), area('52.01.01', 0)])).toEqual([
      '52.01.01 inside 0',
      '52.01.01.2001 inside 0',
    ]);
  });

  test('else the smaller, else the lower code', () => {
    expect(codes([area('52.01.01.2002', 0, 5), area('52.01.01.2001', 0, 9)])).toEqual(['52.01.01.2002 inside 0']);
    expect(codes([area('52.01.01.2002', 0, 5), area('52.01.01.2001', 0, 5)])).toEqual(['52.01.01.2001 inside 0']);
  });

  test('levels that do not nest: the narrow area tells the wide one', () => {
    const candidates = [area('52', 0), area('52.02', 0, 3), area('52.01.01', 0), area('52.01.01.2001', 0)];
    expect(codes(candidates, ['52.01'])).toEqual([
      '52 inside 0',
      '52.01 inside 0',
      '52.01.01 inside 0',
      '52.01.01.2001 inside 0',
    ]);
  });

  test('an RW of another desa than the one with the point gives way to the nearest of its own', () => {
    const candidates = [
      area('31.72.02.1001', 0),
      area('31.72.02.1002', 8),
      area('31.72.02.1002.RW001', 0),
      area('31.72.02.1001.RW003', 6),
      area('31.72.02.1001.RW004', 4),
    ];
    expect(codes(candidates)).toEqual(['31.72.02.1001 inside 0', '31.72.02.1001.RW004 nearest 4']);
  });

  test('in a gap the nearest of the kecamatan around it is taken, not a nearer stranger', () => {
    expect(codes([area('52.01.01', 0), area('52.01.01.2001', 7), area('52.01.02.2001', 2)])).toEqual([
      '52.01.01 inside 0',
      '52.01.01.2001 nearest 7',
    ]);
  });

  test('where nothing has the point, the nearest desa leads, and all are nearest at its distance', () => {
    expect(
      codes([area('52', 9), area('52.01', 8), area('52.01.01.2001', 7.123), area('52.02.01.2001', 6.456)], ['52.02']),
    ).toEqual(['52 nearest 6.46', '52.02 nearest 6.46', '52.02.01.2001 nearest 6.46']);
  });

  test('levels that were never imported are passed over', () => {
    expect(codes([area('52', 0), area('52.01.01.2001', 0)])).toEqual(['52 inside 0', '52.01.01.2001 inside 0']);
    expect(missingAncestors([area('52', 0), area('52.01.01.2001', 0)])).toEqual(['52.01.01', '52.01']);
  });

  test('the order of the candidates never matters, and each area lies in the one before it', () => {
    const code = fc
      .tuple(fc.integer({ min: 1, max: 2 }), fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 4 }))
      .map(([first, rest]) =>
        [`1${first}`, ...rest.map((n, i) => (i < 2 ? `0${n}` : i === 2 ? `200${n}` : `RW00${n}`))].join('.'),
      );
    const candidates = fc.uniqueArray(
      fc
        .tuple(code, fc.boolean(), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 3 }))
        .map(([text, covers, metres, size]) => area(text, covers ? 0 : metres, size)),
      { selector: (candidate) => candidate.code, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        candidates.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          const chain = chooseChain(list, () => undefined);
          expect(chooseChain(shuffled, () => undefined)).toEqual(chain);
          expect(chain.length === 0).toBe(list.length === 0);
          for (const [index, hit] of chain.slice(1).entries())
            expect(hit.code.startsWith(`${chain[index]?.code}.`)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
