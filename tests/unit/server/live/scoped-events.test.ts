import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../../../server/events.ts';
import { EventFeed } from '../../../../server/live/event-feed.ts';
import { Hub } from '../../../../server/live/hub.ts';
import { everywhere } from '../../../../server/live/territory.ts';
import { UnitWorld } from '../../../../server/live/world.ts';
import { scoped, source, Watcher } from '../../../support/scoped.ts';

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
