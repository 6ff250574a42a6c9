import { booleanPointInPolygon, multiPolygon, point } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventFeed } from '../../../../server/live/event-feed.ts';
import { Hub } from '../../../../server/live/hub.ts';
import { UnitWorld } from '../../../../server/live/world.ts';
import { coverOf, covers, mercatorX, mercatorY } from '../../../../shared/live/cells.ts';
import { TICKS_PER_SECOND } from '../../../../shared/live/protocol.ts';
import { UNIT_STATUSES } from '../../../../shared/schemas/unit.ts';
import { type Ring, type Scoped, scoped, source, Watcher } from '../../../support/scoped.ts';

const OFF_DUTY = UNIT_STATUSES.indexOf('off_duty');
const UNITS = 8;
/** About 3 × 3 cells. */
const [WEST, SOUTH, SIZE] = [116.05, -8.65, 0.13];
const HOMES = ['52.71', '52.71.01', '52.08', '5', null];

const holds = (rings: Ring[], lon: number, lat: number) =>
  rings.some((ring) => booleanPointInPolygon(point([lon, lat]), multiPolygon([[ring]])));

interface Truth {
  lon: number;
  lat: number;
  status: number;
  home: string | null;
}

/** What permission says of a unit, from the rules alone. */
function isVisible({ codes, rings }: Scoped, { lon, lat, status, home }: Truth): boolean {
  if (status === OFF_DUTY || Number.isNaN(lon)) return false;
  if (codes.some((code) => home === code || home?.startsWith(`${code}.`))) return true;
  return holds(rings, lon, lat);
}

const within = (min: number) => fc.double({ min, max: min + SIZE, noNaN: true });
const ring = fc
  .record({
    lon: within(WEST),
    lat: within(SOUTH),
    radii: fc.array(fc.double({ min: 0.01, max: 0.1, noNaN: true }), { minLength: 3, maxLength: 12 }),
  })
  .map(({ lon, lat, radii }): Ring => {
    const points = radii.map((radius, index): [number, number] => {
      const angle = (index / radii.length) * 2 * Math.PI;
      return [lon + Math.cos(angle) * radius, lat + Math.sin(angle) * radius];
    });
    return [...points, points[0] ?? [lon, lat]];
  });

const id = fc.integer({ min: 1, max: UNITS });
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('move' as const), id, lon: within(WEST), lat: within(SOUTH) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('home' as const), id, home: fc.constantFrom(...HOMES) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('duty' as const), id, status: fc.integer({ min: 0, max: OFF_DUTY }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('window' as const),
      who: fc.nat(),
      lon: within(WEST),
      lat: within(SOUTH),
      size: fc.constantFrom(0.01, 0.04, 0.2, 9),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
);

describe('what a viewer is sent', () => {
  test('is what is permitted, after every tick; no frame names another unit, or tells where one went', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ rings: fc.array(ring, { maxLength: 2 }), codes: fc.subarray(['52.71', '52.08']) }), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }),
        async (scopes, steps) => {
          const world = new UnitWorld();
          let now = 1_763_700_000_000;
          const hub = new Hub(world, await EventFeed.open(source([])), () => now);
          const truth = new Map<number, Truth>();
          const unitOf = (unitId: number): Truth => {
            const unit = truth.get(unitId) ?? { lon: Number.NaN, lat: Number.NaN, status: 0, home: null };
            truth.set(unitId, unit);
            return unit;
          };
          // Two of each scope: they share what is encoded.
          const watchers = scopes
            .map(({ rings, codes }, index) => scoped(String(index), codes, rings))
            .flatMap((scope) => [new Watcher(scope), new Watcher(scope)]);
          for (const watcher of watchers) watcher.viewer = hub.join(watcher, watcher.scope.territory);
          let before = new Map<number, Truth>();
          for (const action of [...steps, { do: 'tick' as const }]) {
            now += 30;
            if (action.do === 'move') {
              const unit = Object.assign(unitOf(action.id), { lon: action.lon, lat: action.lat });
              const { lon, lat, status } = unit;
              const fix = { unitId: action.id, time: now, lon, lat, status, alarm: '', flags: 0 };
              world.place({ ...fix, speed: undefined, heading: undefined });
            } else if (action.do === 'home') {
              unitOf(action.id).home = action.home;
              world.setHome(action.id, action.home);
            } else if (action.do === 'duty') {
              const unit = unitOf(action.id);
              // Where it was before its duty is not told: it is seen again with its first place since.
              if (unit.status === OFF_DUTY && action.status !== OFF_DUTY) unit.lon = Number.NaN;
              unit.status = action.status;
              world.setStatus(action.id, action.status);
            } else if (action.do === 'window') {
              const watcher = watchers[action.who % watchers.length];
              const { lon, lat, size } = action;
              const [bounds, zoom] = [[lon - size, lat - size, lon + size, lat + size] as const, size > 1 ? 6 : 13];
              await watcher?.viewer?.receive(JSON.stringify({ type: 'window', id: 1, bounds, zoom }), false);
              if (watcher) watcher.cover = coverOf([...bounds], zoom);
            } else {
              hub.tick();
              for (const { scope, named } of watchers) {
                for (const each of named) {
                  const known = [before.get(each), truth.get(each)].some((unit) => unit && isVisible(scope, unit));
                  expect([each, known]).toEqual([each, true]);
                }
                named.clear();
              }
              before = new Map([...truth].map(([unitId, unit]) => [unitId, { ...unit }]));
              for (const { scope, cover, shown, store } of watchers) {
                if (cover?.show === 'counts') continue;
                const expected = [...truth].filter(([, unit]) => {
                  if (!cover || !isVisible(scope, unit)) return false;
                  const tiles = 2 ** cover.level;
                  return covers(
                    cover,
                    Math.floor(mercatorX(unit.lon) * tiles),
                    Math.floor(mercatorY(unit.lat) * tiles),
                  );
                });
                expect(shown).toEqual(expected.map(([unitId]) => unitId).sort((a, b) => a - b));
                for (const [unitId, unit] of expected) {
                  expect(store.toX[store.slotOf(unitId)]).toBeCloseTo(mercatorX(unit.lon), 7);
                }
              }
            }
          }
          for (let i = 0; i < TICKS_PER_SECOND; i++) hub.tick();
          for (const { scope, cover, counted } of watchers) {
            if (cover?.show !== 'counts') continue;
            const seen = [...truth.values()].filter((unit) => isVisible(scope, unit));
            expect(counted).toBe(seen.length);
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
