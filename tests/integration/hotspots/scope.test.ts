import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYTHING, type Scope } from '../../../server/access/scope.ts';
import type { App } from '../../../server/app.ts';
import { scopedDb } from '../../../server/database/scoped.ts';
import { readAsked } from '../../../server/hotspots/asked.ts';
import { countByStep, listPoints, readVersions, tallyByArea, tallyByCell } from '../../../server/hotspots/queries.ts';
import type { AreaCounts, AreaNeighbours, CellCounts, CountedPoints, CountSeries } from '../../../shared/schemas/hotspot.ts'; // biome-ignore format: one line
import type { NewIncident } from '../../../shared/schemas/incident.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { report } from '../../support/reports.ts';
import { signInAs, type Town, type Towns, twoTowns } from '../../support/towns.ts';

const SPAN = { from: '2026-05-01T00:00:00Z', to: '2026-06-01T00:00:00Z' };
const SPANS = 'from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z&baselineFrom=2026-04-01T00:00:00Z&baselineTo=2026-05-01T00:00:00Z'; // biome-ignore format: one line

describe.each(engines())('S10: hotspots of a jurisdiction on %s', (engine) => {
  let app: App;
  let towns: Towns;
  let analysts: Record<'area' | 'polygon' | 'everything', Record<string, string>>;
  beforeAll(async () => {
    app = await freshApp(engine);
    towns = await twoTowns(app);
    const signIn = (jurisdiction: number) => signInAs(app, { role: 'analyst', jurisdiction });
    analysts = {
      area: await signIn(towns.jurisdictions.area),
      polygon: await signIn(towns.jurisdictions.polygon),
      everything: await signIn(towns.jurisdictions.everything),
    };
    for (const source of ['resident', 'patrol'] as const) await reportAt(towns.own, { source });
    await reportAt(towns.own, { status: 'false' });
  });
  afterAll(() => app?.close());

  const reportAt = ({ lon, lat }: Town, fields: Partial<NewIncident> = {}) =>
    report(app, { occurredAt: '2026-05-10T10:00:00Z', location: { lon, lat, accuracyM: 30_000 }, ...fields });
  const ask = async <Body>(headers: Record<string, string>, url: string): Promise<Body> => {
    const answer = await app.http.inject({ url: `/api/hotspots/${url}`, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<Body>();
  };
  /** All answers, without when they were read. */
  const answers = async (headers: Record<string, string>) => {
    const areas = await ask<AreaCounts>(headers, `areas?level=kabkota&${SPANS}`);
    const cells = await ask<CellCounts>(headers, `cells?shape=square&metres=5000&${SPANS}`);
    const series = await ask<CountSeries>(headers, `series?level=kabkota&stepDays=7&${SPANS}`);
    const whole = await ask<CountSeries>(headers, `series?stepDays=7&${SPANS}`);
    const points = await ask<CountedPoints>(headers, `points?${SPANS}`);
    const neighbours = await ask<AreaNeighbours>(headers, 'neighbours?level=kabkota');
    const other = await ask<AreaCounts>(headers, `areas?level=kabkota&area=${towns.other.code}&${SPANS}`);
    return JSON.parse(
      JSON.stringify({ areas, cells, series, whole, points, neighbours, other }, (key, value) =>
        key === 'asOf' ? undefined : value,
      ),
    );
  };

  test.each(['area', 'polygon'] as const)(
    'S10: whoever has one town by its %s hears nothing of what happens in the other: no count, no left-out count, no version',
    // Once the import of the towns is noticed, all shapes are made anew, which is a version of its own.
    { retry: 1 },
    async (kind) => {
      const before = await answers(analysts[kind]);
      expect(before.areas.areas.code).toEqual([towns.own.code]);
      expect(before.areas.areas.count).toEqual([1]);
      expect(before.areas.leftOut.period).toEqual({ patrol: 1, unverified: 0, void: 1, placeless: 0 });
      expect(before.areas.coarse.period).toBe(1);
      expect(before.cells.cells.count.reduce((sum: number, one: number) => sum + one)).toBe(1);
      expect(before.neighbours.code).toEqual([towns.own.code]);
      expect(before.other.areas.code).toEqual([]);
      expect(before.other.leftOut.period).toEqual({ patrol: 0, unverified: 0, void: 0, placeless: 0 });
      const all = await answers(analysts.everything);
      const others: Partial<NewIncident>[] = [{}, { source: 'patrol' }, { status: 'new' }, { status: 'duplicate' }];
      for (const fields of others) {
        await reportAt(towns.other, fields);
        await reportAt(towns.other, { ...fields, occurredAt: '2026-04-10T10:00:00Z' });
      }
      expect(await answers(analysts[kind])).toEqual(before);
      // Whoever may see everything sees what came.
      const now = await answers(analysts.everything);
      expect(now.areas.dataVersion).not.toBe(all.areas.dataVersion);
      expect(now.areas.total.period).toBe(all.areas.total.period + 1);
      expect(now.areas.leftOut.baseline.void).toBe(all.areas.leftOut.baseline.void + 1);
    },
  );

  test.each(['area', 'polygon'] as const)(
    'S10: what happens in the own town changes the version of its %s',
    async (kind) => {
      const before = await answers(analysts[kind]);
      await reportAt(towns.own, { occurredAt: '2026-05-11T10:00:00Z', status: 'false' });
      const after = await answers(analysts[kind]);
      expect(after.areas.dataVersion).not.toBe(before.areas.dataVersion);
      expect(after.areas.leftOut.period.void).toBe(before.areas.leftOut.period.void + 1);
    },
  );

  test('S10: cells of a polygon are those whose middles lie in it, also within an area', async () => {
    const { cells, grid } = await ask<CellCounts>(analysts.polygon, `cells?shape=square&metres=2000&${SPANS}`);
    expect([grid.lon, grid.lat]).toEqual([towns.own.lon, towns.own.lat]);
    // 0.2° by 0.2°: 22 by 22.2 km.
    expect(cells.q.length).toBeGreaterThan(115);
    expect(cells.q.length).toBeLessThan(135);
    const within = await ask<CellCounts>(analysts.polygon, `cells?shape=square&metres=2000&area=52&${SPANS}`);
    expect(within.cells).toEqual(cells);
    const elsewhere = await ask<CellCounts>(analysts.polygon, `cells?shape=square&metres=2000&area=${towns.other.code}&${SPANS}`); // biome-ignore format: one line
    expect(elsewhere.cells.q).toEqual([]);
  });

  test('S10: the second wall holds in every count when the first is forgotten', async () => {
    const { pool } = app.database;
    const asked = readAsked(SPAN);
    for (const [codes, jurisdiction] of [
      [['52.71'], towns.jurisdictions.area],
      [[], towns.jurisdictions.polygon],
    ] as const) {
      // The scope that the statements are told is everything; that of the connection is one town.
      const scope: Scope = EVERYTHING;
      const db = scopedDb(pool, { everything: false, codes: [...codes], jurisdictions: [jurisdiction] });
      const grid = { shape: 'square', metres: 5_000, lon: 116, lat: -8 } as const;
      const areas = await tallyByArea(db, scope, asked, 'kabkota');
      expect(areas.map(({ code }) => code)).toEqual([towns.own.code]);
      expect(await tallyByCell(db, scope, asked, grid)).toHaveLength(1);
      const steps = await countByStep(db, scope, asked, 'kabkota', 31);
      expect(steps.map(({ code }) => code)).toEqual([towns.own.code]);
      const points = await listPoints(db, scope, asked, 100, undefined);
      expect(new Set(points.map(({ area }) => area))).toEqual(new Set([towns.own.code]));
      // The row of the whole is not for this connection.
      expect((await readVersions(db, scope)).changes).toBe('0.0');
      const keys = await sql<{ key: string }>`SELECT DISTINCT key FROM data_change`.execute(db);
      expect(keys.rows.map(({ key }) => key)).toEqual([codes[0] ?? `j${jurisdiction}`]);
    }
  });
});
