import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleBarOf } from '../../../../client/map/picture-margin.ts';

test.each([
  [10, 160, 1000, 100],
  [2.5, 160, 300, 120],
  [1, 160, 100, 100],
  [1, 200, 200, 200],
  [0.2, 150, 30, 150],
  [4000, 100, 300_000, 75],
])('%d m a pixel within %d pixels: a bar of %d m, %d pixels long', (metresPerPixel, most, metres, width) => {
  expect(scaleBarOf(metresPerPixel, most)).toEqual({ metres, width: expect.closeTo(width, 6) });
});

test('a bar is as long as it says, never too wide, and of a round length', () => {
  const lengths = [fc.double({ min: 0.01, max: 50_000, noNaN: true }), fc.integer({ min: 20, max: 400 })] as const;
  fc.assert(
    fc.property(...lengths, (metresPerPixel, most) => {
      const { metres, width } = scaleBarOf(metresPerPixel, most);
      expect(width * metresPerPixel).toBeCloseTo(metres, 6);
      expect(width).toBeLessThanOrEqual(most * (1 + 1e-6));
      expect(width).toBeGreaterThan(most / 2.01);
      expect([1, 2, 3, 5]).toContain(Math.round(metres / 10 ** Math.floor(Math.log10(metres * 1.000001))));
    }),
  );
});
