import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYTHING, type Scope } from '../../../server/access/scope.ts';
import type { App } from '../../../server/app.ts';
import type { Db } from '../../../server/database/connection.ts';
import { scopedDb } from '../../../server/database/scoped.ts';
import { readAsked } from '../../../server/hotspots/asked.ts';
import { countByStep, tallyByArea, tallyByCell } from '../../../server/hotspots/queries.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { insertDesa, insertIncidents } from '../../support/million.ts';

/** Rows that are enough for the planner to care. */
const INCIDENTS = 60_000;

describe.each(engines().filter((engine) => engine === 'served'))('plans of hotspots on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    const { db } = app.database;
    await sql`DROP INDEX incident_text`.execute(db);
    await insertDesa(db);
    await insertIncidents(db, INCIDENTS);
    await sql`VACUUM ANALYZE incident`.execute(db);
  });
  afterAll(() => app?.close());

  /** The plan of the one statement that `run` sends, within a scope. */
  const planOf = async (scope: Scope, run: (db: Db) => Promise<unknown[]>): Promise<string> => {
    const { pool } = app.database;
    const connect = async () => {
      const client = await pool.connect();
      const query = (sent: pg.Submittable & { text: string }) => {
        sent.text = `EXPLAIN ${sent.text}`;
        return client.query(sent);
      };
      return { query, release: () => client.release() };
    };
    const rows = await run(scopedDb({ connect } as unknown as pg.Pool, scope));
    return rows.map((row) => (row as { 'QUERY PLAN': string })['QUERY PLAN']).join('\n');
  };
  // A twentieth of all, and as much to compare with.
  const asked = readAsked({
    from: '2026-10-29T00:00:00Z',
    to: '2026-10-31T00:00:00Z',
    baselineFrom: '2026-10-25T00:00:00Z',
    baselineTo: '2026-10-27T00:00:00Z',
  });
  const period = { ...asked, baseline: null };
  const grid = { shape: 'hexagon', metres: 2_000, lon: 110, lat: -7.5 } as const;

  test.each([
    ['areas', (db: Db) => tallyByArea(db, EVERYTHING, period, 'desa')],
    ['cells', (db: Db) => tallyByCell(db, EVERYTHING, period, grid)],
    ['series', (db: Db) => countByStep(db, EVERYTHING, period, 'desa', 7)],
  ])('%s are counted from the index alone, of the period alone', async (_name, run) => {
    const plan = await planOf(EVERYTHING, run);
    expect(plan).toMatch(/Index Only Scan using incident_counted/);
    expect(plan).toMatch(/Index Cond: \(\(occurred_at >= .* AND \(occurred_at < /);
    expect(plan).not.toContain('Seq Scan on incident');
    // Sorting a million rows takes longer than counting them.
    expect(plan).toContain('HashAggregate');
  });

  test('a baseline is looked up as the period is: nothing of the years between is read', async () => {
    const plan = await planOf(EVERYTHING, (db) => tallyByArea(db, EVERYTHING, asked, 'desa'));
    expect(plan).toMatch(/BitmapOr|Index Only Scan using incident_counted/);
    expect(plan).not.toContain('Seq Scan on incident');
  });

  test('of a jurisdiction without drawn parts, no row is asked whether it lies in one', async () => {
    const scope: Scope = { key: 'x', everything: false, codes: ['33.05'], jurisdictions: [1], drawn: [], within: [] };
    const plan = await planOf(scope, (db) => tallyByArea(db, scope, asked, 'desa'));
    expect(plan).toMatch(/\$\d+ AND ronda_inside/);
  });
});
