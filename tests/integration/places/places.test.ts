import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import { searchKey } from '../../../shared/geo/names.ts';
import type { Place } from '../../../shared/schemas/place.ts';
import { engines, freshApp } from '../../support/engines.ts';

describe.each(engines())('places on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    for (const [id, kind, name, lon, lat] of [
      ['p1', 'pos_kamling', 'Pos Kamling Melati', 116.1, -8.5],
      ['p2', 'pos_kamling', 'Pos Kamling Mawar', 116.2, -8.6],
      ['t1', 'tps', 'TPS 012 Kebon Sari', 116.11, -8.51],
      ['s1', 'polsek', 'Polsek Ampenan', 116.08, -8.57],
    ] as const) {
      await sql`INSERT INTO place (id, kind, name, area_code, search_key, source, geom) VALUES
        (${id}, ${kind}, ${name}, '52.71.01', ${searchKey(name)}, 'test', ST_SetSRID(ST_MakePoint(${lon}, ${lat}), 4326))
      `.execute(app.database.db);
    }
  });
  afterAll(() => app?.close());

  const find = async (query: string): Promise<Place[]> => {
    const answer = await app.http.inject(`/api/places?${query}`);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json().places;
  };

  test('in a window', async () => {
    expect((await find('bbox=116.09,-8.55,116.12,-8.45')).map((place) => place.id)).toEqual(['p1', 't1']);
    expect(await find('bbox=0,0,1,1')).toEqual([]);
  });

  test('of a kind, by name', async () => {
    expect((await find('kind=pos_kamling')).map((place) => place.name)).toEqual([
      'Pos Kamling Mawar',
      'Pos Kamling Melati',
    ]);
    expect(await find('limit=1')).toHaveLength(1);
  });

  test.each([
    ['melati', 'p1'],
    ['ampenan', 's1'],
    ['TPS kebun', 't1'],
    ['kebunsari', 't1'],
    ['mlati', 'p1'],
  ])('by name, tolerant of spelling: %s', async (q, id) => {
    expect((await find(`q=${encodeURIComponent(q)}`))[0]).toMatchObject({ id, areaCode: '52.71.01' });
  });

  test('one by its id', async () => {
    const answer = await app.http.inject('/api/places/p1');
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { id: 'p1', kind: 'pos_kamling', name: 'Pos Kamling Melati', areaCode: '52.71.01', lon: 116.1, lat: -8.5 },
    ]);
  });

  test.each([
    ['p9', 404, 'not_found'],
    ["p1'%20OR%20true--", 404, 'not_found'],
    ['..%2Funits', 400, 'invalid_request'],
    ['%00', 400, 'invalid_request'],
    ['%ff', 400, 'invalid_request'],
    ['p1?deep=1', 400, 'invalid_request'],
  ])('no place at /api/places/%s', async (path, status, code) => {
    const answer = await app.http.inject(`/api/places/${path}`);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  test.each([
    ['bbox=1,2,3', 'query.bbox'],
    ['bbox=a,b,c,d', 'query.bbox'],
    ['bbox=1,2,3,NaN', 'query.bbox'],
    ['bbox=1,2,3,1e400', 'query.bbox'],
    ['bbox=3,2,1,4', 'query.bbox'],
    ['bbox=1,4,3,2', 'query.bbox'],
    ['bbox=-181,2,3,4', 'query.bbox'],
    ['bbox=1,2,3,91', 'query.bbox'],
    ['kind=warung', 'querystring.kind'],
    ['limit=0', 'querystring.limit'],
    ['radius=3', 'querystring.radius'],
  ])('%s is refused by the name of the field', async (query, field) => {
    const answer = await app.http.inject(`/api/places?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().details[0].field).toBe(field);
  });
});
