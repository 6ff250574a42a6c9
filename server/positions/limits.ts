import { RondaError } from '../../shared/errors.ts';
import type { Fix } from '../../shared/schemas/position.ts';
import { Allowance } from '../allowance.ts';
import type { KnownDevice } from './pending.ts';

/** A device: a night without a network at once, then more than any phone has to say. */
const DEVICE = { burst: 10_000, perSecond: 20 };
/** Fixes of now have an allowance of their own: where somebody is must not wait for where he was all night. */
const NEWEST = { burst: 60, perSecond: 2 };
/** Who sends for many devices in batches. */
const GATEWAY = { burst: 2_000_000, perSecond: 100_000 };
/** Unknown devices from one address: each costs a question to the database. Many phones may share an address. */
const STRANGERS = { burst: 1_000, perSecond: 50 };

/** How old a fix of now is at most, milliseconds. */
const NOW_MS = 60_000;

/** How much comes through the doors of devices. Each method throws `too_many_requests`, and then has taken nothing. */
export class Limits {
  readonly #now: () => number;
  readonly #devices: Allowance;
  readonly #newest: Allowance;
  readonly #gateways: Allowance;
  readonly #strangers: Allowance;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
    this.#devices = new Allowance(DEVICE, now);
    this.#newest = new Allowance(NEWEST, now);
    this.#gateways = new Allowance(GATEWAY, now);
    this.#strangers = new Allowance(STRANGERS, now);
  }

  /** A device with a token of its own sends one fix, or a heartbeat. */
  admitFix({ deviceId }: KnownDevice, fix: Fix | undefined): void {
    const isNow = Math.abs((fix?.time ?? this.#now()) - this.#now()) <= NOW_MS;
    if (isNow && this.#newest.take(deviceId) === 0) return;
    refuseFor(this.#devices.take(deviceId));
  }

  /** Devices with tokens of their own send a batch: so many fixes each. */
  admitBatch(counts: ReadonlyMap<number, number>): void {
    for (const [deviceId, count] of counts) {
      if (!this.#devices.has(deviceId, count)) refuseFor(this.#devices.take(deviceId, count));
    }
    for (const [deviceId, count] of counts) this.#devices.take(deviceId, count);
  }

  /** Somebody who may send for every device sends so many fixes. */
  admitGateway(name: string, count: number): void {
    refuseFor(this.#gateways.take(name, count));
  }

  /** An address asks for a device that is not remembered. */
  admitStranger(address: string): void {
    if (!this.#strangers.has(address)) refuseFor(this.#strangers.take(address));
  }

  /** The address asked for a device that does not exist. */
  countStranger(address: string): void {
    this.#strangers.take(address);
  }
}

function refuseFor(seconds: number): void {
  if (seconds === 0) return;
  throw new RondaError(
    'too_many_requests',
    'More was sent at once than this door takes; nothing was stored. Keep it, and send it again later.',
    { retryAfterSeconds: Math.ceil(seconds) },
  );
}
