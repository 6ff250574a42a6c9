import { booleanPointInPolygon, multiPolygon, point } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnitStore } from '../../../../client/live/unit-store.ts';
import { Shape } from '../../../../server/access/shape.ts';
import type { StoredEvent } from '../../../../server/events.ts';
import { EventFeed } from '../../../../server/live/event-feed.ts';
import { Hub } from '../../../../server/live/hub.ts';
import { everywhere, Territory } from '../../../../server/live/territory.ts';
import type { Viewer, ViewerSocket } from '../../../../server/live/viewer.ts';
import { UnitWorld } from '../../../../server/live/world.ts';
import { type Cover, coverOf, covers, mercatorX, mercatorY } from '../../../../shared/live/cells.ts';
import { readFrame } from '../../../../shared/live/frames.ts';
import { TICKS_PER_SECOND } from '../../../../shared/live/protocol.ts';
import { UNIT_STATUSES } from '../../../../shared/schemas/unit.ts';

const OFF_DUTY = UNIT_STATUSES.indexOf('off_duty');
const UNITS = 8;
/** About 3 × 3 cells. */
const [WEST, SOUTH, SIZE] = [116.05, -8.65, 0.13];
const HOMES = ['52.71', '52.71.01', '52.08', '5', null];

type Ring = [number, number][];

interface Scoped {
  codes: string[];
  rings: Ring[];
  territory: Territory;
}

function scoped(key: string, codes: string[], rings: Ring[]): Scoped {
  const shape = new Shape(rings.map((ring) => [ring]));
  const territory = new Territory({ key, everything: false, codes }, [{ id: 1, hash: '', all: shape, drawn: shape }]);
  return { codes, rings, territory };
}

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

/** One who looks: all that was sent is kept, and every id in a frame is held against what may be known. */
class Watcher implements ViewerSocket {
  readonly bufferedAmount = 0;
  readonly store = new UnitStore();
  readonly messages: Record<string, unknown>[] = [];
  readonly scope: Scoped;
  viewer: Viewer | undefined;
  cover: Cover | undefined;
  /** Ids that any frame since the last look named. */
  named = new Set<number>();

  constructor(scope: Scoped) {
    this.scope = scope;
  }
  send(data: Uint8Array | string): void {
    if (typeof data === 'string') {
      const message = JSON.parse(data);
      this.messages.push(message);
      if (message.type !== 'window') return;
      const [x0, y0, x1, y1] = message.cells;
      this.store.keepOnly({ show: message.show, level: message.level, x0, y0, x1, y1 });
      return;
    }
    readFrame(data, {
      begin: () => {},
      unit: (_cell, id) => this.named.add(id),
      left: (_cell, id) => this.named.add(id),
      count: () => {},
      end: () => {},
    });
    this.store.takeFrame(new Uint8Array(data).buffer, 0);
  }
  ping(): void {}
  close(): void {}
  get shown(): number[] {
    return [...this.store.ids.subarray(0, this.store.count)].sort((a, b) => a - b);
  }
  get counted(): number {
    return this.store.counts.reduce((sum, { count }) => sum + count, 0);
  }
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

const source = (log: StoredEvent[]) => ({
  head: async () => ({ epoch: 'e', cursorKey: 'k', seq: log.length }),
  read: async (after: number, limit: number) => log.slice(after, after + limit),
});

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
              unitOf(action.id).status = action.status;
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

describe('events', () => {
  const KOTA = scoped('kota', ['52.71'], []);
  const PORT = scoped(
    'port',
    [],
    [
      [
        [116, -9],
        [117, -9],
        [117, -8],
        [116, -8],
        [116, -9],
      ],
    ],
  );
  const incident = (lon: number, version: number) => ({
    id: '01938d5e-0000-7000-8000-000000000001',
    ...{ lon, lat: -8.5, category: 'sar', severity: 'low', status: 'new', source: 'radio', title: 'x' },
    ...{ occurredAt: 0, createdAt: 0, area: '', version },
  });
  const unit = { id: 7, callsign: 'P7', organisation: 'polri', status: 'available', homeArea: null };

  async function stage() {
    const log: StoredEvent[] = [];
    const world = new UnitWorld();
    const feed = await EventFeed.open(source(log));
    const hub = new Hub(world, feed, () => 1_763_700_000_000);
    feed.onAppended(() => hub.pump());
    const all = new Watcher({ ...KOTA, territory: everywhere() });
    const watchers = { all, kota: new Watcher(KOTA), port: new Watcher(PORT) };
    for (const watcher of Object.values(watchers)) {
      watcher.viewer = hub.join(watcher, watcher.scope.territory);
      const cursor = feed.cursors.write(0, watcher.scope.territory.key);
      await watcher.viewer.receive(JSON.stringify({ type: 'resume', id: 1, cursor }), false);
    }
    const tell = (event: Pick<StoredEvent, 'kind' | 'data'> & Partial<StoredEvent>) => {
      const seq = log.length + 1;
      const whole = { seq, at: 0, subject: 's', scopeCodes: [], scopeBefore: null, placeBefore: null, ...event };
      log.push(whole);
      feed.offer([whole]);
    };
    const told = (watcher: Watcher) =>
      watcher.messages.filter(({ type }) => type === 'event').map(({ kind, data }) => [kind, data]);
    return { hub, world, watchers, tell, told };
  }

  test('an incident that moves out of the areas of one and back is withdrawn from him and comes back', async () => {
    const { watchers, tell, told } = await stage();
    const { id: subject } = incident(0, 1);
    const inside = ['52', '52.71'];
    tell({ kind: 'incident.created', subject, data: incident(120, 1), scopeCodes: inside });
    tell({
      kind: 'incident.changed',
      subject,
      data: incident(120, 2),
      scopeCodes: ['52', '52.08'],
      scopeBefore: inside,
    });
    tell({ kind: 'incident.changed', subject, data: incident(120, 3), scopeCodes: ['52', '52.08'] });
    tell({
      kind: 'incident.changed',
      subject,
      data: incident(120, 4),
      scopeCodes: inside,
      scopeBefore: ['52', '52.08'],
    });
    expect(told(watchers.kota)).toEqual([
      ['incident.created', incident(120, 1)],
      ['incident.withdrawn', { id: subject }],
      ['incident.changed', incident(120, 4)],
    ]);
    expect(told(watchers.all)).toHaveLength(4);
    expect(told(watchers.port)).toEqual([]);
  });

  test('so is one that moves out of a drawn jurisdiction; areas without a place in it are not seen by their shape', async () => {
    const { watchers, tell, told } = await stage();
    const { id: subject } = incident(0, 1);
    tell({ kind: 'incident.created', subject, data: incident(116.5, 1) });
    const away = { data: incident(118, 2), scopeBefore: [], placeBefore: [116.5, -8.5] as const };
    tell({ kind: 'incident.changed', subject, ...away });
    tell({ kind: 'incident.changed', subject, data: incident(118, 3) });
    expect(told(watchers.port)).toEqual([
      ['incident.created', incident(116.5, 1)],
      ['incident.withdrawn', { id: subject }],
    ]);
    expect(told(watchers.kota)).toEqual([]);
  });

  test('a unit is told of to those of its home and to those where it is', async () => {
    const { world, watchers, tell, told } = await stage();
    const fix = { unitId: 7, time: 1, lat: -8.5, speed: undefined, heading: undefined, status: 0, alarm: '', flags: 0 };
    world.place({ ...fix, lon: 118 });
    tell({ kind: 'unit.changed', subject: '7', data: unit, scopeCodes: ['52', '52.71'] });
    world.place({ ...fix, time: 2, lon: 116.5 });
    tell({ kind: 'unit.changed', subject: '7', data: unit, scopeCodes: ['52', '52.08'], scopeBefore: ['52', '52.71'] });
    expect(told(watchers.kota)).toEqual([
      ['unit.changed', unit],
      ['unit.withdrawn', { id: 7 }],
    ]);
    expect(told(watchers.port)).toEqual([['unit.changed', unit]]);
  });

  test('what is of no known area is told to those who see everything, and to nobody else', async () => {
    const { watchers, tell, told } = await stage();
    tell({ kind: 'incident.created', data: incident(116.5, 1), scopeCodes: null });
    expect([told(watchers.all).length, told(watchers.kota).length, told(watchers.port).length]).toEqual([1, 0, 0]);
  });

  test('neither cursors nor heartbeats nor a full socket tell of what is not for a viewer', async () => {
    const { hub, watchers, tell } = await stage();
    const cursors = () => watchers.port.messages.flatMap(({ cursor }) => (typeof cursor === 'string' ? [cursor] : []));
    hub.heartbeat();
    hub.heartbeat();
    for (let i = 0; i < 5_000; i++) tell({ kind: 'unit.changed', data: 'x'.repeat(400), scopeCodes: ['52.71'] });
    hub.heartbeat();
    // One text each time, of the same length, with or without events of others between.
    expect(new Set(cursors()).size).toBe(4);
    expect(new Set(cursors().map((cursor) => cursor.length))).toEqual(new Set([22]));
    expect(watchers.port.messages.map(({ type }) => type)).toEqual([
      'welcome',
      'resumed',
      'heartbeat',
      'heartbeat',
      'heartbeat',
    ]);
  });

  test('a cursor of one scope is nothing under another', async () => {
    const { watchers } = await stage();
    const [{ cursor } = {}] = watchers.all.messages.filter(({ type }) => type === 'resumed');
    await watchers.kota.viewer?.receive(JSON.stringify({ type: 'resume', id: 2, cursor }), false);
    expect(watchers.kota.messages.at(-1)).toEqual({ type: 'resync', id: 2, reason: 'unknown_cursor' });
  });
});
