import { CLOSE } from '../../shared/live/close-codes.ts';
import type { PublishedTopic } from '../../shared/live/messages.ts';
import { TICKS_PER_SECOND } from '../../shared/live/protocol.ts';
import { Audiences } from './audience.ts';
import { Changes } from './encode.ts';
import type { EventFeed } from './event-feed.ts';
import { Snapshots } from './snapshots.ts';
import { everywhere, type Territory } from './territory.ts';
import { type Sight, View } from './view.ts';
import { Viewer, type ViewerSocket } from './viewer.ts';
import type { UnitWorld } from './world.ts';

/** Where a viewer is in the hub. */
interface Seat {
  readonly view: View;
  sight: Sight | undefined;
}

/**
 * Sends every viewer what it looks at, as far as it may see it: positions once a tick, counts once a second, events as
 * they come.
 */
export class Hub {
  private readonly world: UnitWorld;
  private readonly feed: EventFeed;
  private readonly now: () => number;
  private readonly seats = new Map<Viewer, Seat>();
  private readonly audiences = new Audiences();
  private readonly changes = new Changes(this.audiences);
  /** Only those with viewers. */
  private readonly views = new Map<Territory, View>();
  /** Whole cells, for every scope that reaches over them. */
  private readonly whole = new Snapshots(everywhere());
  private ticks = 0;

  constructor(world: UnitWorld, feed: EventFeed, now: () => number) {
    this.world = world;
    this.feed = feed;
    this.now = now;
  }

  /** Takes a viewer who may look where `territory` says; what is encoded is shared by those who bring the same object. */
  join(socket: ViewerSocket, territory: Territory): Viewer {
    const viewer = new Viewer(socket, this.feed, this.world, territory, this.now);
    const view = this.views.get(territory) ?? new View(territory, this.world, this.changes, this.audiences, this.whole);
    this.views.set(territory, view);
    view.viewers++;
    this.seats.set(viewer, { view, sight: undefined });
    return viewer;
  }

  leave(viewer: Viewer): void {
    const seat = this.seats.get(viewer);
    if (!seat) return;
    this.seats.delete(viewer);
    const { view, sight } = seat;
    view.release(sight);
    if (--view.viewers > 0) return;
    this.views.delete(view.territory);
    view.end();
  }

  /** Encodes what changed since the last tick, and sends it. */
  tick(): void {
    const timeMs = Math.floor(this.now() / 100) * 100;
    const { world } = this;
    this.ticks++;
    this.whole.reset(timeMs);
    if (this.seats.size > 0) {
      for (const view of this.views.values()) view.begin(this.ticks, timeMs);
      this.changes.encode(world, timeMs);
      for (const view of this.views.values()) view.prepare();
    }
    const countsDue = this.ticks % TICKS_PER_SECOND === 0;
    for (const [viewer, seat] of this.seats) {
      this.position(viewer, seat, countsDue);
      viewer.pump();
    }
    world.settle();
  }

  /** Sends the events that were appended. */
  pump(): void {
    for (const viewer of this.seats.keys()) viewer.pump();
  }

  heartbeat(): void {
    for (const viewer of this.seats.keys()) viewer.heartbeat();
  }

  /** Tells everybody that tiles changed. */
  published(topic: PublishedTopic, version: number): void {
    for (const viewer of this.seats.keys()) viewer.published(topic, version);
  }

  /** Closes every viewer: the server stops, and they should come back. */
  close(): void {
    for (const viewer of this.seats.keys()) viewer.close(CLOSE.restart);
    this.seats.clear();
    this.views.clear();
  }

  private position(viewer: Viewer, seat: Seat, countsDue: boolean): void {
    if (!viewer.keepsUp) {
      viewer.behind = true;
      return;
    }
    const { view, sight: before } = seat;
    const cover = viewer.takeWindow();
    if (cover) {
      seat.sight = view.look(cover);
      view.release(before);
    }
    const { sight } = seat;
    if (!sight) return;
    const isNew = sight !== before;
    let frame: Uint8Array | undefined;
    if (sight.cover.show === 'counts') {
      if (!isNew && !viewer.behind && !countsDue) return;
      frame = view.frameOf(sight);
    } else if (before?.cover.show !== 'units' || viewer.behind) frame = view.snapshots.frame(this.world, sight.cover);
    else if (isNew) frame = view.snapshots.moved(this.world, (key) => view.changed(key), before.cover, sight.cover);
    else frame = view.frameOf(sight);
    viewer.behind = false;
    if (frame) viewer.sendFrame(frame);
  }
}
