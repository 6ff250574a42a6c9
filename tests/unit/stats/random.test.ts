import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../shared/stats/random.ts';

const DRAWS = 200_000;

describe('seeded random numbers', () => {
  test('a seed repeats its numbers, another gives others', () => {
    const some = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.uniform());
    };
    expect(some(7)).toEqual(some(7));
    expect(some(7)).not.toEqual(some(8));
    expect(new Set(some(0)).size).toBe(20);
  });

  test('uniform numbers spread over [0, 1)', () => {
    const random = createRandom(1);
    const tenths = new Array(10).fill(0);
    for (let i = 0; i < DRAWS; i++) tenths[Math.floor(random.uniform() * 10)]++;
    expect(tenths).toHaveLength(10);
    expect(chiSquare(tenths, () => DRAWS / 10)).toBeLessThan(CHI_SQUARE_9);
  });

  test('whole numbers below n are equally likely', () => {
    const random = createRandom(2);
    const counts = new Array(10).fill(0);
    for (let i = 0; i < DRAWS; i++) counts[random.below(10)]++;
    expect(counts).toHaveLength(10);
    expect(chiSquare(counts, () => DRAWS / 10)).toBeLessThan(CHI_SQUARE_9);
    // Two thirds of the 32 bits: taking the remainder alone would put half of all draws into the lower third.
    const wide = 2 ** 32 * (2 / 3);
    let low = 0;
    for (let i = 0; i < 10_000; i++) low += random.below(Math.floor(wide)) < wide / 2 ? 1 : 0;
    expect(Math.abs(low - 5000)).toBeLessThan(250);
  });

  test('a shuffle keeps the elements, and every order is equally likely', () => {
    const random = createRandom(3);
    const orders = new Map<string, number>();
    for (let i = 0; i < 60_000; i++) {
      const items = Uint8Array.of(1, 2, 3);
      random.shuffle(items);
      orders.set(items.join(''), (orders.get(items.join('')) ?? 0) + 1);
    }
    expect([...orders.keys()].sort()).toEqual(['123', '132', '213', '231', '312', '321']);
    expect(chiSquare([...orders.values()], () => 10_000)).toBeLessThan(25);
  });

  test.each([0.005, 0.5, 4, 9.9, 10, 25, 400])('draws of Poisson with mean %d follow its probabilities', (mean) => {
    const random = createRandom(4);
    const counts: number[] = [];
    for (let i = 0; i < DRAWS; i++) {
      const drawn = random.poisson(mean);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    // Cells with few expected are put together with what lies beyond them.
    let probability = Math.exp(-mean);
    let statistic = 0;
    let cells = 0;
    let observed = 0;
    let expected = 0;
    for (let count = 0; count < mean + 12 * Math.sqrt(mean) + 12; count++) {
      if (count > 0) probability *= mean / count;
      observed += counts[count] ?? 0;
      expected += probability * DRAWS;
      if (expected < 20) continue;
      statistic += (observed - expected) ** 2 / expected;
      cells++;
      observed = 0;
      expected = 0;
    }
    expect(counts.length).toBeLessThan(mean + 12 * Math.sqrt(mean) + 12);
    expect(observed).toBeLessThan(expected + 30);
    expect(statistic).toBeLessThan(cells + 5 * Math.sqrt(2 * cells) + 5);
  });

  test('a mean of zero draws zero', () => {
    expect(createRandom(5).poisson(0)).toBe(0);
  });
});

/** The value a χ² of 9 degrees of freedom passes once in 10,000. */
const CHI_SQUARE_9 = 33.7;

function chiSquare(observed: readonly number[], expected: (index: number) => number): number {
  return observed.reduce((sum, count, index) => sum + (count - expected(index)) ** 2 / expected(index), 0);
}
