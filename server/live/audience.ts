import { CELL_ZOOM, type Cover, cellX, cellY } from '../../shared/live/cells.ts';
import { grown } from '../../shared/live/grown.ts';
import { COVERS } from '../access/shape.ts';
import type { Gate, Territory } from './territory.ts';
import type { Cell, UnitWorld } from './world.ts';

/** First and last column and row of cells. */
export type CellRectangle = readonly [x0: number, y0: number, x1: number, y1: number];

export const NOWHERE: CellRectangle = [0, 0, -1, -1];

/** A scope through which somebody looks who may not see everything. */
export interface Listener {
  readonly territory: Territory;
  /** Its bit in audiences while it looks at cells; otherwise −1. */
  index: number;
}

/** Who looks at a cell of which a unit must be asked about: those whose border runs through it, or whose units may come there. */
export interface Zone {
  /** Bits of those who may see all of it. */
  readonly whole: Int32Array;
  readonly part: readonly { readonly listener: Listener; readonly gate: Gate }[];
}

type Places = Pick<UnitWorld, 'lon' | 'lat' | 'x' | 'y' | 'home'>;

/** What is remembered of a unit, number by number: with whom it was last found, and how far from there that holds. */
const FOUND = { stamp: 0, home: 1, x: 2, y: 3, steps: 4, audience: 5, pause: 6, numbers: 8 } as const;
/** Units of the cell have different audiences. */
const DIFFERENT = -1;
/** So near a border that only the place itself has a known audience. */
const NOT_FAR = -1;
/** Of a unit that is not in the cell. */
export const NOBODY = -1;
/** Askings for which nobody looks how far the border is, after a unit went further than that at once. */
const PAUSE = 15;
/** Audiences remembered at most. */
const MOST = 65_536;
/** Stamps that were given out before they begin anew, after days of people who come and go: they are kept in 32 bits. */
const LAST_STAMP = 2 ** 31 - 1;

/**
 * Who may see which unit, as numbers: units that the same listeners may see have the same audience, of which `bits` tells
 * who is in it. A unit that was asked about is asked about again only when it is further from there than the nearest
 * border, in another cell, belongs elsewhere, or others look.
 */
export class Audiences {
  /** Words of an audience, one bit for each listener. */
  words = 1;
  bits = new Int32Array(64);
  /** What `look` found: the audience of a unit now, and at the last tick if it was in the same cell. */
  now = NOBODY;
  before = NOBODY;
  /** By their index. */
  readonly listeners: (Listener | undefined)[] = [];
  private readonly areas = new Map<Listener, CellRectangle>();
  private readonly numbers = new Map<string | number, number>();
  private stamps = 0;
  private seen = new Int32Array(0);
  /** By slot, `FOUND.numbers` each; and the exact place. */
  private found = new Int32Array(0);
  private lon = new Float64Array(0);
  private lat = new Float64Array(0);

  /** Whether all who look may see everything. */
  get isEmpty(): boolean {
    return this.areas.size === 0;
  }

  /** Lets a listener have the cells of this rectangle instead of those it had. */
  move(world: UnitWorld, listener: Listener, area: CellRectangle): void {
    const before = this.areas.get(listener) ?? NOWHERE;
    const isNew = before === NOWHERE;
    const isOver = area[2] < area[0];
    if (isNew && isOver) return;
    if (isNew) this.enter(world, listener);
    if (isOver) {
      this.areas.delete(listener);
      this.listeners[listener.index] = undefined;
      listener.index = -1;
      this.forget(world);
      return;
    }
    this.areas.set(listener, area);
    for (const cell of world.cells.values()) {
      if (holds(before, cell.key) !== holds(area, cell.key)) cell.stamp = 0;
    }
  }

  /** Makes room for so many slots. */
  reserve(slots: number): void {
    if (this.lon.length >= slots) return;
    this.found = grown(Int32Array, this.found, slots * FOUND.numbers);
    this.lon = grown(Float64Array, this.lon, slots);
    this.lat = grown(Float64Array, this.lat, slots);
  }

  /** Finds out who looks at a cell, where that is not known. */
  settle(world: UnitWorld, cell: Cell): void {
    if (cell.stamp !== 0) return;
    if (this.numbers.size > MOST || this.stamps >= LAST_STAMP) this.forget(world);
    const whole = new Int32Array(this.words);
    const part: { listener: Listener; gate: Gate }[] = [];
    for (const [listener, area] of this.areas) {
      if (!holds(area, cell.key)) continue;
      const gate = listener.territory.gate(cell.key);
      if (gate.covers === COVERS.whole) add(whole, listener);
      else if (gate.covers === COVERS.part || listener.territory.hasHomes) part.push({ listener, gate });
    }
    cell.stamp = ++this.stamps;
    cell.zone = { whole, part };
    cell.audience = part.length === 0 ? this.numberOf(whole) : DIFFERENT;
  }

  /** Sets `now` and `before` for a unit that is in this cell. */
  look(world: UnitWorld, cell: Cell, slot: number): void {
    const { found } = this;
    const { before } = world;
    const at = slot * FOUND.numbers;
    const wasHere = before.cell[slot] === cell.key;
    if (wasHere && found[at] === cell.stamp) {
      const home = found[at + FOUND.home];
      const [x, y] = [found[at + FOUND.x] ?? 0, found[at + FOUND.y] ?? 0];
      const steps = found[at + FOUND.steps] ?? NOT_FAR;
      if (
        Math.abs((world.x[slot] ?? 0) - x) <= steps &&
        Math.abs((world.y[slot] ?? 0) - y) <= steps &&
        Math.abs((before.x[slot] ?? 0) - x) <= steps &&
        Math.abs((before.y[slot] ?? 0) - y) <= steps &&
        world.home[slot] === home &&
        before.home[slot] === home
      ) {
        this.now = found[at + FOUND.audience] ?? NOBODY;
        this.before = this.now;
        return;
      }
    }
    this.before = wasHere ? this.of(world, cell, before, slot) : NOBODY;
    this.now = this.of(world, cell, world, slot);
  }

  /** The audience of a unit that is in this cell, where `places` has it. */
  of(world: UnitWorld, cell: Cell, places: Places, slot: number): number {
    if (cell.audience !== DIFFERENT) return cell.audience;
    const at = slot * FOUND.numbers;
    const { found } = this;
    if (found[at] === cell.stamp && found[at + FOUND.home] === places.home[slot]) {
      const steps = found[at + FOUND.steps] ?? NOT_FAR;
      const isNear =
        Math.abs((places.x[slot] ?? 0) - (found[at + FOUND.x] ?? 0)) <= steps &&
        Math.abs((places.y[slot] ?? 0) - (found[at + FOUND.y] ?? 0)) <= steps;
      const isThere = isNear || (places.lon[slot] === this.lon[slot] && places.lat[slot] === this.lat[slot]);
      if (isThere) return found[at + FOUND.audience] ?? 0;
    }
    return this.ask(world, cell, places, slot);
  }

  /** Asks homes and borders, and remembers what they say of where the unit is now. */
  private ask(world: UnitWorld, { zone, stamp }: Cell, places: Places, slot: number): number {
    const { found } = this;
    const at = slot * FOUND.numbers;
    const isKnown = found[at] === stamp;
    const pause = isKnown ? (found[at + FOUND.pause] ?? 0) : 0;
    const isNow = places === world;
    const home = places.home[slot] ?? -1;
    const seen = this.seen.length === this.words ? this.seen : new Int32Array(this.words);
    this.seen = seen;
    seen.set(zone?.whole ?? []);
    let steps = pause > 0 ? NOT_FAR : 2 ** 30;
    for (const { listener, gate } of zone?.part ?? []) {
      const { territory } = listener;
      if (territory.isHome(world.homes, home)) add(seen, listener);
      else {
        if (territory.sees(gate, places, slot)) add(seen, listener);
        if (isNow && steps >= 0) steps = Math.min(steps, territory.clearance(gate, places, slot));
      }
    }
    const audience = this.numberOf(seen);
    if (!isNow) return audience;
    const [x, y] = [places.x[slot] ?? 0, places.y[slot] ?? 0];
    const gone = isKnown
      ? Math.max(Math.abs(x - (found[at + FOUND.x] ?? 0)), Math.abs(y - (found[at + FOUND.y] ?? 0)))
      : 0;
    found[at] = stamp;
    found[at + FOUND.home] = home;
    found[at + FOUND.x] = x;
    found[at + FOUND.y] = y;
    found[at + FOUND.steps] = steps;
    found[at + FOUND.audience] = audience;
    found[at + FOUND.pause] = pause > 0 ? pause - 1 : gone > steps ? PAUSE : 0;
    this.lon[slot] = places.lon[slot] ?? 0;
    this.lat[slot] = places.lat[slot] ?? 0;
    return audience;
  }

  private numberOf(listeners: Int32Array): number {
    const key = this.words === 1 ? (listeners[0] ?? 0) : listeners.join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    if (this.bits.length < (number + 1) * this.words) this.bits = grown(Int32Array, this.bits, this.bits.length * 2);
    this.bits.set(listeners, number * this.words);
    this.numbers.set(key, number);
    return number;
  }

  private enter(world: UnitWorld, listener: Listener): void {
    const free = this.listeners.indexOf(undefined);
    listener.index = free < 0 ? this.listeners.length : free;
    this.listeners[listener.index] = listener;
    if (this.listeners.length <= this.words * 32) return;
    this.words *= 2;
    this.bits = new Int32Array(64 * this.words);
    this.forget(world);
  }

  /** Forgets all audiences: numbers and bits begin anew. */
  private forget(world: UnitWorld): void {
    this.numbers.clear();
    for (const cell of world.cells.values()) cell.stamp = 0;
    if (this.stamps < LAST_STAMP) return;
    this.stamps = 0;
    this.found.fill(0);
  }
}

function add(words: Int32Array, { index }: Listener): void {
  words[index >> 5] = (words[index >> 5] ?? 0) | (1 << (index & 31));
}

function holds([x0, y0, x1, y1]: CellRectangle, key: number): boolean {
  const [x, y] = [cellX(key), cellY(key)];
  return x >= x0 && x <= x1 && y >= y0 && y <= y1;
}

/** The rectangle around all covers of units; one that crosses the 180th meridian reaches all around. */
export function areaOf(covers: Iterable<Cover>): CellRectangle {
  const most = 2 ** CELL_ZOOM - 1;
  let [x0, y0, x1, y1] = [most, most, -1, -1];
  for (const cover of covers) {
    if (cover.show !== 'units') continue;
    const isAround = cover.x1 > most;
    x0 = isAround ? 0 : Math.min(x0, cover.x0);
    x1 = isAround ? most : Math.max(x1, cover.x1);
    y0 = Math.min(y0, cover.y0);
    y1 = Math.max(y1, cover.y1);
  }
  return [x0, y0, x1, y1];
}
