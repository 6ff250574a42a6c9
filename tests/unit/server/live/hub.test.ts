import { beforeEach, describe, expect, test } from 'vitest';
import { UnitStore } from '../../../../client/live/unit-store.ts';
import { Cursors } from '../../../../server/database/cursors.ts';
import type { StoredEvent } from '../../../../server/events.ts';
import { EventFeed } from '../../../../server/live/event-feed.ts';
import { Hub } from '../../../../server/live/hub.ts';
import { everywhere, type Territory } from '../../../../server/live/territory.ts';
import type { Viewer, ViewerSocket } from '../../../../server/live/viewer.ts';
import { UnitWorld } from '../../../../server/live/world.ts';
import { mercatorX } from '../../../../shared/live/cells.ts';
import { TICKS_PER_SECOND } from '../../../../shared/live/protocol.ts';

const JAKARTA: [number, number, number, number] = [106.7, -6.3, 106.95, -6.1];
const [lon, lat] = [106.8, -6.2];
/** East of it by one cell. */
const NEXT_CELL = 360 / 8192;

class FakeSocket implements ViewerSocket {
  bufferedAmount = 0;
  frames: Uint8Array[] = [];
  messages: Record<string, unknown>[] = [];
  pings = 0;
  closedWith: number | undefined;
  /** Bytes wait instead of leaving. */
  stalled = false;

  send(data: Uint8Array | string): void {
    if (this.stalled) this.bufferedAmount += data.length;
    if (typeof data === 'string') this.messages.push(JSON.parse(data));
    else this.frames.push(data);
  }
  ping(): void {
    this.pings++;
  }
  close(code: number): void {
    this.closedWith ??= code;
  }
  take(type: string) {
    return this.messages.filter((message) => message.type === type);
  }
}

let now: number;
let world: UnitWorld;
let hub: Hub;
let log: StoredEvent[];
let feed: EventFeed;
const ANYWHERE = everywhere();
const NO_SCOPE = { scopeCodes: null, scopeBefore: null, placeBefore: null };

beforeEach(async () => {
  now = 1_763_700_000_000;
  world = new UnitWorld();
  log = [];
  feed = await EventFeed.open({
    head: async () => ({ epoch: 'e', cursorKey: 'k', seq: log.length }),
    read: async (after, limit) => log.slice(after, after + limit),
  });
  hub = new Hub(world, feed, () => now);
  feed.onAppended(() => hub.pump());
});

function join(territory: Territory = ANYWHERE): { socket: FakeSocket; viewer: Viewer } {
  const socket = new FakeSocket();
  return { socket, viewer: hub.join(socket, territory) };
}

/** The cursor behind an event, and which event a cursor is behind. */
const cursorOf = (seq: number, territory = ANYWHERE) => feed.cursors.write(seq, territory.key);
const numberOf = (cursor: unknown, territory = ANYWHERE) => feed.cursors.read(String(cursor), territory.key);

async function watch(bounds = JAKARTA, zoom = 12, territory = ANYWHERE) {
  const { socket, viewer } = join(territory);
  await viewer.receive(JSON.stringify({ type: 'window', id: 1, bounds, zoom }), false);
  return { socket, viewer };
}

function place(unitId: number, at: { lon?: number; lat?: number; alarm?: string } = {}): void {
  world.place({ unitId, time: now, lon, lat, speed: 1, heading: 0, status: 0, alarm: '', flags: 0, ...at });
}

function storeOf(frames: Uint8Array[]): UnitStore {
  const store = new UnitStore();
  for (const frame of frames) store.takeFrame(new Uint8Array(frame).buffer, 0);
  return store;
}

function tick(): void {
  now += 200;
  hub.tick();
}

function append(count: number, kind: StoredEvent['kind'] = 'unit.changed', data: unknown = {}): void {
  const events = Array.from({ length: count }, (_, index) => ({
    seq: log.length + 1 + index,
    at: now,
    kind,
    subject: 'subject',
    data,
    ...NO_SCOPE,
  }));
  log.push(...events);
  feed.offer(events);
}

const point = (category: string, severity: string) => ({
  id: '01938d5e-0000-7000-8000-000000000001',
  lon,
  lat,
  category,
  severity,
  status: 'new',
  source: 'radio',
  title: 'x',
  occurredAt: 0,
  createdAt: 0,
  area: '',
  version: 1,
});

describe('positions', () => {
  test('viewers of the same cells are sent the very same bytes', async () => {
    const [one, two] = [await watch(), await watch([106.701, -6.301, 106.951, -6.101])];
    tick();
    place(1);
    tick();
    expect(one.socket.frames).toHaveLength(2);
    expect(one.socket.frames[1]).toBe(two.socket.frames[1]);
  });

  test('a tick without change sends nothing, and a window is answered within a tick', async () => {
    place(1);
    const { socket } = await watch();
    tick();
    expect(socket.take('window')).toEqual([expect.objectContaining({ id: 1, show: 'units', level: 13 })]);
    expect(storeOf(socket.frames).count).toBe(1);
    tick();
    expect(socket.frames).toHaveLength(1);
  });

  test('a unit that changed and then left within one tick is told of only where it is', async () => {
    place(1);
    const { socket } = await watch();
    tick();
    place(1, { lon: lon + 0.0001 });
    place(1, { lon: lon + NEXT_CELL });
    place(1, { lon: lon + NEXT_CELL * 2 });
    tick();
    const store = storeOf(socket.frames);
    expect(store.count).toBe(1);
    expect(store.toX[0]).toBeCloseTo(mercatorX(lon + NEXT_CELL * 2), 7);
  });

  test('a unit that crosses into the next cell moves on and does not jump', async () => {
    const border = Math.ceil((lon + 180) / NEXT_CELL) * NEXT_CELL - 180;
    place(1, { lon: border - 1e-4 });
    const { socket } = await watch();
    tick();
    place(1, { lon: border + 1e-4 });
    tick();
    const store = new UnitStore();
    socket.frames.forEach((frame, index) => {
      store.takeFrame(new Uint8Array(frame).buffer, 1000 * index);
    });
    expect(store.fromX[0]).toBeCloseTo(mercatorX(border - 1e-4), 7);
    expect(store.toX[0]).toBeCloseTo(mercatorX(border + 1e-4), 7);
    expect(store.endMs[0]).toBe(2000);
  });

  test('off duty leaves the stream, on duty again is back at its last place; never seen is not in it', async () => {
    place(1);
    world.setStatus(2, 0);
    const { socket } = await watch();
    tick();
    world.setStatus(1, 2);
    tick();
    expect(storeOf(socket.frames).count).toBe(0);
    place(1, { lon: lon + 0.001 });
    tick();
    expect(storeOf(socket.frames).count).toBe(0);
    world.setStatus(1, 1);
    tick();
    const store = storeOf(socket.frames);
    expect([store.count, store.status[0]]).toEqual([1, 1]);
    expect(store.toX[0]).toBeCloseTo(mercatorX(lon + 0.001), 7);
  });

  test('an older fix never moves the marker back', async () => {
    place(1);
    now -= 5_000;
    place(1, { lon: lon + 0.01 });
    now += 5_000;
    const { socket } = await watch();
    tick();
    expect(storeOf(socket.frames).toX[0]).toBeCloseTo(mercatorX(lon), 7);
  });

  test('a wide window is sent honest counts, once a second', async () => {
    for (let unit = 1; unit <= 500; unit++)
      place(unit, { lon: 106 + unit / 100, alarm: unit % 100 === 0 ? 'sos' : '' });
    const { socket } = await watch([104, -9, 112, -5], 7);
    for (let i = 0; i < TICKS_PER_SECOND * 3; i++) tick();
    // The answer to the window, and one for each second after it.
    expect(socket.frames.length).toBeGreaterThanOrEqual(3);
    expect(socket.frames.length).toBeLessThanOrEqual(4);
    const { counts } = storeOf(socket.frames.slice(-1));
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(500);
    expect(counts.reduce((sum, { alarms }) => sum + alarms, 0)).toBe(5);
  });

  test('a viewer who does not read is skipped at 64 KiB, and sent the truth when there is room', async () => {
    for (let unit = 1; unit <= 3000; unit++) place(unit);
    const { socket } = await watch();
    socket.stalled = true;
    for (let i = 0; i < 100; i++) {
      for (let unit = 1; unit <= 3000; unit++) place(unit, { lon: lon + i / 1e5 });
      tick();
    }
    expect(socket.bufferedAmount).toBeLessThan(128 * 1024);
    socket.stalled = false;
    socket.bufferedAmount = 0;
    tick();
    const store = storeOf(socket.frames.slice(-1));
    expect(store.count).toBe(3000);
    expect(store.toX[0]).toBeCloseTo(mercatorX(lon + 99 / 1e5), 7);
  });
});

describe('events', () => {
  const resume = (viewer: Viewer, from: number | string, id = 1) => {
    const cursor = typeof from === 'number' ? cursorOf(from) : from;
    return viewer.receive(JSON.stringify({ type: 'resume', id, cursor }), false);
  };
  /** What each event says of its place: the number before it for this viewer, and its own. */
  const chain = (socket: FakeSocket) =>
    socket.take('event').map(({ previous, cursor }) => [numberOf(previous), numberOf(cursor)]);

  test('each has its cursor and the one before it for this viewer', async () => {
    append(3);
    const { socket, viewer } = join();
    await resume(viewer, 1);
    append(1);
    expect(socket.take('resumed')).toMatchObject([{ type: 'resumed', id: 1 }]);
    expect(chain(socket)).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
  });

  test('a filter leaves out what neither is nor was asked for, and the chain still closes', async () => {
    const { socket, viewer } = join();
    await viewer.receive(JSON.stringify({ type: 'filter', severities: ['critical'] }), false);
    await resume(viewer, 0);
    append(1, 'incident.created', point('sar', 'low'));
    append(1, 'incident.changed', point('sar', 'moderate'));
    append(1, 'incident.changed', point('sar', 'critical'));
    append(1, 'incident.changed', point('sar', 'low'));
    append(1, 'incident.changed', point('sar', 'moderate'));
    expect(chain(socket)).toEqual([
      [0, 3],
      [3, 4],
    ]);
    hub.heartbeat();
    expect(socket.take('heartbeat').map(({ cursor }) => numberOf(cursor))).toEqual([5]);
    append(1, 'incident.changed', point('sar', 'critical'));
    expect(chain(socket).at(-1)).toEqual([5, 6]);
  });

  test('a cursor of another log, or from the future, or too old, is answered with resync', async () => {
    append(2);
    const { socket, viewer } = join();
    await resume(viewer, new Cursors({ epoch: 'other', cursorKey: 'k' }).write(1, ANYWHERE.key), 1);
    await resume(viewer, 9, 2);
    await resume(viewer, 'nonsense', 3);
    now += 16 * 60_000;
    append(1);
    await resume(viewer, 1, 4);
    await resume(viewer, 2, 5);
    expect(socket.take('resync').map(({ id, reason }) => [id, reason])).toEqual([
      [1, 'unknown_cursor'],
      [2, 'unknown_cursor'],
      [3, 'unknown_cursor'],
      [4, 'too_old'],
    ]);
    expect(chain(socket)).toEqual([[2, 3]]);
  });

  test('a snapshot ahead of what this process heard of is waited for', async () => {
    append(1);
    log.push({ seq: 2, at: now, kind: 'unit.changed', subject: 'of another process', data: {}, ...NO_SCOPE });
    const { socket, viewer } = join();
    await resume(viewer, 2);
    expect(socket.take('resumed')).toHaveLength(1);
    append(1);
    expect(chain(socket)).toEqual([[2, 3]]);
  });

  test('told out of order by the bus, sent in order', async () => {
    const { socket, viewer } = join();
    await resume(viewer, 0);
    const events = [1, 2].map((seq) => ({
      seq,
      at: now,
      kind: 'unit.changed' as const,
      subject: `${seq}`,
      data: {},
      ...NO_SCOPE,
    }));
    log.push(...events);
    feed.offer(events.slice(1));
    feed.offer(events.slice(0, 1));
    await feed.refresh();
    expect(chain(socket)).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  test('who reads nothing is closed with 4008 after 10 s, having cost at most a quarter of a MiB', async () => {
    const { socket, viewer } = join();
    await resume(viewer, 0);
    socket.stalled = true;
    append(1000, 'unit.changed', 'x'.repeat(400));
    expect(socket.bufferedAmount).toBeLessThan(300 * 1024);
    for (let i = 0; i < 49; i++) tick();
    expect(socket.closedWith).toBeUndefined();
    for (let i = 0; i < 3; i++) tick();
    expect(socket.closedWith).toBe(4008);
  });

  test('more than 1 MiB of new events unread closes with 4008, but a long backlog does not', async () => {
    append(10_000, 'unit.changed', 'x'.repeat(400));
    const { socket, viewer } = join();
    socket.stalled = true;
    await resume(viewer, 0);
    expect(socket.closedWith).toBeUndefined();
    append(2_000, 'unit.changed', 'x'.repeat(400));
    expect(socket.closedWith).toBeUndefined();
    append(400, 'unit.changed', 'x'.repeat(400));
    expect(socket.closedWith).toBe(4008);
  });

  test('a slow reader gets a backlog of 50,000, in order', async () => {
    append(51_000);
    const { socket, viewer } = join();
    await resume(viewer, 500);
    expect(socket.take('resync')).toMatchObject([{ reason: 'too_old' }]);
    socket.stalled = true;
    await resume(viewer, 1000, 2);
    for (let i = 0; i < 100; i++) {
      socket.bufferedAmount = 0;
      tick();
    }
    expect(chain(socket)).toHaveLength(50_000);
    expect(chain(socket).at(-1)).toEqual([50_999, 51_000]);
    expect(socket.closedWith).toBeUndefined();
  });
});

describe('messages and heartbeats', () => {
  test.each([
    ['{', 'not JSON'],
    ['null', 'type must be one of'],
    ['{"type":"x"}', 'type must be one of window, filter, resume'],
    ['{"type":"window","id":1,"bounds":[0,0,0],"zoom":3}', 'window.bounds'],
    ['{"type":"window","id":1,"bounds":[0,0,0,1e999],"zoom":3}', 'window.bounds.3'],
    ['{"type":"window","id":1,"bounds":[0,0,1,1],"zoom":3,"more":1}', 'window'],
    ['{"type":"filter","severities":["worst"]}', 'filter.severities.0'],
  ])('%s is answered with what is wrong', async (text, message) => {
    const { socket, viewer } = join();
    await viewer.receive(text, false);
    expect(socket.take('error')).toEqual([
      { type: 'error', code: 'bad_message', message: expect.stringContaining(message) },
    ]);
    expect(socket.closedWith).toBeUndefined();
  });

  test('again and again closes with the fatal 4000; too fast with 4029', async () => {
    const bad = join();
    for (let i = 0; i < 5; i++) await bad.viewer.receive(new Uint8Array(3), true);
    expect(bad.socket.closedWith).toBe(4000);
    const fast = join();
    for (let i = 0; i < 51; i++) {
      await fast.viewer.receive(JSON.stringify({ type: 'filter' }), false);
    }
    expect(fast.socket.closedWith).toBe(4029);
  });

  test('who sends no pong is skipped, then given up with 4009', async () => {
    const { socket, viewer } = await watch();
    tick();
    hub.heartbeat();
    hub.heartbeat();
    place(1);
    tick();
    expect(socket.frames).toHaveLength(1);
    viewer.pong();
    tick();
    expect(storeOf(socket.frames).count).toBe(1);
    for (let i = 0; i < 4; i++) hub.heartbeat();
    expect(socket.closedWith).toBe(4009);
  });

  test('stopping closes everyone with 1012', () => {
    const { socket } = join();
    hub.close();
    expect(socket.closedWith).toBe(1012);
  });
});

test('what is published is told to everybody who keeps up', () => {
  const [{ socket }, { socket: slow }] = [join(), join()];
  slow.bufferedAmount = 10_000_000;
  hub.published('areas', 7);
  expect(socket.take('published')).toEqual([{ type: 'published', topic: 'areas', version: 7 }]);
  expect(slow.take('published')).toEqual([]);
});
