import { createHash } from 'node:crypto';

/*
 * A backup is gzipped text, a JSON value a line: the head, then pages of rows, table after table, then the totals.
 * Every value of a row is PostgreSQL's own text for it, so that it means the same to either engine and any version.
 */

/** Number of the format; a restore refuses one it does not know. */
export const FORMAT = 1;

export interface TableShape {
  name: string;
  columns: { name: string; type: string }[];
}

export interface Head {
  ronda: 'backup';
  format: number;
  /** Version of Ronda that made it. */
  version: string;
  /** ISO 8601. */
  madeAt: string;
  /** Migrations of its schema, oldest first. */
  migrations: string[];
  /** In the order in which they are restored: what others refer to comes first. */
  tables: TableShape[];
  /** Names of the partitions of `position`. */
  partitions: string[];
}

/** Rows of one table; `null` stands for NULL. */
export interface Page {
  table: string;
  rows: Row[];
}

export type Row = (string | null)[];

/** How many rows a table has, and their digest; see {@link Digest}. */
export interface Total {
  rows: number;
  digest: string;
}

export interface Tail {
  totals: Record<string, Total>;
}

/** A backup that cannot be used; one line that says why and what to do. */
export class BackupError extends Error {
  override name = 'BackupError';
}

const MODULUS = 1n << 256n;

/** The digest of a set of rows, whatever their order: the sum of their SHA-256, so that equal rows count each. */
export class Digest {
  #sum = 0n;
  #rows = 0;

  add(rows: readonly Row[]): void {
    for (const row of rows) {
      const hash = createHash('sha256').update(JSON.stringify(row)).digest('hex');
      this.#sum = (this.#sum + BigInt(`0x${hash}`)) % MODULUS;
    }
    this.#rows += rows.length;
  }

  total(): Total {
    return { rows: this.#rows, digest: this.#sum.toString(16).padStart(64, '0') };
  }
}
