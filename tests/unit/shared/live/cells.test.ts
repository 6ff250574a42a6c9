import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Cover,
  coverOf,
  covers,
  latitudeOf,
  longitudeOf,
  MAX_CELLS,
  mercatorX,
  mercatorY,
  sameCover,
} from '../../../../shared/live/cells.ts';

const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -85, max: 85, noNaN: true });
/** Not the very edges: there the rounding of the test itself decides. */
const fraction = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const zoom = fc.double({ min: 0, max: 20, noNaN: true });

function coversPlace(cover: Cover, placeLon: number, placeLat: number): boolean {
  const tiles = 2 ** cover.level;
  const column = Math.floor(mercatorX(placeLon) * tiles) % tiles;
  return covers(cover, (column + tiles) % tiles, Math.min(tiles - 1, Math.floor(mercatorY(placeLat) * tiles)));
}

describe('cells', () => {
  test('mercator and back', () => {
    fc.assert(
      fc.property(lon, lat, (x, y) => {
        expect(longitudeOf(mercatorX(x))).toBeCloseTo(x, 9);
        expect(latitudeOf(mercatorY(y))).toBeCloseTo(y, 9);
      }),
    );
  });

  test('every place of a window is in its cover, which is bounded', () => {
    fc.assert(
      fc.property(
        lon,
        fc.double({ min: 1e-6, max: 300, noNaN: true }),
        lat,
        lat,
        zoom,
        fraction,
        fraction,
        (west, width, a, b, z, u, v) => {
          const [south, north] = a < b ? [a, b] : [b, a];
          const cover = coverOf([west, south, west + width, north], z);
          expect((cover.x1 - cover.x0 + 1) * (cover.y1 - cover.y0 + 1)).toBeLessThanOrEqual(MAX_CELLS);
          expect(cover.x0).toBeGreaterThanOrEqual(0);
          expect(cover.x0).toBeLessThan(2 ** cover.level);
          const placeLon = ((((west + width * u + 180) % 360) + 360) % 360) - 180;
          expect(coversPlace(cover, placeLon, south + (north - south) * v)).toBe(true);
        },
      ),
    );
  });

  test('a window across the 180th meridian covers both sides', () => {
    for (const bounds of [
      [179.9, -17, -179.9, -16.8],
      [179.9, -17, 180.1, -16.8],
    ] as const) {
      const cover = coverOf(bounds, 12);
      expect(cover.show).toBe('units');
      expect(coversPlace(cover, 179.95, -16.9)).toBe(true);
      expect(coversPlace(cover, -179.95, -16.9)).toBe(true);
      expect(coversPlace(cover, 0, -16.9)).toBe(false);
    }
  });

  test('a kota shows units, a province counts, and the cover stays while the window moves within its cells', () => {
    const kota = coverOf([106.78, -6.3, 106.95, -6.1], 12);
    expect(kota).toMatchObject({ show: 'units', level: 13 });
    expect(coverOf([105, -8, 109, -5], 8).show).toBe('counts');
    expect(sameCover(kota, coverOf([106.7801, -6.2999, 106.9501, -6.0999], 12))).toBe(true);
  });
});
