import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CountTree,
  LEAST_PUBLISHED,
  type Suppression,
  suppress,
} from '../../../../server/hotspots/suppression.ts';
import { boundsOf, type KnownSum } from '../../../support/linear-bounds.ts';

/** An area: incidents that lie in none of its parts, and its parts. */
interface Area {
  rest: number;
  parts: Area[];
}

const area = (depth: number): fc.Arbitrary<Area> =>
  fc.record({
    rest: depth === 0 ? fc.nat(9) : fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(7)),
    parts: depth === 0 ? fc.constant([]) : fc.array(area(depth - 1), { maxLength: 4 }),
  });
const forest = fc.array(fc.oneof(area(1), area(2), area(3)), { minLength: 1, maxLength: 4 });

function treeOf(areas: readonly Area[]): CountTree {
  const parent: number[] = [];
  const count: number[] = [];
  const add = (one: Area, above: number): number => {
    const index = parent.push(above) - 1;
    count.push(0);
    const sum = one.parts.reduce((total, part) => total + add(part, index), one.rest);
    count[index] = sum;
    return sum;
  };
  for (const one of areas) add(one, -1);
  return { parent, count };
}

/** Everything that an attacker knows: the total, what is published, and how many incidents of each area are in none of its parts. */
function known(
  { parent, count }: CountTree,
  { hidden, total: isTotalHidden }: Suppression,
): { unknown: number[]; sums: KnownSum[] } {
  const unknown = count.flatMap((_, index) => (hidden[index] ? [index] : []));
  const place = new Map(unknown.map((index, at) => [index, at]));
  const sums = [...(isTotalHidden ? [] : [-1]), ...count.keys()].flatMap((whole) => {
    const parts = parent.flatMap((above, index) => (above === whole ? [index] : []));
    if (parts.length === 0) return [];
    const terms = new Map<number, number>();
    let total = whole < 0 ? parts.reduce((sum, part) => sum + (count[part] ?? 0), 0) : (count[whole] ?? 0);
    const rest = total - parts.reduce((sum, part) => sum + (count[part] ?? 0), 0);
    const at = place.get(whole);
    if (at !== undefined) {
      terms.set(at, -1);
      total = 0;
    }
    for (const part of parts) {
      const unknownAt = place.get(part);
      if (unknownAt === undefined) total -= count[part] ?? 0;
      else terms.set(unknownAt, 1);
    }
    return terms.size > 0 ? [{ terms, total: total - rest }] : [];
  });
  return { unknown, sums };
}

describe('counts of public files', { timeout: 60_000 }, () => {
  test('an attacker who solves all published sums narrows no hidden count to one value, and shows of none that it is under 5', () => {
    let attacked = 0;
    let shown = 0;
    fc.assert(
      fc.property(forest, (areas) => {
        const tree = treeOf(areas);
        const suppression = suppress(tree);
        const { hidden } = suppression;
        for (const [index, value] of tree.count.entries()) {
          if (value < LEAST_PUBLISHED) expect(hidden[index]).toBe(true);
          else if (!hidden[index]) shown++;
        }
        const { unknown, sums } = known(tree, suppression);
        for (const [at, { low, high }] of boundsOf(unknown.length, sums).entries()) {
          const value = tree.count[unknown[at] ?? -1] ?? 0;
          const told = JSON.stringify({ tree, hidden, index: unknown[at], low, high });
          expect(low, told).toBeLessThanOrEqual(value + 1e-6);
          expect(high, told).toBeGreaterThanOrEqual(value - 1e-6);
          expect(high - low, told).toBeGreaterThanOrEqual(1 - 1e-6);
          expect(high, told).toBeGreaterThanOrEqual(LEAST_PUBLISHED - 1e-6);
          attacked++;
        }
      }),
      { numRuns: 500 },
    );
    // Neither is everything hidden, nor nothing.
    expect(attacked).toBeGreaterThan(1_000);
    expect(shown).toBeGreaterThan(100);
  });

  test('the attacker is a good one: with the small counts alone hidden he finds most of them', () => {
    const tree = treeOf([
      {
        rest: 0,
        parts: [
          { rest: 3, parts: [] },
          { rest: 20, parts: [] },
        ],
      },
      {
        rest: 0,
        parts: [
          { rest: 9, parts: [] },
          { rest: 8, parts: [] },
        ],
      },
    ]);
    const { unknown, sums } = known(tree, { hidden: tree.count.map((value) => value < LEAST_PUBLISHED), total: false });
    expect(unknown.map((index) => tree.count[index])).toEqual([3]);
    expect(boundsOf(unknown.length, sums)).toEqual([{ low: 3, high: 3 }]);
  });

  test.each<[string, number[], number[], string]>([
    ['nothing small, nothing hidden', [-1, -1, 0, 0], [12, 8, 7, 5], '....'],
    ['one small part takes the smallest other with it', [-1, -1, 0, 0, 0], [40, 8, 3, 30, 7], '..x.x'],
    ['two small ones that come to 5 protect each other', [-1, -1, 0, 0, 0], [15, 8, 3, 2, 10], '..xx.'],
    ['two that come to less take a third', [-1, -1, 0, 0, 0], [13, 8, 1, 2, 10], '..xxx'],
    ['two zeros would be told by their sum', [-1, -1, 0, 0, 0], [12, 8, 0, 0, 12], '..xxx'],
    // The one part, with 4 that lie in none: the area itself is hidden, and its neighbour beside it.
    ['an area without enough to hide is hidden itself', [-1, -1, -1, 0], [7, 9, 30, 3], 'xx.x'],
    // The neighbour that is hidden for it has parts: one of them is hidden, or they would add up to it.
    ['what is hidden for another hides one of its parts', [-1, -1, 1, 1], [3, 20, 12, 8], 'xx.x'],
    ['a whole of few incidents is hidden as a whole', [-1, 0, 0], [4, 1, 3], 'xxx'],
  ])('%s', (_name, parent, count, expected) => {
    expect(
      suppress({ parent, count })
        .hidden.map((hides) => (hides ? 'x' : '.'))
        .join(''),
    ).toBe(expected);
  });

  test('areas of a whole country are decided in a moment', () => {
    const parent: number[] = [];
    const count: number[] = [];
    const add = (above: number, value: number) => {
      count.push(value);
      return parent.push(above) - 1;
    };
    for (let city = 0; city < 500; city++) {
      const at = add(-1, 0);
      for (let district = 0; district < 14; district++) {
        const inner = add(at, 0);
        for (let village = 0; village < 12; village++) add(inner, (city * 7 + district * 3 + village * 5) % 23);
      }
    }
    for (let node = parent.length - 1; node >= 0; node--) {
      const above = parent[node] ?? -1;
      if (above >= 0) count[above] = (count[above] ?? 0) + (count[node] ?? 0);
    }
    const begun = performance.now();
    const { hidden } = suppress({ parent, count });
    expect(performance.now() - begun).toBeLessThan(2_000);
    const part = hidden.filter(Boolean).length / hidden.length;
    expect(part).toBeGreaterThan(0.2);
    expect(part).toBeLessThan(0.5);
  });
});
