import { describe, expect, test } from 'vitest';
import { checkLevel, readAsked } from '../../../../server/hotspots/asked.ts';

const SPAN = { from: '2026-05-01T00:00:00+08:00', to: '2026-06-01T00:00:00+08:00' };

describe('what is counted', () => {
  test('is everything of the period where nothing narrows it, but what patrols found and what is not verified', () => {
    expect(readAsked(SPAN)).toEqual({
      period: { from: new Date('2026-04-30T16:00:00Z'), to: new Date('2026-05-31T16:00:00Z') },
      baseline: null,
      categories: null,
      subcategories: null,
      severities: null,
      area: null,
      patrol: false,
      unverified: false,
    });
  });

  test('is the same question in whatever order, and however often, its values are named', () => {
    const one = readAsked({ ...SPAN, categories: 'pemilu,kamtibmas', subcategories: 'curat, curas' });
    const other = readAsked({ ...SPAN, categories: 'kamtibmas, pemilu,kamtibmas', subcategories: 'curas,curat' });
    expect(one).toEqual(other);
    expect([one.categories, one.subcategories]).toEqual([
      ['kamtibmas', 'pemilu'],
      ['curas', 'curat'],
    ]);
  });

  test('may be compared with a baseline of its own', () => {
    const asked = readAsked({ ...SPAN, baselineFrom: '2026-04-01T00:00:00Z', baselineTo: '2026-05-01T00:00:00Z' });
    expect(asked.baseline).toEqual({ from: new Date('2026-04-01T00:00:00Z'), to: new Date('2026-05-01T00:00:00Z') });
  });

  test.each([
    ['query.to', { to: SPAN.from }],
    ['query.baselineTo', { baselineFrom: SPAN.from }],
    ['query.baselineFrom', { baselineTo: SPAN.to }],
    ['query.baselineTo', { baselineFrom: SPAN.to, baselineTo: SPAN.from }],
    ['query.categories', { categories: 'kamtibmas,x' }],
    ['query.severities', { severities: 'low;critical' }],
    ['query.subcategories', { subcategories: 'curat,,curas' }],
    ['query.subcategories', { subcategories: '' }],
  ])('is refused by %s for %j', (field, wrong) => {
    const details = [expect.objectContaining({ field })];
    expect(() => readAsked({ ...SPAN, ...wrong })).toThrow(
      expect.objectContaining({ code: 'invalid_request', details }),
    );
  });
});

test('places that are asked for are no wider than the area that they lie in', () => {
  for (const area of [null, '52', '52.71']) expect(() => checkLevel('kabkota', area)).not.toThrow();
  expect(() => checkLevel('rw', '52.71.01.1001')).not.toThrow();
  expect(() => checkLevel('kecamatan', '52.71.01.1001')).toThrow(
    /^query\.level is wider than the area 52\.71\.01\.1001, a desa; ask for desa or a narrower level/,
  );
});
