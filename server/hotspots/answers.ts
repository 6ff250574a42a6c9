import { createHash } from 'node:crypto';
import type { Scope } from '../access/scope.ts';
import { ByteCache } from '../byte-cache.ts';
import type { Db } from '../database/connection.ts';
import { readVersions } from './queries.ts';

/** Memory for answers, bytes. */
const CACHE_BYTES = 64 * 1024 * 1024;

/** Who asks: how far incidents may be read, and the database that reaches as far. */
export interface Asker {
  db: Db;
  scope: Scope;
}

/** The figures of a scope as they are now. */
export interface DataVersion {
  /** Opaque: another text when an incident, an area or a figure of the scope has changed. */
  hash: string;
  /** Version of the published areas. */
  areas: number;
  /** Another text when the areas that the scope reaches may be others. */
  places: string;
}

/** The version of the figures of a scope: a few rows are read, however many incidents there are. */
export async function dataVersion({ db, scope }: Asker): Promise<DataVersion> {
  const { areas, figures, jurisdictions, changes } = await readVersions(db, scope);
  // What was drawn is another place after it was drawn anew.
  const places = `${areas} ${scope.drawn.length > 0 ? jurisdictions : ''}`;
  const text = [scope.key, places, figures, changes].join('\n');
  return { hash: createHash('sha256').update(text).digest('base64url').slice(0, 22), areas, places };
}

interface Kept {
  value: unknown;
  size: number;
}

/** Keeps answers by scope, data version and question, up to a number of bytes. */
export class Answers {
  readonly #cache = new ByteCache<Kept>(CACHE_BYTES);

  /**
   * The answer to a question, made by `make` when it is not there; `bytes` tells about how much memory it takes.
   * @param question whatever the answer depends on besides scope and data
   */
  async get<Value>(
    scope: Scope,
    version: string,
    question: readonly unknown[],
    make: () => Promise<Value>,
    bytes: (value: Value) => number,
  ): Promise<Value> {
    const key = `${scope.key}\n${version}\n${JSON.stringify(question)}`;
    const { value } = await this.#cache.getOrMake(key, async () => {
      const made = await make();
      return { value: made, size: bytes(made) + 2 * key.length };
    });
    return value as Value;
  }
}
