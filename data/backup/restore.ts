import type { Transaction } from 'kysely';
import type { Db } from '../../server/database/connection.ts';
import { migrate } from '../../server/database/migrate.ts';
import type { Tables } from '../../server/database/tables.ts';
import type { Terminal } from '../importers/terminal.ts';
import { migrations } from '../migrations/index.ts';
import { BackupError, Digest, type Head, type TableShape, type Tail } from './format.ts';
import {
  beginAnew,
  continueCounting,
  countRows,
  emptyTables,
  makePartition,
  migrationsOf,
  putReferences,
  readRows,
  switchTriggers,
  tablesOf,
  takeReferences,
  writeRows,
} from './queries.ts';
import { checkBackup, pagesOf } from './read.ts';

/** Tables that hold something in every database that is in use. */
const SIGNS_OF_LIFE = ['account', 'unit', 'incident', 'area', 'place'];

/**
 * Puts a backup into an empty database: all of it, or nothing. The schema is first made as it was when the backup was
 * taken, the rows are read back and compared with the backup's totals, and then the schema is brought to the newest.
 * Throws {@link BackupError} for a file or a database that cannot be used.
 */
export async function restore(db: Db, file: string, terminal: Terminal): Promise<Tail['totals']> {
  terminal.say(`Checking ${file}`);
  const { head, totals } = await checkBackup(file);
  await prepare(db, head);
  await db.transaction().execute((trx) => fill(trx, { file, head, totals }, terminal));
  await migrate(db);
  return totals;
}

async function prepare(db: Db, { migrations: wanted, version }: Head): Promise<void> {
  const unknown = wanted.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new BackupError(
      `The backup is of version ${version}, which is newer than this Ronda: update Ronda, then restore.`,
    );
  }
  const present = await migrationsOf(db);
  for (const table of present.length > 0 ? SIGNS_OF_LIFE : []) {
    // A table of a later migration may not be there yet.
    const rows = await countRows(db, table).catch(() => 0);
    if (rows > 0) {
      throw new BackupError(
        'The database already holds data: restore into an empty one (another DATA_DIR or DATABASE_URL).',
      );
    }
  }
  if (present.some((name) => !wanted.includes(name))) {
    throw new BackupError(
      'The database has a newer schema than the backup: restore into one that no server has used yet (another DATA_DIR or DATABASE_URL).',
    );
  }
  const last = wanted.at(-1);
  if (last !== undefined) await migrate(db, last);
}

async function fill(
  trx: Transaction<Tables>,
  { file, head, totals }: { file: string; head: Head; totals: Tail['totals'] },
  terminal: Terminal,
): Promise<void> {
  const tables = new Map((await tablesOf(trx)).map((table) => [table.name, table]));
  for (const table of head.tables) requireSame(table, tables.get(table.name));
  await switchTriggers(trx, [...tables.values()], 'DISABLE');
  await emptyTables(trx, [...tables.values()]);
  for (const name of head.partitions) await makePartition(trx, name);
  // The backup has what refers to others before what it refers to: they are joined again at the end.
  const references = await takeReferences(trx);
  const done: Record<string, number> = {};
  for await (const { table, rows } of pagesOf(file)) {
    const shape = tables.get(table);
    if (!shape) throw new BackupError(`The backup has a table ${table} that this Ronda does not know.`);
    await writeRows(trx, shape, rows);
    done[table] = (done[table] ?? 0) + rows.length;
    terminal.progress(table, done[table], totals[table]?.rows ?? 0);
  }
  await putReferences(trx, references);
  await switchTriggers(trx, [...tables.values()], 'ENABLE');
  for (const shape of tables.values()) {
    const digest = new Digest();
    for await (const rows of readRows(trx, shape)) digest.add(rows);
    const [found, told] = [digest.total(), totals[shape.name]];
    if (told && (found.rows !== told.rows || found.digest !== told.digest)) {
      throw new BackupError(
        `Table ${shape.name} did not come back as it was: ${found.rows} of ${told.rows} rows. Nothing was restored.`,
      );
    }
  }
  await continueCounting(trx);
  await beginAnew(trx);
}

function requireSame(saved: TableShape, here: TableShape | undefined): void {
  const columns = (shape: TableShape | undefined) => shape?.columns.map(({ name }) => name).join();
  if (columns(saved) !== columns(here)) {
    throw new BackupError(
      `Table ${saved.name} of the backup has other columns than this Ronda knows: it was not made by Ronda.`,
    );
  }
}
