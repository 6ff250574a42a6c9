import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { falseDiscoveryRate } from '../../../shared/stats/false-discovery.ts';
import { accepted, refused } from './outcome.ts';
import { expectAllNear } from './reference-file.ts';

const somePs = fc.array(
  fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(0, -0, 1, 0.05, 1e-300, 5e-324, 0.01, 0.01 * (1 + 2 ** -40), 0.01 * (1 + 2 ** -45)),
  ),
  { minLength: 1, maxLength: 60 },
);

/** By the definition: of all ranks from its own on, the least m p / rank. */
function byDefinition(p: readonly number[]): number[] {
  const sorted = p.toSorted((a, b) => a - b);
  return p.map((own) => Math.min(1, ...sorted.map((value, at) => (value >= own ? (value * p.length) / (at + 1) : 1))));
}

describe('the false discovery rate', () => {
  test('follows the definition, in any order', () => {
    fc.assert(
      fc.property(somePs, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (p, alpha) => {
        const { adjusted, significant, count, tested } = accepted(falseDiscoveryRate(p, alpha));
        expectAllNear(adjusted, byDefinition(p), { rel: 1e-12 }, 'adjusted');
        expect([...significant]).toEqual(Array.from(adjusted, (value) => (value <= alpha ? 1 : 0)));
        expect(count).toBe(significant.reduce((sum, flag) => sum + flag, 0));
        expect(tested).toBe(p.length);
      }),
    );
  });

  test('leaves out whom nothing was tested of', () => {
    const { adjusted, tested } = accepted(falseDiscoveryRate([0.01, 0, 0.04], 0.05, [0, 1, 0]));
    expect(tested).toBe(2);
    expect([...adjusted]).toEqual([0.02, 1, 0.04]);
    expect(accepted(falseDiscoveryRate([0, 0], 0.05, [2, 3]))).toMatchObject({ count: 0, tested: 0 });
  });

  test('what is refused', () => {
    expect(refused(falseDiscoveryRate([], 0.05))).toBe('no-areas');
    expect(refused(falseDiscoveryRate([0.5], 0))).toBe('out-of-range');
    expect(refused(falseDiscoveryRate([1.1], 0.05))).toBe('out-of-range');
    expect(refused(falseDiscoveryRate([Number.NaN], 0.05))).toBe('out-of-range');
    expect(refused(falseDiscoveryRate([0.5], 0.05, [0, 0]))).toBe('length-mismatch');
  });
});
