/** What a cache must know of an entry. */
export interface Sized {
  /** Bytes it keeps in memory. */
  size: number;
}

/**
 * Keeps what was made last, up to a number of bytes. Requests for the same key while it is being made wait for that one.
 * After {@link clear} nothing that was begun before it is given to new requests.
 */
export class ByteCache<Entry extends Sized> {
  private readonly entries = new Map<string, Entry>();
  private making = new Map<string, Promise<Entry>>();
  private bytes = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  get(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry) {
      // The youngest is last.
      this.entries.delete(key);
      this.entries.set(key, entry);
    }
    return entry;
  }

  /** The entry, made by `make` when it is not there. What fails is not kept. */
  async getOrMake(key: string, make: () => Promise<Entry>): Promise<Entry> {
    const known = this.get(key) ?? this.making.get(key);
    if (known) return known;
    const { making } = this;
    const promise = make();
    making.set(key, promise);
    try {
      const entry = await promise;
      if (making === this.making) this.keep(key, entry);
      return entry;
    } finally {
      making.delete(key);
    }
  }

  clear(): void {
    this.entries.clear();
    this.making = new Map();
    this.bytes = 0;
  }

  private keep(key: string, entry: Entry): void {
    if (entry.size > this.limit) return;
    this.entries.set(key, entry);
    this.bytes += entry.size;
    for (const [oldest, { size }] of this.entries) {
      if (this.bytes <= this.limit) return;
      this.entries.delete(oldest);
      this.bytes -= size;
    }
  }
}
