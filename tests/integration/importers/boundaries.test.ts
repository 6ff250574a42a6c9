import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { readFieldMap } from '../../../data/importers/boundaries/fields.ts';
import { storeAreas } from '../../../data/importers/boundaries/store.ts';
import type { App } from '../../../server/app.ts';
import { levelOfCode, parentOfCode } from '../../../shared/area-code.ts';
import { BAND_COUNT } from '../../../shared/geo/bands.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { geoJsonFile, runImport, squareAt } from '../../support/imports.ts';
import { dbfFile, shpFile } from '../../support/shapefile.ts';

describe.each(engines())('importing boundaries on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    await sql`TRUNCATE area_current, area, area_shape, area_import CASCADE`.execute(app.database.db);
  });

  const run = (files: string[], options = {}) => runImport(app.database.db, files, options);
  const desa = (properties: unknown, geometry: unknown = squareAt(116, -8)) => ({ properties, geometry });

  async function inForce(): Promise<{ code: string; name: string; bps: string | null }[]> {
    const { rows } = await sql<{ code: string; name: string; bps: string | null }>`
      SELECT a.code, a.name, a.bps_code AS bps FROM area_current c JOIN area a ON a.id = c.area_id
      ORDER BY a.code COLLATE "C"`.execute(app.database.db);
    return rows;
  }
  async function count(what: string): Promise<number> {
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.raw(what)}`.execute(app.database.db);
    return rows[0]?.n ?? -1;
  }
  async function version(): Promise<number> {
    const row = await app.database.db
      .selectFrom('publication')
      .selectAll()
      .where('topic', '=', 'areas')
      .executeTakeFirst();
    return row?.version ?? -1;
  }

  test('an area is stored with all that is derived from it', async () => {
    const file = geoJsonFile([
      desa({ KDEPUM: '52.71.01.1004', KDEBPS: '5271010004', NAMOBJ: 'KELURAHAN AMPENAN TENGAH', nama_ketua: 'Budi' }),
    ]);
    const before = await version();
    const { code, output, reports } = await run([file], { source: 'BIG 2026' });
    expect(code).toBe(0);
    expect(output).toContain(`published as version ${before + 1}`);
    expect(reports[0]).toMatchObject({ features: 1, areas: { desa: 1 }, missingParents: ['52.71.01'] });
    expect(JSON.stringify(reports)).not.toContain('Budi');
    const { rows } = await sql<Record<string, unknown>>`
      SELECT a.name, a.bps_code, a.parent_code, a.search_key, i.source, i.report->>'features' AS features,
        abs(a.area_m2 / ST_Area(a.geom::geography) - 1) < 0.0001 AS measured, ST_Contains(a.geom, a.label_point) AS labelled,
        (SELECT array_agg(band ORDER BY band) FROM area_shape s WHERE s.area_id = a.id) AS bands
      FROM area_current c JOIN area a ON a.id = c.area_id JOIN area_import i ON i.id = a.import_id`.execute(
      app.database.db,
    );
    expect(rows).toEqual([
      {
        name: 'Ampenan Tengah',
        bps_code: '5271010004',
        parent_code: '52.71.01',
        search_key: 'ampenan tengah',
        source: 'BIG 2026',
        features: '1',
        measured: true,
        labelled: true,
        bands: [0, 1, 2, 3, 4],
      },
    ]);
  });

  test('importing twice changes nothing; a changed file replaces its areas and leaves no remains', async () => {
    const features = [desa({ kode: '52.71.01.1004', nama: 'Ampenan' }), desa({ kode: '52.71.01.1005', nama: 'Bintaro' }, squareAt(116.1, -8))]; // biome-ignore format: one line
    const file = geoJsonFile(features);
    await run([file]);
    const before = await version();
    const again = await run([file]);
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('unchanged') });
    expect(await version()).toBe(before);
    expect(await count('area_import')).toBe(1);

    await run([geoJsonFile([desa({ kode: '52.71.01.1004', nama: 'Ampenan Baru' })])]);
    expect(await version()).toBe(before + 1);
    expect((await inForce()).map(({ name }) => name)).toEqual(['Ampenan Baru', 'Bintaro']);
    expect(await count('area')).toBe(2);
    expect(await count('area_shape')).toBe(2 * BAND_COUNT);
  });

  test('a dry run says all and writes nothing', async () => {
    const before = await version();
    const { code, output } = await run([geoJsonFile([desa({ kode: '52.71.01.1004', nama: 'x' })])], { dryRun: true });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('dry run: nothing was written') });
    expect([await version(), await count('area_import'), await count('area')]).toEqual([before, 0, 0]);
  });

  test('features are refused with their reasons, the others published; --strict publishes none of them', async () => {
    const file = geoJsonFile([
      desa({ kode: '52.71.01.1004', nama: 'good' }),
      desa({ kode: '52.71.01.1005', nama: 'bow tie' }, { type: 'Polygon', coordinates: [[[106, -6], [107, -5], [107, -6], [106, -5], [106, -6]]] }), // biome-ignore format: one line
      desa({ kode: '52.71.01.1006', nama: 'nowhere' }, null),
      desa({ kode: 'x', nama: 'no code' }),
      desa({ nama: 'unknown' }),
    ]);
    const strict = await run([file], { strict: true });
    expect(strict).toMatchObject({ code: 2, output: expect.stringContaining('nothing of the file was imported') });
    expect(await inForce()).toEqual([]);
    const { code, reports } = await run([file]);
    expect(code).toBe(2);
    expect(reports[0]?.entries.map(({ feature, kind }) => [feature, kind])).toEqual([[2, 'refused'], [3, 'refused'], [4, 'refused'], [5, 'refused']]); // biome-ignore format: one line
    expect((await inForce()).map(({ code }) => code)).toEqual(['52.71.01.1004']);
  });

  test('swapped coordinates, heights, lost zeros and missing names are put right and reported', async () => {
    const swapped = { type: 'Polygon', coordinates: squareAt(116, -8).coordinates.map((ring) => ring.map(([x, y]) => [y, x, 7])) }; // biome-ignore format: one line
    const { code, reports } = await run([geoJsonFile([desa({ kode: 61.1, nama: null }, swapped)])]);
    expect(code).toBe(0);
    expect(await inForce()).toEqual([{ code: '61.10', name: '61.10', bps: null }]);
    expect(reports[0]?.entries.map(({ kind, note }) => `${kind}: ${note}`)).toEqual([
      'repaired: heights (Z) were left out',
      'repaired: latitude and longitude were swapped',
      'recoded: 61.1, a number, lost its last zero',
      'renamed: it has no name and is called 61.10',
    ]);
  });

  test('codes that may be of either register are refused, unless names in force, or --map, tell', async () => {
    // BPS's 3506011008 is 35.06.08.2006; read as Kemendagri's it would be another desa.
    const file = geoJsonFile([desa({ kode: '3506011008', nama: 'Ngasem' })]);
    const undecided = await run([file]);
    expect(undecided.code).toBe(2);
    expect(undecided.reports[0]?.entries[0]?.note).toContain('--map code=kode or --map bps=kode');
    expect(await inForce()).toEqual([]);

    await run([geoJsonFile([desa({ kdepum: '35.06.08.2006', kdebps: '3506011008', nama: 'Ngasem' })])]);
    const decided = await run([file]);
    expect(decided.code).toBe(0);
    expect(await inForce()).toEqual([{ code: '35.06.08.2006', name: 'Ngasem', bps: '3506011008' }]);

    const other = geoJsonFile([desa({ kode: '3506011009', nama: 'Lain' }, squareAt(112, -8))]);
    await run([other], { map: readFieldMap('code=kode') });
    expect((await inForce()).map(({ code }) => code)).toEqual(['35.06.01.1009', '35.06.08.2006']);
  });

  test('features of one code and name are one area; of other names they are refused', async () => {
    const { code, reports } = await run([
      geoJsonFile([
        desa({ kode: '52.71.01.1004', nama: 'Gili' }, squareAt(116, -8)),
        desa({ kode: '52.71.01.1004', nama: 'GILI' }, squareAt(116.1, -8)),
        desa({ kode: '52.71.01.1005', nama: 'A' }, squareAt(117, -8)),
        desa({ kode: '52.71.01.1005', nama: 'B' }, squareAt(118, -8)),
      ]),
    ]);
    expect(code).toBe(2);
    expect(reports[0]?.counts).toEqual({ merged: 2, refused: 2, renamed: 1 });
    expect((await inForce()).map((area) => area.code)).toEqual(['52.71.01.1004']);
    const { rows } = await sql<{ parts: number }>`SELECT ST_NumGeometries(geom) AS parts FROM area`.execute(
      app.database.db,
    );
    expect(rows).toEqual([{ parts: 1 }]);
  });

  test('RW without codes find their kelurahan by name, by spelling, by place; the others are unmatched', async () => {
    await run([
      geoJsonFile([
        desa({ kode: '31.72', nama: 'Kota Adm. Jakarta Utara' }, squareAt(106, -6, 1)),
        desa({ kode: '31.72.02', nama: 'Tanjung Priok' }, squareAt(106, -6, 1)),
        desa({ kode: '31.72.02.1001', nama: 'Tanjung Priok' }, squareAt(106, -6)),
        desa({ kode: '31.72.02.1002', nama: 'Kebon Bawang' }, squareAt(106.1, -6)),
      ]),
    ]);
    const rw = (KEL_NAME: string, RW: string | null, x: number) => ({
      properties: { KAB_NAME: 'JAKARTA UTARA', KEC_NAME: 'TANJUNG PRIOK', KEL_NAME, RW },
      geometry: squareAt(x, -5.95, 0.01),
    });
    const { code, reports } = await run([
      geoJsonFile([
        rw('KEBON BAWANG', 'RW 01', 106.11),
        rw('TANJUNG PRIUK', '018', 106.01),
        rw('NAMA LAIN', 'RW7', 106.12),
        rw('NAMA LAIN', 'RW 08', 108),
        rw('KEBON BAWANG', null, 106.13),
        rw('KEBON BAWANG', 'RW 01', 106.12),
      ]),
    ]);
    expect(code).toBe(2);
    expect((await inForce()).filter(({ code }) => code.includes('RW'))).toEqual([
      { code: '31.72.02.1001.RW018', name: 'RW 18', bps: null },
      { code: '31.72.02.1002.RW001', name: 'RW 01', bps: null },
      { code: '31.72.02.1002.RW007', name: 'RW 07', bps: null },
    ]);
    const entries = reports[0]?.entries.map(({ feature, kind, note }) => `${feature} ${kind} ${note}`) ?? [];
    expect(entries).toEqual([
      '1 matched by name to 31.72.02.1002, Kebon Bawang',
      '1 merged features 1, 6 are parts of one area and were united',
      '2 matched by spelling to 31.72.02.1001, Tanjung Priok',
      '2 renamed "018" is called RW 18',
      expect.stringMatching(/^3 matched by place to 31.72.02.1002, Kebon Bawang: no desa in force is called NAMA LAIN/),
      expect.stringMatching(/^4 unmatched no desa in force is called NAMA LAIN.*import those first/),
      '5 refused it has no RW number',
      '6 matched by name to 31.72.02.1002, Kebon Bawang',
      '6 merged features 1, 6 are parts of one area and were united',
    ]);
  });

  test('what a killed import left behind is removed by the next; what another still writes is not', async () => {
    const { db } = app.database;
    const begin = (owner: string) =>
      sql`INSERT INTO area_import (file_name, source, owner) VALUES ('x', 'x', ${owner})`.execute(db);
    await begin(`${(await import('node:os')).hostname()} 999999999`);
    await begin(`elsewhere 1`);
    await sql`INSERT INTO area (import_id, code, level, name, geom, label_point, area_m2, search_key, content_hash)
      SELECT id, '52', 'provinsi', 'x', ST_Multi(ST_MakeEnvelope(116, -8, 117, -7, 4326)), ST_SetSRID(ST_MakePoint(116.5, -7.5), 4326), 1, 'x', 'x'
      FROM area_import`.execute(db);
    await run([geoJsonFile([desa({ kode: '52.71.01.1004', nama: 'x' })])]);
    const { rows } = await sql`SELECT owner FROM area_import WHERE published_at IS NULL`.execute(db);
    expect(rows).toEqual([{ owner: 'elsewhere 1' }]);
    expect(await count('area')).toBe(2);
    await sql`UPDATE area_import SET beat_at = now() - interval '1 hour' WHERE owner = 'elsewhere 1'`.execute(db);
    await run([geoJsonFile([desa({ kode: '52.71.01.1005', nama: 'x' })])]);
    expect(await count('area_import WHERE published_at IS NULL')).toBe(0);
  });

  test('two imports at once both end whole', async () => {
    const file = (name: string) => geoJsonFile(Array.from({ length: 40 }, (_, i) => desa({ kode: `52.71.01.${1001 + i}`, nama: `${name} ${i}` }, squareAt(116 + i / 10, -8)))); // biome-ignore format: one line
    const before = await version();
    await Promise.all([run([file('satu')]), run([file('dua')])]);
    const names = new Set((await inForce()).map(({ name }) => name.split(' ')[0]));
    expect(names.size).toBe(1);
    expect(await inForce()).toHaveLength(40);
    expect(await version()).toBe(before + 2);
    await run([geoJsonFile([desa({ kode: '52', nama: 'NTB' })])]);
    expect(await count('area')).toBe(41);
  });

  test('a zipped shapefile as BIG gives it out', async () => {
    const shell: [number, number][] = [[116, -8], [116, -7.9], [116.1, -7.9], [116.1, -8], [116, -8]]; // biome-ignore format: one ring, one line
    const rows = [{ NAMOBJ: 'Ngasem', KDEPUM: '35.06.08.2006', KDEBPS: '3506011008', WADMKC: 'Gampengrejo' }];
    const path = join(inject('scratch'), `big-${engine}.zip`);
    writeFileSync(path, zipSync({ 'big.shp': shpFile([[shell]]), 'big.dbf': dbfFile(rows) }));
    const { code, reports } = await run([path]);
    expect(code).toBe(0);
    expect(reports[0]?.remarks).toEqual([expect.stringContaining('no .prj')]);
    expect(await inForce()).toEqual([{ code: '35.06.08.2006', name: 'Ngasem', bps: '3506011008' }]);
  });

  test('areas from code are stored the same way', async () => {
    const [polygon] = [squareAt(116, -8).coordinates];
    const area = { code: '98.01', level: 'kabkota' as const, name: 'Contoh', parentCode: '98', bpsCode: null, validFrom: '2026-01-01', validTo: null, geometry: [polygon] }; // biome-ignore format: one line
    const stored = await storeAreas(app.database.db, [area], { fileName: 'contoh', source: 'contoh' });
    expect(stored).toMatchObject({ outcome: 'published', areas: 1 });
    expect(await storeAreas(app.database.db, [area], { fileName: 'contoh', source: 'contoh' })).toMatchObject({
      outcome: 'unchanged',
    });
    const { rows } = await sql`SELECT valid_from::text AS "from" FROM area`.execute(app.database.db);
    expect(rows).toEqual([{ from: '2026-01-01' }]);
  });

  describe.skipIf(!inject('sharedDir'))('of real data', () => {
    const geo = (name: string) => join(inject('sharedDir'), 'geo', `${name}.geojson.gz`);

    test('Jakarta: provinces to RW, whole, valid, measured, matched', { timeout: 120_000 }, async () => {
      const files = [
        'idn_provinsi_wilayah2026',
        'idn_kabkota_wilayah2026',
        'kec_31_wilayah2026',
        'dki_kelurahan_wilayah2026',
      ];
      const wider = await run(files.map(geo));
      expect(wider.code).toBe(0);
      expect(wider.reports.map(({ areas }) => areas)).toEqual([
        { provinsi: 38 },
        { kabkota: 514 },
        { kecamatan: 44 },
        { desa: 267 },
      ]);
      expect(wider.reports.flatMap(({ missingParents }) => missingParents)).toEqual([]);

      const { code, reports } = await run([geo('jakarta_rw_osm2012')]);
      expect(code).toBe(2);
      const [report] = reports;
      expect(report?.features).toBe(2685);
      // 35 have no number; one is called "Kawasan Industri Pulogadung".
      expect(report?.counts).toMatchObject({ refused: 36, merged: expect.any(Number) });
      const matched = ['name', 'spelling', 'place'].map((how) => report?.counts[`matched by ${how}`] ?? 0);
      expect(matched.reduce((sum, n) => sum + n)).toBe(2685 - 36);
      expect(matched[0]).toBeGreaterThan(2500);
      expect(matched[2]).toBeLessThan(30);
      expect((report?.areas.rw ?? 0) + 56).toBe(2685 - 36);

      const all = await inForce();
      expect(all).toHaveLength(38 + 514 + 44 + 267 + (report?.areas.rw ?? 0));
      const codes = new Set(all.map((area) => area.code));
      for (const { code } of all) {
        expect(levelOfCode(code)).toBeDefined();
        const parent = parentOfCode(code);
        if (parent) expect(codes).toContain(parent);
      }
      expect(await count('area WHERE NOT ST_IsValid(geom)')).toBe(0);
      expect(await count('area_shape WHERE NOT ST_IsValid(geom)')).toBe(0);
      expect(await count('area WHERE NOT ST_Contains(geom, label_point)')).toBe(0);
      expect(await count('area WHERE abs(area_m2 / ST_Area(geom::geography) - 1) > 0.001')).toBe(0);
      expect(await count('area_shape')).toBe(all.length * BAND_COUNT);

      const before = await version();
      const again = await run([...files, 'jakarta_rw_osm2012'].map(geo));
      expect(again.output.match(/unchanged/g)).toHaveLength(5);
      expect(await version()).toBe(before);
    });

    test.each(['lombok_desa_wilayah2026', 'lombok_kecamatan_dissolved', 'kalsel_desa_wilayah2026'])(
      '%s',
      async (name) => {
        const { code, reports } = await run([geo(name)]);
        expect(code).toBe(0);
        expect(await inForce()).toHaveLength(reports[0]?.features ?? -1);
        expect(await count('area_shape WHERE NOT ST_IsValid(geom)')).toBe(0);
        expect((await run([geo(name)])).output).toContain('unchanged');
      },
    );

    test('hostile files are refused with a message, nothing becomes visible', { timeout: 180_000 }, async () => {
      const corpora = join(inject('sharedDir'), 'corpora');
      const folders = [join(corpora, 'check-geojson/test/fixture/bad'), join(corpora, 'homemade')];
      const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
      for (const file of files.filter((name) => !/slow-valid|bomb-star-[25]|big-valid/.test(name))) {
        const message = await run([file]).then(
          ({ code, output }) => (code === 2 ? output : ''),
          (error: Error) => (error.name === 'ImportError' ? error.message : ''),
        );
        expect(message, file).not.toMatch(/^$|TypeError|undefined/);
      }
      expect([await count('area_current'), await count('area_import')]).toEqual([0, 0]);
    });

    test.each(['bomb-star-501', 'bowtie', 'hole-outside', 'antimeridian-crossing'])(
      '%s is refused, nothing becomes visible',
      async (name) => {
        const geometry = JSON.parse(
          readFileSync(join(inject('sharedDir'), `corpora/homemade/${name}.geojson`), 'utf8'),
        );
        const { code, reports } = await run([geoJsonFile([desa({ kode: '52.71.01.1004', nama: 'x' }, geometry)])]);
        expect(code).toBe(2);
        expect(reports[0]?.counts).toEqual({ refused: 1 });
        expect(await inForce()).toEqual([]);
      },
    );
  });
});
