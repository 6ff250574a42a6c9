import { type Cover, sameCover } from '../../shared/live/cells.ts';
import { CLOSE } from '../../shared/live/close-codes.ts';
import { TICKS_PER_SECOND } from '../../shared/live/protocol.ts';
import { encodeChanges, encodeCounts, Snapshots } from './encode.ts';
import type { EventFeed } from './event-feed.ts';
import { RunTable } from './run-table.ts';
import { Viewer, type ViewerSocket } from './viewer.ts';
import type { UnitWorld } from './world.ts';

/** Sends every viewer what it looks at: positions once a tick, counts once a second, events as they come. */
export class Hub {
  private readonly world: UnitWorld;
  private readonly feed: EventFeed;
  private readonly now: () => number;
  private readonly viewers = new Set<Viewer>();
  private readonly changes = new RunTable();
  private readonly snapshots = new Snapshots();
  /** Encoded counts by level, for the levels somebody looks at. */
  private readonly counts = new Map<number, RunTable>();
  /** Frames of this tick by the cells they are for: viewers of the same cells share one. */
  private readonly frames = new Map<string, Uint8Array | undefined>();
  private ticks = 0;

  constructor(world: UnitWorld, feed: EventFeed, now: () => number) {
    this.world = world;
    this.feed = feed;
    this.now = now;
  }

  join(socket: ViewerSocket): Viewer {
    const viewer = new Viewer(socket, this.feed, this.now);
    this.viewers.add(viewer);
    return viewer;
  }

  leave(viewer: Viewer): void {
    this.viewers.delete(viewer);
  }

  /** Encodes what changed since the last tick, and sends it. */
  tick(): void {
    const timeMs = Math.floor(this.now() / 100) * 100;
    const { world } = this;
    this.frames.clear();
    this.counts.clear();
    this.snapshots.reset(timeMs);
    if (this.viewers.size > 0) encodeChanges(this.changes, world, timeMs);
    const countsDue = this.ticks++ % TICKS_PER_SECOND === 0;
    for (const viewer of this.viewers) {
      this.position(viewer, timeMs, countsDue);
      viewer.pump();
    }
    world.settle();
  }

  /** Sends the events that were appended. */
  pump(): void {
    for (const viewer of this.viewers) viewer.pump();
  }

  heartbeat(): void {
    for (const viewer of this.viewers) viewer.heartbeat();
  }

  /** Closes every viewer: the server stops, and they should come back. */
  close(): void {
    for (const viewer of this.viewers) viewer.close(CLOSE.restart);
    this.viewers.clear();
  }

  private position(viewer: Viewer, timeMs: number, countsDue: boolean): void {
    if (!viewer.keepsUp) {
      viewer.behind = true;
      return;
    }
    const isNew = viewer.asked !== undefined;
    const before = viewer.takeWindow();
    const { cover } = viewer;
    if (!cover) return;
    let frame: Uint8Array | undefined;
    if (cover.show === 'counts') {
      if (!isNew && !viewer.behind && !countsDue) return;
      frame = this.countsFrame(cover, timeMs);
    } else if (before?.show !== 'units' || viewer.behind) frame = this.snapshots.frame(this.world, cover);
    else if (isNew && !sameCover(before, cover)) {
      frame = this.snapshots.moved(this.world, this.changes, before, cover);
    } else frame = this.changesFrame(cover);
    viewer.behind = false;
    if (frame) viewer.sendFrame(frame);
  }

  private changesFrame(cover: Cover): Uint8Array | undefined {
    const key = `${cover.x0},${cover.y0},${cover.x1},${cover.y1}`;
    if (this.frames.has(key)) return this.frames.get(key);
    const frame = this.changes.frame(cover);
    this.frames.set(key, frame);
    return frame;
  }

  private countsFrame(cover: Cover, timeMs: number): Uint8Array | undefined {
    let table = this.counts.get(cover.level);
    if (!table) {
      table = new RunTable();
      encodeCounts(table, this.world, cover.level, timeMs);
      this.counts.set(cover.level, table);
    }
    const key = `${cover.level}:${cover.x0},${cover.y0},${cover.x1},${cover.y1}`;
    const known = this.frames.get(key);
    if (known) return known;
    const frame = table.frame(cover, true);
    this.frames.set(key, frame);
    return frame;
  }
}
