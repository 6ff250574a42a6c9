import { CELL_ZOOM, type Cover, cellKey, cellX, cellY, covers, STEP_BITS } from '../../shared/live/cells.ts';
import { LIVE_FLAG } from '../../shared/live/flags.ts';
import { FRAME, FrameWriter } from '../../shared/live/frames.ts';
import { joinFrame, type RunTable } from './run-table.ts';
import type { Cell, UnitWorld } from './world.ts';

let scratch = new Int32Array(1024);

/** The ids in rising order, in a buffer that the next call overwrites. */
function sorted(length: number, idOf: (index: number) => number): Int32Array {
  if (scratch.length < length) scratch = new Int32Array(length * 2);
  for (let i = 0; i < length; i++) scratch[i] = idOf(i);
  return scratch.subarray(0, length).sort();
}

function writeUnit(writer: FrameWriter, world: UnitWorld, slot: number, idDelta: number, timeMs: number): void {
  writer.unit(
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

/** Encodes what changed in each cell since the last tick, once for all who see the whole cell. */
export function encodeChanges(table: RunTable, world: UnitWorld, timeMs: number): void {
  table.reset(FRAME.changes, timeMs);
  world.dirty.sort((a, b) => a.key - b.key);
  for (const cell of world.dirty) encodeCell(table, world, cell, timeMs);
  table.seal();
}

function encodeCell(table: RunTable, world: UnitWorld, cell: Cell, timeMs: number): void {
  const isHere = (id: number) => world.cell[world.slotOf(id)] === cell.key;
  const left = cell.left.length === 0 ? cell.left : cell.left.filter((id) => !isHere(id)).sort((a, b) => a - b);
  const ids = sorted(cell.changed.length, (index) => cell.changed[index] ?? 0);
  // In place: who is still here, each once.
  let count = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? 0;
    if ((count === 0 || ids[count - 1] !== id) && isHere(id)) ids[count++] = id;
  }
  if (count === 0 && left.length === 0) return;
  table.begin(cell.key);
  table.writer.cell(cell.key, count, left.length > 0);
  let previous = 0;
  for (let i = 0; i < count; i++) {
    const id = ids[i] ?? 0;
    writeUnit(table.writer, world, world.slotOf(id), id - previous, timeMs);
    previous = id;
  }
  if (left.length > 0) table.writer.left(left);
}

/** Whole cells, encoded when the first viewer of a tick needs them. */
export class Snapshots {
  private readonly writer = new FrameWriter();
  private readonly parts = new Map<number, Buffer>();
  private timeMs = 0;

  reset(timeMs: number): void {
    this.parts.clear();
    this.timeMs = timeMs;
  }

  /** All there is in the window. */
  frame(world: UnitWorld, cover: Cover): Buffer {
    const parts: Buffer[] = [];
    for (const key of cellsOf(world, cover)) parts.push(this.cell(world, key));
    return joinFrame(FRAME.snapshot, this.timeMs, parts);
  }

  /** What changed in the cells that were in `before`, and all there is in the others; `undefined` for nothing. */
  moved(world: UnitWorld, changes: RunTable, before: Cover, after: Cover): Buffer | undefined {
    const parts: Buffer[] = [];
    for (let y = after.y0; y <= after.y1; y++) {
      for (let column = after.x0; column <= after.x1; column++) {
        const x = column % 2 ** after.level;
        const key = cellKey(x, y);
        const part = covers(before, x, y) ? changes.tile(key) : world.cells.has(key) && this.cell(world, key);
        if (part) parts.push(part);
      }
    }
    return parts.length > 0 ? joinFrame(FRAME.changes, this.timeMs, parts) : undefined;
  }

  private cell(world: UnitWorld, key: number): Buffer {
    const known = this.parts.get(key);
    if (known) return known;
    const members = world.cells.get(key)?.members ?? [];
    const ids = sorted(members.length, (index) => world.ids[members[index] ?? 0] ?? 0);
    this.writer.at = 0;
    this.writer.cell(key, ids.length, false);
    let previous = 0;
    for (const id of ids) {
      writeUnit(this.writer, world, world.slotOf(id), id - previous, this.timeMs);
      previous = id;
    }
    const part = Buffer.from(this.writer.bytes.slice(0, this.writer.at));
    this.parts.set(key, part);
    return part;
  }
}

/** Keys of the cells of a window that have units. */
function* cellsOf(world: UnitWorld, cover: Cover): Generator<number> {
  for (const cell of world.cells.values()) {
    if (cell.members.length > 0 && covers(cover, cellX(cell.key), cellY(cell.key))) yield cell.key;
  }
}

/** Counts for each tile of one level that has units, encoded once for all who look at that level. */
export function encodeCounts(table: RunTable, world: UnitWorld, level: number, timeMs: number): void {
  const below = CELL_ZOOM - level;
  const tiles = new Map<number, { units: number; alarms: number; x: number; y: number }>();
  for (const cell of world.cells.values()) {
    if (cell.members.length === 0) continue;
    const key = cellKey(cellX(cell.key) >> below, cellY(cell.key) >> below);
    let tile = tiles.get(key);
    if (!tile) {
      tile = { units: 0, alarms: 0, x: 0, y: 0 };
      tiles.set(key, tile);
    }
    tile.units += cell.members.length;
    for (const slot of cell.members) {
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
