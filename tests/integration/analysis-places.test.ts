import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refreshShapes } from '../../server/access/shapes.queries.ts';
import {
  type AnalysisRecord,
  deleteAnalysis,
  findAnalysis,
  insertAnalysis,
  listAnalyses,
  updateAnalysis,
} from '../../server/analyses/queries.ts';
import { type Database, openDatabase, type Trx } from '../../server/database/connection.ts';
import { migrate } from '../../server/database/migrate.ts';
import { scopedDb } from '../../server/database/scoped.ts';
import { newAnalysis } from '../support/analysis.ts';
import { emptyConfig, engines } from '../support/engines.ts';

/** As many as are saved in some years. */
const SAVED = 2_000;

describe.each(engines())('saved analyses about what was drawn, on %s', (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await emptyConfig(engine));
    const { db } = database;
    await migrate(db, '2026-11-22-zo-areas-within-drawn');
    for (const [id, west, east] of [
      [101, 116, 116.2],
      [102, 116, 117],
      [103, 116.1, 117],
    ] as const) {
      await sql`INSERT INTO jurisdiction (id, name, kind) OVERRIDING SYSTEM VALUE VALUES (${id}, ${`j${id}`}, 'khusus')`.execute(
        db,
      );
      await sql`INSERT INTO jurisdiction_part (jurisdiction_id, geom)
        SELECT ${id}::int, ST_Multi(ST_MakeEnvelope(${west}::float8, -9, ${east}::float8, -8, 4326))`.execute(db);
    }
    await refreshShapes(db, Date.now());
    const { spec, figures } = newAnalysis(null);
    // Every tenth is about what was drawn of the second, the others of the first.
    await sql`INSERT INTO analysis (id, title, note, view, spec, figures, data_version, about_codes, about_geom, request_hash,
        created_by, created_at, updated_by, updated_at)
      SELECT gen_random_uuid(), CASE WHEN n % 10 = 0 THEN 'wide' ELSE 'narrow' END, '', 'map', ${JSON.stringify(spec)}::jsonb,
        ${JSON.stringify(figures)}::jsonb, 'v', '{}',
        (SELECT ST_Multi(ST_Union(geom)) FROM jurisdiction_shape
          WHERE jurisdiction_id = CASE WHEN n % 10 = 0 THEN 102 ELSE 101 END), '', 'a', now(), 'a', now() - n * interval '1 s'
      FROM generate_series(1, ${SAVED}::int) AS n`.execute(db);
    await migrate(db);
  });
  afterAll(() => database?.close());

  const scopeOf = (...jurisdictions: number[]) => ({
    key: '',
    everything: false,
    codes: [],
    jurisdictions,
    drawn: jurisdictions,
    within: [],
  });
  const titlesOf = async (...jurisdictions: number[]) => {
    const scope = scopeOf(...jurisdictions);
    const rows = await listAnalyses(scopedDb(database.pool, scope), scope, SAVED);
    return Object.fromEntries(
      ['narrow', 'wide'].map((title) => [title, rows.filter((row) => row.title === title).length]),
    );
  };

  test('those of before are kept with their places, each place once', async () => {
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM analysis_place`.execute(
      database.db,
    );
    expect(rows).toEqual([{ count: 2 }]);
    expect(await titlesOf(101)).toEqual({ narrow: 1_800, wide: 0 });
    expect(await titlesOf(102)).toEqual({ narrow: 1_800, wide: 200 });
    expect(await titlesOf(103)).toEqual({ narrow: 0, wide: 0 });
    // Together they reach all of it.
    expect(await titlesOf(101, 103)).toEqual({ narrow: 1_800, wide: 200 });
    expect(await titlesOf()).toEqual({ narrow: 0, wide: 0 });
  });

  test('whether a place is reached is asked once for a list, and not by each of its analyses', async () => {
    const plan = await sql<Record<string, string>>`EXPLAIN SELECT id FROM analysis`.execute(
      scopedDb(database.pool, scopeOf(101)),
    );
    const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/about_place = ANY \(\(?(\$\d+|\(InitPlan \d+\)\.col\d+)\)/);
    expect(text).not.toMatch(/Filter:.*ronda_(places_covered|covers)/);
  });

  test('the place of one that is saved now is one of those there are, or another one', async () => {
    const { db } = database;
    const placeOf = async (id: number) =>
      (await sql<{ id: number | null }>`SELECT ronda_place_of(${[id]}::int[]) AS id`.execute(db)).rows[0]?.id;
    const [first, second, third] = [await placeOf(101), await placeOf(102), await placeOf(103)];
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await placeOf(103)).toBe(third);
    // Nothing is drawn of it.
    expect(await placeOf(999)).toBeNull();
    const readers = scopedDb(database.pool, scopeOf(101));
    await expect(sql`SELECT geom FROM analysis_place`.execute(readers)).rejects.toThrow(/permission denied/);
  });

  const places = async () => {
    const { rows } = await sql<{ id: number }>`SELECT id FROM analysis_place ORDER BY id`.execute(database.db);
    return rows.map(({ id }) => id);
  };
  const usedPlaces = async () => {
    const { rows } = await sql<{ id: number }>`SELECT DISTINCT about_place AS id FROM analysis ORDER BY 1`.execute(
      database.db,
    );
    return rows.map(({ id }) => id);
  };
  const change = { actor: 'a', at: new Date() };
  const about = (...drawn: number[]) => ({ codes: [], drawn });
  const content = (title: string) => {
    const { note, view, spec, camera, figures, dataVersion } = newAnalysis(null);
    return { title, note, view, spec, camera, figures, data_version: dataVersion, request_hash: '' };
  };
  const saveAbout = async (jurisdiction: number, id: string = randomUUID()) => {
    const db = scopedDb(database.pool, scopeOf(101, 102, 103));
    return (await insertAnalysis(db, id, content('own'), about(jurisdiction), change)) ? id : undefined;
  };
  const inTransaction = async (id: string, deed: (trx: Trx, record: AnalysisRecord) => Promise<void>) => {
    const scope = scopeOf(101, 102, 103);
    await scopedDb(database.pool, scope)
      .transaction()
      .execute(async (trx) => {
        const record = await findAnalysis(trx, scope, id, true);
        if (!record) throw new Error(`no analysis ${id}`);
        await deed(trx, record);
      });
  };
  const remove = (id: string) => inTransaction(id, (trx, record) => deleteAnalysis(trx, record, change));

  test('a place goes with the last analysis that is about it, deleted or changed, and with none before', async () => {
    await sql`DELETE FROM analysis_place place WHERE NOT EXISTS (SELECT FROM analysis WHERE about_place = place.id)`.execute(
      database.db,
    );
    const before = await places();
    const [first, second] = [await saveAbout(103), await saveAbout(103)];
    const withThird = await places();
    expect(withThird).toHaveLength(before.length + 1);
    await remove(first as string);
    expect(await places()).toEqual(withThird);
    await inTransaction(second as string, (trx, record) =>
      updateAnalysis(trx, record, content('elsewhere'), about(102), change),
    );
    expect(await places()).toEqual(before);
    await inTransaction(second as string, (trx, record) =>
      updateAnalysis(trx, record, { title: 'c' }, undefined, change),
    );
    expect(await places()).toEqual(before);
    // Nothing is left of one that was not stored.
    expect(await saveAbout(103, second)).toBeUndefined();
    expect(await places()).toEqual(before);
    // All at once.
    await sql`DELETE FROM analysis WHERE title IN ('wide', 'elsewhere', 'c')`.execute(database.db);
    expect(await places()).toEqual(await usedPlaces());
    expect(await places()).toHaveLength(before.length - 1);
  });

  test('who saves an analysis while the last other one about its place is deleted has its place', async () => {
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      const last = (await saveAbout(103)) as string;
      const [, saved] = await Promise.all([remove(last), saveAbout(103)]);
      expect(await places()).toEqual(await usedPlaces());
      await remove(saved as string);
    }
    expect(await places()).toEqual(await usedPlaces());
  });
});
