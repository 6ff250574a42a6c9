/** How much somebody may do at once, and how much a second after that. */
export interface Allowance {
  burst: number;
  perSecond: number;
}

interface Bucket {
  left: number;
  /** When that was, Unix milliseconds. */
  at: number;
}

/** Those who did nothing for so long that their bucket is full are forgotten when more than this are known. */
const MOST = 20_000;

/** Token buckets by who takes from them: full at first, filled steadily, and what is not there is not given. */
export class Buckets<Key> {
  readonly #allowance: Allowance;
  readonly #now: () => number;
  readonly #buckets = new Map<Key, Bucket>();

  constructor(allowance: Allowance, now: () => number) {
    this.#allowance = allowance;
    this.#now = now;
  }

  /**
   * Takes so many, or none: then returns after how many seconds they will be there; 0 when they were taken.
   * `reserve`: how many must stay in the bucket for what matters more.
   */
  take(key: Key, count: number, reserve = 0): number {
    const { burst, perSecond } = this.#allowance;
    const now = this.#now();
    let bucket = this.#buckets.get(key);
    if (!bucket) {
      if (this.#buckets.size >= MOST) this.#forgetFull(now);
      bucket = { left: burst, at: now };
      this.#buckets.set(key, bucket);
    } else if (now > bucket.at) {
      bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
      bucket.at = now;
    }
    const missing = count + reserve - bucket.left;
    if (missing > 0) return Math.ceil(missing / perSecond);
    bucket.left -= count;
    return 0;
  }

  #forgetFull(now: number): void {
    const { burst, perSecond } = this.#allowance;
    for (const [key, { left, at }] of this.#buckets) {
      if (left + ((now - at) / 1000) * perSecond >= burst) this.#buckets.delete(key);
    }
  }
}
