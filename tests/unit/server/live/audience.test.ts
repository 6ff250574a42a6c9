import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Shape } from '../../../../server/access/shape.ts';
import type { Polygon } from '../../../../server/access/shape-edges.ts';
import { Audiences, type Listener, NOBODY, NOWHERE } from '../../../../server/live/audience.ts';
import { Territory } from '../../../../server/live/territory.ts';
import { UnitWorld } from '../../../../server/live/world.ts';

const UNITS = 4;
/** Some 3 × 3 cells. */
const [WEST, SOUTH, SIZE] = [116.05, -8.65, 0.13];
const HOMES = ['52.71', '52.71.01', '52.08', null];
const EVERYWHERE = [0, 0, 8191, 8191] as const;
/** How far a unit goes, degrees: on a border, a hair beside it, a step of the stream, a stride, across parts of a cell. */
const OFFSETS = [0, 1e-10, 1e-8, 1e-6, 4e-6, 6e-6, 1e-5, 3e-5, 1e-4, 5e-4, 1.4e-3, 3e-3];

type Point = [number, number];
interface Scoped {
  polygons: Polygon[];
  codes: string[];
  corners: Point[];
}

const within = (min: number) => fc.double({ min, max: min + SIZE, noNaN: true });
const star = (lon: number, lat: number, radii: number[]): Point[] => {
  const points = radii.map((radius, index): Point => {
    const angle = (index / radii.length) * 2 * Math.PI;
    return [lon + Math.cos(angle) * radius, lat + Math.sin(angle) * radius];
  });
  return [...points, points[0] ?? [lon, lat]];
};
/** A ragged ring, in half of them with a hole of the same form. */
const polygon = fc
  .record({
    lon: within(WEST),
    lat: within(SOUTH),
    radii: fc.array(fc.double({ min: 0.005, max: 0.08, noNaN: true }), { minLength: 3, maxLength: 40 }),
    hole: fc.constantFrom(0, 0.3, 0.95),
  })
  .map(({ lon, lat, radii, hole }): Point[][] => {
    const inner = radii.map((radius) => radius * hole);
    return hole === 0 ? [star(lon, lat, radii)] : [star(lon, lat, radii), star(lon, lat, inner)];
  });
const scope = fc
  .record({ polygons: fc.array(polygon, { maxLength: 2 }), codes: fc.subarray(['52.71', '52.08']) })
  .map(({ polygons, codes }): Scoped => ({ polygons, codes, corners: polygons.flat(2) as Point[] }));
const offset = fc.constantFrom(...OFFSETS, ...OFFSETS.map((value) => -value));
const id = fc.integer({ min: 1, max: UNITS });
const step = fc.oneof(
  // To a place on the border of one of them, or beside it.
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('border' as const),
      id,
      corner: fc.nat(),
      along: fc.constantFrom(0, 0.25, 0.5, 0.9),
      lon: offset,
      lat: offset,
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('stride' as const), id, lon: offset, lat: offset }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('far' as const), id, lon: within(WEST), lat: within(SOUTH) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('home' as const), id, home: fc.constantFrom(...HOMES) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('look' as const), who: fc.nat(), isOver: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
);

/** Whether a unit may be seen, asked of the border itself. */
function isSeen({ polygons, codes }: Scoped, shape: Shape, lon: number, lat: number, home: string | undefined) {
  if (codes.some((code) => home === code || home?.startsWith(`${code}.`))) return true;
  return polygons.length > 0 && shape.contains(lon, lat);
}

test('who may see a unit is what the borders say when they are asked each time: on them, beside them, in holes', () => {
  let asked = 0;
  fc.assert(
    fc.property(
      fc.array(scope, { minLength: 1, maxLength: 3 }),
      // Twelve times over, so that an audience needs several words.
      fc.constantFrom(1, 12),
      fc.array(step, { minLength: 40, maxLength: 150, size: 'max' }),
      (scopes, times, steps) => {
        const world = new UnitWorld();
        const audiences = new Audiences();
        const listeners = Array.from({ length: times }, () => scopes)
          .flat()
          .map((scoped, index) => {
            const shape = new Shape(scoped.polygons);
            const territory = new Territory(
              { key: String(index), everything: false, codes: scoped.codes, within: [] },
              [{ id: 1, hash: '', all: shape, drawn: shape }],
            );
            const listener: Listener = { territory, index: -1 };
            audiences.move(world, listener, EVERYWHERE);
            return { listener, scoped, shape };
          });
        const corners = scopes.flatMap((scoped) => scoped.corners);
        const places = new Map<number, Point>();
        let now = 1_763_700_000_000;
        const check = (audience: number, places: Pick<UnitWorld, 'lon' | 'lat' | 'home'>, slot: number) => {
          const home = world.homes[places.home[slot] ?? -1];
          for (const { listener, scoped, shape } of listeners) {
            const { index } = listener;
            if (index < 0) continue;
            const word = audiences.bits[audience * audiences.words + (index >> 5)] ?? 0;
            const expected = isSeen(scoped, shape, places.lon[slot] ?? 0, places.lat[slot] ?? 0, home);
            asked++;
            // A thousandth of what an `expect` takes.
            if ((((word >>> (index & 31)) & 1) === 1) !== expected)
              throw new Error(`${index} should be told: ${expected}`);
          }
        };
        const tick = () => {
          audiences.reserve(world.ids.length);
          for (const cell of world.dirty) {
            audiences.settle(world, cell);
            for (const slot of new Set(cell.changed.map((each) => world.slotOf(each)))) {
              if (world.cell[slot] !== cell.key) continue;
              audiences.look(world, cell, slot);
              check(audiences.now, world, slot);
              if (world.before.cell[slot] === cell.key) check(audiences.before, world.before, slot);
              else expect(audiences.before).toBe(NOBODY);
            }
          }
          world.settle();
        };
        for (const action of steps) {
          now += 30;
          if (action.do === 'tick') tick();
          else if (action.do === 'home') world.setHome(action.id, action.home);
          else if (action.do === 'look') {
            const one = listeners[action.who % listeners.length];
            if (one) audiences.move(world, one.listener, action.isOver ? NOWHERE : EVERYWHERE);
          } else {
            let [lon, lat] = places.get(action.id) ?? [WEST, SOUTH];
            if (action.do === 'far') [lon, lat] = [action.lon, action.lat];
            else if (action.do === 'stride') [lon, lat] = [lon + action.lon, lat + action.lat];
            else {
              const [ax = WEST, ay = SOUTH] = corners[action.corner % corners.length] ?? [];
              const [bx = ax, by = ay] = corners[(action.corner + 1) % corners.length] ?? [];
              lon = ax + (bx - ax) * action.along + action.lon;
              lat = ay + (by - ay) * action.along + action.lat;
            }
            places.set(action.id, [lon, lat]);
            const fix = { unitId: action.id, time: now, lon, lat, status: 0, alarm: '', flags: 0 };
            world.place({ ...fix, speed: undefined, heading: undefined });
            // Each by itself, so that strides are one after another.
            tick();
          }
        }
      },
    ),
    { numRuns: 250 },
  );
  expect(asked).toBeGreaterThan(10_000);
}, 60_000);

test('a unit far from the border is asked about once, however often it was found out who looks', () => {
  const world = new UnitWorld();
  const audiences = new Audiences();
  // As after days of people who come and go.
  Reflect.set(audiences, 'stamps', 2 ** 31);
  const shape = new Shape([
    [
      star(
        116.1,
        -8.6,
        Array.from({ length: 40 }, () => 0.008),
      ),
    ],
  ]);
  const territory = new Territory({ key: '', everything: false, codes: [], within: [] }, [
    { id: 1, hash: '', all: shape, drawn: shape },
  ]);
  audiences.move(world, { territory, index: -1 }, EVERYWHERE);
  audiences.reserve(world.ids.length);
  const sees = vi.spyOn(territory, 'sees');
  for (let step = 0; step < 5; step++) {
    const fix = { unitId: 1, time: 1_763_700_000_000 + step, lon: 116.1 + step * 1e-6, lat: -8.6 };
    world.place({ ...fix, status: 0, alarm: '', flags: 0, speed: undefined, heading: undefined });
    for (const cell of world.dirty) {
      audiences.settle(world, cell);
      expect(cell.audience).toBeLessThan(0);
      audiences.look(world, cell, 0);
      expect(audiences.bits[audiences.now]).toBe(1);
    }
    world.settle();
  }
  expect(sees).toHaveBeenCalledTimes(1);
});
