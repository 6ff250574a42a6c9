import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { RondaError } from '../../shared/errors.ts';
import { CLOSE } from '../../shared/live/close-codes.ts';
import { MAX_MESSAGES_PER_SECOND } from '../../shared/live/protocol.ts';
import { CURSORS_PER_SECOND, EDITS_AT_ONCE, HEARTBEAT_MS } from '../../shared/plans/live.ts';
import type { Principal } from '../access/principal.ts';
import type { Principals } from '../access/principals.ts';
import { Allowance } from '../allowance.ts';
import type { Db } from '../database/connection.ts';
import type { Bus } from '../events.ts';
import { editsAfter } from './edits.queries.ts';
import { planHeads } from './live.queries.ts';
import { Planner, type PlannerSocket } from './planner.ts';
import { PlannerWatch } from './planner-watch.ts';
import type { PlanRecord } from './queries.ts';
import { Room } from './room.ts';

/** How often it is asked where plans stand: what this process does itself, it learns at once. */
const REFRESH_MS = 1_000;
/** How often it is asked whether those who look still may. */
const CHECK_MS = 2_000;
/** How often it is asked even where no role changed: what is drawn of a jurisdiction may lie elsewhere. */
const CHECK_ALL_MS = 60_000;
/** How long a planner has to answer the close before it is cut: one that does not read never does. */
const CLOSING_MS = 2_000;
/** Connections to one plan, and to all. */
const MOST = { plan: 100, all: 1_000 };

/** Somebody who was let in, and the plan. */
export interface PlanGuest {
  principal: Principal;
  plan: Pick<PlanRecord, 'id' | 'areas' | 'revision' | 'state'>;
}

export interface PlanRooms {
  /** Throws `overloaded` where there is no place for one more. */
  requirePlace(planId: string): void;
  /** Takes a planner who was let in. */
  join(socket: WebSocket, guest: PlanGuest): void;
  /** Closes every connection and stops the clock. */
  close(): Promise<void>;
}

interface Options {
  db: Db;
  bus: Bus;
  principals: Principals;
  now: () => number;
}

/** Starts the live streams of plans. */
export function startPlanRooms({ db, bus, principals, now }: Options): PlanRooms {
  const rooms = new Map<string, Room>();
  const sockets = new Set<WebSocket>();
  const watch = new PlannerWatch({ db, principals, now, stateOf: (id) => rooms.get(id)?.state });
  const allowance = new Allowance({ burst: MAX_MESSAGES_PER_SECOND, perSecond: MAX_MESSAGES_PER_SECOND }, now);

  const refresh = async (ids: readonly string[]) => {
    if (ids.length === 0) return;
    const heads = new Map((await planHeads(db, ids)).map((head) => [head.id, head]));
    for (const id of ids) rooms.get(id)?.take(heads.get(id));
  };
  const changed = ({ id }: { id: string }) => {
    if (rooms.has(id)) refresh([id]).catch(() => {});
  };
  const checkAll = () => void watch.check(true);
  bus.on('plan.changed', changed);
  bus.on('access.changed', checkAll);
  const timers = [
    // A database that is away for a while is asked again the next second.
    setInterval(() => refresh([...rooms.keys()]).catch(() => {}), REFRESH_MS),
    setInterval(() => rooms.forEach((room) => void room.tick()), 1_000 / CURSORS_PER_SECOND),
    setInterval(() => rooms.forEach((room) => void room.heartbeat()), HEARTBEAT_MS),
    setInterval(() => void watch.check(false), CHECK_MS),
    setInterval(checkAll, CHECK_ALL_MS),
  ];

  return {
    requirePlace(planId) {
      if (sockets.size < MOST.all && (rooms.get(planId)?.size ?? 0) < MOST.plan) return;
      throw new RondaError('overloaded', 'Too many look at this plan, or at plans, at this moment; try again.', {
        retryAfterSeconds: 10,
      });
    },
    join(socket, { principal, plan }) {
      sockets.add(socket);
      const room = rooms.get(plan.id) ?? new Room(plan, (after) => editsAfter(db, plan.id, after, EDITS_AT_ONCE), now);
      rooms.set(plan.id, room);
      const planner = new Planner(plannerSocket(socket), randomUUID().slice(0, 8), principal.name);
      room.enter(planner);
      watch.enter(planner, { principal, planId: plan.id, areas: plan.areas });
      socket.on('message', (data: Buffer, isBinary) => {
        if (planner.closed) return;
        if (allowance.take(planner.who) > 0) return planner.close(CLOSE.tooMany);
        const message = planner.read(data, isBinary);
        if (message?.type === 'hello') room.hello(planner, message.revision);
        if (message?.type !== 'cursor') return;
        const { lon, lat, zone } = message;
        planner.cursor = { lon, lat, zone };
        planner.moved = true;
      });
      socket.on('pong', () => planner.pong());
      socket.on('close', () => {
        sockets.delete(socket);
        watch.leave(planner);
        room.leave(planner);
        if (room.isEmpty && rooms.get(plan.id) === room) rooms.delete(plan.id);
      });
      // Between the gate and here it may have been edited.
      changed({ id: plan.id });
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      bus.off('plan.changed', changed);
      bus.off('access.changed', checkAll);
      const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      watch.closeAll(CLOSE.restart);
      await Promise.all(closed);
    },
  };
}

function plannerSocket(socket: WebSocket): PlannerSocket {
  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send: (text) => socket.send(text),
    ping: () => socket.ping(),
    close(code, reason) {
      socket.close(code, reason);
      setTimeout(() => socket.terminate(), CLOSING_MS).unref();
    },
  };
}
