import type { Db } from '../database/connection.ts';
import type { KnownDevice } from './pending.ts';

/** Devices by their tokens, or by their identifiers; as the database knows them. */
export type FindDevices = (db: Db, names: string[]) => Promise<Map<string, KnownDevice>>;

interface Remembered {
  device: KnownDevice;
  /** How often everything had been forgotten when the database said so. */
  age: number;
}

/**
 * The registered devices by one kind of name, remembered until a unit or a device changes; what is not registered is
 * asked for each time.
 */
export class Devices {
  readonly #db: Db;
  readonly #find: FindDevices;
  readonly #known = new Map<string, Remembered>();
  #age = 0;

  constructor(db: Db, find: FindDevices) {
    this.#db = db;
    this.#find = find;
  }

  /** The device if it is remembered: asks nobody. */
  remembered(identifier: string): KnownDevice | undefined {
    const known = this.#known.get(identifier);
    return known?.age === this.#age ? known.device : undefined;
  }

  /** Whether the name was a device's when it was last asked for: who sends it is no stranger, though he may be revoked. */
  wasKnown(identifier: string): boolean {
    return this.#known.has(identifier);
  }

  /** Looks up devices that are not remembered, in one query, and remembers those that exist. */
  async learn(identifiers: string[]): Promise<Map<string, KnownDevice>> {
    // What changes while the answer is under way makes it old.
    const age = this.#age;
    // Text with NUL is no device's identifier, and the database would refuse the whole question.
    const asked = identifiers.filter((identifier) => !identifier.includes('\0'));
    const found = asked.length > 0 ? await this.#find(this.#db, asked) : new Map<string, KnownDevice>();
    for (const identifier of asked) {
      const device = found.get(identifier);
      if (device) this.#known.set(identifier, { device, age });
      else this.#known.delete(identifier);
    }
    return found;
  }

  /** A unit or a device has changed: everything is asked for again. */
  forget(): void {
    this.#age++;
  }
}
