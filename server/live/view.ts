import { CELL_ZOOM, type Cover } from '../../shared/live/cells.ts';
import { type CellRectangle, type Changes, encodeCounts } from './encode.ts';
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

const NOWHERE: CellRectangle = [0, 0, -1, -1];

/** The world as one scope may see it, encoded once for all its viewers. */
export class View {
  readonly territory: Territory;
  viewers = 0;
  readonly snapshots: Snapshots;
  private readonly world: UnitWorld;
  private readonly changes: Changes;
  /** What changed, where it is less than all that changed; made when first asked for in a tick. */
  private own: RunTable | undefined;
  private isOwnFresh = false;
  /** Encoded counts by level, for the levels somebody looks at. */
  private readonly counts = new Map<number, RunTable>();
  /** What is looked at now, by the cells it covers. */
  private readonly sights = new Map<string, Sight>();
  /** The cells around all sights of units, when the tick began: what is encoded for this scope. */
  private asked = NOWHERE;
  private isAskedFresh = true;
  private ticks = 0;
  private timeMs = 0;

  constructor(territory: Territory, world: UnitWorld, changes: Changes, whole: Snapshots | undefined) {
    this.territory = territory;
    this.world = world;
    this.changes = changes;
    this.snapshots = new Snapshots(territory, whole);
  }

  begin(tick: number, timeMs: number): void {
    this.ticks = tick;
    this.timeMs = timeMs;
    this.snapshots.reset(timeMs);
    if (this.counts.size > 0) this.counts.clear();
    if (this.territory.everything) return;
    this.isOwnFresh = false;
    if (!this.isAskedFresh) this.asked = areaOf(this.sights.values());
    this.isAskedFresh = true;
  }

  look(cover: Cover): Sight {
    const key = `${cover.level}:${cover.x0},${cover.y0},${cover.x1},${cover.y1}`;
    const sight = this.sights.get(key) ?? { key, cover, viewers: 0, tick: 0, frame: undefined };
    sight.viewers++;
    this.sights.set(key, sight);
    this.isAskedFresh = false;
    return sight;
  }

  release(sight: Sight | undefined): void {
    if (!sight || --sight.viewers > 0) return;
    this.sights.delete(sight.key);
    this.isAskedFresh = false;
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
      sight.frame =
        cover.show === 'units' ? this.changed().frame(cover) : this.countsTable(cover.level).frame(cover, true);
    }
    return sight.frame;
  }

  /** What changed in the cells that were looked at when the tick began. */
  changed(): RunTable {
    if (this.territory.everything) return this.changes.table;
    this.own ??= new RunTable();
    if (!this.isOwnFresh) {
      this.changes.encodeFor(this.own, this.territory, this.world, this.timeMs, this.asked);
      this.isOwnFresh = true;
    }
    return this.own;
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

/** The rectangle around all covers of units; one that crosses the 180th meridian reaches all around. */
function areaOf(sights: Iterable<Sight>): CellRectangle {
  const most = 2 ** CELL_ZOOM - 1;
  let [x0, y0, x1, y1] = [most, most, -1, -1];
  for (const { cover } of sights) {
    if (cover.show !== 'units') continue;
    const isAround = cover.x1 > most;
    x0 = isAround ? 0 : Math.min(x0, cover.x0);
    x1 = isAround ? most : Math.max(x1, cover.x1);
    y0 = Math.min(y0, cover.y0);
    y1 = Math.max(y1, cover.y1);
  }
  return [x0, y0, x1, y1];
}
