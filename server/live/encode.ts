import { CELL_ZOOM, cellKey, cellX, cellY, STEP_BITS } from '../../shared/live/cells.ts';
import { LIVE_FLAG } from '../../shared/live/flags.ts';
import type { FrameWriter } from '../../shared/live/frame-writer.ts';
import { FRAME } from '../../shared/live/frames.ts';
import { grown } from '../../shared/live/grown.ts';
import { COVERS, divisionOf } from '../access/shape.ts';
import { RunTable } from './run-table.ts';
import type { Gate, Territory } from './territory.ts';
import type { Cell, UnitWorld } from './world.ts';

let scratch = new Int32Array(1024);

/** The ids in rising order, in a buffer that the next call overwrites. */
export function sorted(length: number, idOf: (index: number) => number): Int32Array {
  if (scratch.length < length) scratch = new Int32Array(length * 2);
  for (let i = 0; i < length; i++) scratch[i] = idOf(i);
  return scratch.subarray(0, length).sort();
}

/** Writes a unit, and tells where in the writer's bytes begins what does not depend on the unit before it. */
export function writeUnit(
  writer: FrameWriter,
  world: UnitWorld,
  slot: number,
  idDelta: number,
  timeMs: number,
): number {
  return writer.unit(
    idDelta,
    world.x[slot] ?? 0,
    world.y[slot] ?? 0,
    world.status[slot] ?? 0,
    world.flags[slot] ?? 0,
    timeMs - (world.fixMs[slot] ?? 0),
    world.heading[slot] ?? -1,
    world.speed[slot] ?? -1,
  );
}

/** First and last column and row of cells. */
export type CellRectangle = readonly [x0: number, y0: number, x1: number, y1: number];

/** What is kept of a changed unit, number by number: next to one another, for they are read again for each scope. */
const UNIT = { slot: 0, id: 1, home: 2, division: 3, divisionBefore: 4, start: 5, end: 6, numbers: 7 } as const;
const NOT_HERE = -1;

/**
 * What changed in each cell since the last tick: encoded once for all who may see the whole cell, and from that, where a
 * scope's border cuts the cell, once for each such scope.
 */
export class Changes {
  /** For whoever may see everything. */
  readonly table = new RunTable();
  /** Keys of the cells that changed, rising, and the first unit of each; kept for scopes alone, as is what follows. */
  private keys = new Int32Array(1024);
  private firsts = new Int32Array(1025);
  private cells = 0;
  /** Ids of those that left a cell, by the cell's key. */
  private readonly left = new Map<number, readonly number[]>();
  /**
   * `UNIT.numbers` for each changed unit, cell by cell: among them where in its cell it is and where it was at the last
   * tick if that was elsewhere in the same cell (`divisionOf`), and where in the table's bytes stands what was encoded.
   */
  private units = new Int32Array(1024 * UNIT.numbers);
  private count = 0;
  private picked = new Int32Array(256);

  /** Encodes what changed; `forScopes` when somebody who may not see everything will be sent some of it. */
  encode(world: UnitWorld, timeMs: number, forScopes: boolean): void {
    this.table.reset(FRAME.changes, timeMs);
    this.cells = 0;
    this.count = 0;
    if (this.left.size > 0) this.left.clear();
    world.dirty.sort((a, b) => a.key - b.key);
    for (const cell of world.dirty) this.encodeCell(world, cell, timeMs, forScopes);
    this.firsts[this.cells] = this.count;
    this.table.seal();
  }

  /** Encodes what of it a scope may see, in a rectangle of cells, ends included. */
  encodeFor(table: RunTable, territory: Territory, world: UnitWorld, timeMs: number, area: CellRectangle): void {
    table.reset(FRAME.changes, timeMs);
    const [x0, y0, x1, y1] = area;
    for (let y = y0; y <= y1; y++) {
      const last = cellKey(x1, y);
      for (let cell = this.firstFrom(cellKey(x0, y)); cell < this.cells; cell++) {
        const key = this.keys[cell] ?? 0;
        if (key > last) break;
        const gate = territory.gate(key);
        if (gate.covers === COVERS.whole) table.copyTile(this.table, cell);
        else if (gate.covers === COVERS.part || territory.hasHomes) this.encodeCut(table, territory, gate, world, cell);
      }
    }
    table.seal();
  }

  /** Index of the first changed cell whose key is not less. */
  private firstFrom(key: number): number {
    let low = 0;
    let high = this.cells;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.keys[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private encodeCell(world: UnitWorld, cell: Cell, timeMs: number, forScopes: boolean): void {
    const isHere = (id: number) => world.cell[world.slotOf(id)] === cell.key;
    // Who only passed through since the last tick was never sent as being here.
    const wasHere = (id: number) => world.before.cell[world.slotOf(id)] === cell.key;
    const left =
      cell.left.length === 0
        ? cell.left
        : [...new Set(cell.left)].filter((id) => !isHere(id) && wasHere(id)).sort((a, b) => a - b);
    const ids = sorted(cell.changed.length, (index) => cell.changed[index] ?? 0);
    // In place: who is still here, each once.
    let count = 0;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] ?? 0;
      if ((count === 0 || ids[count - 1] !== id) && isHere(id)) ids[count++] = id;
    }
    if (count === 0 && left.length === 0) return;
    const { writer } = this.table;
    this.table.begin(cell.key);
    writer.cell(cell.key, count, left.length > 0);
    if (forScopes) this.rememberCell(cell.key, left);
    let previous = 0;
    for (let i = 0; i < count; i++) {
      const id = ids[i] ?? 0;
      const slot = world.slotOf(id);
      const start = writeUnit(writer, world, slot, id - previous, timeMs);
      if (forScopes) this.rememberUnit(world, slot, start);
      previous = id;
    }
    if (left.length > 0) writer.left(left);
  }

  private rememberCell(key: number, left: readonly number[]): void {
    if (this.cells === this.keys.length) {
      this.keys = grown(Int32Array, this.keys, this.cells * 2);
      this.firsts = grown(Int32Array, this.firsts, this.cells * 2 + 1);
    }
    this.keys[this.cells] = key;
    this.firsts[this.cells++] = this.count;
    if (left.length > 0) this.left.set(key, left);
  }

  private rememberUnit(world: UnitWorld, slot: number, start: number): void {
    const at = this.count++ * UNIT.numbers;
    if (at === this.units.length) this.units = grown(Int32Array, this.units, at * 2);
    const { units } = this;
    const { before, cell, lon, lat, home, x, y } = world;
    const isMoved =
      before.lon[slot] !== lon[slot] || before.lat[slot] !== lat[slot] || before.home[slot] !== home[slot];
    const wasHere = before.cell[slot] === cell[slot] && isMoved;
    units[at + UNIT.slot] = slot;
    units[at + UNIT.id] = world.ids[slot] ?? 0;
    units[at + UNIT.home] = home[slot] ?? NOT_HERE;
    units[at + UNIT.division] = divisionOf(x[slot] ?? 0, y[slot] ?? 0);
    units[at + UNIT.divisionBefore] = wasHere ? divisionOf(before.x[slot] ?? 0, before.y[slot] ?? 0) : NOT_HERE;
    units[at + UNIT.start] = start;
    units[at + UNIT.end] = this.table.writer.at;
  }

  /** Of a cell that a border cuts, or that lies outside: who may be seen, and who no longer may. */
  private encodeCut(table: RunTable, territory: Territory, gate: Gate, world: UnitWorld, cell: number): void {
    const first = (this.firsts[cell] ?? 0) * UNIT.numbers;
    const end = (this.firsts[cell + 1] ?? 0) * UNIT.numbers;
    if (this.picked.length < end - first) this.picked = new Int32Array((end - first) * 2);
    const { picked, units } = this;
    const { division } = gate;
    // Where units are seen wherever they belong, the division does not tell who is hidden.
    const isOpen = territory.hasHomes || !division;
    let count = 0;
    let left: number[] | undefined;
    for (let at = first; at < end; at += UNIT.numbers) {
      const part = isOpen ? COVERS.part : division[units[at + UNIT.division] ?? 0];
      if (part === COVERS.whole || (part === COVERS.part && isSeen(territory, gate, world, units, at))) {
        picked[count++] = at;
        continue;
      }
      const before = units[at + UNIT.divisionBefore] ?? NOT_HERE;
      if (before === NOT_HERE || (!isOpen && division[before] === COVERS.none)) continue;
      if (!saw(territory, gate, world, units[at + UNIT.slot] ?? 0, before)) continue;
      left ??= [];
      left.push(units[at + UNIT.id] ?? 0);
    }
    const gone = this.left.size > 0 ? this.left.get(gate.key) : undefined;
    for (const id of gone ?? []) {
      const slot = world.slotOf(id);
      const { x, y } = world.before;
      if (!saw(territory, gate, world, slot, divisionOf(x[slot] ?? 0, y[slot] ?? 0))) continue;
      left ??= [];
      left.push(id);
    }
    if (count === 0 && !left) return;
    const { writer } = table;
    table.begin(gate.key);
    writer.cell(gate.key, count, left !== undefined);
    const { bytes } = this.table.writer;
    let previous = 0;
    for (let i = 0; i < count; i++) {
      const at = picked[i] ?? 0;
      const id = units[at + UNIT.id] ?? 0;
      writer.unitCopy(id - previous, bytes, units[at + UNIT.start] ?? 0, units[at + UNIT.end] ?? 0);
      previous = id;
    }
    if (left) writer.left(left.sort((a, b) => a - b));
  }
}

/** Whether the changed unit that is kept at this index may be seen. */
function isSeen(territory: Territory, gate: Gate, world: UnitWorld, units: Int32Array, at: number): boolean {
  const slot = units[at + UNIT.slot] ?? 0;
  return territory.sees(gate, world, world, slot, units[at + UNIT.home] ?? -1, units[at + UNIT.division] ?? 0);
}

/** Whether a unit could be seen at the last tick, when it was in the cell of the gate. */
function saw(territory: Territory, gate: Gate, world: UnitWorld, slot: number, division: number): boolean {
  return territory.sees(gate, world, world.before, slot, world.before.home[slot] ?? -1, division);
}

/** Counts for each tile of one level that has units a scope may see, encoded once for all of it who look at that level. */
export function encodeCounts(
  table: RunTable,
  territory: Territory,
  world: UnitWorld,
  level: number,
  timeMs: number,
): void {
  const below = CELL_ZOOM - level;
  const tiles = new Map<number, { units: number; alarms: number; x: number; y: number }>();
  for (const cell of world.cells.values()) {
    if (cell.members.length === 0) continue;
    const gate = territory.gate(cell.key);
    const key = cellKey(cellX(cell.key) >> below, cellY(cell.key) >> below);
    let tile = tiles.get(key);
    for (const slot of cell.members) {
      if (!territory.seesUnit(gate, world, slot)) continue;
      if (!tile) {
        tile = { units: 0, alarms: 0, x: 0, y: 0 };
        tiles.set(key, tile);
      }
      tile.units++;
      tile.x += world.x[slot] ?? 0;
      tile.y += world.y[slot] ?? 0;
      if ((world.flags[slot] ?? 0) & LIVE_FLAG.alarm) tile.alarms++;
    }
  }
  table.reset(FRAME.counts, timeMs);
  table.level(level);
  const side = 2 ** (CELL_ZOOM + STEP_BITS - level);
  for (const [key, { units, alarms, x, y }] of [...tiles].sort((a, b) => a[0] - b[0])) {
    table.begin(key);
    const within = (sum: number, tile: number) => sum / units / side - tile;
    table.writer.count(cellX(key), cellY(key), units, alarms, within(x, cellX(key)), within(y, cellY(key)));
  }
  table.seal();
}
