import { CELL_ZOOM, cellKey, cellX, cellY, STEP_BITS } from '../../shared/live/cells.ts';
import { LIVE_FLAG } from '../../shared/live/flags.ts';
import type { FrameWriter } from '../../shared/live/frame-writer.ts';
import { FRAME } from '../../shared/live/frames.ts';
import type { Audiences } from './audience.ts';
import { RunTable } from './run-table.ts';
import { Shares } from './shares.ts';
import type { Territory } from './territory.ts';
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

/** What changed in each cell since the last tick: encoded once, and each part of it given to those who may see that part. */
export class Changes {
  /** For whoever may see everything. */
  readonly table = new RunTable();
  /** For everybody else. */
  readonly shares: Shares;
  private readonly audiences: Audiences;

  constructor(audiences: Audiences) {
    this.audiences = audiences;
    this.shares = new Shares(audiences);
  }

  encode(world: UnitWorld, timeMs: number): void {
    const shares = this.audiences.isEmpty ? undefined : this.shares;
    this.table.reset(FRAME.changes, timeMs);
    this.shares.reset(timeMs);
    this.audiences.reserve(world.ids.length);
    world.dirty.sort((a, b) => a.key - b.key);
    for (const cell of world.dirty) this.encodeCell(world, cell, timeMs, shares);
    this.table.seal();
    this.shares.seal(this.table.writer.bytes);
  }

  private encodeCell(world: UnitWorld, cell: Cell, timeMs: number, shares: Shares | undefined): void {
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
    const begin = writer.at;
    this.table.begin(cell.key);
    writer.cell(cell.key, count, left.length > 0);
    const each = shares?.begin(world, cell) ? shares : undefined;
    let previous = 0;
    for (let i = 0; i < count; i++) {
      const id = ids[i] ?? 0;
      const slot = world.slotOf(id);
      const start = writeUnit(writer, world, slot, id - previous, timeMs);
      each?.add(world, cell, slot, start, writer.at);
      previous = id;
    }
    if (left.length > 0) writer.left(left);
    shares?.finish(world, cell, writer, begin, left);
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
