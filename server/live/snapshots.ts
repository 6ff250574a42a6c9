import { type Cover, cellKey, cellX, cellY, covers } from '../../shared/live/cells.ts';
import { FrameWriter } from '../../shared/live/frame-writer.ts';
import { FRAME } from '../../shared/live/frames.ts';
import { COVERS } from '../access/shape.ts';
import { sorted, writeUnit } from './encode.ts';
import { joinFrame } from './run-table.ts';
import type { Gate, Territory } from './territory.ts';
import type { UnitWorld } from './world.ts';

/** Whole cells as one scope may see them, encoded when the first viewer of a tick needs them. */
export class Snapshots {
  private readonly territory: Territory;
  /** Those of whoever may see everything, where a scope reaches over a whole cell. */
  private readonly whole: Snapshots | undefined;
  private readonly writer = new FrameWriter(4096);
  private readonly parts = new Map<number, Buffer | undefined>();
  private timeMs = 0;

  constructor(territory: Territory, whole?: Snapshots) {
    this.territory = territory;
    this.whole = whole;
  }

  reset(timeMs: number): void {
    if (this.parts.size > 0) this.parts.clear();
    this.timeMs = timeMs;
  }

  /** All there is in the window. */
  frame(world: UnitWorld, cover: Cover): Buffer {
    const parts: Buffer[] = [];
    for (const key of cellsOf(world, cover)) {
      const part = this.cell(world, key);
      if (part) parts.push(part);
    }
    return joinFrame(FRAME.snapshot, this.timeMs, parts);
  }

  /** What changed in the cells that were in `before`, and all there is in the others; `undefined` for nothing. */
  moved(
    world: UnitWorld,
    changed: (key: number) => Buffer | undefined,
    before: Cover,
    after: Cover,
  ): Buffer | undefined {
    const parts: Buffer[] = [];
    for (let y = after.y0; y <= after.y1; y++) {
      for (let column = after.x0; column <= after.x1; column++) {
        const x = column % 2 ** after.level;
        const key = cellKey(x, y);
        const part = covers(before, x, y) ? changed(key) : this.cell(world, key);
        if (part) parts.push(part);
      }
    }
    return parts.length > 0 ? joinFrame(FRAME.changes, this.timeMs, parts) : undefined;
  }

  private cell(world: UnitWorld, key: number): Buffer | undefined {
    const cell = world.cells.get(key);
    if (!cell) return undefined;
    const gate = this.territory.gate(key);
    if (gate.covers === COVERS.whole && this.whole) return this.whole.cell(world, key);
    if (this.parts.has(key)) return this.parts.get(key);
    const part = this.encode(world, key, cell.members, gate);
    this.parts.set(key, part);
    return part;
  }

  private encode(world: UnitWorld, key: number, members: readonly number[], gate: Gate): Buffer | undefined {
    const seen = members.filter((slot) => this.territory.seesUnit(gate, world, slot));
    if (seen.length === 0) return undefined;
    const ids = sorted(seen.length, (index) => world.ids[seen[index] ?? 0] ?? 0);
    this.writer.at = 0;
    this.writer.cell(key, ids.length, false);
    let previous = 0;
    for (const id of ids) {
      writeUnit(this.writer, world, world.slotOf(id), id - previous, this.timeMs);
      previous = id;
    }
    return Buffer.from(this.writer.bytes.slice(0, this.writer.at));
  }
}

/** Keys of the cells of a window that have units. */
function* cellsOf(world: UnitWorld, cover: Cover): Generator<number> {
  for (const cell of world.cells.values()) {
    if (cell.members.length > 0 && covers(cover, cellX(cell.key), cellY(cell.key))) yield cell.key;
  }
}
