import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeTile, LayerWriter } from '../../../../shared/tiles/mvt.ts';
import { decodeTile } from '../../../support/tiles.ts';

const coordinate = fc.integer({ min: -70_000, max: 70_000 });
const path = (points: number) =>
  fc
    .array(fc.tuple(coordinate, coordinate), { minLength: points, maxLength: 20 })
    .map((pairs) => Int32Array.from(pairs.flat()));
const pairs = (ring: Int32Array) =>
  Array.from({ length: ring.length / 2 }, (_, i): [number, number] => [ring[2 * i] ?? 0, ring[2 * i + 1] ?? 0]);
const properties = fc.dictionary(
  fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
  fc.oneof(fc.string({ unit: 'binary' }), fc.nat(), fc.maxSafeNat()),
  { noNullPrototype: true },
);

describe('a vector tile, decoded by the library that the map uses', () => {
  test('surfaces, lines and points come back as they went in', () => {
    const shape = fc.oneof(
      fc.record({
        polygons: fc.array(fc.array(path(3), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ lines: fc.array(path(2), { minLength: 1, maxLength: 4 }) }),
      fc.record({ point: fc.tuple(coordinate, coordinate) }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: fc.maxSafeNat(), properties, shape }), { minLength: 1, maxLength: 8 }),
        (features) => {
          const layer = new LayerWriter('things');
          for (const { id, properties, shape } of features) layer.add(id, properties, shape);
          const decoded = decodeTile(encodeTile([layer]));
          expect(Object.keys(decoded)).toEqual(['things']);
          expect(decoded.things).toEqual(
            features.map(({ id, properties, shape }) => ({
              id,
              properties,
              type: 'polygons' in shape ? 3 : 'lines' in shape ? 2 : 1,
              parts:
                'polygons' in shape
                  ? shape.polygons.flat().map((ring) => [...pairs(ring), ...pairs(ring).slice(0, 1)])
                  : 'lines' in shape
                    ? shape.lines.map(pairs)
                    : [[shape.point]],
            })),
          );
        },
      ),
    );
  });

  test('layers without features are left out, and a tile without layers has no bytes', () => {
    const empty = new LayerWriter('empty');
    empty.add(1, { name: 'nothing to draw' }, { polygons: [] });
    const full = new LayerWriter('full');
    full.add(1, {}, { point: [1, 2] });
    expect(encodeTile([empty])).toHaveLength(0);
    expect(Object.keys(decodeTile(encodeTile([empty, full])))).toEqual(['full']);
  });
});
