import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDemo } from '../../../data/demo/load.ts';
import type { App } from '../../../server/app.ts';
import type { AreaCounts } from '../../../shared/schemas/hotspot.ts';
import { engines, freshApp } from '../../support/engines.ts';

const NOW = Date.UTC(2026, 5, 10, 4);

describe.each(engines())('the demonstration in the %s database', (engine) => {
  let app: App;
  let took = 0;
  beforeAll(async () => {
    app = await freshApp(engine);
    const begin = performance.now();
    expect(await loadDemo(app.database.db, { now: () => NOW })).toBe('loaded');
    took = performance.now() - begin;
  });
  afterAll(() => app.close());

  const count = async (from: string): Promise<number> => {
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM ${sql.raw(from)}`.execute(
      app.database.db,
    );
    return rows[0]?.count ?? -1;
  };

  test('is there within its budget, whole, and only once', async () => {
    expect(took).toBeLessThan(20_000);
    const counts = async () => ({
      areas: await count('area_current'),
      features: await count('basemap_feature'),
      places: await count('place'),
      incidents: await count('incident'),
      log: await count('incident_log'),
      stages: await count('election_calendar_stage'),
    });
    const before = await counts();
    expect(before).toMatchObject({ areas: 210, stages: 6 });
    expect(before.incidents).toBeGreaterThan(3000);
    expect(before.incidents).toBeLessThan(6000);
    expect(await loadDemo(app.database.db, { now: () => NOW })).toBe('present');
    expect(await counts()).toEqual(before);
  });

  test('has valid areas that tile one another, as the database measures them', async () => {
    expect(await count('area WHERE NOT ST_IsValid(geom)')).toBe(0);
    expect(await count('basemap_feature WHERE NOT ST_IsValid(geom)')).toBe(0);
    const { rows } = await sql<{ off: number }>`
      SELECT max(abs(parent.area_m2 - children.area_m2) / parent.area_m2) AS off
      FROM area parent JOIN (SELECT parent_code, sum(area_m2) AS area_m2 FROM area GROUP BY parent_code) children
        ON children.parent_code = parent.code`.execute(app.database.db);
    expect(rows[0]?.off).toBeLessThan(1e-9);
  });

  test('puts incidents and places into the areas that hold them', async () => {
    expect(
      await count(`incident JOIN area ON area.code = area_codes[cardinality(area_codes)]
        WHERE NOT ST_Covers(area.geom, incident.geom)`),
    ).toBe(0);
    expect(await count('place JOIN area ON area.code = area_code WHERE NOT ST_Covers(area.geom, place.geom)')).toBe(0);
  });

  test('knows the households of every RW, so that rates can be told on every level', async () => {
    const url = '/api/hotspots/areas?from=2026-01-01T00:00:00Z&to=2026-07-01T00:00:00Z&level=';
    const of = async (level: string) => {
      const { areas, total } = (await app.http.inject(url + level)).json<AreaCounts>();
      return { households: areas.households.map((one) => one ?? Number.NaN), tps: areas.tps, total };
    };
    const sum = (values: number[]) => values.reduce((all, one) => all + one, 0);
    const [rw, desa, kota] = [await of('rw'), await of('desa'), await of('kabkota')];
    expect(Math.min(...rw.households)).toBeGreaterThan(0);
    expect(kota.households).toEqual([sum(rw.households)]);
    expect(sum(desa.households)).toBe(sum(rw.households));
    expect(sum(kota.households)).toBeGreaterThan(10_000);
    expect([sum(kota.tps), sum(desa.tps)]).toEqual([sum(rw.tps), sum(rw.tps)]);
    expect(sum(rw.tps)).toBeGreaterThan(50);
    expect(desa.total.period).toBeGreaterThan(1_000);
  });

  test('has a log of every version, without gaps, that ends in the present status', async () => {
    expect(
      await count(`incident WHERE version <> (SELECT count(*) FROM incident_log WHERE incident_id = incident.id)
        OR version <> (SELECT max(version) FROM incident_log WHERE incident_id = incident.id)`),
    ).toBe(0);
    expect(
      await count(`incident JOIN incident_log ON incident_id = id AND incident_log.version = incident.version
        WHERE changes #>> '{status,after}' <> status OR at <> updated_at`),
    ).toBe(0);
  });

  test('answers with the election stages, the present one among them', async () => {
    const answer = await app.http.inject('/api/stages');
    expect(answer.statusCode).toBe(200);
    const { calendar, stages, source } = answer.json();
    expect({ calendar, source }).toEqual({ calendar: 'Pilkada Contoh', source: 'contoh (data fiktif)' });
    expect(stages.map(({ key }: { key: string }) => key)).toEqual([
      'registration',
      'nomination',
      'campaign',
      'quiet',
      'vote',
      'recapitulation',
    ]);
    expect(stages.at(-1).startsOn <= '2026-06-10' && stages.at(-1).endsOn >= '2026-06-10').toBe(true);
  });

  test('begins again after a load that was cut off, and ends with the same', async () => {
    const { db } = app.database;
    const before = await count('incident');
    await db.updateTable('demonstration').set({ finished_at: null }).execute();
    await sql`DELETE FROM place WHERE kind = 'tps'`.execute(db);
    expect(await loadDemo(db, { now: () => NOW })).toBe('loaded');
    expect(await count('incident')).toBe(before);
    expect(await count(`place WHERE kind = 'tps'`)).toBeGreaterThan(100);
  });
});

describe('a database with data of its own', () => {
  test('gets no demonstration', async () => {
    const app = await freshApp('embedded');
    await app.database.db.insertInto('unit').values({ callsign: 'P1', organisation: 'polri' }).execute();
    expect(await loadDemo(app.database.db)).toBe('foreign');
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM area`.execute(app.database.db);
    expect(rows[0]?.count).toBe(0);
    await app.close();
  });
});
