import { beforeEach, describe, expect, test } from 'vitest';
import { Cursors } from '../../../../server/database/cursors.ts';
import type { Viewer } from '../../../../server/live/viewer.ts';
import { ANYWHERE, type FakeSocket, HubStage, LAT, LON, NO_SCOPE } from '../../../support/hub-stage.ts';

let stage: HubStage;
beforeEach(async () => {
  stage = await HubStage.open();
});

const point = (category: string, severity: string) => ({
  id: '01938d5e-0000-7000-8000-000000000001',
  lon: LON,
  lat: LAT,
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

describe('events', () => {
  const resume = (viewer: Viewer, from: number | string, id = 1) => {
    const cursor = typeof from === 'number' ? stage.cursorOf(from) : from;
    return viewer.receive(JSON.stringify({ type: 'resume', id, cursor }), false);
  };
  /** What each event says of its place: the number before it for this viewer, and its own. */
  const chain = (socket: FakeSocket) =>
    socket.take('event').map(({ previous, cursor }) => [stage.numberOf(previous), stage.numberOf(cursor)]);

  test('R6: each has its cursor and the one before it for this viewer', async () => {
    stage.append(3);
    const { socket, viewer } = stage.join();
    await resume(viewer, 1);
    stage.append(1);
    expect(socket.take('resumed')).toMatchObject([{ type: 'resumed', id: 1 }]);
    expect(chain(socket)).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
  });

  test('a filter leaves out what neither is nor was asked for, and the chain still closes', async () => {
    const { socket, viewer } = stage.join();
    await viewer.receive(JSON.stringify({ type: 'filter', severities: ['critical'] }), false);
    await resume(viewer, 0);
    stage.append(1, 'incident.created', point('sar', 'low'));
    stage.append(1, 'incident.changed', point('sar', 'moderate'));
    stage.append(1, 'incident.changed', point('sar', 'critical'));
    stage.append(1, 'incident.changed', point('sar', 'low'));
    stage.append(1, 'incident.changed', point('sar', 'moderate'));
    expect(chain(socket)).toEqual([
      [0, 3],
      [3, 4],
    ]);
    stage.hub.heartbeat();
    expect(socket.take('heartbeat').map(({ cursor }) => stage.numberOf(cursor))).toEqual([5]);
    stage.append(1, 'incident.changed', point('sar', 'critical'));
    expect(chain(socket).at(-1)).toEqual([5, 6]);
  });

  test('R6: a cursor of another log, or from the future, or too old, is answered with resync', async () => {
    stage.append(2);
    const { socket, viewer } = stage.join();
    await resume(viewer, new Cursors({ epoch: 'other', cursorKey: 'k' }).write(1, ANYWHERE.key), 1);
    await resume(viewer, 9, 2);
    await resume(viewer, 'nonsense', 3);
    stage.now += 16 * 60_000;
    stage.append(1);
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

  test('R6: a snapshot ahead of what this process heard of is waited for', async () => {
    stage.append(1);
    stage.log.push({
      seq: 2,
      at: stage.now,
      kind: 'unit.changed',
      subject: 'of another process',
      data: {},
      ...NO_SCOPE,
    });
    const { socket, viewer } = stage.join();
    await resume(viewer, 2);
    expect(socket.take('resumed')).toHaveLength(1);
    stage.append(1);
    expect(chain(socket)).toEqual([[2, 3]]);
  });

  test('a title that was removed from the log is sent to nobody who resumes, also where the log was away for a moment', async () => {
    const titled = (title: string) => ({ ...point('sar', 'low'), title });
    stage.append(1, 'incident.created', titled('RAHASIA'));
    stage.append(1, 'incident.changed', titled('RAHASIA'));
    stage.append(1, 'incident.created', titled('tinggal'));
    for (const event of stage.log.slice(0, 2)) event.data = titled('dihapus');
    stage.away.push(new Error('the database is away'));
    stage.feed.reread();
    await expect(stage.feed.refresh()).rejects.toThrow('away');
    await stage.feed.refresh();
    const { socket, viewer } = stage.join();
    await resume(viewer, 0);
    expect(socket.take('event').map(({ data }) => (data as { title: string }).title)).toEqual([
      'dihapus',
      'dihapus',
      'tinggal',
    ]);
  });

  test('R6: told out of order by the bus, sent in order', async () => {
    const { socket, viewer } = stage.join();
    await resume(viewer, 0);
    const events = [1, 2].map((seq) => ({
      seq,
      at: stage.now,
      kind: 'unit.changed' as const,
      subject: `${seq}`,
      data: {},
      ...NO_SCOPE,
    }));
    stage.log.push(...events);
    stage.feed.offer(events.slice(1));
    stage.feed.offer(events.slice(0, 1));
    await stage.feed.refresh();
    expect(chain(socket)).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  test('R7: who reads nothing is closed with 4008 after 10 s, having cost at most a quarter of a MiB', async () => {
    const { socket, viewer } = stage.join();
    await resume(viewer, 0);
    socket.stalled = true;
    stage.append(1000, 'unit.changed', 'x'.repeat(400));
    expect(socket.bufferedAmount).toBeLessThan(300 * 1024);
    for (let i = 0; i < 49; i++) stage.tick();
    expect(socket.closedWith).toBeUndefined();
    for (let i = 0; i < 3; i++) stage.tick();
    expect(socket.closedWith).toBe(4008);
  });

  test('R7: more than 1 MiB of new events unread closes with 4008, but a long backlog does not', async () => {
    stage.append(10_000, 'unit.changed', 'x'.repeat(400));
    const { socket, viewer } = stage.join();
    socket.stalled = true;
    await resume(viewer, 0);
    expect(socket.closedWith).toBeUndefined();
    stage.append(2_000, 'unit.changed', 'x'.repeat(400));
    expect(socket.closedWith).toBeUndefined();
    stage.append(400, 'unit.changed', 'x'.repeat(400));
    expect(socket.closedWith).toBe(4008);
  });

  test('R6: a slow reader gets a backlog of 50,000, in order', async () => {
    stage.append(51_000);
    const { socket, viewer } = stage.join();
    await resume(viewer, 500);
    expect(socket.take('resync')).toMatchObject([{ reason: 'too_old' }]);
    socket.stalled = true;
    await resume(viewer, 1000, 2);
    for (let i = 0; i < 100; i++) {
      socket.bufferedAmount = 0;
      stage.tick();
    }
    expect(chain(socket)).toHaveLength(50_000);
    expect(chain(socket).at(-1)).toEqual([50_999, 51_000]);
    expect(socket.closedWith).toBeUndefined();
  });
});
