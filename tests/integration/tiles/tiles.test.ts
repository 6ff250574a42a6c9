import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { storeAreas } from '../../../data/importers/boundaries/store.ts';
import type { App } from '../../../server/app.ts';
import { readEwkb } from '../../../server/tiles/wkb.ts';
import { bandOfZoom } from '../../../shared/geo/bands.ts';
import { Projection } from '../../../shared/tiles/projection.ts';
import { box, prepareAreas, putAreas, readRealAreas } from '../../support/areas.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { type DecodedFeature, decodeTile, tileAt } from '../../support/tiles.ts';

describe.each(engines())('tiles on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    await putAreas(app.database.db, [
      box('98', 'Provinsi Contoh', [110, -8, 110.4, -7.6]),
      box('98.71', 'Kota Tirta Contoh', [110, -8, 110.2, -7.6]),
      box('98.71.01', 'Ampenan', [110, -8, 110.1, -7.8]),
      box('98.71.02', 'Tanjung Priok', [110.1, -8, 110.2, -7.8]),
      box('98.71.01.1001', 'Ampenan Utara', [110.05, -7.9, 110.1, -7.8]),
      box('98.71.02.1001', 'Tanjung Priok', [110.1, -7.9, 110.15, -7.8]),
      box('98.72', 'Kabupaten tanpa kecamatan', [110.2, -8, 110.4, -7.6]),
      box('97.01.01.2001', 'Desa tanpa kecamatan', [111, -7.9, 111.1, -7.8]),
    ]);
  });
  afterAll(() => app?.close());

  const tile = async (source: 'areas' | 'base', lon: number, lat: number, z: number) => {
    const [x, y] = tileAt(lon, lat, z);
    const answer = await app.http.inject(`/tiles/${source}/${z}/${x}/${y}.mvt`);
    expect(answer.statusCode).toBe(200);
    return decodeTile(answer.rawPayload);
  };
  const codes = (features: DecodedFeature[] = []) => features.map(({ properties }) => properties.code);

  test.each([
    [4, ['98'], []],
    [7, ['98.71', '98.72', '97.01.01.2001'], ['98']],
    [10, ['98.71.01', '98.71.02'], ['98.71']],
    [12, ['98.71.01.1001', '98.71.02.1001'], ['98.71.01', '98.71.02']],
    [14, ['98.71.01.1001', '98.71.02.1001'], ['98.71.01']],
  ])('at zoom %i the level of that zoom, outlined by the wider one', async (z, areas, borders) => {
    const layers = await tile('areas', 110.1, -7.85, z);
    expect(codes(layers.area)).toEqual(expect.arrayContaining(areas));
    expect(codes(layers.border)).toEqual(borders);
    for (const { type, parts } of layers.area ?? []) {
      expect(type).toBe(3);
      expect(parts.flat().every(([x, y]) => x >= -64 && x <= 4160 && y >= -64 && y <= 4160)).toBe(true);
    }
  });

  test('what was not imported is stood in for by the wider level, or the narrower', async () => {
    expect(codes((await tile('areas', 110.3, -7.7, 12)).area)).toEqual(['98.72']);
    expect(codes((await tile('areas', 111.05, -7.85, 9)).area)).toContain('97.01.01.2001');
  });

  const levelTile = async (level: string, lon: number, lat: number, z: number) => {
    const [x, y] = tileAt(lon, lat, z);
    const answer = await app.http.inject(`/tiles/areas/${z}/${x}/${y}.mvt?level=${level}`);
    expect(answer.statusCode, answer.body).toBe(200);
    return decodeTile(answer.rawPayload);
  };

  test.each([
    ['desa', 7, ['98.71.01.1001', '98.71.02.1001', '97.01.01.2001'], ['98.71', '98.72'], []],
    ['desa', 14, ['98.71.01.1001', '98.71.02.1001'], ['98.71.01'], ['98.71.01.1001', '98.71.02.1001']],
    ['kecamatan', 11, ['98.71.01', '98.71.02'], ['98.71'], ['98.71.01', '98.71.02']],
    ['kabkota', 9, ['98.71', '98.72'], ['98'], ['98.71', '98.72']],
    ['provinsi', 12, ['98'], [], ['98']],
  ])('level %s at zoom %i: surfaces of it alone, within a wider border', async (level, z, areas, borders, named) => {
    const layers = await levelTile(level, 110.1 - 1e-4, -7.85, z);
    expect(codes(layers.area).sort()).toEqual(areas.toSorted());
    expect(codes(layers.border)).toEqual(borders);
    expect(codes(layers.area?.filter(({ properties }) => 'name' in properties)).sort()).toEqual(named);
    const unnamed = areas.filter((code) => !named.includes(code));
    expect(codes(layers.label).filter((code) => unnamed.includes(String(code)))).toEqual([]);
  });

  test('a level is not drawn from where its areas cannot be told apart', async () => {
    const layers = await levelTile('desa', 110.1, -7.85, 5);
    expect(layers.area).toBeUndefined();
    expect(codes(layers.border)).toEqual(['98']);
  });

  test('tiles of levels have ETags of their own, and an import changes them', async () => {
    const [x, y] = tileAt(110.1, -7.85, 12);
    const url = `/tiles/areas/12/${x}/${y}.mvt`;
    const etags = new Set<string>();
    for (const query of ['', '?level=kabkota', '?level=kecamatan']) {
      const first = await app.http.inject(url + query);
      const etag = String(first.headers.etag);
      etags.add(etag);
      const again = await app.http.inject({ url: url + query, headers: { 'if-none-match': etag } });
      expect(again.statusCode).toBe(304);
    }
    expect(etags.size).toBe(3);
    const announced = new Promise((resolve) => app.bus.once('areas.published', resolve));
    await putAreas(app.database.db, [box('98.71.02.1001', 'Priok Baru', [110.1, -7.9, 110.15, -7.8])]);
    await announced;
    const names = (await levelTile('desa', 110.1, -7.85, 12)).area?.map(({ properties }) => properties.name);
    expect(names).toContain('Priok Baru');
    expect(etags).not.toContain((await app.http.inject(`${url}?level=kecamatan`)).headers.etag);
  });

  test.each(['level=kota', 'level=', 'level=desa&level=rw', 'levels=desa'])('?%s is refused by name', async (query) => {
    const answer = await app.http.inject(`/tiles/areas/5/1/1.mvt?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().details[0].field).toMatch(/^querystring\.levels?$/);
  });

  test('a label stands in just one tile of a zoom, with its rank', async () => {
    const z = 11;
    const [left, top] = tileAt(110, -7.6, z);
    const [right, bottom] = tileAt(110.2, -8, z);
    const found: DecodedFeature[] = [];
    for (let x = left - 1; x <= right + 1; x++) {
      for (let y = top - 1; y <= bottom + 1; y++) {
        const answer = await app.http.inject(`/tiles/areas/${z}/${x}/${y}.mvt`);
        found.push(...(decodeTile(answer.rawPayload).label ?? []));
      }
    }
    const desa = found.filter(({ properties }) => properties.level === 'desa');
    expect(codes(desa).sort()).toEqual(['98.71.01.1001', '98.71.02.1001']);
    const wider = found.filter(({ properties }) => properties.level === 'kecamatan');
    expect(Number(wider[0]?.properties.rank)).toBeLessThan(Number(desa[0]?.properties.rank));
  });

  test('a tile with nothing in it has no bytes', async () => {
    const answer = await app.http.inject('/tiles/areas/14/0/0.mvt');
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload).toHaveLength(0);
    expect(answer.headers.etag).toBeTruthy();
  });

  test('who has the tile already is told so', async () => {
    const [x, y] = tileAt(110.1, -7.85, 12);
    const url = `/tiles/areas/12/${x}/${y}.mvt`;
    const first = await app.http.inject(url);
    const etag = String(first.headers.etag);
    expect(first.headers).toMatchObject({
      'content-type': 'application/vnd.mapbox-vector-tile',
      'cache-control': 'no-cache',
    });
    for (const known of [etag, `"other", W/${etag}`, '*']) {
      const again = await app.http.inject({ url, headers: { 'if-none-match': known } });
      expect(again.statusCode).toBe(304);
      expect(again.rawPayload).toHaveLength(0);
      expect(again.headers.etag).toBe(etag);
    }
    expect((await app.http.inject({ url, headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200);
  });

  test('an import changes the tiles and their ETags, and is announced', async () => {
    const [x, y] = tileAt(110.1, -7.85, 12);
    const url = `/tiles/areas/12/${x}/${y}.mvt`;
    const etag = String((await app.http.inject(url)).headers.etag);
    const announced = new Promise<{ version: number }>((resolve) => app.bus.once('areas.published', resolve));
    await putAreas(app.database.db, [box('98.71.01.1001', 'Ampenan Baru', [110.05, -7.9, 110.1, -7.81])]);
    expect((await announced).version).toBe(Number.parseInt(etag.slice(1), 10) + 1);
    const answer = await app.http.inject({ url, headers: { 'if-none-match': etag } });
    expect(answer.statusCode).toBe(200);
    const names = decodeTile(answer.rawPayload).area?.map(({ properties }) => properties.name);
    expect(names).toContain('Ampenan Baru');
    expect(names).not.toContain('Ampenan Utara');
  });

  test('the base map has a layer for each kind', async () => {
    await sql`INSERT INTO basemap_feature (kind, class, name, min_zoom, source, geom) VALUES
      ('street', 'primary', 'Jalan Contoh', 8, 'test', ST_GeomFromText('LINESTRING(110 -7.8, 110.1 -7.8, 110.2 -7.9)', 4326)),
      ('street', 'path', NULL, 15, 'test', ST_GeomFromText('LINESTRING(110 -7.81, 110.2 -7.81)', 4326)),
      ('water', '', 'Danau', 0, 'test', ST_GeomFromText('POLYGON((110.1 -7.8, 110.12 -7.8, 110.12 -7.82, 110.1 -7.8))', 4326))
    `.execute(app.database.db);
    await sql`UPDATE publication SET version = version + 1 WHERE topic = 'basemap'`.execute(app.database.db);
    await new Promise((resolve) => app.bus.once('basemap.published', resolve));
    const layers = await tile('base', 110.1, -7.8, 10);
    expect(Object.keys(layers)).toEqual(['street', 'water']);
    expect(layers.street?.map(({ properties }) => properties)).toEqual([{ class: 'primary', name: 'Jalan Contoh' }]);
    expect(layers.water?.[0]?.type).toBe(3);
  });

  test.each([
    '0/1/0',
    '23/0/0',
    '-1/0/0',
    '5/99/0',
    '5/0/32',
    '5/NaN/0',
    '5/1e1/0',
    '5/1/1.5',
    '5/01/1',
    '5/1/',
    '5/1/%31%2f',
    '5/1/1.mvt?v=1',
    '5/1/1.mvt?from[]=a',
    "';select pg_sleep(5)--/5/1",
    '99999999/1/1',
    '99999999999999999999/1/1',
  ])('a tile that is none is refused: %s', async (path) => {
    for (const source of ['areas', 'base', 'incidents']) {
      const [numbers, query] = path.split('.mvt');
      const answer = await app.http.inject(`/tiles/${source}/${numbers}.mvt${query ?? ''}`);
      expect(answer.statusCode, answer.body).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode).toBeLessThan(500);
      expect(answer.json().code).toBeTruthy();
    }
  });

  test('the field that is off the grid is named', async () => {
    const problem = async (path: string) => (await app.http.inject(`/tiles/areas/${path}.mvt`)).json().details[0].field;
    expect(await problem('23/0/0')).toBe('params.z');
    expect(await problem('5/32/0')).toBe('params.x');
    expect(await problem('5/0/32')).toBe('params.y');
    expect(await problem('5/1e1/0')).toBe('params.x');
  });

  describe.skipIf(!inject('sharedDir'))('with real data', () => {
    test('hostile tile parameters are answered 4xx', async () => {
      const lines = readFileSync(join(inject('sharedDir'), 'corpora/homemade/tile-params.txt'), 'utf8');
      for (const line of lines.split('\n').filter(Boolean)) {
        for (const url of [line, line.replace('incidents', 'areas'), `${line.replace('incidents', 'areas')}.mvt`]) {
          if (url === '/tiles/areas/0/0/0.mvt') continue;
          const { statusCode } = await app.http.inject(url.startsWith('/') ? url : `/${url}`);
          // Beside the tiles stands the page: `/%2e%2e/` is its root, to a browser as to us.
          expect(statusCode < 500, url).toBe(true);
          if (url.startsWith('/tiles')) expect(statusCode, url).toBeGreaterThanOrEqual(400);
        }
      }
    });

    test('neighbouring desa of Lombok share every edge between them, at every zoom', async () => {
      const { db } = app.database;
      const published = new Promise((resolve) => app.bus.once('areas.published', resolve));
      await storeAreas(db, prepareAreas(readRealAreas(inject('sharedDir'), 'lombok_desa_wilayah2026')), {
        fileName: 'lombok_desa',
        source: 'test',
      });
      await published;
      let checked = 0;
      for (const z of [11, 12, 13, 14]) {
        const [x, y] = tileAt(116.11, -8.58, z);
        const answer = await app.http.inject({
          url: `/tiles/areas/${z}/${x}/${y}.mvt`,
          headers: { 'accept-encoding': 'gzip' },
        });
        expect(answer.headers['content-encoding']).toBe('gzip');
        const { area = [] } = decodeTile(gunzipSync(answer.rawPayload));
        const drawn = new Map(area.map(({ properties, parts }) => [properties.code, new Set(parts.flatMap(edges))]));
        const projection = new Projection({ z, x, y });
        const { rows } = await sql<{ code: string; shape: string }>`
          SELECT a.code, s.geom AS shape FROM area_shape s JOIN area_current c USING (area_id)
          JOIN area a ON a.id = s.area_id WHERE s.level = 'desa' AND s.band = ${bandOfZoom(z)}::smallint`.execute(db);
        const owners = new Map<string, string[]>();
        for (const { code, shape } of rows) {
          if (!drawn.has(code)) continue;
          for (const ring of readEwkb(shape, projection).polygons.flat()) {
            const points = Array.from({ length: ring.length / 2 + 1 }, (_, i): [number, number] => {
              const at = (2 * i) % ring.length;
              return [Math.round(ring[at] ?? 0), Math.round(ring[at + 1] ?? 0)];
            });
            for (const edge of edges(points)) owners.set(edge, [...(owners.get(edge) ?? []), code]);
          }
        }
        for (const [edge, codes] of owners) {
          const [one, other] = codes;
          if (
            codes.length !== 2 ||
            one === other ||
            !edge.split(/[ ,]/).every((value) => +value >= 0 && +value <= 4096)
          ) {
            continue;
          }
          expect([edge, drawn.get(one)?.has(edge), drawn.get(other)?.has(edge)]).toEqual([edge, true, true]);
          checked++;
        }
      }
      expect(checked).toBeGreaterThan(1000);
    });
  });
});

/** The edges of a closed line, each written the same way whichever end it is drawn from. */
function edges(points: [number, number][]): string[] {
  return points.slice(1).flatMap((point, i) => {
    const [a, b] = [points[i]?.join(), point.join()].sort();
    return a === b ? [] : `${a} ${b}`;
  });
}
