import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { DURABLE_START, DurableFolder } from '../../server/database/embedded/durable-folder.ts';
import { LogSync } from '../../server/database/embedded/log-sync.ts';
import { SocketServer } from '../../server/database/embedded/socket-server.ts';
import { type Bench, type BenchContext, compare, type Row } from './harness.ts';

const CLIENTS = 4;
const COMMITS = 4_000;
const WARMING = 200;

/**
 * How long answers of the embedded engine wait for the disk after their commit: small transactions of several clients, as
 * fast as they are answered. The time is taken where the answer is held back, in the engine's own process.
 */
async function acknowledgements({ scratch, log: say }: BenchContext): Promise<Row[]> {
  const folder = mkdtempSync(join(scratch, 'journal-'));
  const fail = (error = new Error('the disk is full')): never => {
    throw error;
  };
  const log = new LogSync(fail);
  const files = new DurableFolder(join(folder, 'data'), log, fail);
  const db = await PGlite.create({ fs: files, startParams: DURABLE_START });
  const waits: number[] = [];
  const durability = {
    flushed() {
      const flushed = log.flushed();
      const begun = performance.now();
      void flushed?.then(() => waits.push(performance.now() - begun));
      return flushed;
    },
    isCheckpointDue: () => false,
    checkpointed() {},
  };
  const server = new SocketServer(db, durability, fail);
  await server.listen(join(folder, '.s.PGSQL.5432'));
  const pool = new pg.Pool({ host: folder, user: 'postgres', database: 'postgres', max: CLIENTS });
  try {
    await pool.query('CREATE TABLE report (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text)');
    const insert = async (count: number) => {
      for (let done = 0; done < count; done++) {
        await pool.query('INSERT INTO report (body) VALUES ($1)', ['x'.repeat(300)]);
      }
    };
    const all = (count: number) => Promise.all(Array.from({ length: CLIENTS }, () => insert(count / CLIENTS)));
    await all(WARMING);
    waits.length = 0;
    const begun = performance.now();
    await all(COMMITS);
    const seconds = (performance.now() - begun) / 1000;
    waits.sort((a, b) => a - b);
    const at = (share: number) => waits[Math.floor(waits.length * share)] ?? Number.NaN;
    say(
      `${COMMITS} commits in ${seconds.toFixed(1)} s; p50 ${at(0.5).toFixed(2)} ms, p90 ${at(0.9).toFixed(2)}, p99 ${at(0.99).toFixed(2)}`,
    );
    return [
      compare({ id: 'journal.ack.p50', measured: at(0.5), reference: 1, goal: '<= 1', unit: 'ms' }),
      compare({ id: 'journal.ack.p99', measured: at(0.99), reference: 30, goal: '<= 1', unit: 'ms' }),
    ];
  } finally {
    await pool.end();
    await server.close();
    await db.close();
  }
}

export const benches: Bench[] = [{ names: ['journal.ack.p50', 'journal.ack.p99'], run: acknowledgements }];
