import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { App } from '../../server/app.ts';
import { engines, freshApp } from '../support/engines.ts';

describe.each(engines())('two changes in each other’s way (%s)', (engine) => {
  let app: App;
  let unit: number;
  beforeAll(async () => {
    app = await freshApp(engine);
    const payload = { callsign: 'Rinjani 1', organisation: 'ronda', homeArea: '52.71.01' };
    unit = (await app.http.inject({ method: 'POST', url: '/api/units', payload })).json().id;
  });
  afterAll(() => app?.close());

  const rename = (callsign: string) =>
    app.http.inject({ method: 'PATCH', url: `/api/units/${unit}`, payload: { callsign } });
  const callsign = async () => (await app.http.inject({ url: `/api/units/${unit}` })).json().callsign;

  test.each(['40P01', '40001'])('%s of the database is answered 503, to be tried again', async (code) => {
    const { pool } = app.database;
    await pool.query(`CREATE FUNCTION contend() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '${code}'; END $$`);
    await pool.query('CREATE TRIGGER contend BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION contend()');
    try {
      const refused = await rename('Rinjani 2');
      expect([refused.statusCode, refused.json().code]).toEqual([503, 'database_contended']);
      expect(refused.headers['retry-after']).toBe('1');
      expect(await callsign()).toBe('Rinjani 1');
    } finally {
      await pool.query('DROP FUNCTION contend() CASCADE');
    }
  });

  // The embedded engine runs one transaction at a time: there nobody waits for anybody.
  if (engine === 'embedded') return;
  test('a deadlock is answered so, and the next attempt is stored', async () => {
    const other = await app.database.pool.connect();
    try {
      await other.query('BEGIN');
      await other.query('SELECT FROM event_counter FOR UPDATE');
      const renaming = rename('Rinjani 3');
      const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await vi.waitFor(async () => expect((await app.database.pool.query(waiting)).rowCount).toBe(1), 10_000);
      // Whoever has waited the longest looks for a deadlock first, and gives way.
      await other.query('SELECT FROM unit WHERE id = $1 FOR UPDATE', [unit]);
      await other.query('COMMIT');
      const refused = await renaming;
      expect([refused.statusCode, refused.json().code]).toEqual([503, 'database_contended']);
    } finally {
      other.release();
    }
    expect((await rename('Rinjani 3')).statusCode).toBe(200);
    expect(await callsign()).toBe('Rinjani 3');
  });
});
