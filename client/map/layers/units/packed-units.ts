import type { UnitStore } from '../../../live/unit-store.ts';

/** Layout of one unit in the vertex buffer. Places are web mercator 0…1, split into two floats that add up to 48 bits. */
export const FIELDS = {
  /** Where it comes from: x and y, rounded to a float. */
  high: { at: 0, size: 2 },
  /** What the rounding left. */
  low: { at: 8, size: 2 },
  /** Way to where it goes. */
  delta: { at: 16, size: 2 },
  /** Begin and end of the movement, milliseconds after `baseMs`. */
  time: { at: 24, size: 2 },
  /** Time of the fix, seconds after `baseUnixMs`; and heading in degrees, −1 when unknown. */
  state: { at: 32, size: 2 },
  /** Bytes: organisation, status, flags, unused. */
  kind: { at: 40, size: 4 },
} as const;
export const STRIDE = 44;
const FLOATS = STRIDE / 4;

/** Floats hold whole milliseconds up to 4.6 hours: measure from a newer base well before that. */
const REBASE_MS = 60 * 60_000;
/** Slots between two changed ones that are cheaper sent along than skipped. */
const GAP = 24;

/** Slots `from` up to but without `to` that must be sent to the graphics card. */
export interface SlotRange {
  from: number;
  to: number;
}

/** The vertex buffer's content, kept in step with a {@link UnitStore}: only what changed is packed again. */
export class PackedUnits {
  bytes = new Uint8Array(0);
  count = 0;
  /** `performance.now()` that the packed times count from. */
  baseMs = 0;
  /** Unix milliseconds that the packed fixes count from. */
  baseUnixMs = 0;
  /** `performance.now()` at which the last movement ends. */
  movingUntil = 0;
  /** Speed of the fastest movement, worlds a millisecond. */
  fastest = 0;
  /** Slots whose newest fix carries an alarm. */
  alarms: number[] = [];
  private floats = new Float32Array(0);
  private packed = nothingPacked(0);

  /**
   * Takes over the store's state.
   * @param now `performance.now()` @param alarmBit the bit of `flags` that marks an alarm
   * @returns what to send, in order; everything after growth or a new base.
   */
  update(store: UnitStore, now: number, unixNow: number, alarmBit: number): SlotRange[] {
    if (store.count * STRIDE > this.bytes.length) this.grow(store.toX.length);
    const rebased = this.baseMs === 0 || now - this.baseMs > REBASE_MS;
    if (rebased) {
      this.baseMs = now;
      this.baseUnixMs = unixNow;
      this.packed.id.fill(0);
    }
    this.count = store.count;
    this.movingUntil = 0;
    this.fastest = 0;
    this.alarms = [];
    const ranges: SlotRange[] = [];
    // All slots several times a second: arrays at hand, no call for a slot that did not change.
    const { ids, startMs, endMs, toX, fixMs, organisation, status, flags } = store;
    const { id, start, x, fix, kind, speed } = this.packed;
    for (let slot = 0; slot < store.count; slot++) {
      const kindNow = (organisation[slot] ?? 0) | ((status[slot] ?? 0) << 8) | ((flags[slot] ?? 0) << 16);
      if ((flags[slot] ?? 0) & alarmBit) this.alarms.push(slot);
      if (
        id[slot] !== ids[slot] ||
        start[slot] !== startMs[slot] ||
        x[slot] !== toX[slot] ||
        fix[slot] !== fixMs[slot] ||
        kind[slot] !== kindNow
      ) {
        id[slot] = ids[slot] ?? 0;
        start[slot] = startMs[slot] ?? 0;
        x[slot] = toX[slot] ?? 0;
        fix[slot] = fixMs[slot] ?? 0;
        kind[slot] = kindNow;
        speed[slot] = speedOf(store, slot);
        this.pack(store, slot);
        const last = ranges.at(-1);
        if (last && slot - last.to <= GAP) last.to = slot + 1;
        else ranges.push({ from: slot, to: slot + 1 });
      }
      const end = endMs[slot] ?? 0;
      if (end <= now) continue;
      if (end > this.movingUntil) this.movingUntil = end;
      if ((speed[slot] ?? 0) > this.fastest) this.fastest = speed[slot] ?? 0;
    }
    return ranges;
  }

  private grow(capacity: number): void {
    const buffer = new ArrayBuffer(capacity * STRIDE);
    this.bytes = new Uint8Array(buffer);
    this.floats = new Float32Array(buffer);
    this.packed = nothingPacked(capacity);
  }

  private pack(store: UnitStore, slot: number): void {
    const at = slot * FLOATS;
    const x = store.fromX[slot] ?? 0;
    const y = store.fromY[slot] ?? 0;
    const { floats } = this;
    floats[at] = x;
    floats[at + 1] = y;
    floats[at + 2] = x - Math.fround(x);
    floats[at + 3] = y - Math.fround(y);
    floats[at + 4] = (store.toX[slot] ?? 0) - x;
    floats[at + 5] = (store.toY[slot] ?? 0) - y;
    floats[at + 6] = (store.startMs[slot] ?? 0) - this.baseMs;
    floats[at + 7] = (store.endMs[slot] ?? 0) - this.baseMs;
    floats[at + 8] = ((store.fixMs[slot] ?? 0) - this.baseUnixMs) / 1000;
    const heading = store.heading[slot] ?? Number.NaN;
    floats[at + 9] = Number.isNaN(heading) ? -1 : heading;
    const byte = slot * STRIDE + FIELDS.kind.at;
    this.bytes[byte] = store.organisation[slot] ?? 255;
    this.bytes[byte + 1] = store.status[slot] ?? 0;
    this.bytes[byte + 2] = store.flags[slot] ?? 0;
  }
}

function speedOf(store: UnitStore, slot: number): number {
  const dx = (store.toX[slot] ?? 0) - (store.fromX[slot] ?? 0);
  const dy = (store.toY[slot] ?? 0) - (store.fromY[slot] ?? 0);
  return Math.max(Math.abs(dx), Math.abs(dy)) / Math.max(1, (store.endMs[slot] ?? 0) - (store.startMs[slot] ?? 0));
}

/** What was packed last of each slot, to tell what changed; and how fast it moves, worlds a millisecond. */
function nothingPacked(capacity: number) {
  return {
    id: new Int32Array(capacity),
    start: new Float64Array(capacity),
    x: new Float64Array(capacity),
    fix: new Float64Array(capacity),
    kind: new Int32Array(capacity),
    speed: new Float64Array(capacity),
  };
}
