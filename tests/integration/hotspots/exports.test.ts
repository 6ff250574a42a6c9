import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYTHING, type Scope } from '../../../server/access/scope.ts';
import { refreshShapes } from '../../../server/access/shapes.queries.ts';
import type { App } from '../../../server/app.ts';
import type { Db } from '../../../server/database/connection.ts';
import { Answers } from '../../../server/hotspots/answers.ts';
import { readAsked } from '../../../server/hotspots/asked.ts';
import { countForOneself, countForPublic } from '../../../server/hotspots/public-counts.ts';
import { LEAST_PUBLISHED } from '../../../server/hotspots/suppression.ts';
import { parentOfCode } from '../../../shared/area-code.ts';
import type { AuditEntry } from '../../../shared/schemas/audit.ts';
import { falseDiscoveryRate, poissonTwoSample } from '../../../shared/stats/index.ts';
import { box, putAreas } from '../../support/areas.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { boundsOf, type KnownSum } from '../../support/linear-bounds.ts';
import { signInAs, type Towns, twoTowns } from '../../support/towns.ts';
import { accepted } from '../../unit/stats/outcome.ts';

type Row = Record<string, string>;

/** A jurisdiction of all between 116.0 and `east`, where the places lie side by side. */
async function draw(db: Db, east: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    WITH made AS (INSERT INTO jurisdiction (name, kind) VALUES (${`sampai ${east}`}, 'khusus') RETURNING id)
    INSERT INTO jurisdiction_part (jurisdiction_id, geom)
    SELECT id, ST_Multi(ST_MakeEnvelope(116, -8.62, ${east}::float8, -8.58, 4326)) FROM made
    RETURNING jurisdiction_id AS id`.execute(db);
  return rows[0]?.id ?? 0;
}

/** Incidents of period and baseline by the narrowest area that they are in. */
const COUNTS: Record<string, [number, number]> = {
  '52.71.01.1001': [12, 9],
  '52.71.01.1002': [3, 8],
  '52.71.01.1003': [7, 0],
  // In the kecamatan, and in none of its desa.
  '52.71.01': [1, 0],
  '52.71.02.1001': [2, 6],
  '52.71.02.1002': [1, 5],
  '52.08.01.2001': [20, 11],
  '52.08.01.2002': [9, 30],
};
const LEVELS = ['kabkota', 'kecamatan', 'desa'] as const;
const PERIOD = 'from=2024-11-24T00:00:00%2B08:00&to=2024-11-27T00:00:00%2B08:00';
const BASELINE = 'baselineFrom=2024-11-12T00:00:00%2B08:00&baselineTo=2024-11-18T00:00:00%2B08:00';
const ASKED = `${PERIOD}&${BASELINE}`;

const truth = (code: string, at: 0 | 1) =>
  Object.entries(COUNTS).reduce(
    (sum, [inner, counts]) => sum + (inner === code || inner.startsWith(`${code}.`) ? counts[at] : 0),
    0,
  );

/** Answers during which something happens: after those of the areas of a level were asked for, before they are given. */
class Meanwhile extends Answers {
  times = 0;
  private readonly level: string;
  private readonly happen: () => Promise<void>;
  private readonly most: number;

  constructor(level: string, happen: () => Promise<void>, most = 1) {
    super();
    this.level = level;
    this.happen = happen;
    this.most = most;
  }

  override async get<Value>(
    scope: Scope,
    version: string,
    question: readonly unknown[],
    make: () => Promise<Value>,
    bytes: (value: Value) => number,
  ): Promise<Value> {
    if (this.times < this.most && question[0] === 'areas' && question[1] === this.level) {
      this.times++;
      await this.happen();
    }
    return super.get(scope, version, question, make, bytes);
  }
}

/** The exact two-sided p of so many incidents in three days against so many in six. */
const exactP = (count: number, before: number) =>
  accepted(poissonTwoSample({ counts: [count, before], exposures: [3, 6] })).conditionalP;

/** One incident more in the period in desa 52.71.01.1001. */
async function oneMore(db: Db): Promise<void> {
  await sql`INSERT INTO incident (id, category, severity, status, source, title, occurred_at, time_precision, reported_at, geom,
      area_codes, area_match, request_hash)
    SELECT gen_random_uuid(), category, severity, status, source, title, occurred_at, time_precision, reported_at, geom,
      area_codes, area_match, request_hash
    FROM incident WHERE '52.71.01.1001' = ANY (area_codes) AND occurred_at > '2024-11-24' LIMIT 1`.execute(db);
}

describe.each(engines())('files of hotspots on %s', (engine) => {
  let app: App;
  let towns: Towns;
  let analyst: Record<string, string>;
  beforeAll(async () => {
    app = await freshApp(engine);
    const { db } = app.database;
    towns = await twoTowns(app);
    analyst = await signInAs(app, { role: 'analyst', jurisdiction: towns.jurisdictions.area });
    const places = [...new Set([...Object.keys(COUNTS), '52.71.02', '52.08.01'])];
    await putAreas(
      db,
      places.map((code, at) =>
        box(code, code === '52.71.01.1002' ? '=HYPERLINK("x")' : `Tempat ${code}`, [
          116 + at / 100,
          -8.6,
          116.01 + at / 100,
          -8.59,
        ]),
      ),
    );
    for (const [code, counts] of Object.entries(COUNTS)) {
      const codes: string[] = [];
      for (let above: string | undefined = code; above; above = parentOfCode(above)) codes.unshift(above);
      for (const [at, day] of (['2024-11-25', '2024-11-13'] as const).entries()) {
        await sql`INSERT INTO incident (id, category, severity, status, source, title, occurred_at, time_precision, reported_at, geom,
            area_codes, area_match, request_hash)
          SELECT gen_random_uuid(), 'kamtibmas', 'low', 'verified', 'radio', 'x', ${`${day}T04:00:00Z`}::timestamptz, 'minute', now(),
            ST_SetSRID(ST_MakePoint(116.005, -8.595), 4326), ${codes}, 'inside', ''
          FROM generate_series(1, ${counts[at] ?? 0}::int)`.execute(db);
      }
    }
  });
  afterAll(() => app?.close());

  const get = (ending: string, query: string, headers?: Record<string, string>) =>
    app.http.inject({ url: `/api/hotspots/areas.${ending}?${query}`, ...(headers ? { headers } : {}) });
  const rowsOf = async (query: string, headers?: Record<string, string>): Promise<Row[]> => {
    const answer = await get('csv', query, headers);
    expect(answer.statusCode, answer.body).toBe(200);
    return parse(answer.body, { bom: true, columns: true });
  };
  const audited = async () =>
    (await app.http.inject('/api/audit?action=hotspots.exported')).json<{ entries: AuditEntry[] }>().entries;

  test('for oneself: every count as it is, of the own jurisdiction, marked with who took it', async () => {
    const rows = await rowsOf(`level=desa&${ASKED}`, analyst);
    expect(rows.map(({ code, count, baselineCount }) => [code, Number(count), Number(baselineCount)])).toEqual(
      Object.keys(COUNTS)
        .filter((code) => /^52\.71\.\d+\.\d+$/.test(code))
        .sort()
        .map((code) => [code, truth(code, 0), truth(code, 1)]),
    );
    const [first, second] = rows;
    expect(Object.keys(first ?? {})).toEqual(
      'code,name,level,within,km2,households,tps,count,baselineCount,ratio,per1000Households,perKm2,measure,value,p,pFdr,significant,class,exportedBy,dataAsOf,includes'.split(
        ',',
      ),
    );
    expect(rows.map(({ includes }) => includes)).toEqual(rows.map(() => ''));
    const [withPatrols] = await rowsOf(`level=desa&${ASKED}&patrol=true&unverified=true`, analyst);
    expect(withPatrols?.includes).toBe('patrol unverified');
    // 12 in three days against 9 in six.
    expect(Number(first?.ratio)).toBeCloseTo(12 / 3 / (9 / 6), 4);
    expect(Number(first?.perKm2)).toBeCloseTo(12 / Number(first?.km2), 3);
    expect(first?.within).toBe('52.71.01');
    expect(second?.name).toBe(`'=HYPERLINK("x")`);
    const [, entry] = await audited();
    expect(entry).toMatchObject({
      actor: first?.exportedBy,
      detail: { format: 'csv', rows: 5, filter: { level: 'desa' } },
    });
    expect(first?.dataAsOf).toBe(entry?.at);
    expect((await rowsOf(`level=kecamatan&${ASKED}&area=52.71.01`, analyst)).map(({ count }) => count)).toEqual(['23']);
  });

  test('a comparison has the exact p of each area, the corrected one and its class', async () => {
    const rows = await rowsOf(`level=desa&${ASKED}`, analyst);
    const p = rows.map(({ count, baselineCount }) => exactP(Number(count), Number(baselineCount)));
    const { adjusted } = accepted(falseDiscoveryRate(p, 0.05));
    expect(rows.map((row) => Number(row.p))).toEqual(p.map((each) => expect.closeTo(each, 5)));
    expect(rows.map(({ pFdr }) => Number(pFdr))).toEqual([...adjusted].map((each) => expect.closeTo(each, 5)));
    expect(rows.map(({ measure, value, significant, class: shown }) => [measure, value, significant, shown])).toEqual([
      ['change', '2.66667', 'false', '2 to 4'],
      ['change', '0.75', 'false', '0.5 to 0.8'],
      // Nothing was there before: no ratio says how much more.
      ['change', '', 'true', '4 or more'],
      ['change', '0.666667', 'false', '0.5 to 0.8'],
      ['change', '0.4', 'false', '0.25 to 0.5'],
    ]);
    const plain = await rowsOf(`level=desa&${ASKED}&fdr=false&alpha=0.1`, analyst);
    expect(plain.map(({ significant }) => significant)).toEqual(p.map((each) => String(each <= 0.1)));
    const [counted] = await rowsOf(`level=desa&${PERIOD}`, analyst);
    expect([counted?.measure, counted?.value, counted?.p, counted?.class]).toEqual(['count', '12', '', '8 to 12']);
    const refused = await get('csv', `level=desa&${PERIOD}&measure=change`, analyst);
    expect([refused.statusCode, refused.json().details[0].field]).toEqual([400, 'query.measure']);
  });

  test('a map has its measure: Gi* and the exact window with p of each, a category of emerging hotspots', async () => {
    const about = async (measure: string) => {
      const answer = await get('geojson', `level=desa&${PERIOD}&measure=${measure}&per=km2`, analyst);
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json() as { about: Row; features: { properties: Record<string, unknown> }[] };
    };
    const window = await about('window');
    expect(window.about).toMatchObject({ measure: 'window', alpha: 0.05, fdr: true });
    for (const { properties } of window.features) {
      expect(properties.measure).toBe('window');
      expect(properties.pFdr).toBeGreaterThanOrEqual(properties.p as number);
      expect(properties.class).toMatch(/^(not significant|high, p <= 0\.(05|01|001))$/);
    }
    const getis = (await about('getis')).features.map(({ properties }) => properties);
    expect(getis.every(({ p, class: shown }) => typeof p === 'number' && typeof shown === 'string')).toBe(true);
    const emerging = (await about('emerging&stepDays=1')).features.map(({ properties }) => properties);
    expect(emerging.map(({ measure, p }) => [measure, p])).toEqual(emerging.map(() => ['emerging', null]));
  });

  test('for the public: p and class of published counts alone, corrected among those alone', async () => {
    const rows = await rowsOf(`level=desa&${ASKED}&audience=public`);
    const shown = rows.filter(({ suppressed }) => suppressed === '');
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.length).toBeLessThan(rows.length);
    const p = shown.map(({ count, baselineCount }) => exactP(Number(count), Number(baselineCount)));
    const { adjusted } = accepted(falseDiscoveryRate(p, 0.05));
    expect(shown.map((row) => [Number(row.p), Number(row.pFdr)])).toEqual(
      p.map((each, at) => [expect.closeTo(each, 5), expect.closeTo(adjusted[at] ?? 0, 5)]),
    );
    for (const { suppressed, value, p: exact, pFdr, significant, class: each, ratio } of rows)
      if (suppressed !== '') expect([ratio, value, exact, pFdr, significant, each]).toEqual(['', '', '', '', '', '']);
    // Those of a part are those of the whole.
    const part = await rowsOf(`level=desa&${ASKED}&audience=public&area=52.08`);
    const whole = rows.filter(({ code }) => code?.startsWith('52.08.'));
    expect(part.map(({ code, pFdr }) => [code, pFdr])).toEqual(whole.map(({ code, pFdr }) => [code, pFdr]));
    for (const measure of ['window', 'getis', 'moran', 'emerging', 'rate']) {
      const answer = await get('csv', `level=desa&${ASKED}&audience=public&measure=${measure}`);
      expect([measure, answer.statusCode, answer.json().details?.[0].field]).toEqual([measure, 400, 'query.measure']);
    }
  });

  test('for the public: no count under 5, and none that published ones of all levels give away', async () => {
    let attacked = 0;
    for (const [at, column] of (['count', 'baselineCount'] as const).entries()) {
      const published = new Map<string, number | undefined>();
      for (const level of LEVELS) {
        for (const row of await rowsOf(`level=${level}&${ASKED}&audience=public`)) {
          const shown = row[column] === '' ? undefined : Number(row[column]);
          published.set(row.code ?? '', shown);
          expect((row.suppressed ?? '').split(' ').includes(column)).toBe(shown === undefined);
          if (shown === undefined) expect([row.ratio, column === 'count' ? row.perKm2 : '']).toEqual(['', '']);
          else expect([row.code, shown]).toEqual([row.code, truth(row.code ?? '', at as 0 | 1)]);
          if (shown !== undefined) expect(shown).toBeGreaterThanOrEqual(LEAST_PUBLISHED);
        }
      }
      const unknown = [...published].flatMap(([code, shown]) => (shown === undefined ? [code] : []));
      const sums = [...published.keys(), '52'].flatMap((whole): KnownSum[] => {
        const parts = [...published.keys()].filter((code) => parentOfCode(code) === whole);
        if (parts.length === 0) return [];
        const terms = new Map<number, number>();
        const rest = truth(whole, at as 0 | 1) - parts.reduce((sum, code) => sum + truth(code, at as 0 | 1), 0);
        let total = -rest;
        const own = unknown.indexOf(whole);
        if (own >= 0) terms.set(own, -1);
        else total += truth(whole, at as 0 | 1);
        for (const code of parts) {
          const place = unknown.indexOf(code);
          if (place >= 0) terms.set(place, 1);
          else total -= published.get(code) ?? 0;
        }
        return terms.size > 0 ? [{ terms, total }] : [];
      });
      for (const { low, high } of boundsOf(unknown.length, sums)) {
        expect(high - low).toBeGreaterThanOrEqual(1);
        expect(high).toBeGreaterThanOrEqual(LEAST_PUBLISHED);
        attacked++;
      }
    }
    expect(attacked).toBeGreaterThan(5);
  });

  test('the public gets the same whoever publishes it and whatever part is asked for, without a name', async () => {
    const query = `level=desa&${ASKED}&audience=public`;
    const whole = await rowsOf(query);
    const own = await rowsOf(query, analyst);
    const part = await rowsOf(`${query}&area=52.71.01`);
    const figures = ({ code, count, baselineCount, ratio, suppressed }: Row) => ({
      code,
      count,
      baselineCount,
      ratio,
      suppressed,
    });
    expect(whole).toHaveLength(7);
    expect(own.map(figures)).toEqual(whole.filter(({ code }) => code?.startsWith('52.71.')).map(figures));
    expect(part.map(figures)).toEqual(whole.filter(({ code }) => code?.startsWith('52.71.01.')).map(figures));
    expect(Object.keys(own[0] ?? {})).not.toContain('exportedBy');
    expect(Object.keys(own[0] ?? {})).not.toContain('tps');
    // Who took it stands in the log, found by the file's reference.
    const [, entry] = await audited();
    expect(entry?.detail).toMatchObject({ exportReference: own[0]?.exportReference, filter: { audience: 'public' } });
    const other = await get(
      'csv',
      `level=desa&${PERIOD}&audience=public&baselineFrom=2024-11-20T00:00:00Z&baselineTo=2024-11-25T00:00:00Z`,
    );
    expect([other.statusCode, other.json().details[0].field]).toEqual([400, 'query.baselineFrom']);
  });

  test('by a drawn jurisdiction one publishes the areas that lie wholly within it, and is refused where there is none', async () => {
    const { db } = app.database;
    // The first three places of all, and half of the fourth; half of the first one.
    const [three, half] = await Promise.all([116.035, 116.005].map((east) => draw(db, east)));
    await refreshShapes(db, Date.now());
    const query = `level=desa&${ASKED}&audience=public`;
    const whole = await rowsOf(query);
    const drawn = await signInAs(app, { role: 'analyst', jurisdiction: three ?? 0 });
    const first = Object.keys(COUNTS).slice(0, 3);
    expect((await rowsOf(query, drawn)).map(({ code, count, suppressed }) => [code, count, suppressed])).toEqual(
      whole.filter(({ code = '' }) => first.includes(code)).map((row) => [row.code, row.count, row.suppressed]),
    );
    expect((await get('geojson', query, drawn)).json().features).toHaveLength(3);
    const refused = await get('csv', query, await signInAs(app, { role: 'analyst', jurisdiction: half ?? 0 }));
    expect([refused.statusCode, refused.json().details[0].field]).toEqual([403, 'query.audience']);
    expect(refused.json().message).toContain('none lies wholly in what is drawn of your jurisdiction');
  });

  test('GeoJSON and XLSX hold what CSV holds', async () => {
    const query = `level=kecamatan&${ASKED}&audience=public`;
    const csv = await rowsOf(query, analyst);
    const geo = await get('geojson', query, analyst);
    expect(geo.headers['content-type']).toBe('application/geo+json; charset=utf-8');
    expect(geo.headers['content-disposition']).toMatch(
      /^attachment; filename="ronda-titik-rawan-publik-\d{4}-\d\d-\d\d\.geojson"$/,
    );
    const { type, about, features } = geo.json();
    expect([type, about.audience, about.level]).toEqual(['FeatureCollection', 'public', 'kecamatan']);
    const text = (value: unknown) => (value === null ? '' : String(value));
    for (const [at, feature] of features.entries()) {
      for (const name of ['code', 'name', 'count', 'baselineCount', 'ratio', 'perKm2', 'suppressed'])
        expect([name, text(feature.properties[name])]).toEqual([name, csv[at]?.[name]]);
      expect(feature.geometry.type).toBe('MultiPolygon');
      const ring: [number, number][] = feature.geometry.coordinates[0][0];
      const area = ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]?.[0] ?? 0) * y - x * (ring[i]?.[1] ?? 0), 0);
      expect(area).toBeGreaterThan(0);
    }
    expect(features).toHaveLength(csv.length);
    const xlsx = await get('xlsx', `level=desa&${ASKED}`, analyst);
    expect(xlsx.headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const files = unzipSync(new Uint8Array(xlsx.rawPayload));
    const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheet.match(/<row /g)).toHaveLength(6);
    // S6: nothing in it is a formula.
    expect(sheet).toContain('<is><t xml:space="preserve">=HYPERLINK(&quot;x&quot;)</t></is>');
    expect(sheet).not.toContain('<f');
    expect(strFromU8(files['xl/worksheets/sheet2.xml'] ?? new Uint8Array())).toContain('exportedBy');
  });

  test('without the permission or a proof nothing leaves, and nothing is written down of it', async () => {
    const before = (await audited()).length;
    for (const role of ['viewer', 'dispatcher', 'administrator'] as const) {
      const headers = await signInAs(app, { role, jurisdiction: towns.jurisdictions.everything });
      expect((await get('csv', `level=desa&${ASKED}`, headers)).statusCode).toBe(403);
    }
    const idle = await signInAs(app, { role: 'analyst', jurisdiction: towns.jurisdictions.area });
    const { db } = app.database;
    const { id } = await db.selectFrom('account').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow();
    await db.updateTable('account').set({ password_hash: 'one' }).where('id', '=', id).execute();
    const long = new Date(Date.now() - 11 * 60_000);
    await db.updateTable('session').set({ stepped_up_at: long }).where('account_id', '=', id).execute();
    for (const ending of ['csv', 'geojson', 'xlsx'])
      expect((await get(ending, `level=desa&${ASKED}`, idle)).json().code).toBe('step_up_required');
    expect((await get('csv', `level=rt&${ASKED}`, analyst)).statusCode).toBe(400);
    expect((await get('csv', `level=kabkota&${ASKED}&area=52.71.01`, analyst)).statusCode).toBe(400);
    expect((await get('csv', `level=desa&${ASKED}&audience=press`, analyst)).statusCode).toBe(400);
    expect(await audited()).toHaveLength(before);
  });

  test('the public gets the counts of one moment, though an incident comes between those of two levels', async () => {
    const { db } = app.database;
    const meanwhile = new Meanwhile('rw', () => oneMore(db));
    const asked = readAsked({ from: '2024-11-24T00:00:00+08:00', to: '2024-11-27T00:00:00+08:00' });
    const { areas } = await countForPublic(meanwhile, db, asked, 'kabkota');
    expect(meanwhile.times).toBe(1);
    expect(areas.count[areas.code.indexOf('52.71')]).toBe(truth('52.71', 0) + 1);
  });

  test('one gets the counts of one moment oneself, and is told to try again where they do not stop changing', async () => {
    const { db } = app.database;
    const asked = readAsked({ from: '2024-11-24T00:00:00+08:00', to: '2024-11-27T00:00:00+08:00' });
    const asker = { db, scope: EVERYTHING };
    const before = await countForOneself(new Answers(), asker, asked, 'desa');
    const at = before.code.indexOf('52.71.01.1001');
    const once = new Meanwhile('desa', () => oneMore(db));
    const after = await countForOneself(once, asker, asked, 'desa');
    expect([once.times, after.count[at]]).toEqual([1, (before.count[at] ?? 0) + 1]);
    const always = new Meanwhile('desa', () => oneMore(db), Number.POSITIVE_INFINITY);
    await expect(countForOneself(always, asker, asked, 'desa')).rejects.toMatchObject({
      code: 'overloaded',
      retryAfterSeconds: 5,
    });
  });
});
