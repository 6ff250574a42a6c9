import { describe, expect, test } from 'vitest';
import type { TrailPoint } from '../../../../client/api/map-data.ts';
import { byAge, extendTrail } from '../../../../client/map/layers/trail-parts.ts';
import { measure } from '../../../../client/map/tools/measure-figures.ts';
import { unwrapLand } from '../../../../client/map/unwrap-land.ts';

const MINUTE = 60_000;

describe('the trail of a unit', () => {
  test('grows by newer fixes only and forgets what is too old', () => {
    const points: TrailPoint[] = [
      [106, -6, 0],
      [106.1, -6, 10 * MINUTE],
    ];
    expect(extendTrail(points, [106.2, -6, 10 * MINUTE], 30 * MINUTE)).toBe(points);
    expect(extendTrail(points, [106.2, -6, 35 * MINUTE], 30 * MINUTE)).toEqual([
      [106.1, -6, 10 * MINUTE],
      [106.2, -6, 35 * MINUTE],
    ]);
  });

  test('fades with age, without a break between its parts', () => {
    const points: TrailPoint[] = Array.from({ length: 31 }, (_, minute) => [106 + minute / 100, -6, minute * MINUTE]);
    const { features } = byAge(points, 30 * MINUTE);
    const opacities = features.map(({ properties }) => properties?.opacity as number);
    expect(opacities).toEqual(opacities.toSorted((a, b) => a - b));
    expect(opacities.at(-1)).toBeCloseTo(0.85);
    features.slice(1).forEach(({ geometry }, index) => {
      expect(geometry.coordinates[0]).toEqual(features[index]?.geometry.coordinates.at(-1));
    });
  });

  test('draws no line across a silence', () => {
    const points: TrailPoint[] = [
      [106, -6, 0],
      [106.01, -6, MINUTE],
      [106.5, -6, 20 * MINUTE],
      [106.51, -6, 21 * MINUTE],
    ];
    const lines = byAge(points, 21 * MINUTE).features.map(({ geometry }) => geometry.coordinates);
    expect(lines.flat()).not.toHaveLength(0);
    for (const line of lines)
      expect(line).not.toEqual(
        expect.arrayContaining([
          [106.01, -6],
          [106.5, -6],
        ]),
      );
  });
});

describe('measuring', () => {
  test('a degree of the equator, and a square on it', () => {
    expect(
      measure(
        [
          [0, 0],
          [1, 0],
        ],
        false,
      ).metres,
    ).toBeCloseTo(111_195, -1);
    const square: [number, number][] = [
      [0, 0],
      [0.01, 0],
      [0.01, 0.01],
      [0, 0.01],
      [0, 0],
    ];
    const { squareMetres } = measure(square, true);
    expect(squareMetres / 1_236_431).toBeCloseTo(1, 2);
    expect(measure([[0, 0]], true)).toEqual({ metres: 0, squareMetres: 0 });
  });
});

test('land that leaps the 180th meridian goes on beyond it', () => {
  const land = unwrapLand({
    type: 'Feature',
    properties: {},
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [179, -17],
          [-179, -17],
          [-179, -16],
          [179, -16],
          [179, -17],
        ],
      ],
    },
  });
  expect('geometry' in land && land.geometry).toEqual({
    type: 'Polygon',
    coordinates: [
      [
        [179, -17],
        [181, -17],
        [181, -16],
        [179, -16],
        [179, -17],
      ],
    ],
  });
});
