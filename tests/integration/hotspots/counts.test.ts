import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import { cellAt } from '../../../shared/geo/grid.ts';
import type {
  AreaCounts,
  AreaNeighbours,
  CellCounts,
  CountedPoints,
  CountSeries,
} from '../../../shared/schemas/hotspot.ts';
import type { NewIncident } from '../../../shared/schemas/incident.ts';
import { box, putAreas } from '../../support/areas.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { report } from '../../support/reports.ts';

/** A kecamatan of two by two desa, each a tenth of a degree wide, and another kecamatan without incidents beside it. */
const AREAS = [
  box('52', 'Provinsi', [116, -9, 116.3, -8.8]),
  box('52.71', 'Kota', [116, -9, 116.3, -8.8]),
  box('52.71.01', 'Barat', [116, -9, 116.2, -8.8]),
  box('52.71.02', 'Timur', [116.2, -9, 116.3, -8.8]),
  box('52.71.01.1001', 'Satu', [116, -9, 116.1, -8.9]),
  box('52.71.01.1002', 'Dua', [116.1, -9, 116.2, -8.9]),
  box('52.71.01.1003', 'Tiga', [116, -8.9, 116.1, -8.8]),
  box('52.71.01.1004', 'Empat', [116.1, -8.9, 116.2, -8.8]),
  box('52.71.02.1001', 'Lima', [116.2, -9, 116.3, -8.8]),
];
const SATU = { lon: 116.05, lat: -8.95 };
const DUA = { lon: 116.15, lat: -8.95 };
const AT_SEA = { lon: 117, lat: -8.95 };
const MAY = 'from=2026-05-01T00:00:00%2B08:00&to=2026-06-01T00:00:00%2B08:00';
const APRIL = 'baselineFrom=2026-04-01T00:00:00%2B08:00&baselineTo=2026-05-01T00:00:00%2B08:00';

describe.each(engines())('hotspots on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    await putAreas(app.database.db, AREAS);
    const reports: Partial<NewIncident>[] = [
      { occurredAt: '2026-05-01T00:00:00+08:00', location: SATU },
      { occurredAt: '2026-05-02T12:00:00+08:00', location: { ...SATU, accuracyM: 20_000 }, severity: 'critical' },
      { occurredAt: '2026-05-31T23:59:59+08:00', location: { ...DUA, accuracyM: 10 }, category: 'pemilu', subcategory: 'politik_uang' }, // biome-ignore format: one line
      // The end does not belong to the period.
      { occurredAt: '2026-06-01T00:00:00+08:00', location: DUA },
      { occurredAt: '2026-04-10T10:00:00+08:00', location: DUA },
      { occurredAt: '2026-05-03T10:00:00+08:00', location: AT_SEA },
      // Not counted, each for one reason.
      { occurredAt: '2026-05-04T10:00:00+08:00', location: SATU, source: 'patrol' },
      { occurredAt: '2026-05-04T10:00:00+08:00', location: SATU, source: 'patrol', status: 'new' },
      { occurredAt: '2026-05-05T10:00:00+08:00', location: DUA, status: 'new' },
      { occurredAt: '2026-04-05T10:00:00+08:00', location: DUA, status: 'unverifiable' },
      { occurredAt: '2026-05-06T10:00:00+08:00', location: DUA, status: 'false' },
      { occurredAt: '2026-05-06T10:00:00+08:00', location: DUA, status: 'duplicate', source: 'patrol' },
    ];
    for (const one of reports) await report(app, one);
  });
  afterAll(() => app?.close());

  const get = async <Body>(url: string): Promise<Body> => {
    const answer = await app.http.inject({ url: `/api/hotspots/${url}` });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<Body>();
  };
  const refusal = async (url: string) => {
    const answer = await app.http.inject({ url: `/api/hotspots/${url}` });
    expect([answer.statusCode, answer.json().code], answer.body).toEqual([400, 'invalid_request']);
    return answer.json<{ message: string }>().message;
  };

  test('areas: period and baseline, empty areas, and what is left out by its reason', async () => {
    const counts = await get<AreaCounts>(`areas?level=desa&${MAY}&${APRIL}`);
    expect(counts.areas).toMatchObject({
      code: ['52.71.01.1001', '52.71.01.1002', '52.71.01.1003', '52.71.01.1004', '52.71.02.1001'],
      name: ['Satu', 'Dua', 'Tiga', 'Empat', 'Lima'],
      count: [2, 1, 0, 0, 0],
      baselineCount: [0, 1, 0, 0, 0],
      households: [null, null, null, null, null],
      tps: [0, 0, 0, 0, 0],
    });
    expect(counts.areas.lon[0]).toBeCloseTo(116.05, 6);
    expect(counts.areas.lat[0]).toBeCloseTo(-8.95, 6);
    expect(counts.areas.km2[0]).toBeGreaterThan(120);
    expect(counts.areas.km2[0]).toBeLessThan(123);
    expect(counts).toMatchObject({
      level: 'desa',
      next: null,
      period: { from: '2026-04-30T16:00:00.000Z', to: '2026-05-31T16:00:00.000Z' },
      total: { period: 3, baseline: 1 },
      leftOut: {
        period: { patrol: 2, unverified: 1, void: 2, placeless: 1 },
        baseline: { patrol: 0, unverified: 1, void: 0, placeless: 0 },
      },
      // 20 km is more than the 11 of a desa.
      coarse: { period: 1, baseline: 0 },
      accuracyUnknown: { period: 1, baseline: 1 },
    });
  });

  test('areas: what patrols found and what is unverified count when they are switched on', async () => {
    const both = await get<AreaCounts>(`areas?level=kecamatan&${MAY}&${APRIL}&patrol=true&unverified=true`);
    expect(both.areas.code).toEqual(['52.71.01', '52.71.02']);
    expect(both.areas.count).toEqual([6, 0]);
    expect(both.areas.baselineCount).toEqual([2, 0]);
    expect(both.leftOut.period).toEqual({ patrol: 0, unverified: 0, void: 2, placeless: 1 });
    const patrol = await get<AreaCounts>(`areas?level=kecamatan&${MAY}&patrol=true`);
    expect(patrol.areas.count).toEqual([4, 0]);
    expect(patrol.leftOut.period).toEqual({ patrol: 0, unverified: 2, void: 2, placeless: 1 });
    expect([patrol.baseline, patrol.total.baseline]).toEqual([null, 0]);
  });

  test('areas: narrowed by category, subcategory, severity and area', async () => {
    const count = async (narrowed: string) =>
      (await get<AreaCounts>(`areas?level=kabkota&${MAY}&${narrowed}`)).areas.count;
    expect(await count('categories=pemilu')).toEqual([1]);
    expect(await count('categories=pemilu,kamtibmas')).toEqual([3]);
    expect(await count('subcategories=politik_uang')).toEqual([1]);
    expect(await count('severities=critical')).toEqual([1]);
    const east = await get<AreaCounts>(`areas?level=desa&area=52.71.02&${MAY}`);
    expect([east.areas.code, east.areas.count]).toEqual([['52.71.02.1001'], [0]]);
    expect(east.leftOut.period).toEqual({ patrol: 0, unverified: 0, void: 0, placeless: 0 });
    const west = await get<AreaCounts>(`areas?level=desa&area=52.71.01&${MAY}`);
    expect([west.areas.count, west.leftOut.period.placeless]).toEqual([[2, 1, 0, 0], 0]);
  });

  test('cells: every cell whose middle lies in the area, and those at its edge that hold an incident', async () => {
    const counts = await get<CellCounts>(`cells?shape=square&metres=5000&area=52.71.01&${MAY}&${APRIL}`);
    // 0.2° by 0.2°, the middle of which is the origin: 22 by 22.2 km.
    expect(counts.grid).toEqual({ shape: 'square', metres: 5_000, lon: 116.1, lat: -8.9 });
    const { q, r, count, baselineCount } = counts.cells;
    expect(q.map((column, at) => [column, r[at]])).toEqual(
      [-2, -1, 0, 1].flatMap((row) => [-2, -1, 0, 1].map((column) => [column, row])),
    );
    const at = ({ lon, lat }: { lon: number; lat: number }) => {
      const cell = cellAt(counts.grid, lon, lat);
      return q.findIndex((column, index) => column === cell.q && r[index] === cell.r);
    };
    expect([count[at(SATU)], count[at(DUA)], baselineCount[at(DUA)]]).toEqual([2, 1, 1]);
    expect([counts.total, counts.coarse]).toEqual([
      { period: 3, baseline: 1 },
      { period: 1, baseline: 0 },
    ]);
    expect(counts.leftOut.period).toEqual({ patrol: 2, unverified: 1, void: 2, placeless: 0 });
    // One hexagon in the middle of the area, and the two incidents' places in others.
    const few = await get<CellCounts>(`cells?shape=hexagon&metres=10000&area=52.71.02.1001&${MAY}`);
    expect(few.cells.count.every((number) => number === 0)).toBe(true);
    const wide = await get<CellCounts>(`cells?shape=hexagon&metres=25000&area=52.71.01&${MAY}&${APRIL}`);
    const { q: column, r: row } = wide.cells;
    expect([column[0], row[0]]).toEqual([0, 0]);
    for (const place of [SATU, DUA]) {
      const cell = cellAt(wide.grid, place.lon, place.lat);
      expect(column.some((one, index) => one === cell.q && row[index] === cell.r)).toBe(true);
    }
    expect(wide.cells.count.reduce((sum, one) => sum + one)).toBe(3);
  });

  test('cells: all areas in force without one that is given, and nothing at sea', async () => {
    const counts = await get<CellCounts>(`cells?shape=hexagon&metres=2000&${MAY}`);
    expect([counts.total.period, counts.leftOut.period.placeless]).toEqual([3, 1]);
    // 33 by 22.2 km in hexagons of 3.46 km².
    expect(counts.cells.q.length).toBeGreaterThan(205);
    expect(counts.cells.q.length).toBeLessThan(220);
  });

  test('series: steps of days from the beginning, by area and of all places', async () => {
    const series = await get<CountSeries>(`series?level=desa&stepDays=1&${MAY}&${APRIL}`);
    expect(series.steps).toBe(31);
    expect(series.code).toHaveLength(5);
    expect([series.place, series.step, series.count]).toEqual([
      [0, 0, 1],
      [0, 1, 30],
      [1, 1, 1],
    ]);
    expect(series.total).toEqual({ period: 3, baseline: 1 });
    expect(series.coarse).toEqual({ period: 1, baseline: 0 });
    const whole = await get<CountSeries>(`series?stepDays=7&${MAY}`);
    // Also what happened at sea: of the whole, every place is a part.
    expect([whole.code, whole.steps, whole.place, whole.step, whole.count]).toEqual([[''], 5, [0, 0], [0, 4], [3, 1]]);
    expect(whole.leftOut.period.placeless).toBe(0);
  });

  test('points: the counted incidents themselves, oldest first', async () => {
    const { points, total, next, leftOut } = await get<CountedPoints>(`points?${MAY}&area=52.71`);
    expect(points.occurredAt).toEqual(
      ['2026-04-30T16:00:00Z', '2026-05-02T04:00:00Z', '2026-05-31T15:59:59Z'].map((time) => Date.parse(time)),
    );
    expect(points.area).toEqual(['52.71.01.1001', '52.71.01.1001', '52.71.01.1002']);
    expect(points.accuracyM).toEqual([null, 20_000, 10]);
    expect(points.timePrecision).toEqual(['minute', 'minute', 'minute']);
    expect([points.lon[2], points.lat[2]]).toEqual([DUA.lon, DUA.lat]);
    expect([total.period, next]).toEqual([3, null]);
    expect(leftOut.period).toEqual({ patrol: 2, unverified: 1, void: 2, placeless: 0 });
  });

  test('neighbours: areas that touch at a corner, in the order of their counts', async () => {
    const { code, start, neighbour } = await get<AreaNeighbours>('neighbours?level=desa');
    expect(code).toEqual((await get<AreaCounts>(`areas?level=desa&${MAY}`)).areas.code);
    const lists = code.map((_, at) => neighbour.slice(start[at], start[at + 1]));
    // The eastern desa has no corner of its own where the western ones meet.
    expect(lists).toEqual([
      [1, 2, 3],
      [0, 2, 3, 4],
      [0, 1, 3],
      [0, 1, 2, 4],
      [1, 3],
    ]);
    const one = await get<AreaNeighbours>('neighbours?level=desa&area=52.71.02');
    expect([one.code, one.start, one.neighbour]).toEqual([['52.71.02.1001'], [0, 0], []]);
  });

  test('the data version changes with what is counted, and with nothing else', async () => {
    const ask = async () => await get<AreaCounts>(`areas?level=kabkota&${MAY}`);
    const before = await ask();
    expect((await ask()).dataVersion).toBe(before.dataVersion);
    expect((await ask()).asOf).toBe(before.asOf);
    const id = await report(app, { occurredAt: '2026-05-20T10:00:00+08:00', location: DUA });
    const after = await ask();
    expect(after.dataVersion).not.toBe(before.dataVersion);
    expect([before.areas.count, after.areas.count]).toEqual([[3], [4]]);
    const change = async (version: number, payload: object) => {
      const headers = { 'if-match': `"${version}"` };
      const answer = await app.http.inject({ method: 'PATCH', url: `/api/incidents/${id}`, payload, headers });
      expect(answer.statusCode, answer.body).toBe(200);
      return ask();
    };
    // A title or the next step of its handling is no other figure.
    expect((await change(1, { title: 'Lain' })).dataVersion).toBe(after.dataVersion);
    expect((await change(2, { status: 'resolved' })).dataVersion).toBe(after.dataVersion);
    const withdrawn = await change(3, { status: 'false' });
    expect(withdrawn.dataVersion).not.toBe(after.dataVersion);
    expect(withdrawn.areas.count).toEqual([3]);
    await putAreas(app.database.db, [box('52.72', 'Baru', [118, -9, 118.1, -8.9])]);
    const grown = await ask();
    expect(grown.dataVersion).not.toBe(withdrawn.dataVersion);
    expect(grown.areas.code).toEqual(['52.71', '52.72']);
  });

  test('a wrong question is told by its field', async () => {
    expect(await refusal('areas?level=desa&from=2026-05-01T00:00:00Z&to=2026-05-01T00:00:00Z')).toMatch(
      /^query\.to is not after from/,
    );
    expect(await refusal(`areas?level=desa&${MAY}&baselineFrom=2026-04-01T00:00:00Z`)).toMatch(
      /^query\.baselineTo is missing/,
    );
    expect(await refusal(`series?stepDays=1&${MAY}&baselineTo=2026-04-01T00:00:00Z`)).toMatch(
      /^query\.baselineFrom is missing/,
    );
    expect(await refusal(`points?${MAY}&baselineFrom=2026-05-01T00:00:00Z&baselineTo=2026-04-01T00:00:00Z`)).toMatch(/^query\.baselineTo is not after baselineFrom/); // biome-ignore format: one line
    expect(await refusal(`areas?level=desa&${MAY}&categories=kamtibmas,tawuran`)).toMatch(/^query\.categories has a value that is not known; use kamtibmas/); // biome-ignore format: one line
    expect(await refusal(`areas?level=desa&${MAY}&severities=`)).toMatch(/^query\.severities/);
    expect(await refusal(`areas?level=kabkota&area=52.71.01&${MAY}`)).toMatch(/^query\.level is wider than the area/);
    expect(await refusal('neighbours?level=kecamatan&area=52.71.01.1001')).toMatch(/^query\.level is wider/);
    expect(await refusal(`areas?level=desa&${MAY}&cursor=abc`)).toMatch(/^query\.cursor/);
    expect(await refusal(`points?${MAY}&cursor=abc`)).toMatch(/^query\.cursor/);
    const noDay = Buffer.from(`2026-02-31T00:00:00.000000Z|${uuidv7()}`).toString('base64url');
    expect(await refusal(`points?${MAY}&cursor=${noDay}`)).toMatch(/^query\.cursor/);
    expect(await refusal(`series?stepDays=93&${MAY}`)).toMatch(/^querystring\.stepDays/);
    expect(await refusal('series?stepDays=1&from=1990-01-01T00:00:00Z&to=2026-01-01T00:00:00Z')).toMatch(/^query\.stepDays makes 13149 steps .* 4 days or longer/); // biome-ignore format: one line
    expect(await refusal(`cells?shape=square&metres=99&${MAY}`)).toMatch(/^querystring\.metres/);
    expect(await refusal(`cells?shape=square&metres=50001&${MAY}`)).toMatch(/^querystring\.metres/);
    const tooMany = await refusal(`cells?shape=square&metres=100&${MAY}`);
    const [, least = ''] = /^query\.metres makes more than 50,000 cells; the smallest that fits here is (\d+) m/.exec(tooMany) ?? []; // biome-ignore format: one line
    expect(Number(least)).toBeGreaterThan(110);
    const fits = await get<CellCounts>(`cells?shape=square&metres=${least}&${MAY}`);
    expect(fits.cells.q.length).toBeLessThanOrEqual(50_000);
    expect(await refusal(`cells?shape=square&metres=${Number(least) - 10}&${MAY}`)).toContain(`is ${least} m`);
    expect(await refusal(`areas?level=provinsi&${MAY}`)).toMatch(/^querystring\.level/);
    expect(await refusal(`areas?level=desa&${MAY}&unknown=1`)).toMatch(/unknown/);
  });

  test.each([
    'areas?level=desa',
    'cells?shape=square&metres=5000',
    'series?stepDays=1',
    'points?',
    'neighbours?level=desa',
    'areas.csv?level=desa',
    'areas.csv?level=desa&audience=public',
  ])('an area that is not in force has no empty answer: %s', async (question) => {
    const span = question.startsWith('neighbours') ? '' : `&${MAY}`;
    expect(await refusal(`${question}${span}&area=52.99.01`)).toMatch(/^query\.area 52\.99\.01 is no area in force/);
  });
});
