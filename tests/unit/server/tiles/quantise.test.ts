import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubleArea } from '../../../../server/tiles/polygon-clip.ts';
import { quantiseLine, quantisePolygon, quantiseRing } from '../../../../server/tiles/quantise.ts';

const ringOf = (...values: number[]) => Float64Array.from(values);

describe('quantiseRing', () => {
  test.each([
    ['rounds', ringOf(0.4, 0.4, 10.3, 0, 10, 9.6), [0, 0, 10, 0, 10, 10]],
    ['drops a point that falls on the one before', ringOf(0, 0, 0.3, 0.2, 10, 0, 10, 10), [0, 0, 10, 0, 10, 10]],
    ['drops a hair', ringOf(0, 0, 10, 0, 15, 5, 10, 0.2, 10, 10), [0, 0, 10, 0, 10, 10]],
    [
      'drops a long hair, joint by joint',
      ringOf(0, 0, 10, 0, 15, 5, 20, 5, 15, 5, 10, 0, 10, 10),
      [0, 0, 10, 0, 10, 10],
    ],
    ['drops a hair across the seam', ringOf(5, 5, 0, 0, 10, 0, 10, 10, 0, 0), [0, 0, 10, 0, 10, 10]],
    ['leaves nothing of a ring that shrinks to a line', ringOf(0, 0, 10, 0, 10, 0.1, 0, 0.1), []],
    ['leaves nothing of a ring that shrinks to a point', ringOf(0, 0, 0.1, 0, 0.1, 0.1), []],
    ['leaves nothing of nothing', ringOf(), []],
  ])('%s', (_, ring, expected) => {
    expect([...quantiseRing(ring)]).toEqual(expected);
  });

  test('keeps the area of the rounded points, whatever it drops', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 2, maxLength: 40 }), (values) => {
        const ring = Float64Array.from(values.length % 2 ? values.slice(1) : values);
        const rounded = quantiseRing(ring);
        expect(doubleArea(rounded)).toBe(doubleArea(ring.map((value) => Math.round(value))));
        for (let i = 0; i < rounded.length; i += 2) {
          const next = (i + 2) % rounded.length;
          expect([rounded[i], rounded[i + 1]]).not.toEqual([rounded[next], rounded[next + 1]]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test('quantisePolygon: shells positive, holes negative, what is empty goes', () => {
  const shell = ringOf(0, 0, 0, 100, 100, 100, 100, 0);
  const hole = ringOf(10, 10, 20, 10, 20, 20, 10, 20);
  const speck = ringOf(50, 50, 50.2, 50, 50.2, 50.2);
  const rings = quantisePolygon([shell, hole, speck]);
  expect(rings.map((ring) => doubleArea(ring))).toEqual([20_000, -200]);
  expect(quantisePolygon([speck, hole])).toEqual([]);
});

test('quantiseLine: drops what falls on the point before', () => {
  expect([...quantiseLine([0, 0, 0.2, 0.2, 5, 5, 5.1, 5])]).toEqual([0, 0, 5, 5]);
  expect(quantiseLine([0, 0, 0.2, 0.2])).toHaveLength(0);
});
