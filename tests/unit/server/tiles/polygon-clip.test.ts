import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipPath, type Square } from '../../../../server/tiles/edge-clip.ts';
import { areaWithin, clipPolygon, clipRing, doubleArea } from '../../../../server/tiles/polygon-clip.ts';

const SQUARE: Square = { min: -10, max: 110 };

/** A ring that does not cross itself: points around a centre, by angle, each at a distance of its own. */
const star = (centre: number, reach: number) =>
  fc
    .record({
      x: fc.double({ min: -centre, max: 100 + centre, noNaN: true }),
      y: fc.double({ min: -centre, max: 100 + centre, noNaN: true }),
      radii: fc.array(fc.double({ min: 1, max: reach, noNaN: true }), { minLength: 3, maxLength: 40 }),
    })
    .map(({ x, y, radii }) =>
      Float64Array.from(
        radii.flatMap((radius, index) => {
          const angle = ((index + 0.37) / radii.length) * 2 * Math.PI;
          return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
        }),
      ),
    );

const reversed = (ring: Float64Array): Float64Array => {
  const turned = new Float64Array(ring.length);
  for (let i = 0; i < ring.length; i += 2) turned.set([ring.at(-2 - i) ?? 0, ring.at(-1 - i) ?? 0], i);
  return turned;
};

const coordinate = fc.double({ min: -300, max: 400, noNaN: true });

const sizeOf = (polygons: Float64Array[][]) => polygons.flat().reduce((sum, ring) => sum + doubleArea(ring) / 2, 0);

describe('clipPolygon', () => {
  test('what is left has the area of the intersection, in either direction', () => {
    fc.assert(
      fc.property(star(60, 200), fc.boolean(), (ring, turned) => {
        const polygons = clipPolygon([turned ? reversed(ring) : ring], SQUARE);
        expect(sizeOf(polygons)).toBeCloseTo(Math.abs(doubleArea(clipRing(ring, SQUARE)) / 2), 6);
        for (const [shell, ...holes] of polygons) {
          expect(doubleArea(shell ?? [])).toBeGreaterThan(0);
          expect(holes).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('the area within is that of the ring cut at the edge, though it cross itself', () => {
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 6, maxLength: 40 }), (values) => {
        const ring = Float64Array.from(values.slice(values.length % 2));
        expect(areaWithin(ring, SQUARE)).toBeCloseTo(doubleArea(clipRing(ring, SQUARE)) / 2, 5);
      }),
      { numRuns: 2000 },
    );
  });

  test('everything left lies inside the square', () => {
    fc.assert(
      fc.property(star(60, 200), (ring) => {
        for (const value of clipPolygon([ring], SQUARE).flatMap((rings) => rings.flatMap((part) => [...part]))) {
          expect(value).toBeGreaterThanOrEqual(SQUARE.min);
          expect(value).toBeLessThanOrEqual(SQUARE.max);
        }
      }),
    );
  });

  test('a hole takes its part away, and holes are negative', () => {
    fc.assert(
      fc.property(star(30, 150), fc.double({ min: 0.1, max: 0.9, noNaN: true }), (ring, share) => {
        // The same star smaller about its first corner's opposite: about the middle of its points.
        const count = ring.length / 2;
        let mx = 0;
        let my = 0;
        for (let i = 0; i < ring.length; i += 2) {
          mx += (ring[i] ?? 0) / count;
          my += (ring[i + 1] ?? 0) / count;
        }
        const hole = ring.map((value, index) => (index % 2 ? my : mx) + (value - (index % 2 ? my : mx)) * share);
        // Only stars that see all of themselves from their middle keep the smaller one inside.
        fc.pre(isStarFrom(ring, mx, my));
        const polygons = clipPolygon([ring, hole], SQUARE);
        const expected = Math.abs(doubleArea(clipRing(ring, SQUARE))) - Math.abs(doubleArea(clipRing(hole, SQUARE)));
        expect(sizeOf(polygons)).toBeCloseTo(expected / 2, 6);
        for (const [shell, ...holes] of polygons) {
          expect(doubleArea(shell ?? [])).toBeGreaterThan(0);
          for (const inner of holes) expect(doubleArea(inner)).toBeLessThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('a square inside the polygon is covered; inside its hole it is not', () => {
    const around = Float64Array.of(-500, -500, 500, -500, 500, 500, -500, 500);
    const hole = Float64Array.of(-400, -400, 400, -400, 400, 400, -400, 400);
    const inner = Float64Array.of(20, 20, 80, 20, 80, 80, 20, 80);
    expect(sizeOf(clipPolygon([around], SQUARE))).toBe(120 * 120);
    expect(clipPolygon([around, hole], SQUARE)).toEqual([]);
    expect(sizeOf(clipPolygon([around, inner], SQUARE))).toBe(120 * 120 - 60 * 60);
    expect(clipPolygon([around, inner], SQUARE)[0]).toHaveLength(2);
  });

  test('a comb that leaves and comes back falls into as many pieces', () => {
    const teeth = [0, 20, 40, 60, 80].flatMap((x) => [x, 50, x, 200, x + 10, 200, x + 10, 50]);
    const comb = Float64Array.from([...teeth, 100, 300, -5, 300]);
    const polygons = clipPolygon([comb], SQUARE);
    expect(polygons.length).toBeGreaterThan(1);
    expect(sizeOf(polygons)).toBeCloseTo(Math.abs(doubleArea(clipRing(comb, SQUARE)) / 2), 6);
  });

  test('neighbours are cut at the same points', () => {
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate, coordinate, coordinate), ([ax, ay, bx, by]) => {
        const there = clipPath(Float64Array.of(ax, ay, bx, by), false, SQUARE).chains[0]?.points;
        const back = clipPath(Float64Array.of(bx, by, ax, ay), false, SQUARE).chains[0]?.points;
        expect(back).toEqual(there && [...there.slice(-2), ...there.slice(0, 2)]);
      }),
      { numRuns: 5000 },
    );
  });

  test('corners of the polygon on the edge of the square do no harm', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 3, maxLength: 12 }),
        fc.array(fc.integer({ min: 5, max: 20 }), { minLength: 12, maxLength: 12 }),
        (angles, radii) => {
          const ring = Float64Array.from(
            angles
              .sort((a, b) => a - b)
              .flatMap((angle, index) => {
                const radius = (radii[index] ?? 5) * 5;
                const turn = ((angle + 0.5) / 24) * 2 * Math.PI;
                // On a grid, so that corners and whole edges fall on the square's edge.
                return [
                  50 + Math.round((radius * Math.cos(turn)) / 10) * 10,
                  50 + Math.round((radius * Math.sin(turn)) / 10) * 10,
                ];
              }),
          );
          const expected = Math.abs(doubleArea(clipRing(ring, { min: 0, max: 100 })) / 2);
          expect(Math.abs(sizeOf(clipPolygon([ring], { min: 0, max: 100 })))).toBeCloseTo(expected, 0);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function isStarFrom(ring: Float64Array, x: number, y: number): boolean {
  let sign = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    const cross = ((ring[i] ?? 0) - x) * ((ring[j + 1] ?? 0) - y) - ((ring[j] ?? 0) - x) * ((ring[i + 1] ?? 0) - y);
    if (sign === 0) sign = Math.sign(cross);
    if (Math.sign(cross) !== sign) return false;
  }
  return true;
}
