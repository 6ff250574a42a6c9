import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYTHING, type Scope } from '../../../server/access/scope.ts';
import type { App } from '../../../server/app.ts';
import type { Db } from '../../../server/database/connection.ts';
import { scopedDb } from '../../../server/database/scoped.ts';
import { type Asked, readAsked } from '../../../server/hotspots/asked.ts';
import {
  coarseInAreas,
  countByStep,
  listPoints,
  tallyAll,
  tallyByArea,
  tallyByCell,
} from '../../../server/hotspots/queries.ts';
import { countIncidents } from '../../../server/warnings/counts.queries.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { insertDesa, insertIncidents } from '../../support/million.ts';

const jurisdiction: Scope = {
  key: 'x',
  everything: false,
  codes: ['33.05'],
  jurisdictions: [1],
  drawn: [],
  within: [],
};

/** A statement on its way, and what the driver hands it of each row. */
interface Sent extends pg.Submittable {
  text: string;
  handleDataRow(row: { fields: (string | null)[] }): void;
}

/** Rows that are enough for the planner to care. */
const INCIDENTS = 30_000;

describe.each(engines())('plans of hotspots on %s', (engine) => {
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
  const planOf = async (scope: Scope, run: (db: Db, scope: Scope) => Promise<unknown>): Promise<string> => {
    const lines: string[] = [];
    const { pool } = app.database;
    const connect = async () => {
      const client = await pool.connect();
      const query = (sent: Sent) => {
        sent.text = `EXPLAIN ${sent.text}`;
        const handle = sent.handleDataRow.bind(sent);
        sent.handleDataRow = (row) => {
          lines.push(row.fields[0] ?? '');
          handle(row);
        };
        return client.query(sent);
      };
      return { query, release: () => client.release() };
    };
    await run(scopedDb({ connect } as unknown as pg.Pool, scope), scope);
    return lines.join('\n');
  };
  // A twentieth of all, and as much to compare with.
  const both = readAsked({
    from: '2026-10-29T00:00:00Z',
    to: '2026-10-31T00:00:00Z',
    baselineFrom: '2026-10-25T00:00:00Z',
    baselineTo: '2026-10-27T00:00:00Z',
  });
  const period = { ...both, baseline: null };
  const grid = { metres: 2_000, lon: 110, lat: -7.5 };
  const counts = (asked: Asked): [string, (db: Db, scope: Scope) => Promise<unknown>][] => [
    ['areas', (db, scope) => tallyByArea(db, scope, asked, 'desa')],
    ['hexagons', (db, scope) => tallyByCell(db, scope, asked, { ...grid, shape: 'hexagon' })],
    ['squares', (db, scope) => tallyByCell(db, scope, asked, { ...grid, shape: 'square' })],
    ['series of areas', (db, scope) => countByStep(db, scope, asked, 'desa', 7)],
    ['the series of all places', (db, scope) => countByStep(db, scope, asked, null, 7)],
  ];
  const sums = (asked: Asked): [string, (db: Db, scope: Scope) => Promise<unknown>][] => [
    ['sums of all places', (db, scope) => tallyAll(db, scope, asked)],
    ['coarse ones', (db, scope) => coarseInAreas(db, scope, asked, 'desa', 1_000)],
  ];

  test.each([...counts(period), ...sums(period)])(
    '%s are counted from the index alone, of the period alone',
    async (name, run) => {
      const plan = await planOf(EVERYTHING, run);
      expect(plan).toMatch(/Index Only Scan using incident_counted/);
      expect(plan).toMatch(/Index Cond: \(\(occurred_at >= .* AND \(occurred_at < /);
      expect(plan).not.toContain('Seq Scan on incident');
      // Sorting a million rows takes longer than counting them.
      if (counts(period).some(([one]) => one === name)) expect(plan).toContain('HashAggregate');
    },
  );

  test.each([...counts(both), ...sums(both)])(
    '%s of a baseline are looked up as those of the period are: nothing of the time between is read',
    async (_name, run) => {
      const plan = await planOf(EVERYTHING, run);
      expect(plan).toMatch(/BitmapOr|Index Only Scan using incident_counted/);
      expect(plan).not.toContain('Seq Scan on incident');
    },
  );

  test.each([
    ['first', undefined],
    ['next', { time: '2026-10-30T00:00:00.000000Z', id: '01930000-0000-7000-8000-000000000000' }],
  ])('the %s page of points is read in order from an index', async (_name, after) => {
    const plan = await planOf(EVERYTHING, (db) => listPoints(db, EVERYTHING, period, 10_001, after));
    expect(plan).toMatch(/Index Scan (Backward )?using incident_\w+ on incident/);
    expect(plan).toMatch(/Index Cond: .*occurred_at >= .*occurred_at < /);
    expect(plan).not.toContain('Seq Scan on incident');
  });

  test.each([
    ['all families', undefined],
    ['one family', ['33.05']],
  ])('early warning counts a step of time of %s by an index', async (_name, families) => {
    const { from, to } = period.period;
    const plan = await planOf(EVERYTHING, (db) => countIncidents(db, { from, to, origin: from, families }));
    expect(plan).toMatch(/Index Cond: .*occurred_at >= .*occurred_at < /);
    expect(plan).not.toContain('Seq Scan on incident');
  });

  test.each([...counts(period), ...sums(period)])(
    '%s of a jurisdiction are found by time or place, and never by reading the table',
    async (_name, run) => {
      const plan = await planOf(jurisdiction, (db) => run(db, jurisdiction));
      expect(plan).toMatch(/Index (Only Scan using|Scan using|Scan on) incident_/);
      expect(plan).not.toContain('Seq Scan on incident');
    },
  );

  test('of a jurisdiction without drawn parts, no row is asked whether it lies in one', async () => {
    const plan = await planOf(jurisdiction, (db) => tallyByArea(db, jurisdiction, both, 'desa'));
    expect(plan).toMatch(/(\$\d+|\(InitPlan \d+\)\.col1) AND ronda_inside/);
  });
});
