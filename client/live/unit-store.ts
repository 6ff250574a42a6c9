import { type Cover, cellX, cellY, covers, fromSteps, latitudeOf, longitudeOf } from '../../shared/live/cells.ts';
import { type FrameSink, readFrame } from '../../shared/live/frame-reader.ts';
import { FRAME, type FrameKind } from '../../shared/live/frames.ts';
import { grown } from '../../shared/live/grown.ts';
import { ORGANISATIONS, type Unit } from '../../shared/schemas/unit.ts';

const INITIAL_CAPACITY = 1024;
const UNKNOWN_ORGANISATION = 255;
/** A movement is drawn over the time since the fix before it, within these bounds, milliseconds. */
const SHORTEST_MOVE_MS = 200;
const LONGEST_MOVE_MS = 5_000;
/** After a longer silence, or over a longer way (about 4 km), the marker jumps: the way between is not known. */
const SILENCE_MS = 30_000;
const LONGEST_MOVE = 1e-4;

/** How many units there are around a place, where the stream sends counts instead of units. */
export interface UnitCount {
  /** Mean place of the units counted, degrees. */
  lon: number;
  lat: number;
  count: number;
  /** How many of them have an alarm that stands. */
  alarms: number;
}

/**
 * The units of the current window, in typed arrays outside React: slot `i` of each array, for `i < count`, is one unit.
 * Arrays are replaced when they grow and slots move when units leave, so read both afresh for every drawing.
 * A unit is drawn at `from + (to − from) · clamp((now − startMs) / (endMs − startMs), 0, 1)`.
 */
export class UnitStore {
  count = 0;
  /** Bumped on every change. */
  version = 0;
  ids = new Int32Array(INITIAL_CAPACITY);
  /** Web mercator, 0…1: x east from 180° W, y south from 85.05° N. */
  fromX = new Float64Array(INITIAL_CAPACITY);
  fromY = new Float64Array(INITIAL_CAPACITY);
  toX = new Float64Array(INITIAL_CAPACITY);
  toY = new Float64Array(INITIAL_CAPACITY);
  /** Begin and end of the movement from → to, on the clock of `performance.now()`. */
  startMs = new Float64Array(INITIAL_CAPACITY);
  endMs = new Float64Array(INITIAL_CAPACITY);
  /** Unix time of the fix, milliseconds. */
  fixMs = new Float64Array(INITIAL_CAPACITY);
  /** Degrees clockwise from north; NaN when unknown. */
  heading = new Float32Array(INITIAL_CAPACITY);
  /** Metres a second; NaN when unknown. */
  speed = new Float32Array(INITIAL_CAPACITY);
  /** Index into UNIT_STATUSES. */
  status = new Uint8Array(INITIAL_CAPACITY);
  /** Bits of LIVE_FLAG. */
  flags = new Uint8Array(INITIAL_CAPACITY);
  /** Index into ORGANISATIONS; 255 until the unit is known by `setUnits`. */
  organisation = new Uint8Array(INITIAL_CAPACITY);
  /** Key of the map cell that the unit was sent in. */
  private cell = new Int32Array(INITIAL_CAPACITY);
  /** Number of the frame that mentioned the unit last. */
  private mentioned = new Int32Array(INITIAL_CAPACITY);
  /** At low zoom, instead of units; empty otherwise. */
  counts: UnitCount[] = [];

  private readonly slots = new Map<number, number>();
  private readonly units = new Map<number, Unit>();
  private readonly listeners = new Set<() => void>();
  private readonly strangerListeners = new Set<() => void>();
  private hasStrangers = false;

  /** The slot of this unit now, or −1. */
  slotOf(id: number): number {
    return this.slots.get(id) ?? -1;
  }

  /** Name, organisation and home of a unit, once known. */
  unit(id: number): Unit | undefined {
    return this.units.get(id);
  }

  /** Takes over names, organisations and duty, as `GET /api/units` answers them and `unit.changed` tells them. */
  setUnits(units: readonly Unit[]): void {
    for (const unit of units) {
      this.units.set(unit.id, unit);
      const slot = this.slotOf(unit.id);
      if (slot >= 0) this.organisation[slot] = ORGANISATIONS.indexOf(unit.organisation);
    }
    this.changed();
  }

  /** Takes over a frame of the stream. `now` on the clock of `performance.now()`. Throws FrameError for what is not one. */
  takeFrame(frame: ArrayBuffer, now: number): void {
    this.sink.now = now;
    this.hasStrangers = false;
    readFrame(new Uint8Array(frame), this.sink);
    this.changed();
    if (this.hasStrangers) for (const listener of this.strangerListeners) listener();
  }

  /** Forgets the units of cells that the stream no longer sends. */
  keepOnly(cover: Cover): void {
    if (cover.show !== 'units') return;
    this.removeWhere((slot) => !covers(cover, cellX(this.cell[slot] ?? 0), cellY(this.cell[slot] ?? 0)));
    this.changed();
  }

  /** Forgets every unit, name and count. */
  clear(): void {
    this.removeWhere(() => true);
    this.units.clear();
    this.counts = [];
    this.changed();
  }

  /** Calls back after every change, at most once a frame from the server. Returns the way to stop it. */
  onChange(callback: () => void): () => void {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  /** Calls back when a frame brought units whose names are not known: ones that came from where this viewer may not look. */
  onStrangers(callback: () => void): () => void {
    this.strangerListeners.add(callback);
    return () => this.strangerListeners.delete(callback);
  }

  private changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }

  private place(id: number, x: number, y: number, fixMs: number, now: number): number {
    let slot = this.slotOf(id);
    if (slot < 0) {
      if (this.count === this.ids.length) this.grow();
      slot = this.count++;
      this.slots.set(id, slot);
      this.ids[slot] = id;
      const unit = this.units.get(id);
      if (!unit) this.hasStrangers = true;
      this.organisation[slot] = unit ? ORGANISATIONS.indexOf(unit.organisation) : UNKNOWN_ORGANISATION;
      this.fromX[slot] = this.toX[slot] = x;
      this.fromY[slot] = this.toY[slot] = y;
      this.startMs[slot] = this.endMs[slot] = now;
      return slot;
    }
    const toX = this.toX[slot] ?? x;
    const toY = this.toY[slot] ?? y;
    const start = this.startMs[slot] ?? now;
    const end = this.endMs[slot] ?? now;
    if (toX === x && toY === y) {
      // Heard anew while it stands: the next movement counts from here.
      if (now >= end && fixMs !== this.fixMs[slot]) {
        this.fromX[slot] = x;
        this.fromY[slot] = y;
        this.startMs[slot] = this.endMs[slot] = now;
      }
      return slot;
    }
    const silence = now - start;
    const jumps = silence > SILENCE_MS || Math.abs(x - toX) + Math.abs(y - toY) > LONGEST_MOVE;
    // On from where it is drawn now, so that a fix that comes early makes no step.
    const done = end > start ? Math.min(1, silence / (end - start)) : 1;
    const fromX = this.fromX[slot] ?? x;
    const fromY = this.fromY[slot] ?? y;
    this.fromX[slot] = jumps ? x : fromX + (toX - fromX) * done;
    this.fromY[slot] = jumps ? y : fromY + (toY - fromY) * done;
    this.toX[slot] = x;
    this.toY[slot] = y;
    this.startMs[slot] = now;
    this.endMs[slot] = jumps ? now : now + Math.max(SHORTEST_MOVE_MS, Math.min(LONGEST_MOVE_MS, silence));
    return slot;
  }

  private removeWhere(isGone: (slot: number) => boolean): void {
    for (let slot = this.count - 1; slot >= 0; slot--) if (isGone(slot)) this.remove(slot);
  }

  /** The last slot takes the place of this one. */
  private remove(slot: number): void {
    this.slots.delete(this.ids[slot] ?? 0);
    const last = --this.count;
    if (slot === last) return;
    for (const array of this.arrays()) array[slot] = array[last] ?? 0;
    this.slots.set(this.ids[slot] ?? 0, slot);
  }

  private arrays() {
    const { ids, fromX, fromY, toX, toY, startMs, endMs, fixMs, heading, speed } = this;
    const { status, flags, organisation, cell, mentioned } = this;
    return [
      ids,
      fromX,
      fromY,
      toX,
      toY,
      startMs,
      endMs,
      fixMs,
      heading,
      speed,
      status,
      flags,
      organisation,
      cell,
      mentioned,
    ];
  }

  private grow(): void {
    const size = this.count * 2;
    this.ids = grown(Int32Array, this.ids, size);
    this.fromX = grown(Float64Array, this.fromX, size);
    this.fromY = grown(Float64Array, this.fromY, size);
    this.toX = grown(Float64Array, this.toX, size);
    this.toY = grown(Float64Array, this.toY, size);
    this.startMs = grown(Float64Array, this.startMs, size);
    this.endMs = grown(Float64Array, this.endMs, size);
    this.fixMs = grown(Float64Array, this.fixMs, size);
    this.heading = grown(Float32Array, this.heading, size);
    this.speed = grown(Float32Array, this.speed, size);
    this.status = grown(Uint8Array, this.status, size);
    this.flags = grown(Uint8Array, this.flags, size);
    this.organisation = grown(Uint8Array, this.organisation, size);
    this.cell = grown(Int32Array, this.cell, size);
    this.mentioned = grown(Int32Array, this.mentioned, size);
  }

  /** What a frame does to the store. Units that leave a cell go at the end, for they may be in another cell of the same frame. */
  private readonly sink: FrameSink & { now: number } = (() => {
    const store = this;
    let kind: FrameKind = FRAME.changes;
    let frames = 0;
    const leftIds: number[] = [];
    const leftCells: number[] = [];
    let counts: UnitCount[] = [];
    return {
      now: 0,
      begin(frameKind) {
        kind = frameKind;
        frames++;
        leftIds.length = 0;
        leftCells.length = 0;
        counts = [];
      },
      unit(cell, id, x, y, fixMs, status, flags, heading, speed) {
        const slot = store.place(id, fromSteps(x), fromSteps(y), fixMs, this.now);
        store.cell[slot] = cell;
        store.fixMs[slot] = fixMs;
        store.status[slot] = status;
        store.flags[slot] = flags;
        store.heading[slot] = heading;
        store.speed[slot] = speed;
        store.mentioned[slot] = frames;
      },
      left(cell, id) {
        leftIds.push(id);
        leftCells.push(cell);
      },
      count(x, y, units, alarms) {
        counts.push({ lon: longitudeOf(x), lat: latitudeOf(y), count: units, alarms });
      },
      end() {
        for (let i = 0; i < leftIds.length; i++) {
          const slot = store.slotOf(leftIds[i] ?? 0);
          if (slot >= 0 && store.cell[slot] === leftCells[i]) store.remove(slot);
        }
        if (kind === FRAME.counts) store.removeWhere(() => true);
        if (kind === FRAME.snapshot) store.removeWhere((slot) => store.mentioned[slot] !== frames);
        if (kind === FRAME.counts || store.counts.length > 0) store.counts = counts;
      },
    };
  })();
}
