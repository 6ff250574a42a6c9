import { Value } from 'typebox/value';
import type { WebSocket } from 'ws';
import { CLOSE } from '../../shared/live/close-codes.ts';
import { HEARTBEAT_MS, MAX_RESUME_EVENTS, TICKS_PER_SECOND } from '../../shared/live/protocol.ts';
import { UNIT_STATUSES, Unit } from '../../shared/schemas/unit.ts';
import type { Principal } from '../access/principal.ts';
import type { Principals } from '../access/principals.ts';
import type { Scope } from '../access/scope.ts';
import type { Db } from '../database/connection.ts';
import { eventHead, readEvents } from '../database/event-log.ts';
import type { Bus, StoredEvent } from '../events.ts';
import type { Meters } from '../meters.ts';
import { Admission, type Guest } from './admission.ts';
import { EventFeed } from './event-feed.ts';
import { Hub } from './hub.ts';
import { measureLive } from './measures.ts';
import { latestPositions, listHomes, purgeEvents } from './queries.ts';
import { Territories } from './territories.ts';
import type { ViewerSocket } from './viewer.ts';
import { UnitWorld } from './world.ts';

/** How often the log is asked for events that another process appended. */
const REFRESH_MS = 1_000;
const PURGE_MS = 60_000;
/** How often it is asked whether those who look still may: what this process does itself, it learns at once. */
const CHECK_MS = 2_000;
const TERRITORIES_MS = 60_000;
/** How long a viewer has to answer the close before it is cut: one that does not read never does. */
const CLOSING_MS = 2_000;

export interface LiveService {
  /** When the log of events was last read, milliseconds since 1970. */
  heardAt(): number;
  /** Finds out where somebody may look who passed the gate: before the upgrade, so that it can still be refused in words. */
  prepare(principal: Principal, scope: Scope): Promise<Guest>;
  /** Takes a viewer who was let in. */
  join(socket: WebSocket, guest: Guest): void;
  /** Closes every viewer and stops the clock. */
  close(): Promise<void>;
}

export interface LiveOptions {
  db: Db;
  bus: Bus;
  principals: Principals;
  now: () => number;
  meters: Meters;
}

/** Starts the live stream: reads the newest positions and events, listens to the bus, and ticks. */
export async function startLive(options: LiveOptions): Promise<LiveService> {
  const { db, bus, now, meters } = options;
  const world = new UnitWorld();
  // Listening begins before reading, so that nothing falls between; `place` keeps the newer.
  bus.on('positions.written', (positions) => {
    for (const position of positions) world.place(position);
  });
  bus.on('positions.forgotten', (ids) => {
    for (const id of ids) world.forget(id);
  });
  const source = { head: () => eventHead(db), read: (after: number, limit: number) => readEvents(db, after, limit) };
  const feed = await EventFeed.open(source);
  feed.onAppended((events) => {
    for (const event of events) takeUnit(world, event);
  });
  bus.on('events.appended', (events) => feed.offer(events));
  bus.on('texts.removed', () => feed.reread());
  for (const { id, status, homeArea } of await listHomes(db)) {
    // The log knows better of those that changed meanwhile.
    if (world.knowsHome(id)) continue;
    world.setStatus(id, UNIT_STATUSES.indexOf(status));
    world.setHome(id, homeArea);
  }
  for (const position of await latestPositions(db)) world.place(position);
  world.settle();

  const hub = new Hub(world, feed, now);
  feed.onAppended(() => hub.pump());
  bus.on('areas.published', ({ version }) => hub.published('areas', version));
  bus.on('basemap.published', ({ version }) => hub.published('basemap', version));
  const territories = new Territories(db);
  const admission = new Admission({ ...options, territories });
  bus.on('access.changed', () => void admission.checkTerritories());
  const sockets = new Set<WebSocket>();
  const measured = measureLive(meters, sockets);
  bus.on('positions.written', measured.written);
  let heardAt = now();
  const hear = () => {
    heardAt = now();
  };
  const timers = [
    setInterval(() => void admission.check(), CHECK_MS),
    setInterval(() => void admission.checkTerritories(), TERRITORIES_MS),
    setInterval(() => {
      hub.tick();
      measured.sent();
    }, 1000 / TICKS_PER_SECOND),
    setInterval(() => hub.heartbeat(), HEARTBEAT_MS),
    // A database that is away for a while is asked again the next second.
    setInterval(() => feed.refresh().then(hear, () => {}), REFRESH_MS),
    setInterval(() => purgeEvents(db, { keep: MAX_RESUME_EVENTS, days: 1 }).catch(() => {}), PURGE_MS),
  ];
  return {
    heardAt: () => heardAt,
    prepare: (principal, scope) => admission.prepare(principal, scope),
    join(socket, guest) {
      sockets.add(socket);
      const viewer = hub.join(viewerSocket(socket), guest.territory);
      admission.enter(viewer, guest);
      socket.on('message', (data: Buffer, isBinary) => {
        admission.noteActivity(viewer);
        viewer.receive(data, isBinary).catch(() => viewer.close(CLOSE.failure));
      });
      socket.on('pong', () => viewer.pong());
      socket.on('close', (code) => {
        measured.closed(code);
        sockets.delete(socket);
        hub.leave(viewer);
        admission.leave(viewer);
      });
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      hub.close();
      await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    },
  };
}

function viewerSocket(socket: WebSocket): ViewerSocket {
  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send: (data) => socket.send(data),
    ping: () => socket.ping(),
    close(code, reason) {
      socket.close(code, reason);
      setTimeout(() => socket.terminate(), CLOSING_MS).unref();
    },
  };
}

function takeUnit(world: UnitWorld, event: StoredEvent): void {
  if (event.kind !== 'unit.changed' || !Value.Check(Unit, event.data)) return;
  world.setStatus(event.data.id, UNIT_STATUSES.indexOf(event.data.status));
  world.setHome(event.data.id, event.data.homeArea);
}
