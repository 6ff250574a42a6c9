import type { Unit } from '../../shared/schemas/unit.ts';

const INITIAL_CAPACITY = 1024;

/** How many units there are around a place, where the stream sends counts instead of units. */
export interface UnitCount {
  /** Mean place of the units counted, degrees. */
  lon: number;
  lat: number;
  count: number;
  /** How many of them have an alarm that stands. */
  alarms: number;
}

/** One fix of a unit as the stream carries it: place in web mercator, 0…1 from the north-west corner. */
export interface UnitFix {
  id: number;
  x: number;
  y: number;
  /** Unix time of the fix on its device, milliseconds. */
  fixMs: number;
  /** Degrees clockwise from north, NaN when unknown. */
  heading: number;
  /** Metres a second, NaN when unknown. */
  speed: number;
  /** Index into UNIT_STATUSES. */
  status: number;
  /** Bits of LIVE_FLAG. */
  flags: number;
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
  /** At low zoom, instead of units; empty otherwise. */
  counts: UnitCount[] = [];

  private readonly slots = new Map<number, number>();
  private readonly units = new Map<number, Unit>();
  private readonly listeners = new Set<() => void>();

  /** The slot of this unit now, or −1. */
  slotOf(id: number): number {
    return this.slots.get(id) ?? -1;
  }

  /** Name, organisation and home of a unit, once known. */
  unit(id: number): Unit | undefined {
    return this.units.get(id);
  }

  /** Takes over names and organisations, as `GET /api/units` answers them. */
  setUnits(units: readonly Unit[]): void {
    for (const unit of units) this.units.set(unit.id, unit);
    this.changed();
  }

  /** Calls back after every change, at most once a frame from the server. Returns the way to stop it. */
  onChange(callback: () => void): () => void {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  private changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}
