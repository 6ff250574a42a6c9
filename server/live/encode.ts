import { CELL_ZOOM, cellKey, cellX, cellY, STEP_BITS } from '../../shared/live/cells.ts';
import { LIVE_FLAG } from '../../shared/live/flags.ts';
import { FRAME, type FrameWriter } from '../../shared/live/frames.ts';
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

/** A cell that changed: its units among those of {@link Changes}, and ids of those that left it. */
interface ChangedCell {
  readonly key: number;
  readonly from: number;
  readonly to: number;
  readonly left: readonly number[];
}

/**
 * What changed in each cell since the last tick: encoded once for all who may see the whole cell, and from that, where a
 * scope's border cuts the cell, once for each such scope.
 */
export class Changes {
  /** For whoever may see everything. */
  readonly table = new RunTable();
  private cells: ChangedCell[] = [];
  /** Slots of the changed units, cell by cell; where what is encoded of each begins in the table's bytes, and where it ends. */
  private slots = new Int32Array(1024);
  private starts = new Int32Array(1024);
  private ends = new Int32Array(1024);
  /** Where in its cell each is, and where it was at the last tick if that was the same cell, else −1 (`divisionOf`). */
  private divisions = new Int16Array(1024);
  private divisionsBefore = new Int16Array(1024);
  private count = 0;
  private picked = new Int32Array(256);

  /** Encodes what changed; `forScopes` when somebody who may not see everything will be sent some of it. */
  encode(world: UnitWorld, timeMs: number, forScopes: boolean): void {
    this.table.reset(FRAME.changes, timeMs);
    this.cells = [];
    this.count = 0;
    world.dirty.sort((a, b) => a.key - b.key);
    for (const cell of world.dirty) this.encodeCell(world, cell, timeMs, forScopes);
    this.table.seal();
  }

  /** Encodes what of it a scope may see, in the cells for which `isAsked`. */
  encodeFor(
    table: RunTable,
    territory: Territory,
    world: UnitWorld,
    timeMs: number,
    isAsked: (cellX: number, cellY: number) => boolean,
  ): void {
    table.reset(FRAME.changes, timeMs);
    for (const cell of this.cells) {
      if (!isAsked(cellX(cell.key), cellY(cell.key))) continue;
      const gate = territory.gate(cell.key);
      if (gate.covers === COVERS.whole) this.copyCell(table, cell.key);
      else this.encodeCut(table, territory, gate, world, cell);
    }
    table.seal();
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
    const from = this.count;
    let previous = 0;
    for (let i = 0; i < count; i++) {
      const id = ids[i] ?? 0;
      const slot = world.slotOf(id);
      const start = writeUnit(writer, world, slot, id - previous, timeMs);
      if (forScopes) this.remember(world, slot, start);
      previous = id;
    }
    if (left.length > 0) writer.left(left);
    if (forScopes) this.cells.push({ key: cell.key, from, to: this.count, left });
  }

  private remember(world: UnitWorld, slot: number, start: number): void {
    if (this.count === this.slots.length) this.grow();
    const { before } = world;
    const i = this.count++;
    this.slots[i] = slot;
    this.starts[i] = start;
    this.ends[i] = this.table.writer.at;
    this.divisions[i] = divisionOf(world.x[slot] ?? 0, world.y[slot] ?? 0);
    this.divisionsBefore[i] =
      before.cell[slot] === world.cell[slot] ? divisionOf(before.x[slot] ?? 0, before.y[slot] ?? 0) : -1;
  }

  private grow(): void {
    const size = this.count * 2;
    this.slots = grown(Int32Array, this.slots, size);
    this.starts = grown(Int32Array, this.starts, size);
    this.ends = grown(Int32Array, this.ends, size);
    this.divisions = grown(Int16Array, this.divisions, size);
    this.divisionsBefore = grown(Int16Array, this.divisionsBefore, size);
  }

  private copyCell(table: RunTable, key: number): void {
    const encoded = this.table.tile(key);
    if (!encoded) return;
    table.begin(key);
    table.writer.copy(encoded, 0, encoded.length);
  }

  /** Of a cell that a border cuts, or that lies outside: who may be seen, and who no longer may. */
  private encodeCut(table: RunTable, territory: Territory, gate: Gate, world: UnitWorld, cell: ChangedCell): void {
    if (this.picked.length < cell.to - cell.from) this.picked = new Int32Array((cell.to - cell.from) * 2);
    const { picked, slots, divisions, divisionsBefore } = this;
    const { homes, home, lon, lat, before } = world;
    let count = 0;
    let left: number[] | undefined;
    for (let i = cell.from; i < cell.to; i++) {
      const slot = slots[i] ?? 0;
      if (territory.sees(gate, homes, home[slot] ?? -1, divisions[i] ?? 0, lon[slot] ?? 0, lat[slot] ?? 0)) {
        picked[count++] = i;
      } else if ((divisionsBefore[i] ?? -1) >= 0 && this.saw(territory, gate, world, slot, divisionsBefore[i] ?? 0)) {
        left ??= [];
        left.push(world.ids[slot] ?? 0);
      }
    }
    for (const id of cell.left) {
      const slot = world.slotOf(id);
      const division = divisionOf(before.x[slot] ?? 0, before.y[slot] ?? 0);
      if (!this.saw(territory, gate, world, slot, division)) continue;
      left ??= [];
      left.push(id);
    }
    if (count === 0 && !left) return;
    const { writer } = table;
    table.begin(cell.key);
    writer.cell(cell.key, count, left !== undefined);
    const { bytes } = this.table.writer;
    let previous = 0;
    for (let at = 0; at < count; at++) {
      const i = picked[at] ?? 0;
      const id = world.ids[this.slots[i] ?? 0] ?? 0;
      writer.unitCopy(id - previous, bytes, this.starts[i] ?? 0, this.ends[i] ?? 0);
      previous = id;
    }
    if (left) writer.left(left.sort((a, b) => a - b));
  }

  /** Whether a unit could be seen at the last tick, when it was in the cell of the gate. */
  private saw(territory: Territory, gate: Gate, { homes, before }: UnitWorld, slot: number, division: number): boolean {
    return territory.sees(gate, homes, before.home[slot] ?? -1, division, before.lon[slot] ?? 0, before.lat[slot] ?? 0);
  }
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
