import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Engine, startEngine } from '../../server/database/embedded/engine.ts';

describe('connections to the embedded engine', () => {
  let engine: Engine;
  let pool: pg.Pool;
  beforeAll(async () => {
    engine = await startEngine(mkdtempSync(join(inject('scratch'), 'connections-')), () => {});
    pool = new pg.Pool({ host: engine.socketFolder, user: 'postgres', database: 'postgres', max: 8 });
    await pool.query('CREATE TABLE seen (worker int, value text)');
  });
  afterAll(async () => {
    await pool?.end();
    await engine?.close();
  });

  test('do not mix statements, answers, transactions or errors', async () => {
    await Promise.all(
      Array.from({ length: 8 }, async (_, worker) => {
        for (let round = 0; round < 10; round++) {
          const text = `${worker}-${round}-${'x'.repeat(round * 3000)}`;
          const { rows } = await pool.query('SELECT $1::text AS text, $2::int AS number', [text, worker]);
          expect(rows).toEqual([{ text, number: worker }]);
          await expect(pool.query('SELECT $1::int / 0', [worker])).rejects.toMatchObject({ code: '22012' });
          await expect(pool.query('SELECT $1::text', ['a\0b'])).rejects.toMatchObject({ code: '22021' });
          const client = await pool.connect();
          await client.query('BEGIN');
          await client.query('INSERT INTO seen VALUES ($1, $2)', [worker, text]);
          const mine = await client.query('SELECT count(*)::int AS count FROM seen WHERE worker = $1', [worker]);
          await client.query(round % 2 ? 'COMMIT' : 'ROLLBACK');
          client.release();
          expect(mine.rows).toEqual([{ count: Math.floor(round / 2) + 1 }]);
        }
      }),
    );
    const { rows } = await pool.query('SELECT count(*)::int AS count FROM seen');
    expect(rows).toEqual([{ count: 40 }]);
  });

  test('one that breaks off in mid-transaction is rolled back, and others go on', async () => {
    const client = new pg.Client({ host: engine.socketFolder, user: 'postgres', database: 'postgres' });
    client.on('error', () => {});
    await client.connect();
    await client.query('BEGIN');
    await client.query("INSERT INTO seen VALUES (99, 'lost')");
    const waiting = pool.query('SELECT count(*)::int AS count FROM seen WHERE worker = 99');
    const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
    stream.destroy();
    expect((await waiting).rows).toEqual([{ count: 0 }]);
  });

  test('text that looks like the end of an answer is only text', async () => {
    const ready = 'Z\\000\\000\\000\\005I';
    const { rows } = await pool.query(`SELECT '${ready}${ready}'::bytea AS bytes`);
    expect(rows[0].bytes.toString('latin1')).toBe('Z\0\0\0\u0005IZ\0\0\0\u0005I');
  });
});
