import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { IncidentReport } from '../../../data/importers/incidents/report.ts';
import type { App } from '../../../server/app.ts';
import type { Config } from '../../../server/config.ts';
import type { Incident } from '../../../shared/schemas/incident.ts';
import { box, putAreas } from '../../support/areas.ts';
import { engines, freshConfig, openApp } from '../../support/engines.ts';
import { csvFile, geoJsonFile, startImport } from '../../support/imports.ts';

const sharedDir = inject('sharedDir');
const crime = (name: string) => join(sharedDir, 'crime', name);

describe.each(engines())('npm run import -- incidents on %s', (engine) => {
  let app: App;
  let config: Config;
  beforeAll(async () => {
    config = await freshConfig(engine);
    app = await openApp(config);
    await putAreas(app.database.db, [
      box('52', 'Nusa Tenggara Barat', [115, -9, 119, -8]),
      box('52.71', 'Kota Mataram', [116, -8.7, 116.2, -8.5]),
      box('31', 'DKI Jakarta', [106, -7, 107, -6]),
    ]);
  });
  afterAll(() => app?.close());

  const run = async (...args: string[]) => {
    const reportFile = join(mkdtempSync(join(inject('scratch'), 'report-')), 'report.json');
    const ended = await startImport(config, ['incidents', ...args, '--report', reportFile]).ended;
    let reports: IncidentReport[] = [];
    try {
      reports = JSON.parse(readFileSync(reportFile, 'utf8'));
    } catch {}
    return { ...ended, report: reports[0] };
  };
  const list = async (query: string): Promise<Incident[]> =>
    (await app.http.inject(`/api/incidents?${query}&limit=500`)).json().incidents;
  const count = async (what: string) => {
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.raw(what)}`.execute(app.database.db);
    return rows[0]?.n ?? -1;
  };

  test('an Indonesian register beside the running server; again, it changes nothing', async () => {
    const file = csvFile(
      [
        'No. LP;Tgl Kejadian;Jam;Lintang;Bujur;Jenis;Tingkat;TKP;Keterangan',
        'LP/1;14-02-2024;09.30;-8,5833;116,1167;Curanmor;Berat;Pasar Ampenan;"Motor hilang; kunci ganda"',
        'LP/2;14 Februari 2024 21.05 WIB;;-8,6;116,11;Tawuran;sedang;;',
        'LP/3;15/2/2024;;-6,2;106,8;Banjir;ringan;;',
        'LP/1;14-02-2024;09.30;-8,5833;116,1167;Curanmor;Berat;Pasar Ampenan;"Motor hilang; kunci ganda"',
      ].join('\r\n'),
    );
    const dry = await run(file, '--dry-run');
    expect(dry).toMatchObject({ code: 0, output: expect.stringContaining('dry run: nothing was written') });
    expect([await count('incident'), await count('incident_import')]).toEqual([0, 0]);

    const first = await run(file);
    expect(first.output).toContain('published');
    expect(first.report?.counts).toMatchObject({ imported: 3, repeated: 1, refused: 0, 'in no area': 0 });
    expect(first.report?.columns).toMatchObject({ id: 'No. LP', time: 'Tgl Kejadian', clock: 'Jam', place: 'TKP' });
    expect(first.output).toContain('not in the file, and so taken: status=resolved, source=official');
    const [banjir, tawuran, curanmor] = await list('from=2024-02-01T00:00:00Z&to=2024-03-01T00:00:00Z');
    expect(curanmor).toMatchObject({
      category: 'kamtibmas',
      subcategory: 'Curanmor',
      severity: 'serious',
      status: 'resolved',
      source: 'official',
      title: 'Curanmor',
      description: 'Motor hilang; kunci ganda',
      place: 'Pasar Ampenan',
      // 09.30 WITA, since it lies in Mataram.
      occurredAt: '2024-02-14T01:30:00.000Z',
      timePrecision: 'minute',
      location: { lon: 116.1167, lat: -8.5833, accuracyM: null },
      areas: [expect.objectContaining({ code: '52' }), expect.objectContaining({ code: '52.71' })],
      areaMatch: 'inside',
      version: 1,
    });
    expect(tawuran).toMatchObject({ occurredAt: '2024-02-14T14:05:00.000Z' });
    expect(banjir).toMatchObject({
      category: 'bencana',
      occurredAt: '2024-02-14T17:00:00.000Z',
      timePrecision: 'day',
      areas: [{ code: '31' }],
    });
    const { entries } = (await app.http.inject(`/api/incidents/${curanmor?.id}/log`)).json();
    expect(entries).toEqual([expect.objectContaining({ version: 1, actor: 'register.csv' })]);
    expect(entries[0].changes.areaCodes).toEqual({ before: null, after: ['52', '52.71'] });

    const again = await run(file);
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('unchanged: all of it is there already') });
    expect(again.report?.counts).toMatchObject({ imported: 0, known: 3, repeated: 1, changed: 0 });
    expect([await count('incident'), await count('incident_log'), await count('incident_import')]).toEqual([3, 3, 1]);
  });

  test('bad rows are told by line, field, value and remedy; the others are imported, or none with --strict', async () => {
    const rows = [
      'id,tanggal,lat,lon,kategori,judul',
      'a,2024-02-14 08:00,-8.6,116.1,kamtibmas,Baik',
      'b,14/02/24,-8.6,116.1,kamtibmas,Tahun pendek',
      'c,2024-02-14,116.1,-8.6,kamtibmas,Tertukar',
      'd,2024-02-14,-8.6,116.1,assault,Asing',
      'e,2024-02-14,-8.6,116.1,kamtibmas,"Dua\nbaris",lebih',
      'f,2024-02-14,,116.1,kamtibmas,Kosong',
      'g,2224-02-14,-8.6,116.1,kamtibmas,Nanti',
      'h,2024-02-14,0,0,kamtibmas,Nol',
      'a,2024-02-14 08:00,-8.6,116.1,pemilu,Lain',
      'i,2024-02-14,1,150,kamtibmas,Laut',
      `j,2024-02-14,-8.6,116.1,kamtibmas,${'x'.repeat(201)}`,
    ];
    const file = csvFile(rows.join('\n'), 'buruk.csv');
    const strict = await run(file, '--strict');
    expect(strict).toMatchObject({ code: 2, output: expect.stringContaining('--strict: rows were refused') });
    expect(await count(`incident WHERE title = 'Baik'`)).toBe(0);

    const ended = await run(file);
    expect(ended).toMatchObject({ code: 2, report: { rows: 11, counts: { imported: 1, refused: 10 } } });
    const told = Object.fromEntries(
      ended.report?.entries.map(({ row, field, value, problem }) => [row, `${field} ${value}: ${problem}`]) ?? [],
    );
    expect(told).toEqual({
      3: expect.stringMatching(/^time 14\/02\/24: "14\/02\/24" is no time; use 2024-02-14/),
      4: expect.stringMatching(/^lat 116.1: is not between -90 and 90; are latitude and longitude exchanged/),
      5: expect.stringMatching(/^category assault: is none of kamtibmas, .*--categories WORD=CATEGORY/),
      6: expect.stringMatching(/^null : has 7 cells where the first row has 6/),
      8: expect.stringMatching(/^lat : is no number; give degrees/),
      9: expect.stringMatching(/^time 2224-02-.*: is in the future; correct it/),
      10: expect.stringMatching(/^lat 0: and the longitude are 0/),
      11: expect.stringMatching(/^id a: is that of line 2 too, which says something else/),
      12: expect.stringMatching(/^time : tells no time zone, and its place lies in no imported area; give --zone/),
      13: expect.stringMatching(/^title x+: is longer than 200 characters/),
    });
    expect(ended.output).toContain('refused: line 5: category "assault" is none of');
    expect(ended.output).not.toContain('    at ');
    const zoned = await run(file, '--zone', 'WIT', '--categories', 'assault=kamtibmas');
    expect(zoned.report?.counts).toMatchObject({ imported: 2, 'in no area': 1, refused: 8, changed: 1 });
  });

  test('the same id with other content is told and stays; without ids the content and its place among its like count', async () => {
    const file = (title: string) =>
      csvFile(`id,date,lat,lon,category,title\n1,2024-03-01,-8.6,116.1,sar,${title}\n`, 'sar.csv');
    expect((await run(file('Perahu'))).report?.counts).toMatchObject({ imported: 1 });
    const other = await run(file('Kapal'));
    expect(other).toMatchObject({ code: 0, report: { counts: { imported: 0, changed: 1 } } });
    expect(await list('q=Kapal')).toEqual([]);
    // The id belongs to its register.
    expect((await run(file('Kapal'), '--source', 'Basarnas')).report?.counts).toMatchObject({ imported: 1 });

    const twice = `date,lat,lon\n${'2024-03-02,-8.6,116.1\n'.repeat(2)}`;
    const nameless = (text: string) => run(csvFile(text, 'tanpa.csv'), '--set', 'category=narkotika,title=Rujukan');
    expect((await nameless(twice)).report?.counts).toMatchObject({ imported: 2, repeated: 0 });
    expect((await nameless(`${twice}2024-03-02,-8.6,116.1\n`)).report?.counts).toMatchObject({ imported: 1, known: 2 });
    expect(await list('q=Rujukan')).toHaveLength(3);
  });

  test('GeoJSON points; what is none is refused by its place', async () => {
    const file = geoJsonFile([
      { properties: { id: 1, tanggal: '2024-04-01', kategori: 'Lalin', judul: 'Tabrakan' }, geometry: { type: 'Point', coordinates: [116.1, -8.6] } }, // biome-ignore format: one line
      { properties: { id: 2, tanggal: '2024-04-01', kategori: 'Lalin' }, geometry: null },
    ]);
    const ended = await run(file);
    expect(ended).toMatchObject({ code: 2, report: { unit: 'feature', counts: { imported: 1, refused: 1 } } });
    expect(ended.output).toContain('refused: feature 2: has no geometry of type Point');
    expect(await list('q=Tabrakan')).toMatchObject([{ category: 'lalu_lintas', location: { lon: 116.1, lat: -8.6 } }]);
  });

  test('a file that cannot be read leaves nothing', async () => {
    const before = [await count('incident'), await count('incident_import')];
    const good = 'id,date,lat,lon,category\n'.concat(...Array.from({ length: 400 }, (_, i) => `${i},2024-05-01,-8.6,116.1,sar\n`)); // biome-ignore format: one line
    const wrong: [string, string[], string][] = [
      [`${good}x,"2024`, [], 'Line 402: a quotation mark'],
      ['PK\u0003\u0004', [], 'save the table as "CSV UTF-8"'],
      ['a,b\n1,2\n', [], 'No column is known to hold the time: name it with --map time=COLUMN. The columns are a, b'],
      [good, ['--map', 'lat=LINTANG'], '--map lat=LINTANG: there is no such column'],
    ];
    for (const [text, args, reason] of wrong) {
      const ended = await run(csvFile(text, 'patah.csv'), ...args);
      expect(ended).toMatchObject({ code: 1, output: expect.stringContaining(reason) });
      expect(ended.output).toContain('patah.csv: ');
    }
    expect([await count('incident'), await count('incident_import')]).toEqual(before);
  });

  const shootings = () => [
    crime('nyc_shootings.csv.gz'),
    ...['--zone', 'America/New_York', '--set', 'category=kamtibmas,title=Penembakan'],
  ];

  test.skipIf(!sharedDir)(
    'killed, it leaves nothing that anybody sees; the next import clears up, and the server answers meanwhile',
    { timeout: 240_000 },
    async () => {
      const seen = async () => (await list('q=Penembakan')).length;
      const before = await count('incident');
      const started = startImport(config, ['incidents', ...shootings()]);
      await started.says(/percent of the file [3-9]\d\/100/);
      const second = await startImport(config, ['incidents', ...shootings()]).ended;
      expect(second).toMatchObject({ code: 1, output: expect.stringContaining('is running: wait until it has ended') });
      started.kill();
      await started.ended;
      expect(await count('incident')).toBeGreaterThan(before);
      expect(await seen()).toBe(0);
      const { points } = (await app.http.inject('/api/incidents/points?to=2023-01-01T00:00:00Z')).json();
      expect(points).toEqual([]);

      let running = true;
      const import_ = run(...shootings()).finally(() => {
        running = false;
      });
      const waits: number[] = [];
      while (running) {
        const begin = performance.now();
        expect((await app.http.inject('/api/incidents?limit=1')).statusCode).toBe(200);
        waits.push(performance.now() - begin);
      }
      const ended = await import_;
      waits.sort((a, b) => a - b);
      const p99 = waits[Math.floor(waits.length * 0.99)] ?? Number.NaN;
      console.log(`${engine}: ${waits.length} answers beside an import, p99 ${p99.toFixed(1)} ms; ${/published.*/.exec(ended.output)?.[0]}`); // biome-ignore format: one line
      expect(p99).toBeLessThan(500);
      expect(ended.report).toMatchObject({
        rows: 27_939,
        counts: { imported: expect.any(Number), refused: expect.any(Number) },
      });
      const { imported = 0, repeated = 0, refused = 0 } = ended.report?.counts ?? {};
      expect(imported + repeated + refused).toBe(27_939);
      expect(await count('incident')).toBe(before + imported);
      expect(await seen()).toBe(500);
    },
  );

  test.skipIf(!sharedDir)(
    'real files: victims of one shooting are one incident; nothing is guessed',
    { timeout: 240_000 },
    async () => {
      // Independently of the importer: the key is the first of twelve cells, none of which holds a comma within marks.
      const lines = gunzipSync(readFileSync(crime('nyc_shootings.csv.gz'))).toString('utf8').trim().split('\n').slice(1); // biome-ignore format: one line
      const keys = new Set(lines.map((line) => line.split(',', 1)[0]));
      const again = await run(...shootings());
      expect(again.report?.counts).toMatchObject({ imported: 0, changed: 0 });
      const { known = 0, repeated = 0, refused = 0 } = again.report?.counts ?? {};
      expect(known + repeated + refused).toBe(27_939);
      const wrong = new Set(again.report?.entries.filter(({ kind }) => kind === 'refused').map(({ row }) => lines[row - 2]?.split(',', 1)[0])); // biome-ignore format: one line
      expect(known).toBeGreaterThanOrEqual(keys.size - wrong.size);
      expect(known).toBeLessThanOrEqual(keys.size);

      const before = await count('incident');
      const feet = await run(crime('chicago_arson.csv'), '--map', 'lon=1,lat=2,time=3', '--set', 'category=bencana');
      expect(feet).toMatchObject({ code: 2, report: { rows: 522, counts: { refused: 522, imported: 0 } } });
      expect(feet.output).toContain('refused: line 1: lat "570510.890752286" is not between -90 and 90; convert the coordinates to degrees'); // biome-ignore format: one line
      expect(feet.output).toContain('no row of it can be imported; nothing was changed');
      const timeless = await run(crime('spatstat_chicago.csv'));
      expect(timeless).toMatchObject({
        code: 1,
        output: expect.stringContaining('No column is known to hold the time'),
      });
      expect(await count('incident')).toBe(before);
    },
  );
});

test('what is not understood is told before anything is opened', async () => {
  const nowhere = { dataDir: '/nowhere', databaseUrl: undefined };
  const file = csvFile('a\n1\n');
  const wrong: [string[], string][] = [
    [['--map', 'nik=NIK'], '--map "nik=NIK" is not understood; use FIELD=COLUMN, where the field is one of id, time'],
    [['--set', 'severity'], '--set "severity" is not understood'],
    [['--zone', 'Mars'], '--zone Mars is no time zone'],
    [['--dates', 'ymd'], '--dates ymd is neither dmy nor mdy'],
    [['--categories', 'a=b'], '--categories "a=b" is not understood'],
  ];
  for (const [args, reason] of wrong) {
    const ended = await startImport(nowhere, ['incidents', file, ...args]).ended;
    expect(ended).toMatchObject({ code: 1, output: expect.stringContaining(reason) });
  }
});
