import type { Cover } from '../../shared/live/cells.ts';
import { CLOSE } from '../../shared/live/close-codes.ts';
import type { PublishedTopic } from '../../shared/live/messages.ts';
import { TICKS_PER_SECOND } from '../../shared/live/protocol.ts';
import { encodeChanges, encodeCounts, Snapshots } from './encode.ts';
import type { EventFeed } from './event-feed.ts';
import { RunTable } from './run-table.ts';
import { Viewer, type ViewerSocket } from './viewer.ts';
import type { UnitWorld } from './world.ts';

/** Cells that one or more viewers look at, and the one frame that all of them are sent in a tick. */
interface Sight {
  readonly key: string;
  readonly cover: Cover;
  viewers: number;
  /** The tick that `frame` is of. */
  tick: number;
  frame: Uint8Array | undefined;
}

/** Sends every viewer what it looks at: positions once a tick, counts once a second, events as they come. */
export class Hub {
  private readonly world: UnitWorld;
  private readonly feed: EventFeed;
  private readonly now: () => number;
  private readonly viewers = new Map<Viewer, Sight | undefined>();
  private readonly changes = new RunTable();
  private readonly snapshots = new Snapshots();
  /** Encoded counts by level, for the levels somebody looks at. */
  private readonly counts = new Map<number, RunTable>();
  /** What is looked at now, by the cells it covers. */
  private readonly sights = new Map<string, Sight>();
  private ticks = 0;

  constructor(world: UnitWorld, feed: EventFeed, now: () => number) {
    this.world = world;
    this.feed = feed;
    this.now = now;
  }

  join(socket: ViewerSocket): Viewer {
    const viewer = new Viewer(socket, this.feed, this.now);
    this.viewers.set(viewer, undefined);
    return viewer;
  }

  leave(viewer: Viewer): void {
    this.release(this.viewers.get(viewer));
    this.viewers.delete(viewer);
  }

  /** Encodes what changed since the last tick, and sends it. */
  tick(): void {
    const timeMs = Math.floor(this.now() / 100) * 100;
    const { world } = this;
    this.ticks++;
    this.counts.clear();
    this.snapshots.reset(timeMs);
    if (this.viewers.size > 0) encodeChanges(this.changes, world, timeMs);
    const countsDue = this.ticks % TICKS_PER_SECOND === 0;
    for (const [viewer, sight] of this.viewers) {
      this.position(viewer, sight, timeMs, countsDue);
      viewer.pump();
    }
    world.settle();
  }

  /** Sends the events that were appended. */
  pump(): void {
    for (const viewer of this.viewers.keys()) viewer.pump();
  }

  heartbeat(): void {
    for (const viewer of this.viewers.keys()) viewer.heartbeat();
  }

  /** Tells everybody that tiles changed. */
  published(topic: PublishedTopic, version: number): void {
    for (const viewer of this.viewers.keys()) viewer.published(topic, version);
  }

  /** Closes every viewer: the server stops, and they should come back. */
  close(): void {
    for (const viewer of this.viewers.keys()) viewer.close(CLOSE.restart);
    this.viewers.clear();
  }

  private position(viewer: Viewer, before: Sight | undefined, timeMs: number, countsDue: boolean): void {
    if (!viewer.keepsUp) {
      viewer.behind = true;
      return;
    }
    const cover = viewer.takeWindow();
    const sight = cover ? this.look(viewer, before, cover) : before;
    if (!sight) return;
    const isNew = sight !== before;
    let frame: Uint8Array | undefined;
    if (sight.cover.show === 'counts') {
      if (!isNew && !viewer.behind && !countsDue) return;
      frame = this.frameOf(sight, timeMs);
    } else if (before?.cover.show !== 'units' || viewer.behind) frame = this.snapshots.frame(this.world, sight.cover);
    else if (isNew) frame = this.snapshots.moved(this.world, this.changes, before.cover, sight.cover);
    else frame = this.frameOf(sight, timeMs);
    viewer.behind = false;
    if (frame) viewer.sendFrame(frame);
  }

  private look(viewer: Viewer, before: Sight | undefined, cover: Cover): Sight {
    const key = `${cover.level}:${cover.x0},${cover.y0},${cover.x1},${cover.y1}`;
    const sight = this.sights.get(key) ?? { key, cover, viewers: 0, tick: 0, frame: undefined };
    sight.viewers++;
    this.sights.set(key, sight);
    this.viewers.set(viewer, sight);
    this.release(before);
    return sight;
  }

  private release(sight: Sight | undefined): void {
    if (sight && --sight.viewers === 0) this.sights.delete(sight.key);
  }

  private frameOf(sight: Sight, timeMs: number): Uint8Array | undefined {
    if (sight.tick !== this.ticks) {
      const { cover } = sight;
      sight.tick = this.ticks;
      sight.frame =
        cover.show === 'units' ? this.changes.frame(cover) : this.countsTable(cover.level, timeMs).frame(cover, true);
    }
    return sight.frame;
  }

  private countsTable(level: number, timeMs: number): RunTable {
    let table = this.counts.get(level);
    if (!table) {
      table = new RunTable();
      encodeCounts(table, this.world, level, timeMs);
      this.counts.set(level, table);
    }
    return table;
  }
}
