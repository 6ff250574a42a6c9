import { sql } from 'kysely';
import { Value } from 'typebox/value';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import { PlanBorders, PlanGround, PlanWorkload } from '../../../shared/schemas/plan.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { putWards, rwOf, WARD } from '../../support/plans.ts';
import { signInAs, type Towns, twoTowns } from '../../support/towns.ts';

const [LON, LAT, SIDE] = [116.02, -8.62, 4];
const SPAN = 'from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z';

describe.each(engines())('what plans are painted from on %s', (engine) => {
  let app: App;
  let towns: Towns;
  let planner: Record<string, string>;
  beforeAll(async () => {
    app = await freshApp(engine);
    towns = await twoTowns(app);
    await putWards(app.database.db, '52.71', LON, LAT, SIDE);
    await putWards(app.database.db, '52.08', 116.32, LAT, SIDE);
    planner = await signInAs(app, { role: 'planner', jurisdiction: towns.jurisdictions.area });
  });
  afterAll(() => app?.close());

  const get = (path: string, headers: Record<string, string> = planner) =>
    app.http.inject({ url: `/api/plans/${path}`, headers });
  const numbers = Array.from({ length: SIDE * SIDE }, (_, at) => at + 1);

  test('the ground has every RW with its neighbours across borders, and every border once', async () => {
    const answer = await get('ground?level=rw&areas=52.71');
    expect(answer.statusCode, answer.body).toBe(200);
    const ground = answer.json<PlanGround>();
    expect(Value.Check(PlanGround, ground)).toBe(true);
    expect(ground.code).toEqual(numbers.map((number) => rwOf('52.71', number)));
    expect(ground.name.slice(0, 2)).toEqual(['RW 1', 'RW 2']);
    expect(new Set(ground.kecamatan)).toEqual(new Set(['52.71.01']));
    expect(ground.kecamatanName).toEqual({ '52.71.01': 'Kecamatan 52.71' });
    const beside = (number: number) => {
      const [from = 0, to = 0] = ground.start.slice(number - 1, number + 1);
      return ground.neighbour.slice(from, to).map((at) => at + 1);
    };
    expect([1, 6, 16].map(beside)).toEqual([[2, 5], [2, 5, 7, 10], [12, 15]]); // biome-ignore format: one line
    // What the database measures along its ellipsoid.
    const { rows } = await sql<{ area: number; outline: number; lon: number }>`
      SELECT ST_Area(geom::geography) AS area, ST_Perimeter(geom::geography) AS outline, ST_X(label_point) AS lon
      FROM area WHERE code = ${rwOf('52.71', 6)}`.execute(app.database.db);
    expect(ground.areaM2[5]).toBeCloseTo(rows[0]?.area ?? 0, -1);
    expect(Math.abs((ground.outlineM[5] ?? 0) - (rows[0]?.outline ?? 0))).toBeLessThan(0.5);
    expect(ground.lon[5]).toBeCloseTo(rows[0]?.lon ?? 0, 6);

    const borders = (await get('borders?level=rw&areas=52.71')).json<PlanBorders>();
    expect(Value.Check(PlanBorders, borders)).toBe(true);
    expect(borders.version).toBe(ground.version);
    expect(borders.a).toHaveLength(2 * SIDE * (SIDE - 1) + 4 * SIDE - 4);
    const at = borders.a.findIndex((a, line) => a === 0 && borders.b[line] === 1);
    const [from = 0, to = 0] = borders.start.slice(at, at + 2);
    expect([borders.lon.slice(from, to), borders.lat.slice(from, to)]).toEqual([
      [Math.round((LON + WARD) * 1e6), 0],
      [Math.round(LAT * 1e6), Math.round(WARD * 1e6)],
    ]);
  });

  test('of desa, of several areas, and of one RW', async () => {
    const desa = (await get('ground?level=desa&areas=52.71')).json<PlanGround>();
    expect([desa.code, desa.start, desa.neighbour]).toEqual([['52.71.01.1001'], [0, 0], []]);
    const everything = await signInAs(app, { role: 'planner', jurisdiction: towns.jurisdictions.everything });
    const both = (await get('ground?level=rw&areas=52.71,52.08,52.71.01', everything)).json<PlanGround>();
    expect(both.code).toEqual([...both.code].sort());
    expect(both.code).toHaveLength(2 * SIDE * SIDE);
    const one = (await get(`ground?level=rw&areas=${rwOf('52.71', 3)}`)).json<PlanGround>();
    expect([one.code, one.neighbour]).toEqual([[rwOf('52.71', 3)], []]);
  });

  test('what is left of a plan’s areas is told where an import ended some of them', async () => {
    for (const path of ['ground?', 'borders?', `workload?${SPAN}&`]) {
      const whole = await get(`${path}level=rw&areas=52.71`);
      const left = await get(`${path}level=rw&areas=52.71.01,52.71.99`);
      expect([path, left.statusCode, left.json()]).toEqual([path, 200, whole.json()]);
    }
  });

  test('who has it already is told so, until areas are imported', async () => {
    const first = await get('ground?level=rw&areas=52.71', { ...planner, 'accept-encoding': 'gzip' });
    expect(first.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': /json/ });
    const again = (tag: string) =>
      get('ground?level=rw&areas=52.71', { ...planner, 'accept-encoding': 'gzip', 'if-none-match': tag });
    const tag = String(first.headers.etag);
    expect((await again(tag)).statusCode).toBe(304);
    const { db } = app.database;
    await db.updateTable('area').set({ name: 'RW Baru' }).where('code', '=', rwOf('52.71', 1)).execute();
    await sql`UPDATE publication SET version = version + 1 WHERE topic = 'areas'`.execute(db);
    expect((await again(tag)).statusCode).toBe(200);
    expect((await get('ground?level=rw&areas=52.71')).json<PlanGround>().name[0]).toBe('RW Baru');
  });

  test('the workload counts what the counts of incidents count, and nothing from outside', async () => {
    const report = async (number: number, changes: object, status = 'verified') => {
      const [column, row] = [(number - 1) % SIDE, Math.floor((number - 1) / SIDE)];
      const id = uuidv7();
      const answer = await app.http.inject({
        method: 'POST',
        url: '/api/incidents',
        payload: {
          id,
          category: 'lainnya',
          severity: 'low',
          source: 'radio',
          title: 'x',
          occurredAt: '2026-01-15T00:00:00Z',
          location: { lon: LON + (column + 0.5) * WARD, lat: LAT + (row + 0.5) * WARD },
          ...changes,
        },
      });
      expect(answer.statusCode, answer.body).toBe(201);
      await sql`UPDATE incident SET status = ${status} WHERE id = ${id}`.execute(app.database.db);
    };
    await report(1, {});
    await report(1, { severity: 'critical' });
    await report(7, { severity: 'serious' });
    await report(7, { severity: 'moderate' });
    await report(7, { source: 'patrol' });
    await report(7, {}, 'false');
    await report(7, {}, 'new');
    await report(7, { occurredAt: '2026-02-01T00:00:00Z' });
    const { db } = app.database;
    const at = (number: number) =>
      `ST_SetSRID(ST_MakePoint(${LON + ((number - 1) % SIDE) * WARD + 0.01}, ${LAT + 0.01}), 4326)`;
    for (const [id, kind, code] of [
      ['t1', 'tps', rwOf('52.71', 1)],
      ['t2', 'tps', rwOf('52.71', 1)],
      ['p1', 'pos_kamling', rwOf('52.71', 2)],
      ['k1', 'polsek', rwOf('52.71', 2)],
    ] as const)
      await sql`INSERT INTO place (id, kind, name, area_code, search_key, source, geom)
        VALUES (${id}, ${kind}, ${id}, ${code}, ${id}, 'test', ${sql.raw(at(1))})`.execute(db);
    await sql`INSERT INTO area_figure (code, figure, value, source) VALUES (${rwOf('52.71', 4)}, 'households', 120, 'test')`.execute(
      db,
    );
    // A street through RW 1 and 2, half a ward in each; one that an import replaced; and a river.
    const line = `ST_SetSRID(ST_MakeLine(ST_MakePoint(${LON + WARD / 2}, ${LAT + 0.01}), ST_MakePoint(${LON + 1.5 * WARD}, ${LAT + 0.01})), 4326)`;
    await sql`WITH old AS (INSERT INTO basemap_import (file_name, source, content_hash, owner, published_at, replaced_at)
        VALUES ('a', 'a', 'h', 'o', now(), now()) RETURNING id)
      INSERT INTO basemap_feature (import_id, kind, class, source, geom)
      SELECT NULL::int, 'street', 'primary', 'test', ${sql.raw(line)} UNION ALL SELECT NULL, 'water', '', 'test', ${sql.raw(line)}
      UNION ALL SELECT id, 'street', 'primary', 'test', ${sql.raw(line)} FROM old`.execute(db);

    const answer = await get(`workload?level=rw&areas=52.71&${SPAN}`);
    expect(answer.statusCode, answer.body).toBe(200);
    const workload = answer.json<PlanWorkload>();
    expect(Value.Check(PlanWorkload, workload)).toBe(true);
    expect(workload.code).toEqual(numbers.map((number) => rwOf('52.71', number)));
    const only = (of: Record<number, unknown>, empty: unknown = 0) => numbers.map((number) => of[number] ?? empty);
    expect(workload).toMatchObject({
      low: only({ 1: 1 }),
      moderate: only({ 7: 1 }),
      serious: only({ 7: 1 }),
      critical: only({ 1: 1 }),
      tps: only({ 1: 2 }),
      posts: only({ 2: 1 }),
      households: only({ 4: 120 }, null),
    });
    const { rows } = await sql<{ km: number }>`SELECT ST_Length(${sql.raw(line)}::geography) / 1000 AS km`.execute(db);
    const half = (rows[0]?.km ?? 0) / 2;
    expect(workload.streetKm[0]).toBeCloseTo(half, 2);
    expect(workload.streetKm[1]).toBeCloseTo(half, 2);
    expect(workload.streetKm.slice(2)).toEqual(only({}).slice(2));
    const counted = await app.http.inject({ url: `/api/hotspots/areas?level=rw&area=52.71&${SPAN}`, headers: planner });
    expect(counted.json().areas.count).toEqual(
      numbers.map((_, at) =>
        (['low', 'moderate', 'serious', 'critical'] as const).reduce((sum, of) => sum + (workload[of][at] ?? 0), 0),
      ),
    );
  });

  test('it is told of what lies within the jurisdiction, to who reads plans; what is wrong is told by its field', async () => {
    const viewer = await signInAs(app, { role: 'viewer', jurisdiction: towns.jurisdictions.area });
    const drawn = await signInAs(app, { role: 'analyst', jurisdiction: towns.jurisdictions.polygon });
    for (const [path, more] of [
      ['ground', ''],
      ['borders', ''],
      ['workload', `&${SPAN}`],
    ] as const) {
      const status = async (query: string, headers = planner) => {
        const answer = await get(`${path}?${query}${more}`, headers);
        return [answer.statusCode, answer.json().details?.[0]?.field];
      };
      expect(await status('level=rw&areas=52.71', drawn)).toEqual([200, undefined]);
      expect((await status('level=rw&areas=52.71', viewer))[0]).toBe(403);
      for (const areas of ['52', '52.08', '52.71,52.08']) {
        expect(await status(`level=rw&areas=${areas}`)).toEqual([403, 'query.areas']);
        const { body } = await get(`${path}?level=rw&areas=${areas}${more}`);
        for (const word of [towns.other.word, '52.08.01']) expect(body).not.toContain(word);
      }
      expect(await status('level=rw&areas=5271')).toEqual([400, 'query.areas']);
      expect(await status('level=rw&areas=')).toEqual([400, 'query.areas']);
      expect(await status('level=rw&areas=52.71.99')).toEqual([400, 'query.areas']);
      expect(await status(`level=desa&areas=${rwOf('52.71', 1)}`)).toEqual([400, 'query.areas']);
      expect(
        await status(
          `level=rw&areas=${Array(201)
            .fill(0)
            .map((_, at) => `52.71.01.1001.RW${String(at).padStart(3, '0')}`)}`,
        ),
      ).toEqual([400, 'query.areas']);
      expect((await status('level=kota&areas=52.71'))[0]).toBe(400);
      expect((await status('areas=52.71'))[0]).toBe(400);
      expect((await status('level=rw&areas=52.71&x=1'))[0]).toBe(400);
    }
    const turned = await get('workload?level=rw&areas=52.71&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z');
    expect([turned.statusCode, turned.json().details[0].field]).toEqual([400, 'query.to']);
    expect((await get('workload?level=rw&areas=52.71&from=kemarin&to=2026-01-01T00:00:00Z')).statusCode).toBe(400);
  });
});
