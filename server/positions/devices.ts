import type { Db } from '../database/connection.ts';
import type { KnownDevice } from './pending.ts';

/** Devices by their tokens, or by their identifiers; as the database knows them. */
export type FindDevices = (db: Db, names: string[]) => Promise<Map<string, KnownDevice>>;

/**
 * The registered devices by one kind of name, remembered until a unit or a device changes; what is not registered is
 * asked for each time.
 */
export class Devices {
  readonly #db: Db;
  readonly #find: FindDevices;
  #known = new Map<string, KnownDevice>();

  constructor(db: Db, find: FindDevices) {
    this.#db = db;
    this.#find = find;
  }

  /** The device if it is remembered: asks nobody. */
  remembered(identifier: string): KnownDevice | undefined {
    return this.#known.get(identifier);
  }

  /** Looks up devices that are not remembered, in one query, and remembers those that exist. */
  async learn(identifiers: string[]): Promise<Map<string, KnownDevice>> {
    const known = this.#known;
    // Text with NUL is no device's identifier, and the database would refuse the whole question.
    const asked = identifiers.filter((identifier) => !identifier.includes('\0'));
    const found = asked.length > 0 ? await this.#find(this.#db, asked) : new Map<string, KnownDevice>();
    for (const [identifier, device] of found) known.set(identifier, device);
    return found;
  }

  /** Forgets everything: a unit or a device has changed. */
  forget(): void {
    // A new map, so that an answer that is still under way is not remembered as if it were new.
    this.#known = new Map();
  }
}
