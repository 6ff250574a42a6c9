import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import type { AreaHit, AreaSummary } from '../../../shared/schemas/area.ts';
import { box, putAreas, readRealAreas } from '../../support/areas.ts';
import { engines, freshApp } from '../../support/engines.ts';

describe.each(engines())('areas on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    await putAreas(app.database.db, [
      box('98', 'Provinsi Contoh', [110, -8, 110.4, -7.6]),
      box('98.71', 'Kota Tirta Contoh', [110, -8, 110.2, -7.6]),
      box('98.72', 'Kota Wana Contoh', [110.2, -8, 110.4, -7.6]),
      box('98.71.01', 'Ampenan', [110, -8, 110.1, -7.8]),
      box('98.71.02', 'Tanjung Priok', [110.1, -8, 110.2, -7.8]),
      // The two overlap in a strip of 0.001° that the line between their kecamatan halves.
      box('98.71.01.1001', 'Ampenan Utara', [110.05, -7.9, 110.1005, -7.8]),
      box('98.71.02.1001', 'Tanjung Priok', [110.0995, -7.9, 110.15, -7.8]),
      // Gap of about 22 m to the one above, and of about 22 m to its twin.
      box('98.71.02.1002', 'Kebon Bawang', [110.1502, -7.9, 110.18, -7.8]),
      box('98.71.02.1002.RW001', 'RW 001', [110.1502, -7.85, 110.16, -7.8]),
    ]);
  });
  afterAll(() => app?.close());

  const at = async (lon: number, lat: number): Promise<AreaHit[]> => {
    const answer = await app.http.inject(`/api/areas/at?lon=${lon}&lat=${lat}`);
    expect(answer.statusCode).toBe(200);
    return answer.json().areas;
  };
  const search = async (query: string): Promise<AreaSummary[]> => {
    const answer = await app.http.inject(`/api/areas?${query}`);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json().areas;
  };

  test('a point lies in an area of every level, widest first', async () => {
    const hits = await at(110.155, -7.82);
    expect(hits.map((hit) => hit.code)).toEqual(['98', '98.71', '98.71.02', '98.71.02.1002', '98.71.02.1002.RW001']);
    expect(hits.every((hit) => hit.match === 'inside' && hit.distanceM === 0)).toBe(true);
  });

  test('where two overlap, the one whose kecamatan also has the point is taken', async () => {
    expect((await at(110.0998, -7.85)).at(-1)?.code).toBe('98.71.01.1001');
    expect((await at(110.1003, -7.85)).at(-1)?.code).toBe('98.71.02.1001');
  });

  test('a point in a gap goes to the nearest within 50 m, marked so', async () => {
    const hits = await at(110.15005, -7.85);
    expect(hits.slice(0, 3).every((hit) => hit.match === 'inside')).toBe(true);
    expect(hits[3]).toMatchObject({ code: '98.71.02.1001', match: 'nearest' });
    expect(hits[3]?.distanceM).toBeCloseTo(5.52, 1);
  });

  test('beyond 50 m of every coast there is nothing; within, everything is marked nearest', async () => {
    expect(await at(109, -7.9)).toEqual([]);
    expect(await at(109.9995, -7.9)).toEqual([]);
    const hits = await at(109.9997, -7.9);
    expect(hits.map((hit) => [hit.code, hit.match])).toEqual([
      ['98', 'nearest'],
      ['98.71', 'nearest'],
      ['98.71.01', 'nearest'],
    ]);
  });

  test.each([
    ['lon=190&lat=1', 'querystring.lon'],
    ['lon=abc&lat=1', 'querystring.lon'],
    ['lon=NaN&lat=1', 'querystring.lon'],
    ['lon=1', 'querystring.lat'],
    ['lon=1&lat=-90.1', 'querystring.lat'],
    ['lon=1&lat=1&radius=5', 'querystring.radius'],
  ])('at?%s is refused by the name of the field', async (query, field) => {
    const answer = await app.http.inject(`/api/areas/at?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().details[0].field).toBe(field);
  });

  test.each([
    ['q=ampenan', '98.71.01'],
    ['q=kel. ampenan', '98.71.01.1001'],
    ['q=Kota Tirta', '98.71'],
    ['q=priuk', '98.71.02'],
    ['q=Tandjoeng Priok&level=desa', '98.71.02.1001'],
    ['q=kebun', '98.71.02.1002'],
    ['q=utara', '98.71.01.1001'],
    ['q=ampnan', '98.71.01'],
    ['q=prok', '98.71.02'],
    ['q=bwang', '98.71.02.1002'],
    ['q=98.71', '98.71'],
    ['q=9871', '98.71'],
    ['q=987102', '98.71.02'],
    ['q=9871021002', '98.71.02.1002'],
    ['q=98.71.02.1002.rw', '98.71.02.1002.RW001'],
    ['q=a', '98.71.01'],
    ['q=contoh&parent=98', '98.71'],
  ])('search %s finds %s first', async (query, code) => {
    expect((await search(encodeURI(query)))[0]?.code).toBe(code);
  });

  test('search tells the way up', async () => {
    expect((await search('q=kebon'))[0]).toEqual({
      code: '98.71.02.1002',
      name: 'Kebon Bawang',
      level: 'desa',
      parent: '98.71.02',
      path: ['Tanjung Priok', 'Kota Tirta Contoh', 'Provinsi Contoh'],
    });
  });

  test('a parent without more means its children; with a level, all beneath', async () => {
    expect((await search('parent=98.71')).map((area) => area.code)).toEqual(['98.71.01', '98.71.02']);
    expect((await search('parent=98.71&level=desa')).map((area) => area.code)).toEqual([
      '98.71.01.1001',
      '98.71.02.1001',
      '98.71.02.1002',
    ]);
    expect(await search('limit=3')).toHaveLength(3);
  });

  test.each(['q=%25', 'q=_', "q=';select 1--", 'q=(((', `q=${'x'.repeat(100)}`, 'q=%00', 'q=💥'])(
    'search %s answers calmly',
    async (query) => {
      expect((await app.http.inject(`/api/areas?${encodeURI(query).replaceAll('%25', '%')}`)).statusCode).toBeLessThan(
        500,
      );
    },
  );

  test.each(['level=negara', 'parent=abc', 'limit=0', 'limit=9999', `q=${'x'.repeat(101)}`, 'sort=name'])(
    'areas?%s is refused',
    async (query) => {
      const answer = await app.http.inject(`/api/areas?${query}`);
      expect(answer.statusCode).toBe(400);
      expect(answer.json().details[0].field).toBe(`querystring.${query.split('=')[0]}`);
    },
  );

  test('one area in detail', async () => {
    const answer = await app.http.inject('/api/areas/98.71.02');
    expect(answer.json()).toMatchObject({
      code: '98.71.02',
      name: 'Tanjung Priok',
      path: ['Kota Tirta Contoh', 'Provinsi Contoh'],
      bounds: [110.1, -8, 110.2, -7.8],
      source: 'test',
      childCount: 2,
    });
    expect(answer.json().areaKm2).toBeCloseTo(243.7, 0);
  });

  test('the shape of an area is a GeoJSON feature', async () => {
    const answer = await app.http.inject('/api/areas/98.71.02/geometry?band=1');
    expect(answer.json()).toMatchObject({ type: 'Feature', properties: { code: '98.71.02' } });
    expect(answer.json().geometry.coordinates[0][0]).toHaveLength(5);
    expect((await app.http.inject('/api/areas/98.71.02/geometry?band=9')).statusCode).toBe(400);
  });

  test('an old code is answered with what took its place', async () => {
    await app.database.db
      .insertInto('area_crosswalk')
      .values([
        { old_code: '98.73', new_code: '98.71', since: '2022-06-30' },
        { old_code: '98.73', new_code: '98.72', since: null },
      ])
      .execute();
    for (const url of ['/api/areas/98.73', '/api/areas/98.73/geometry']) {
      const answer = await app.http.inject(url);
      expect(answer.statusCode).toBe(410);
      expect(answer.json()).toEqual({
        code: 'area_replaced',
        message: 'params.code: 98.73 is no longer in force; it became 98.71, 98.72.',
        details: [
          { field: 'params.code', problem: 'became 98.71 on 2022-06-30' },
          { field: 'params.code', problem: 'became 98.72' },
        ],
        successors: [
          { code: '98.71', name: 'Kota Tirta Contoh', since: '2022-06-30' },
          { code: '98.72', name: 'Kota Wana Contoh' },
        ],
      });
    }
    expect((await app.http.inject('/api/areas/98.99')).statusCode).toBe(404);
    expect((await app.http.inject('/api/areas/9871')).statusCode).toBe(400);
  });

  describe.skipIf(!inject('sharedDir'))('with real boundaries', () => {
    test('the boundaries are put in force', async () => {
      for (const file of ['idn_provinsi_wilayah2026', 'kec_31_wilayah2026', 'dki_kelurahan_wilayah2026']) {
        await putAreas(app.database.db, readRealAreas(inject('sharedDir'), file));
      }
    });

    test.each([
      ['q=priuk', '31.72.02'],
      ['q=TANJUNG PRIUK&level=kecamatan', '31.72.02'],
      ['q=KELURAHAN KEBUN BAWANG', '31.72.02.1005'],
      ['q=menteng', '31.71.06'],
      ['q=dki jakarta', '31'],
      ['q=gelora', '31.71.07.1001'],
      ['q=3174', '31.74.01'],
      ['q=jakarta', '31'],
      ['q=sumatra utara', '12'],
      ['q=jogja', '34'],
      ['q=Prop. Djawa Timoer', '35'],
    ])('search %s finds %s first', async (query, code) => {
      const found = await search(encodeURI(query));
      expect(found.map((area) => `${area.code} ${area.name}`)[0]).toMatch(new RegExp(`^${code} `));
    });

    test('Monas lies in Gambir', async () => {
      expect((await at(106.8272, -6.1754)).map((hit) => hit.name)).toEqual([
        'Daerah Khusus Ibukota Jakarta',
        'Gambir',
        'Gambir',
      ]);
    });
  });
});
