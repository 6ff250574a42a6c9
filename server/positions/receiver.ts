import { type Fix, POSITION_FLAG } from '../../shared/schemas/position.ts';
import { UNIT_STATUSES } from '../../shared/schemas/unit.ts';
import type { Counter } from '../meters.ts';
import { quarantineReason } from './judge.ts';
import type { KnownDevice } from './pending.ts';
import type { Tracks } from './track.ts';
import type { Delivery } from './writer.ts';

const OFF_DUTY = UNIT_STATUSES.indexOf('off_duty');
/** How much slower than the server's a phone's clock may be, before what it sees on duty seems to be from before. */
const CLOCK_MS = 2 * 60_000;

/** Decides what becomes of each fix: the map, quarantine, or nothing. */
export class Receiver {
  readonly #tracks: Tracks;
  readonly #now: () => number;
  readonly #retentionMs: number;
  readonly #count: Counter;

  /** @param count is told what became of each fix */
  constructor(tracks: Tracks, now: () => number, retentionMs: number, count: Counter) {
    this.#tracks = tracks;
    this.#now = now;
    this.#retentionMs = retentionMs;
    this.#count = count;
  }

  /** An empty delivery. */
  static delivery(): Delivery {
    return { fixes: [], quarantined: [], heartbeat: undefined };
  }

  /** Adds a fix to the delivery, or discards it, to be counted by the caller; without a fix it is a heartbeat. */
  receive(device: KnownDevice, fix: Fix | undefined, delivery: Delivery): 'taken' | 'quarantined' | 'discarded' {
    const outcome = this.#judge(device, fix, delivery);
    this.#count.add(outcome);
    return outcome;
  }

  #judge(device: KnownDevice, fix: Fix | undefined, delivery: Delivery): 'taken' | 'quarantined' | 'discarded' {
    const { unitId } = device;
    const receivedAt = this.#now();
    // The end of duty counts on the minute, also while nobody has switched the unit off yet.
    if (device.status === OFF_DUTY || receivedAt >= device.dutyUntil) return 'discarded';
    if (fix?.time !== undefined && fix.time < device.dutySince - CLOCK_MS) return 'discarded';
    if (!fix) {
      delivery.heartbeat = { unitId, at: receivedAt };
      return 'taken';
    }
    const reason = quarantineReason(fix, receivedAt, this.#retentionMs);
    if (reason) {
      delivery.quarantined.push({ device, fix, receivedAt, reason });
      return 'quarantined';
    }
    const time = fix.time ?? receivedAt;
    if (this.#tracks.see(unitId, { time, lon: fix.lon, lat: fix.lat })) fix.flags |= POSITION_FLAG.jump;
    delivery.fixes.push({ device, fix, time, receivedAt, newest: false, outcome: 'pending' });
    return 'taken';
  }
}
