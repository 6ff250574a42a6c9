import { cellOfSteps, mercatorX, mercatorY, toSteps } from '../../shared/live/cells.ts';
import { LIVE_FLAG } from '../../shared/live/flags.ts';
import { headingByte, speedByte } from '../../shared/live/frame-writer.ts';
import { grown } from '../../shared/live/grown.ts';
import type { LivePosition } from '../../shared/schemas/position.ts';
import { UNIT_STATUSES } from '../../shared/schemas/unit.ts';
import type { Zone } from './audience.ts';

const OFF_DUTY = UNIT_STATUSES.indexOf('off_duty');
const NOWHERE = -1;
/** Numbers of homes: none at all, and not told yet. */
const NO_HOME = -1;
const UNTOLD = -2;
const FLAG_BITS = LIVE_FLAG.mock | LIVE_FLAG.jump | LIVE_FLAG.serverTime | LIVE_FLAG.invalid;

/** A cell of the map with the units in it now, and what happened to it since the last tick. */
export interface Cell {
  readonly key: number;
  /** Slots of the units in it, in no order. */
  readonly members: number[];
  /** Ids of units that changed; some may have left again since. */
  readonly changed: number[];
  /** Ids of units that left; some may have come back since. */
  readonly left: number[];
  dirty: boolean;
  /** Who looks at it, kept by `Audiences`: another stamp each time it is found out, 0 while it is not known. */
  stamp: number;
  /** The audience of all its units, or negative where each has its own. */
  audience: number;
  zone: Zone | undefined;
}

/**
 * The newest position of every unit, by map cell, in arrays by slot. A unit off duty is in no cell, so nobody is sent it;
 * on duty again, it is nowhere until its first place since.
 */
export class UnitWorld {
  count = 0;
  ids = new Int32Array(1024);
  /** Degrees, as they were sent. */
  lon = new Float64Array(1024);
  lat = new Float64Array(1024);
  /** Steps of the world (`shared/live/cells.ts`). */
  x = new Int32Array(1024);
  y = new Int32Array(1024);
  fixMs = new Float64Array(1024);
  status = new Uint8Array(1024);
  flags = new Uint8Array(1024);
  /** As on the wire; −1 when unknown. */
  heading = new Int16Array(1024);
  speed = new Int16Array(1024);
  /** Index in `homes` of the area it belongs to; negative for none. */
  home = new Int32Array(1024);
  /** Key of the cell it is in, or −1. */
  cell = new Int32Array(1024);
  /** Codes of the areas that units belong to. */
  readonly homes: string[] = [];
  /** The same as at the last tick: who was sent it then must be told when it is no longer theirs to see. */
  readonly before = {
    lon: new Float64Array(1024),
    lat: new Float64Array(1024),
    x: new Int32Array(1024),
    y: new Int32Array(1024),
    home: new Int32Array(1024),
    cell: new Int32Array(1024),
  };
  /** Only cells that ever had a unit since they were last swept. */
  readonly cells = new Map<number, Cell>();
  /** Cells that changed since the last tick. */
  dirty: Cell[] = [];

  private readonly slots = new Map<number, number>();
  private readonly homeIndex = new Map<string, number>();
  /** Slots that changed since the last tick. */
  private moved: number[] = [];
  private movedTick = new Int32Array(1024);
  private indexInCell = new Int32Array(1024);
  /** The cell whose `changed` already has the unit, in `markedTick`. */
  private markedCell = new Int32Array(1024);
  private markedTick = new Int32Array(1024);
  private tick = 0;

  /** The slot of this unit; −1 when nothing is known of it. */
  slotOf(id: number): number {
    return this.slots.get(id) ?? -1;
  }

  /** Takes a unit's newest position; one that is older than what is known changes nothing. */
  place(position: LivePosition): void {
    let slot = this.slotOf(position.unitId);
    if (slot < 0) slot = this.add(position.unitId, position.status);
    const known = this.fixMs[slot] ?? 0;
    if (position.time < known) return;
    this.fixMs[slot] = position.time;
    this.lon[slot] = position.lon;
    this.lat[slot] = position.lat;
    this.x[slot] = toSteps(mercatorX(position.lon));
    this.y[slot] = toSteps(mercatorY(position.lat));
    this.heading[slot] = headingByte(position.heading);
    this.speed[slot] = speedByte(position.speed);
    this.flags[slot] = (position.flags & FLAG_BITS) | (position.alarm === '' ? 0 : LIVE_FLAG.alarm);
    this.show(slot);
  }

  /** Forgets where a unit was. */
  forget(id: number): void {
    const slot = this.slotOf(id);
    if (slot < 0 || this.fixMs[slot] === Number.NEGATIVE_INFINITY) return;
    this.fixMs[slot] = Number.NEGATIVE_INFINITY;
    this.show(slot);
  }

  /** Takes a unit's duty status. From here on it, and not what comes with positions, is the unit's status. */
  setStatus(id: number, status: number): void {
    let slot = this.slotOf(id);
    if (slot < 0) slot = this.add(id, status);
    const before = this.status[slot];
    if (before === status) return;
    this.status[slot] = status;
    // Where it was before its duty began may be where somebody lives.
    if (before === OFF_DUTY) this.fixMs[slot] = Number.NEGATIVE_INFINITY;
    if (this.fixMs[slot] !== Number.NEGATIVE_INFINITY) this.show(slot);
  }

  /** Takes the area that a unit belongs to. */
  setHome(id: number, code: string | null): void {
    let slot = this.slotOf(id);
    if (slot < 0) slot = this.add(id, 0);
    const home = code === null ? NO_HOME : this.numberOfHome(code);
    if (this.home[slot] === home) return;
    this.home[slot] = home;
    if (this.fixMs[slot] !== Number.NEGATIVE_INFINITY) this.show(slot);
  }

  /** Whether it has been told where this unit belongs. */
  knowsHome(id: number): boolean {
    return (this.home[this.slotOf(id)] ?? UNTOLD) !== UNTOLD;
  }

  /** Forgets what changed: the tick has been encoded. */
  settle(): void {
    const { before } = this;
    for (const slot of this.moved) {
      before.lon[slot] = this.lon[slot] ?? 0;
      before.lat[slot] = this.lat[slot] ?? 0;
      before.x[slot] = this.x[slot] ?? 0;
      before.y[slot] = this.y[slot] ?? 0;
      before.home[slot] = this.home[slot] ?? NO_HOME;
      before.cell[slot] = this.cell[slot] ?? NOWHERE;
    }
    this.moved = [];
    for (const cell of this.dirty) {
      cell.dirty = false;
      cell.changed.length = 0;
      cell.left.length = 0;
      if (cell.members.length === 0) this.cells.delete(cell.key);
    }
    this.dirty = [];
    this.tick++;
  }

  private show(slot: number): void {
    if (this.movedTick[slot] !== this.tick) {
      this.movedTick[slot] = this.tick;
      this.moved.push(slot);
    }
    const from = this.cell[slot] ?? NOWHERE;
    const isNowhere = this.status[slot] === OFF_DUTY || this.fixMs[slot] === Number.NEGATIVE_INFINITY;
    const to = isNowhere ? NOWHERE : cellOfSteps(this.x[slot] ?? 0, this.y[slot] ?? 0);
    if (from !== to) {
      if (from !== NOWHERE) this.leave(slot, from);
      if (to !== NOWHERE) this.enter(slot, to);
    }
    if (to === NOWHERE || (this.markedTick[slot] === this.tick && this.markedCell[slot] === to)) return;
    this.markedTick[slot] = this.tick;
    this.markedCell[slot] = to;
    this.touch(to).changed.push(this.ids[slot] ?? 0);
  }

  private enter(slot: number, key: number): void {
    this.indexInCell[slot] = this.touch(key).members.push(slot) - 1;
    this.cell[slot] = key;
  }

  private leave(slot: number, key: number): void {
    const cell = this.touch(key);
    const last = cell.members.pop();
    if (last !== undefined && last !== slot) {
      const index = this.indexInCell[slot] ?? 0;
      cell.members[index] = last;
      this.indexInCell[last] = index;
    }
    cell.left.push(this.ids[slot] ?? 0);
    this.cell[slot] = NOWHERE;
  }

  private touch(key: number): Cell {
    let cell = this.cells.get(key);
    if (!cell) {
      cell = { key, members: [], changed: [], left: [], dirty: false, stamp: 0, audience: 0, zone: undefined };
      this.cells.set(key, cell);
    }
    if (!cell.dirty) {
      cell.dirty = true;
      this.dirty.push(cell);
    }
    return cell;
  }

  private add(id: number, status: number): number {
    if (this.count === this.ids.length) this.grow();
    const slot = this.count++;
    this.slots.set(id, slot);
    this.ids[slot] = id;
    this.status[slot] = status;
    this.fixMs[slot] = Number.NEGATIVE_INFINITY;
    this.cell[slot] = NOWHERE;
    this.home[slot] = UNTOLD;
    this.before.cell[slot] = NOWHERE;
    this.before.home[slot] = UNTOLD;
    this.markedTick[slot] = -1;
    this.movedTick[slot] = -1;
    return slot;
  }

  private numberOfHome(code: string): number {
    const known = this.homeIndex.get(code);
    if (known !== undefined) return known;
    const index = this.homes.push(code) - 1;
    this.homeIndex.set(code, index);
    return index;
  }

  private grow(): void {
    const size = this.ids.length * 2;
    this.ids = grown(Int32Array, this.ids, size);
    this.lon = grown(Float64Array, this.lon, size);
    this.lat = grown(Float64Array, this.lat, size);
    this.x = grown(Int32Array, this.x, size);
    this.y = grown(Int32Array, this.y, size);
    this.fixMs = grown(Float64Array, this.fixMs, size);
    this.status = grown(Uint8Array, this.status, size);
    this.flags = grown(Uint8Array, this.flags, size);
    this.heading = grown(Int16Array, this.heading, size);
    this.speed = grown(Int16Array, this.speed, size);
    this.home = grown(Int32Array, this.home, size);
    this.cell = grown(Int32Array, this.cell, size);
    this.before.lon = grown(Float64Array, this.before.lon, size);
    this.before.lat = grown(Float64Array, this.before.lat, size);
    this.before.x = grown(Int32Array, this.before.x, size);
    this.before.y = grown(Int32Array, this.before.y, size);
    this.before.home = grown(Int32Array, this.before.home, size);
    this.before.cell = grown(Int32Array, this.before.cell, size);
    this.movedTick = grown(Int32Array, this.movedTick, size);
    this.indexInCell = grown(Int32Array, this.indexInCell, size);
    this.markedCell = grown(Int32Array, this.markedCell, size);
    this.markedTick = grown(Int32Array, this.markedTick, size);
  }
}
