import type { Cover } from '../../shared/live/cells.ts';
import { type Audiences, areaOf, type Listener, NOWHERE } from './audience.ts';
import { type Changes, encodeCounts } from './encode.ts';
import { RunTable } from './run-table.ts';
import { Snapshots } from './snapshots.ts';
import type { Territory } from './territory.ts';
import type { UnitWorld } from './world.ts';

/** Cells that one or more viewers of one scope look at, and the one frame that all of them are sent in a tick. */
export interface Sight {
  readonly key: string;
  readonly cover: Cover;
  viewers: number;
  /** The tick that `frame` is of. */
  tick: number;
  frame: Uint8Array | undefined;
}

/** The world as one scope may see it, encoded once for all its viewers. */
export class View {
  readonly territory: Territory;
  viewers = 0;
  readonly snapshots: Snapshots;
  private readonly world: UnitWorld;
  private readonly audiences: Audiences;
  /** Among those who are sent less than all that changed; `undefined` for who may see everything. */
  private readonly listener: Listener | undefined;
  private readonly changes: Changes;
  /** Encoded counts by level, for the levels somebody looks at. */
  private readonly counts = new Map<number, RunTable>();
  /** What is looked at now, by the cells it covers. */
  private readonly sights = new Map<string, Sight>();
  /** Whether sights have come or gone since the last tick. */
  private isMoved = false;
  private ticks = 0;
  private timeMs = 0;

  constructor(territory: Territory, world: UnitWorld, changes: Changes, audiences: Audiences, whole: Snapshots) {
    this.territory = territory;
    this.world = world;
    this.audiences = audiences;
    this.listener = territory.everything ? undefined : { territory, index: -1 };
    this.changes = changes;
    this.snapshots = new Snapshots(territory, whole);
  }

  begin(tick: number, timeMs: number): void {
    this.ticks = tick;
    this.timeMs = timeMs;
    this.snapshots.reset(timeMs);
    if (this.counts.size > 0) this.counts.clear();
    if (!this.listener || !this.isMoved) return;
    this.isMoved = false;
    this.audiences.move(this.world, this.listener, areaOf([...this.sights.values()].map(({ cover }) => cover)));
  }

  /** Nobody looks through it any more. */
  end(): void {
    if (this.listener) this.audiences.move(this.world, this.listener, NOWHERE);
  }

  look(cover: Cover): Sight {
    const key = `${cover.level}:${cover.x0},${cover.y0},${cover.x1},${cover.y1}`;
    const sight = this.sights.get(key) ?? { key, cover, viewers: 0, tick: 0, frame: undefined };
    sight.viewers++;
    this.sights.set(key, sight);
    this.isMoved = true;
    return sight;
  }

  release(sight: Sight | undefined): void {
    if (!sight || --sight.viewers > 0) return;
    this.sights.delete(sight.key);
    this.isMoved = true;
  }

  /**
   * Makes what the sights of units are sent in this tick, all before the first is sent: each time the kernel sends, the
   * processor forgets what it was about, and the next scope would find its cells and its border far away.
   */
  prepare(): void {
    for (const sight of this.sights.values()) if (sight.cover.show === 'units') this.frameOf(sight);
  }

  /** What a sight is sent in this tick; `undefined` for nothing. */
  frameOf(sight: Sight): Uint8Array | undefined {
    if (sight.tick !== this.ticks) {
      const { cover } = sight;
      sight.tick = this.ticks;
      sight.frame = cover.show === 'units' ? this.changedIn(cover) : this.countsTable(cover.level).frame(cover, true);
    }
    return sight.frame;
  }

  /** What changed in a cell that was looked at when the tick began, or `undefined`. */
  changed(key: number): Buffer | undefined {
    const { listener, changes } = this;
    return listener ? changes.shares.tile(listener, key) : changes.table.tile(key);
  }

  private changedIn(cover: Cover): Buffer | undefined {
    const { listener, changes } = this;
    return listener ? changes.shares.frame(listener, cover) : changes.table.frame(cover);
  }

  private countsTable(level: number): RunTable {
    let table = this.counts.get(level);
    if (!table) {
      table = new RunTable();
      encodeCounts(table, this.territory, this.world, level, this.timeMs);
      this.counts.set(level, table);
    }
    return table;
  }
}
