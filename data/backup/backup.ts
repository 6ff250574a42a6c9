import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Transaction } from 'kysely';
import type { Db } from '../../server/database/connection.ts';
import type { Tables } from '../../server/database/tables.ts';
import { version } from '../../server/openapi.ts';
import type { Terminal } from '../importers/terminal.ts';
import { Digest, FORMAT, type Head, type Page, type Tail } from './format.ts';
import { countRows, migrationsOf, partitionsOf, readRows, tablesOf, wholeImports } from './queries.ts';

/**
 * Writes a backup of the whole database into a file, which appears whole or not at all, while the server goes on. A
 * served database is read in one transaction, as it stood at one moment. The embedded engine would hold everybody up for
 * so long, so its tables are read in pages: those that refer to others first, so that whatever is referred to is there,
 * and a row that changes meanwhile stands as it was when its page was read.
 */
export async function backup(
  db: Db,
  kind: 'embedded' | 'served',
  file: string,
  terminal: Terminal,
): Promise<Tail['totals']> {
  if (kind === 'embedded') return write(db, file, terminal);
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => write(trx, file, terminal));
}

async function write(db: Db | Transaction<Tables>, file: string, terminal: Terminal): Promise<Tail['totals']> {
  const unfinished = `${file}.unfinished`;
  const out = createGzip({ level: 6 });
  const disk = createWriteStream(unfinished, { mode: 0o600, flush: true });
  const written = finished(out.pipe(disk));
  written.catch(() => {});
  const put = async (value: Head | Page | Tail) => {
    if (!out.write(`${JSON.stringify(value)}\n`)) await Promise.race([once(out, 'drain'), written]);
  };
  try {
    const tables = await tablesOf(db);
    const imports = await wholeImports(db);
    await put({
      ronda: 'backup',
      format: FORMAT,
      version: version(),
      madeAt: new Date().toISOString(),
      migrations: await migrationsOf(db),
      tables,
      partitions: await partitionsOf(db),
    });
    const totals: Tail['totals'] = {};
    for (const table of tables.toReversed()) {
      const expected = await countRows(db, table.name);
      const digest = new Digest();
      let done = 0;
      for await (const rows of readRows(db, table, imports)) {
        digest.add(rows);
        done += rows.length;
        await put({ table: table.name, rows });
        terminal.progress(table.name, done, Math.max(expected, done));
      }
      totals[table.name] = digest.total();
    }
    await put({ totals });
    out.end();
    await written;
    await rename(unfinished, file);
    return totals;
  } catch (error) {
    out.destroy();
    disk.destroy();
    await rm(unfinished, { force: true });
    throw error;
  }
}
