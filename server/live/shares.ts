import type { Cover } from '../../shared/live/cells.ts';
import { FrameWriter } from '../../shared/live/frame-writer.ts';
import { FRAME } from '../../shared/live/frames.ts';
import { grown } from '../../shared/live/grown.ts';
import { type Audiences, type Listener, NOBODY } from './audience.ts';
import { RunTable } from './run-table.ts';
import type { Cell, UnitWorld } from './world.ts';

/** What is kept of a changed unit of the cell at hand: its bytes in the source, and its audience now and before. */
const UNIT = { id: 0, start: 1, end: 2, now: 3, before: 4, numbers: 5 } as const;
/** A listener's part of a cell: from where to where in the bytes of the source, or of `cut` for a part of it. */
const TILE = { listener: 0, key: 1, isCut: 2, start: 3, end: 4, numbers: 5 } as const;

/**
 * Shares out what changed, as it is encoded for whoever may see everything, among those who may see less: into one table,
 * listener by listener, cell by cell. It is all in a few arrays, for after each pause between ticks memory is far away.
 */
export class Shares {
  private readonly table = new RunTable();
  /** First tile of each listener in the table, by its index; the next one's first is its end. */
  private firsts = new Int32Array(33);
  private readonly audiences: Audiences;
  private units = new Int32Array(64 * UNIT.numbers);
  private unitsEnd = 0;
  /** Whether all units of the cell have the same audience, and had it before. */
  private isOne = true;
  private tiles = new Int32Array(1024 * TILE.numbers);
  private tilesEnd = 0;
  private order = new Int32Array(1024);
  private readonly cut = new FrameWriter(4096);
  private picked = new Int32Array(64);

  constructor(audiences: Audiences) {
    this.audiences = audiences;
  }

  reset(timeMs: number): void {
    this.table.reset(FRAME.changes, timeMs);
    this.tilesEnd = 0;
    this.cut.at = 0;
    this.firsts.fill(0);
  }

  /** What changed for a listener in a window, or `undefined` for nothing. */
  frame({ index }: Listener, cover: Cover): Buffer | undefined {
    return this.table.frame(cover, false, this.firsts[index] ?? 0, this.firsts[index + 1] ?? 0);
  }

  /** What changed for a listener in a cell, or `undefined` for nothing. */
  tile({ index }: Listener, key: number): Buffer | undefined {
    return this.table.tile(key, this.firsts[index] ?? 0, this.firsts[index + 1] ?? 0);
  }

  /** Begins a cell, and tells whether its units may have different audiences: then each is to be added. */
  begin(world: UnitWorld, cell: Cell): boolean {
    this.audiences.settle(world, cell);
    this.unitsEnd = 0;
    this.isOne = true;
    return cell.audience < 0;
  }

  /** Takes a unit of the cell, which is encoded from `start` to `end` of the source. */
  add(world: UnitWorld, cell: Cell, slot: number, start: number, end: number): void {
    const at = this.unitsEnd;
    if (at === this.units.length) this.units = grown(Int32Array, this.units, at * 2);
    const { units, audiences } = this;
    audiences.look(world, cell, slot);
    const { now, before } = audiences;
    if ((before !== now && before !== NOBODY) || (at > 0 && now !== units[UNIT.now])) this.isOne = false;
    units[at + UNIT.id] = world.ids[slot] ?? 0;
    units[at + UNIT.start] = start;
    units[at + UNIT.end] = end;
    units[at + UNIT.now] = now;
    units[at + UNIT.before] = before;
    this.unitsEnd = at + UNIT.numbers;
  }

  /** Gives each listener its part of the cell, which is encoded from `start`. `left`: ids of those who left it, rising. */
  finish(world: UnitWorld, cell: Cell, source: FrameWriter, start: number, left: readonly number[]): void {
    const { words, bits } = this.audiences;
    const isOne = cell.audience >= 0 || (this.isOne && left.length === 0);
    const one = (cell.audience >= 0 ? cell.audience : (this.units[UNIT.now] ?? 0)) * words;
    const gone = isOne ? [] : left.map((id) => this.audiences.of(world, cell, world.before, world.slotOf(id)));
    for (let word = 0; word < words; word++) {
      let some = isOne ? (bits[one + word] ?? 0) : this.anyIn(word, gone);
      while (some !== 0) {
        const bit = 31 - Math.clz32(some & -some);
        some &= some - 1;
        if (isOne) this.addTile((word << 5) | bit, cell.key, 0, start, source.at);
        else this.cutFor(word, bit, cell.key, source.bytes, left, gone);
      }
    }
  }

  /** Ends the tick: writes the table. */
  seal(source: Uint8Array): void {
    const { tiles, tilesEnd, table } = this;
    const count = tilesEnd / TILE.numbers;
    const listeners = this.audiences.listeners.length;
    if (this.firsts.length <= listeners) this.firsts = new Int32Array(listeners * 2 + 1);
    if (this.order.length < count) this.order = new Int32Array(count * 2);
    const { firsts, order } = this;
    // By counting: the tiles of each listener stay in the order of their keys.
    for (let at = 0; at < tilesEnd; at += TILE.numbers) {
      const next = (tiles[at + TILE.listener] ?? 0) + 1;
      firsts[next] = (firsts[next] ?? 0) + 1;
    }
    for (let i = 1; i < firsts.length; i++) firsts[i] = (firsts[i] ?? 0) + (firsts[i - 1] ?? 0);
    for (let at = tilesEnd - TILE.numbers; at >= 0; at -= TILE.numbers) {
      const next = (tiles[at + TILE.listener] ?? 0) + 1;
      const place = (firsts[next] ?? 0) - 1;
      firsts[next] = place;
      order[place] = at;
    }
    // Each first was moved to where the listener before it ends.
    firsts.copyWithin(0, 1);
    firsts[firsts.length - 1] = count;
    const cut = this.cut.bytes;
    for (let i = 0; i < count; i++) {
      const at = order[i] ?? 0;
      table.begin(tiles[at + TILE.key] ?? 0);
      table.writer.copy(
        tiles[at + TILE.isCut] === 1 ? cut : source,
        tiles[at + TILE.start] ?? 0,
        tiles[at + TILE.end] ?? 0,
      );
    }
    table.seal();
  }

  private addTile(listener: number, key: number, isCut: number, start: number, end: number): void {
    const at = this.tilesEnd;
    if (at === this.tiles.length) this.tiles = grown(Int32Array, this.tiles, at * 2);
    const { tiles } = this;
    tiles[at + TILE.listener] = listener;
    tiles[at + TILE.key] = key;
    tiles[at + TILE.isCut] = isCut;
    tiles[at + TILE.start] = start;
    tiles[at + TILE.end] = end;
    this.tilesEnd = at + TILE.numbers;
  }

  /** Bits of all who see, or saw, a unit of the cell. */
  private anyIn(word: number, gone: readonly number[]): number {
    const { units, unitsEnd } = this;
    const { bits, words } = this.audiences;
    let some = 0;
    for (let at = 0; at < unitsEnd; at += UNIT.numbers) {
      some |= bits[(units[at + UNIT.now] ?? 0) * words + word] ?? 0;
      const before = units[at + UNIT.before] ?? NOBODY;
      if (before !== NOBODY) some |= bits[before * words + word] ?? 0;
    }
    for (const audience of gone) some |= bits[audience * words + word] ?? 0;
    return some;
  }

  /** The cell for one listener: who is seen, and who no longer is. */
  private cutFor(
    word: number,
    bit: number,
    key: number,
    source: Uint8Array,
    left: readonly number[],
    gone: readonly number[],
  ): void {
    const { units, unitsEnd, cut } = this;
    const { bits, words } = this.audiences;
    const isIn = (audience: number) => (((bits[audience * words + word] ?? 0) >>> bit) & 1) === 1;
    if (this.picked.length < unitsEnd) this.picked = new Int32Array(unitsEnd * 2);
    const { picked } = this;
    let count = 0;
    let lost: number[] | undefined;
    for (let at = 0; at < unitsEnd; at += UNIT.numbers) {
      const before = units[at + UNIT.before] ?? NOBODY;
      if (isIn(units[at + UNIT.now] ?? 0)) picked[count++] = at;
      else if (before !== NOBODY && isIn(before)) {
        lost ??= [];
        lost.push(units[at + UNIT.id] ?? 0);
      }
    }
    for (let i = 0; i < gone.length; i++) {
      if (!isIn(gone[i] ?? 0)) continue;
      lost ??= [];
      lost.push(left[i] ?? 0);
    }
    if (count === 0 && !lost) return;
    const start = cut.at;
    cut.cell(key, count, lost !== undefined);
    let previous = 0;
    for (let i = 0; i < count; i++) {
      const at = picked[i] ?? 0;
      const id = units[at + UNIT.id] ?? 0;
      cut.unitCopy(id - previous, source, units[at + UNIT.start] ?? 0, units[at + UNIT.end] ?? 0);
      previous = id;
    }
    if (lost) cut.left(lost.sort((a, b) => a - b));
    this.addTile((word << 5) | bit, key, 1, start, cut.at);
  }
}
