import { expect, test, vi } from 'vitest';
import { Planner, type PlannerSocket } from '../../../../server/plans/planner.ts';
import { Room } from '../../../../server/plans/room.ts';
import { CLOSE } from '../../../../shared/live/close-codes.ts';
import { PLAN_GONE, type PlanDownMessage } from '../../../../shared/plans/live.ts';
import type { DonePlanEdit } from '../../../../shared/schemas/plan.ts';

class FakeSocket implements PlannerSocket {
  bufferedAmount = 0;
  pings = 0;
  closedWith: number | undefined;
  readonly messages: PlanDownMessage[] = [];
  send(text: string): void {
    this.messages.push(JSON.parse(text));
  }
  ping(): void {
    this.pings++;
  }
  close(code: number): void {
    this.closedWith = code;
  }
  of<Type extends PlanDownMessage['type']>(type: Type) {
    return this.messages.filter(
      (message): message is Extract<PlanDownMessage, { type: Type }> => message.type === type,
    );
  }
  get revisions(): number[] {
    return this.of('edits').flatMap(({ edits }) => edits.map(({ revision }) => revision));
  }
}

const edit = (revision: number): DonePlanEdit => ({ revision, id: '', actor: 'Ani', at: '', edit: [] });

/** A room of a plan with this many edits, which are read by threes. */
function stage(revision: number) {
  const clock = { now: 0 };
  const log = Array.from({ length: revision }, (_, at) => edit(at + 1));
  const reads: number[] = [];
  const room = new Room(
    { revision, state: 'draft' },
    async (after) => {
      reads.push(after);
      return log.slice(after, after + 3);
    },
    () => clock.now,
  );
  const enter = (who: string) => {
    const socket = new FakeSocket();
    const planner = new Planner(socket, who, `Nama ${who}`);
    room.enter(planner);
    return { socket, planner };
  };
  const grow = (to: number) => {
    while (log.length < to) log.push(edit(log.length + 1));
    room.take({ id: '', revision: to, state: 'draft' });
  };
  return { clock, reads, room, enter, grow };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('each is sent every edit after what he has, once and in order, and those who are as far share one reading', async () => {
  const { room, enter, grow, reads } = stage(7);
  const [one, two, silent] = [enter('1'), enter('2'), enter('3')];
  expect(one.socket.of('welcome')).toMatchObject([{ who: '1', revision: 7, state: 'draft' }]);
  room.hello(one.planner, 2);
  room.hello(two.planner, 2);
  await settled();
  expect([one.socket.revisions, two.socket.revisions, silent.socket.revisions]).toEqual([[3, 4, 5, 6, 7], [3, 4, 5, 6, 7], []]); // biome-ignore format: one line
  expect(reads).toEqual([2, 5]);
  grow(8);
  grow(9);
  await settled();
  expect(one.socket.revisions).toEqual([3, 4, 5, 6, 7, 8, 9]);
  // Who says that he is elsewhere is sent what comes after that.
  room.hello(two.planner, 8);
  await settled();
  expect(two.socket.revisions).toEqual([3, 4, 5, 6, 7, 8, 9, 9]);
  room.hello(silent.planner, 40);
  await settled();
  expect(silent.socket.revisions).toEqual([]);
});

test('who does not read is not sent more than waits already, misses cursors, and is closed after ten seconds', async () => {
  const { clock, room, enter, grow } = stage(1);
  const [slow, quick] = [enter('1'), enter('2')];
  for (const { planner } of [slow, quick]) room.hello(planner, 0);
  await settled();
  slow.socket.bufferedAmount = 300 * 1024;
  grow(2);
  quick.planner.cursor = { lon: 1, lat: 2, zone: null };
  quick.planner.moved = true;
  room.tick();
  await settled();
  expect([slow.socket.revisions, quick.socket.revisions]).toEqual([[1], [1, 2]]);
  expect(slow.socket.of('cursor')).toEqual([]);
  // It reads again: nothing is missing.
  slow.socket.bufferedAmount = 0;
  clock.now = 9_000;
  grow(3);
  await settled();
  expect(slow.socket.revisions).toEqual([1, 2, 3]);
  slow.socket.bufferedAmount = 300 * 1024;
  grow(4);
  await settled();
  clock.now += 9_000;
  grow(4);
  await settled();
  expect(slow.socket.closedWith).toBeUndefined();
  clock.now += 2_000;
  grow(4);
  await settled();
  expect([slow.socket.closedWith, quick.socket.closedWith]).toEqual([CLOSE.slow.code, undefined]);
});

test('cursors are told at each tick, the latest one, not to oneself; who leaves is gone', async () => {
  const { room, enter } = stage(0);
  const [one, two] = [enter('1'), enter('2')];
  for (const lon of [1, 2, 3]) {
    one.planner.cursor = { lon, lat: 0, zone: 'z' };
    one.planner.moved = true;
  }
  room.tick();
  room.tick();
  const told = { type: 'cursor', who: '1', actor: 'Nama 1', lon: 3, lat: 0, zone: 'z' };
  expect(two.socket.of('cursor')).toEqual([told]);
  expect(one.socket.of('cursor')).toEqual([]);
  const late = enter('3');
  expect(late.socket.of('cursor')).toEqual([told]);
  room.leave(two.planner);
  expect(one.socket.of('gone')).toEqual([]);
  room.leave(one.planner);
  expect(late.socket.of('gone')).toEqual([{ type: 'gone', who: '1' }]);
  // What is published has no cursors.
  room.take({ id: '', revision: 0, state: 'published' });
  late.planner.cursor = { lon: 1, lat: 1, zone: null };
  late.planner.moved = true;
  const reader = enter('4');
  room.tick();
  expect(reader.socket.of('cursor')).toEqual([]);
});

test('a state goes on and never back, and a plan that is gone closes', async () => {
  const { room, enter } = stage(0);
  const { socket } = enter('1');
  for (const state of ['draft', 'published', 'draft', 'archived', 'published'] as const)
    room.take({ id: '', revision: 0, state });
  expect(socket.of('state').map(({ state }) => state)).toEqual(['published', 'archived']);
  room.take(undefined);
  expect(socket.closedWith).toBe(PLAN_GONE.code);
});

test('a database that is away for a moment is asked again', async () => {
  const read = vi.fn(async (): Promise<DonePlanEdit[]> => [edit(1)]);
  read.mockRejectedValueOnce(new Error('away'));
  const room = new Room({ revision: 1, state: 'draft' }, read, () => 0);
  const socket = new FakeSocket();
  const planner = new Planner(socket, '1', 'Ani');
  room.enter(planner);
  room.hello(planner, 0);
  await settled();
  expect(socket.revisions).toEqual([]);
  room.take({ id: '', revision: 1, state: 'draft' });
  await settled();
  expect(socket.revisions).toEqual([1]);
});

test('who answers no ping is given up', () => {
  const { room, enter } = stage(0);
  const { socket, planner } = enter('1');
  room.heartbeat();
  planner.pong();
  for (let beat = 0; beat < 4; beat++) room.heartbeat();
  expect([socket.pings, socket.closedWith]).toEqual([4, CLOSE.silent.code]);
});

test('what can’t be understood is answered with what is wrong, and ends after some', () => {
  const { enter } = stage(0);
  const { socket, planner } = enter('1');
  const wrong = [
    '{',
    '[]',
    '{"type":"hello"}',
    '{"type":"cursor","lon":181,"lat":0,"zone":null}',
    `"${'x'.repeat(1000)}"`,
  ];
  for (const [at, text] of wrong.entries()) {
    expect(planner.read(text, at === 4)).toBeUndefined();
    expect(socket.closedWith).toBe(at < 4 ? undefined : CLOSE.badMessages.code);
  }
  expect(socket.of('error')).toHaveLength(5);
});
