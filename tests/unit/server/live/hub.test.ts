import { beforeEach, describe, expect, test } from 'vitest';
import { UnitStore } from '../../../../client/live/unit-store.ts';
import { mercatorX } from '../../../../shared/live/cells.ts';
import { TICKS_PER_SECOND } from '../../../../shared/live/protocol.ts';
import { HubStage, LON } from '../../../support/hub-stage.ts';

/** East of a place by one cell. */
const NEXT_CELL = 360 / 8192;

let stage: HubStage;
beforeEach(async () => {
  stage = await HubStage.open();
});

function storeOf(frames: Uint8Array[]): UnitStore {
  const store = new UnitStore();
  for (const frame of frames) store.takeFrame(new Uint8Array(frame).buffer, 0);
  return store;
}

describe('positions', () => {
  test('viewers of the same cells are sent the very same bytes', async () => {
    const [one, two] = [await stage.watch(), await stage.watch([106.701, -6.301, 106.951, -6.101])];
    stage.tick();
    stage.place(1);
    stage.tick();
    expect(one.socket.frames).toHaveLength(2);
    expect(one.socket.frames[1]).toBe(two.socket.frames[1]);
  });

  test('a tick without change sends nothing, and a window is answered within a tick', async () => {
    stage.place(1);
    const { socket } = await stage.watch();
    stage.tick();
    expect(socket.take('window')).toEqual([expect.objectContaining({ id: 1, show: 'units', level: 13 })]);
    expect(storeOf(socket.frames).count).toBe(1);
    stage.tick();
    expect(socket.frames).toHaveLength(1);
  });

  test('a unit that changed and then left within one tick is told of only where it is', async () => {
    stage.place(1);
    const { socket } = await stage.watch();
    stage.tick();
    stage.place(1, { lon: LON + 0.0001 });
    stage.place(1, { lon: LON + NEXT_CELL });
    stage.place(1, { lon: LON + NEXT_CELL * 2 });
    stage.tick();
    const store = storeOf(socket.frames);
    expect(store.count).toBe(1);
    expect(store.toX[0]).toBeCloseTo(mercatorX(LON + NEXT_CELL * 2), 7);
  });

  test('a unit that crosses into the next cell moves on and does not jump', async () => {
    const border = Math.ceil((LON + 180) / NEXT_CELL) * NEXT_CELL - 180;
    stage.place(1, { lon: border - 1e-4 });
    const { socket } = await stage.watch();
    stage.tick();
    stage.place(1, { lon: border + 1e-4 });
    stage.tick();
    const store = new UnitStore();
    socket.frames.forEach((frame, index) => {
      store.takeFrame(new Uint8Array(frame).buffer, 1000 * index);
    });
    expect(store.fromX[0]).toBeCloseTo(mercatorX(border - 1e-4), 7);
    expect(store.toX[0]).toBeCloseTo(mercatorX(border + 1e-4), 7);
    expect(store.endMs[0]).toBe(2000);
  });

  test('off duty leaves the stream, on duty again is seen with its first place since; never seen is not in it', async () => {
    stage.place(1);
    stage.world.setStatus(2, 0);
    const { socket } = await stage.watch();
    stage.tick();
    stage.world.setStatus(1, 2);
    stage.tick();
    expect(storeOf(socket.frames).count).toBe(0);
    stage.place(1, { lon: LON + 0.001 });
    stage.tick();
    expect(storeOf(socket.frames).count).toBe(0);
    stage.world.setStatus(1, 1);
    stage.tick();
    expect(storeOf(socket.frames).count).toBe(0);
    stage.place(1, { lon: LON + 0.002 });
    stage.tick();
    const store = storeOf(socket.frames);
    expect([store.count, store.status[0]]).toEqual([1, 1]);
    expect(store.toX[0]).toBeCloseTo(mercatorX(LON + 0.002), 7);
    // From free to busy and back it stays where it is.
    stage.world.setStatus(1, 0);
    stage.tick();
    expect(storeOf(socket.frames).count).toBe(1);
  });

  test('an older fix never moves the marker back', async () => {
    stage.place(1);
    stage.now -= 5_000;
    stage.place(1, { lon: LON + 0.01 });
    stage.now += 5_000;
    const { socket } = await stage.watch();
    stage.tick();
    expect(storeOf(socket.frames).toX[0]).toBeCloseTo(mercatorX(LON), 7);
  });

  test('a wide window is sent honest counts, once a second', async () => {
    for (let unit = 1; unit <= 500; unit++)
      stage.place(unit, { lon: 106 + unit / 100, alarm: unit % 100 === 0 ? 'sos' : '' });
    const { socket } = await stage.watch([104, -9, 112, -5], 7);
    for (let i = 0; i < TICKS_PER_SECOND * 3; i++) stage.tick();
    // The answer to the window, and one for each second after it.
    expect(socket.frames.length).toBeGreaterThanOrEqual(3);
    expect(socket.frames.length).toBeLessThanOrEqual(4);
    const { counts } = storeOf(socket.frames.slice(-1));
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(500);
    expect(counts.reduce((sum, { alarms }) => sum + alarms, 0)).toBe(5);
  });

  test('R7: a viewer who does not read is skipped at 64 KiB, and sent the truth when there is room', async () => {
    for (let unit = 1; unit <= 3000; unit++) stage.place(unit);
    const { socket } = await stage.watch();
    socket.stalled = true;
    for (let i = 0; i < 100; i++) {
      for (let unit = 1; unit <= 3000; unit++) stage.place(unit, { lon: LON + i / 1e5 });
      stage.tick();
    }
    expect(socket.bufferedAmount).toBeLessThan(128 * 1024);
    socket.stalled = false;
    socket.bufferedAmount = 0;
    stage.tick();
    const store = storeOf(socket.frames.slice(-1));
    expect(store.count).toBe(3000);
    expect(store.toX[0]).toBeCloseTo(mercatorX(LON + 99 / 1e5), 7);
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
    const { socket, viewer } = stage.join();
    await viewer.receive(text, false);
    expect(socket.take('error')).toEqual([
      { type: 'error', code: 'bad_message', message: expect.stringContaining(message) },
    ]);
    expect(socket.closedWith).toBeUndefined();
  });

  test('again and again closes with the fatal 4000; too fast with 4029', async () => {
    const bad = stage.join();
    for (let i = 0; i < 5; i++) await bad.viewer.receive(new Uint8Array(3), true);
    expect(bad.socket.closedWith).toBe(4000);
    const fast = stage.join();
    for (let i = 0; i < 51; i++) {
      await fast.viewer.receive(JSON.stringify({ type: 'filter' }), false);
    }
    expect(fast.socket.closedWith).toBe(4029);
  });

  test('who sends no pong is skipped, then given up with 4009', async () => {
    const { socket, viewer } = await stage.watch();
    stage.tick();
    stage.hub.heartbeat();
    stage.hub.heartbeat();
    stage.place(1);
    stage.tick();
    expect(socket.frames).toHaveLength(1);
    viewer.pong();
    stage.tick();
    expect(storeOf(socket.frames).count).toBe(1);
    for (let i = 0; i < 4; i++) stage.hub.heartbeat();
    expect(socket.closedWith).toBe(4009);
  });

  test('stopping closes everyone with 1012', () => {
    const { socket } = stage.join();
    stage.hub.close();
    expect(socket.closedWith).toBe(1012);
  });
});

test('what is published is told to everybody who keeps up', () => {
  const [{ socket }, { socket: slow }] = [stage.join(), stage.join()];
  slow.bufferedAmount = 10_000_000;
  stage.hub.published('areas', 7);
  expect(socket.take('published')).toEqual([{ type: 'published', topic: 'areas', version: 7 }]);
  expect(slow.take('published')).toEqual([]);
});
