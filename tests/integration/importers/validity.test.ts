import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dayBefore, today } from '../../../data/importers/boundaries/dates.ts';
import type { App } from '../../../server/app.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { geoJsonFile, runImport, squareAt } from '../../support/imports.ts';

describe.each(engines())('areas that begin and end, on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    await sql`TRUNCATE area_current, area, area_shape, area_import, area_crosswalk CASCADE`.execute(app.database.db);
  });

  const run = (features: object[], options = {}) =>
    runImport(app.database.db, [geoJsonFile(features.map((properties, i) => ({ properties, geometry: squareAt(116 + i / 10, -8) })))], { source: 'BIG', ...options }); // biome-ignore format: one line
  const get = async (code: string) => {
    const answer = await app.http.inject(`/api/areas/${code}`);
    return { status: answer.statusCode, ...answer.json() };
  };
  const inForce = async () =>
    (await app.database.db.selectFrom('area_current').select('code').orderBy('code').execute()).map(({ code }) => code);
  const AMPENAN = '52.71.01.1004';
  const BINTARO = '52.71.01.1005';
  const UTARA = '52.71.01.1011';
  const SELATAN = '52.71.01.1012';
  const yesterday = dayBefore(today());

  test('the days of a file are kept; a day that is none is left out and reported', async () => {
    const { reports } = await run([
      { kode: AMPENAN, nama: 'Ampenan', valid_from: '2012-07-02', valid_to: '2099-12-31' },
      { kode: BINTARO, nama: 'Bintaro', valid_from: 'sejak dulu' },
      { kode: UTARA, nama: 'Utara', valid_from: '2020-01-01', valid_to: '2019-01-01' },
    ]);
    expect(await get(AMPENAN)).toMatchObject({ validFrom: '2012-07-02', validTo: '2099-12-31' });
    expect(await get(BINTARO)).toMatchObject({ validFrom: null, validTo: null });
    expect(reports[0]?.counts).toEqual({ dated: 2 });
    expect(reports[0]?.entries.map(({ note }) => note)).toEqual([
      'its first day "sejak dulu" is no date and was left out',
      'it would end (2019-01-01) before it begins (2020-01-01); both days were left out',
    ]);
  });

  test('what has ended or has not begun is not put in force', async () => {
    const { code, reports } = await run([
      { kode: AMPENAN, nama: 'Ampenan lama', valid_to: '2012-07-01' },
      { kode: AMPENAN, nama: 'Ampenan', valid_from: '2012-07-02' },
      { kode: BINTARO, nama: 'Bintaro', valid_to: '2012-07-01' },
      { kode: UTARA, nama: 'Utara', valid_from: '2099-01-01' },
    ]);
    expect(code).toBe(0);
    expect(await inForce()).toEqual([AMPENAN]);
    expect(await get(AMPENAN)).toMatchObject({ name: 'Ampenan', validFrom: '2012-07-02' });
    expect(reports[0]?.counts).toEqual({ 'not in force': 3 });
  });

  test('what a newer file no longer has is reported; --retire ends it, a dry run says so before', async () => {
    await run([
      { kode: AMPENAN, nama: 'Ampenan' },
      { kode: BINTARO, nama: 'Bintaro' },
      { kode: '52.71.02.1001', nama: 'Elsewhere' },
    ]);
    await run([{ kode: UTARA, nama: 'Utara' }], { source: 'another' });
    const newer = [{ kode: AMPENAN, nama: 'Ampenan' }];
    const told = await run(newer);
    expect(told.output).toContain(`1 areas in force of this source are not in the file: ${BINTARO} Bintaro`);
    expect(told.output).toContain('--retire ends them');
    expect(told.output).toContain('unchanged');
    const dry = await run(newer, { retire: true, dryRun: true });
    expect(dry.output).toContain(`--retire: 1 areas would end: ${BINTARO} after ${yesterday}`);
    expect(await inForce()).toHaveLength(4);

    const refused = await run([...newer, { kode: 'x' }], { retire: true });
    expect(refused.output).toContain('none was ended');
    expect(await inForce()).toHaveLength(4);

    const ended = await run(newer, { retire: true });
    expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('published as version') });
    expect(await inForce()).toEqual([AMPENAN, UTARA, '52.71.02.1001']);
    expect(await get(BINTARO)).toMatchObject({
      status: 410,
      code: 'area_replaced',
      message: expect.stringContaining(yesterday),
    });
    const shapes = await sql`SELECT 1 FROM area_shape s JOIN area a ON a.id = s.area_id WHERE a.code = ${BINTARO}`.execute(app.database.db); // biome-ignore format: one line
    expect(shapes.rows).toEqual([]);

    expect((await run(newer, { retire: true })).output).toContain('unchanged');
    // Its history outlives later imports, and it can come back.
    await run([{ kode: AMPENAN, nama: 'Ampenan Baru' }]);
    expect((await get(BINTARO)).status).toBe(410);
    await run([{ kode: BINTARO, nama: 'Bintaro' }]);
    expect(await get(BINTARO)).toMatchObject({ status: 200, validTo: null });
  });

  test('a file that names old codes says who follows whom', async () => {
    await run([{ kode: AMPENAN, nama: 'Ampenan' }]);
    const split = [
      { kode: UTARA, nama: 'Ampenan Utara', kode_lama: AMPENAN, valid_from: '2026-03-01' },
      { kode: SELATAN, nama: 'Ampenan Selatan', kode_lama: '5271011004; 52.71', valid_from: '2026-03-01' },
    ];
    const { output, reports } = await run(split, { retire: true });
    expect(output).toContain('2 old codes have successors');
    expect(output).toContain(`${AMPENAN} after 2026-02-28`);
    expect(reports[0]?.entries.map(({ note }) => note)).toEqual([
      'its old code "52.71" is not one of a desa and was left out',
    ]);
    expect(await inForce()).toEqual([UTARA, SELATAN]);
    expect(await get(AMPENAN)).toMatchObject({
      status: 410,
      details: [{ problem: `became ${UTARA} on 2026-03-01` }, { problem: `became ${SELATAN} on 2026-03-01` }],
    });
    expect((await run(split, { retire: true })).output).toContain('unchanged');
  });

  test('an incident keeps the names of areas that have ended since', async () => {
    await run([{ kode: AMPENAN, nama: 'Ampenan' }, { kode: BINTARO, nama: 'Bintaro' }]); // biome-ignore format: one line
    const id = '01975a00-0000-7000-8000-000000000001';
    await app.http.inject({
      method: 'POST',
      url: '/api/incidents',
      payload: {
        id,
        title: 'Banjir',
        category: 'bencana',
        severity: 'low',
        source: 'radio',
        occurredAt: '2026-01-01T00:00:00Z',
        location: { lon: 116.15, lat: -7.95 },
      },
    });
    const areas = async () => (await app.http.inject(`/api/incidents/${id}`)).json().areas;
    expect(await areas()).toEqual([{ code: BINTARO, name: 'Bintaro', level: 'desa' }]);
    await run([{ kode: AMPENAN, nama: 'Ampenan' }], { retire: true });
    expect(await areas()).toEqual([{ code: BINTARO, name: 'Bintaro', level: 'desa' }]);
  });
});
