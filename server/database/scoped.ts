import { Kysely, PostgresDialect, type PostgresPoolClient, type PostgresQueryResult } from 'kysely';
import pg from 'pg';
import type { Db } from './connection.ts';
import type { Tables } from './tables.ts';

/** What a statement may touch: the role it runs as, and the settings that the row policies read. */
export interface RowScope {
  readonly everything: boolean;
  /** Codes of areas: they and all beneath them. */
  readonly codes: readonly string[];
  readonly jurisdictions: readonly number[];
}

/**
 * A database whose statements see and change only the rows of a scope, held to it by row-level security. It shares the
 * pool; each statement names its scope in its own round trip, so that no connection keeps one.
 */
export function scopedDb(pool: pg.Pool, scope: RowScope): Db {
  const values = [
    scope.everything ? 'ronda_everything' : 'ronda_reader',
    scope.codes.join(','),
    scope.jurisdictions.join(','),
  ];
  const connect = async (): Promise<PostgresPoolClient> => {
    const client = await pool.connect();
    return {
      query: ((text: string, parameters: unknown[]) =>
        run(client, text, parameters, values)) as PostgresPoolClient['query'],
      release: () => client.release(),
    };
  };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: { connect, end: async () => {} } }) });
}

/** Ends of a transaction touch no row, and after an error nothing may stand before them. */
const ENDS = /^(commit|rollback)\b/i;

function run(client: pg.PoolClient, text: string, parameters: unknown[], scope: string[]) {
  if (ENDS.test(text)) return client.query(text);
  return new Promise<PostgresQueryResult<unknown>>((resolve, reject) => {
    client.query(
      new ScopedQuery(text, parameters, scope, (error, result) => (error ? reject(error) : resolve(result))),
    );
  });
}

const NAME_SCOPE = `SELECT set_config('role', $1, true), set_config('ronda.codes', $2, true), set_config('ronda.jurisdictions', $3, true)`;

/** The parts of the driver's query and connection that this one builds on; its types leave them out. */
interface Wire {
  parse(statement: { text: string; name: string; types: [] }): void;
  bind(values: { portal: string; statement: string; values: string[] }): void;
  execute(portal: { portal: string }): void;
}
interface DriverQuery {
  new (text: string, values: unknown[], callback: (error: Error | null, result: never) => void): DriverQueryMethods;
}
interface DriverQueryMethods extends pg.Submittable {
  prepare(connection: Wire): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
}

/**
 * A statement with the one that names its scope before it, both sent with one Sync. PostgreSQL runs what stands before
 * a Sync as one transaction, so the settings, local to a transaction, hold for the statement and end with it; within a
 * transaction of the caller they are merely repeated.
 */
class ScopedQuery extends (pg.Query as unknown as DriverQuery) {
  readonly #scope: string[];
  #named = false;

  constructor(
    text: string,
    values: unknown[],
    scope: string[],
    callback: (error: Error | null, result: never) => void,
  ) {
    super(text, values, callback);
    this.#scope = scope;
  }

  /** Also a statement without values goes by the extended protocol: only there two can share a Sync. */
  requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: Wire): void {
    connection.parse({ text: NAME_SCOPE, name: '', types: [] });
    connection.bind({ portal: '', statement: '', values: this.#scope });
    connection.execute({ portal: '' });
    super.prepare(connection);
  }

  /** The row of settings is nobody's. */
  override handleDataRow(message: unknown): void {
    if (this.#named) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.#named) super.handleCommandComplete(message, connection);
    this.#named = true;
  }
}
