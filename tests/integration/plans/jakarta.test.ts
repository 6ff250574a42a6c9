import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { importStreets } from '../../../data/importers/streets/command.ts';
import { Terminal } from '../../../data/importers/terminal.ts';
import type { App } from '../../../server/app.ts';
import { readGround } from '../../../shared/plans/ground.ts';
import type { PlanBorders, PlanGround, PlanWorkload } from '../../../shared/schemas/plan.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { runImport } from '../../support/imports.ts';

const ASKED = 'level=rw&areas=31';

// On one engine: what is asked of the database here is asked of both in ground.test.ts.
describe.skipIf(!inject('sharedDir')).each(engines().slice(-1))('plans of the RW of Jakarta on %s', (engine) => {
  let app: App;
  let ground: PlanGround;
  beforeAll(async () => {
    app = await freshApp(engine);
    const geo = (name: string) => join(inject('sharedDir'), 'geo', `${name}.geojson.gz`);
    const { db } = app.database;
    await runImport(db, ['kec_31_wilayah2026', 'dki_kelurahan_wilayah2026', 'jakarta_rw_osm2012'].map(geo));
    const options = { source: 'OSM', dryRun: false, strict: false, reportFile: undefined };
    await importStreets(db, [geo('jakarta_roads_osm2012')], options, new Terminal({ write: () => {} }));
    ground = (await app.http.inject(`/api/plans/ground?${ASKED}`)).json();
  }, 180_000);
  afterAll(() => app?.close());

  const each = <Value>(make: (area: number) => Value) => ground.code.map((_, area) => make(area));
  const neighboursOf = (area: number) => ground.neighbour.slice(ground.start[area], ground.start[area + 1]);

  test('every RW has the length of its outline, and the borders with its neighbours, as the database measures them', async () => {
    expect(ground.code.length).toBeGreaterThan(2_500);
    expect(each((area) => ground.kecamatanName[ground.kecamatan[area] ?? ''] ?? '')).not.toContain('');
    const { rows } = await sql<{ code: string; metres: number }>`
      SELECT c.code, ST_Perimeter(s.geom::geography) AS metres FROM area_current c
      JOIN area_shape s ON s.area_id = c.area_id AND s.band = 3 WHERE c.level = 'rw'`.execute(app.database.db);
    const metres = new Map(rows.map((row) => [row.code, row.metres]));
    const off = each((area) => Math.abs((ground.outlineM[area] ?? 0) / (metres.get(ground.code[area] ?? '') ?? 0) - 1));
    expect(Math.max(...off)).toBeLessThan(0.002);

    // Of one kecamatan, pair by pair.
    const { rows: pairs } = await sql<{ a: string; b: string; metres: number }>`
      SELECT a.code AS a, b.code AS b, ST_Length(ST_CollectionExtract(
        ST_Intersection(ST_Boundary(sa.geom), ST_Boundary(sb.geom)), 2)::geography) AS metres
      FROM area_current a JOIN area_shape sa ON sa.area_id = a.area_id AND sa.band = 3
      JOIN area_shape sb ON sb.band = 3 AND sb.geom && sa.geom JOIN area_current b ON b.area_id = sb.area_id
      WHERE a.level = 'rw' AND b.level = 'rw' AND a.code LIKE '31.71.01.%' AND a.code <> b.code`.execute(
      app.database.db,
    );
    const told = new Map(
      each((area) =>
        neighboursOf(area).map(
          (other, at) => [area, other, ground.borderM[(ground.start[area] ?? 0) + at] ?? 0] as const,
        ),
      )
        .flat()
        .map(([area, other, length]) => [`${ground.code[area]} ${ground.code[other]}`, length]),
    );
    expect(pairs.length).toBeGreaterThan(100);
    for (const { a, b, metres: length } of pairs) {
      const border = told.get(`${a} ${b}`) ?? 0;
      expect(Math.abs(border - length), `${a} ${b}: ${border} m, ${length} m`).toBeLessThan(1);
    }
  });

  test('who is whose neighbour is said by both, with the same border, and all lie on one land', () => {
    const { starts, neighbours, borderM, lands } = readGround(ground);
    for (let area = 0; area < ground.code.length; area++) {
      for (let entry = starts[area] ?? 0; entry < (starts[area + 1] ?? 0); entry++) {
        const other = neighbours[entry] ?? 0;
        const back = (starts[other] ?? 0) + neighboursOf(other).indexOf(area);
        expect([area, other, borderM[back]]).toEqual([area, other, borderM[entry]]);
      }
    }
    expect(lands).toBe(1);
  });

  test('every border is drawn once, and its streets are those of the city', async () => {
    const borders = (await app.http.inject(`/api/plans/borders?${ASKED}`)).json<PlanBorders>();
    const pairs = new Set(borders.a.map((a, line) => `${a} ${borders.b[line]}`));
    for (let area = 0; area < ground.code.length; area++)
      for (const other of neighboursOf(area)) if (other > area) expect(pairs).toContain(`${area} ${other}`);
    expect(borders.b.every((b, line) => b === -1 || b > (borders.a[line] ?? 0))).toBe(true);

    const span = 'from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z';
    const { streetKm } = (await app.http.inject(`/api/plans/workload?${ASKED}&${span}`)).json<PlanWorkload>();
    const { rows } = await sql<{ km: number }>`
      SELECT sum(ST_Length(geom::geography)) / 1000 AS km FROM basemap_feature WHERE kind = 'street'`.execute(
      app.database.db,
    );
    const within = streetKm.reduce((sum, km) => sum + km, 0) / (rows[0]?.km ?? 0);
    // Some streets leave the city, and some of its RW have no number to be imported by.
    expect(within).toBeGreaterThan(0.95);
    expect(within).toBeLessThan(1.001);
  });
});
