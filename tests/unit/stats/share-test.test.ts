import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { andresenS, shareDifferences, similarity } from '../../../shared/stats/share-test.ts';
import { accepted, refused } from './outcome.ts';

const units = fc
  .array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })), { minLength: 2, maxLength: 30 })
  .filter((rows) => rows.some(([a]) => a > 0) && rows.some(([, b]) => b > 0));

describe('shareDifferences', () => {
  test('p is in 0…1, and the periods may change places', () => {
    fc.assert(
      fc.property(units, (rows) => {
        const base = rows.map(([a]) => a);
        const later = rows.map(([, b]) => b);
        for (const method of ['chi-square', 'fisher'] as const) {
          const one = accepted(shareDifferences(base, later, { method }));
          const other = accepted(shareDifferences(later, base, { method }));
          expect([...one.p].every((p) => p >= 0 && p <= 1)).toBe(true);
          one.p.forEach((p, i) => {
            expect(other.p[i]).toBeCloseTo(p, 7);
            expect(other.difference[i]).toBeCloseTo(-(one.difference[i] ?? 0), 9);
          });
        }
      }),
    );
  });

  test('twice as many events in the same places differ nowhere', () => {
    const { p, difference } = accepted(shareDifferences([1, 2, 0, 7], [2, 4, 0, 14]));
    expect([...difference]).toEqual([0, 0, 0, 0]);
    expect([...p]).toEqual([1, 1, 1, 1]);
  });
});

test('S counts the units that do not differ; those without events only in the standard one', () => {
  expect(accepted(similarity([0.01, 0.5, 0.05, null]))).toEqual({ standard: 0.75, robust: 1 - 1 / 3 });
});

describe('andresenS', () => {
  test('the same pattern is wholly similar, whatever its level', () => {
    const base = [10, 20, 30, 40, 0];
    const { standard, robust, direction } = accepted(andresenS(base, [100, 200, 300, 400, 0], { seed: 4 }));
    expect({ standard, robust, direction: [...direction] }).toEqual({
      standard: 1,
      robust: 1,
      direction: [0, 0, 0, 0, 0],
    });
  });

  test('a unit that took over another’s events differs, on the right side, and so does the other', () => {
    const outcome = accepted(andresenS([50, 50, 100, 0], [5, 95, 100, 0], { seed: 4 }));
    expect([...outcome.direction]).toEqual([1, -1, 0, 0]);
    expect(outcome.standard).toBe(0.5);
    expect(outcome.robust).toBeCloseTo(1 / 3, 12);
  });

  test('a seed gives the same answer again', () => {
    const base = Array.from({ length: 60 }, (_, i) => (i * 7) % 11);
    const later = Array.from({ length: 60 }, (_, i) => (i * 5) % 13);
    expect(andresenS(base, later, { seed: 9 })).toEqual(andresenS(base, later, { seed: 9 }));
  });

  test.each([{ share: 0 }, { share: 1.2 }, { level: 1 }, { samples: 0 }, { share: 0.01 }])('refuses %j', (options) => {
    expect(refused(andresenS([1, 2], [3, 4], { seed: 1, ...options }))).toBe('out-of-range');
  });
});

test.each([
  ['no-areas', [], []],
  ['one-area', [1], [2]],
  ['length-mismatch', [1, 2], [1]],
  ['not-finite', [1, Number.NaN], [1, 1]],
  ['negative-count', [1, -1], [1, 1]],
  ['negative-count', [1, 1], [1, 0.5]],
  ['all-zero', [0, 0], [1, 1]],
  ['all-zero', [1, 1], [0, 0]],
] as const)('%s: base %j, test %j', (reason, base, later) => {
  expect(refused(shareDifferences(base, later))).toBe(reason);
  expect(refused(andresenS(base, later, { seed: 1 }))).toBe(reason);
});

test('S of nothing', () => {
  expect(refused(similarity([]))).toBe('no-areas');
  expect(refused(similarity([null, null]))).toBe('all-zero');
});

test('S of what is no chance', () => {
  for (const p of [Number.NaN, -0.1, 1.1]) expect(refused(similarity([0.5, p]))).toBe('out-of-range');
  expect(refused(similarity([0.5], { alpha: Number.NaN }))).toBe('out-of-range');
});

test('resampling says how far it is, and stops when asked', () => {
  const rounds: number[] = [];
  const options = { seed: 1, samples: 5, onProgress: (done: number) => rounds.push(done) };
  expect(refused(andresenS([1, 2], [3, 4], { ...options, cancelled: () => rounds.length === 2 }))).toBe('cancelled');
  expect(rounds).toEqual([1, 2]);
});
