import { expect, test } from 'vitest';
import { circleFeatures } from '../../../../client/map/layers/analysis-shapes.ts';
import { patternPicture } from '../../../../client/map/layers/patterns.ts';
import { metresPerDegree } from '../../../../shared/geo/grid.ts';

test('a circle keeps its distance, and says what it is', () => {
  const circle = { name: 'c1', lon: 110, lat: -7, radiusM: 1500, label: '1 · p 0,002', sure: true };
  const [feature] = circleFeatures([circle]).features;
  const { east, north } = metresPerDegree(circle);
  const ring = feature?.geometry.coordinates[0] ?? [];
  expect(ring.at(-1)).toEqual(ring[0]);
  for (const [lon = 0, lat = 0] of ring) expect(Math.hypot((lon - 110) * east, (lat + 7) * north)).toBeCloseTo(1500, 3);
  expect(feature?.properties).toEqual({ name: 'c1', label: '1 · p 0,002', sure: true, radiusM: 1500 });
});

test.each(['hatch', 'dots'] as const)('%s repeats without a seam and lets most of the colour through', (kind) => {
  for (const ratio of [1, 2]) {
    const { width, height, data } = patternPicture(kind, '#102030', ratio);
    expect([width, height, data.length]).toEqual([8 * ratio, 8 * ratio, 64 * ratio * ratio * 4]);
    const cover = (x: number, y: number) => data[((y % height) * width + (x % width)) * 4 + 3] ?? 0;
    let sum = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        sum += cover(x, y) / 255;
        // Within a tile and across its edge no step is greater than any other.
        if (kind === 'hatch') expect(cover(x, y)).toBe(cover(x + 1, y + height - 1));
      }
    }
    expect(sum / width / height).toBeGreaterThan(0.1);
    expect(sum / width / height).toBeLessThan(0.5);
  }
});
