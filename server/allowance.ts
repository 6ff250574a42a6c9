/** What may come at once, and how much of it comes back each second. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** Names that are remembered before those that have everything back are forgotten. */
const REMEMBERED = 50_000;

/** How much each of many senders may still send: a bucket for each name, full at first, that fills steadily. */
export class Allowance {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string | number, { left: number; at: number }>();

  /** @param now milliseconds */
  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Takes the whole amount and returns 0; or takes nothing and returns the seconds until it is there. */
  take(name: string | number, amount = 1): number {
    const { burst, perSecond } = this.#rate;
    const now = this.#now();
    let bucket = this.#buckets.get(name);
    if (!bucket) {
      if (this.#buckets.size >= REMEMBERED) this.#forget(now);
      bucket = { left: burst, at: now };
      this.#buckets.set(name, bucket);
    }
    bucket.left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    if (bucket.left < amount) return (Math.min(amount, burst) - bucket.left) / perSecond;
    bucket.left -= amount;
    return 0;
  }

  /** Whether the amount is there. Takes nothing. */
  has(name: string | number, amount = 1): boolean {
    const { left, at } = this.#buckets.get(name) ?? { left: this.#rate.burst, at: 0 };
    return left + ((this.#now() - at) / 1000) * this.#rate.perSecond >= amount;
  }

  #forget(now: number): void {
    const { burst, perSecond } = this.#rate;
    for (const [name, { left, at }] of this.#buckets) {
      if (left + ((now - at) / 1000) * perSecond >= burst) this.#buckets.delete(name);
    }
  }
}
