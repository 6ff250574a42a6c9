import { expect, test } from 'vitest';
import { featuresOf } from '../../../../client/map/layers/jurisdiction.ts';

const ring = (west: number, size: number): GeoJSON.Position[] => [
  [west, 0],
  [west + size, 0],
  [west + size, size],
  [west, size],
  [west, 0],
];

test('no shapes: nothing is outlined and nothing dimmed', () => {
  expect(featuresOf([]).features).toEqual([]);
});

test('outside is the world without the shapes, and an enclave within one is outside too', () => {
  const enclave = ring(1, 1);
  const { features } = featuresOf([[[ring(0, 5), enclave]], [[ring(10, 2)]]]);
  const [outside, edge] = features.map(({ geometry }) =>
    geometry.type === 'MultiPolygon' ? geometry.coordinates : undefined,
  );
  expect(outside).toHaveLength(2);
  expect(outside?.[0]?.slice(1)).toEqual([ring(0, 5), ring(10, 2)]);
  expect(outside?.[1]).toEqual([enclave]);
  expect(edge).toEqual([[ring(0, 5), enclave], [ring(10, 2)]]);
});
