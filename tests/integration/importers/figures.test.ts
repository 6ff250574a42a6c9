import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import type { Config } from '../../../server/config.ts';
import type { AreaCounts } from '../../../shared/schemas/hotspot.ts';
import { box, putAreas } from '../../support/areas.ts';
import { engines, freshConfig, openApp } from '../../support/engines.ts';
import { csvFile, startImport } from '../../support/imports.ts';

const tableFile = (lines: string[]) => csvFile(lines.join('\n'), 'keluarga.csv');

describe.each(engines())('npm run import -- figures on %s', (engine) => {
  let app: App;
  let config: Config;
  beforeAll(async () => {
    config = await freshConfig(engine);
    app = await openApp(config);
    await putAreas(app.database.db, [
      box('52', 'Nusa Tenggara Barat', [116, -9, 117, -8]),
      box('52.71', 'Kota Mataram', [116, -9, 117, -8]),
      box('52.71.01', 'Ampenan', [116, -9, 116.5, -8]),
      box('52.71.01.1001', 'Satu', [116, -9, 116.2, -8]),
      box('52.71.01.1001.RW001', 'RW 1', [116, -9, 116.1, -8]),
      box('52.71.01.1001.RW002', 'RW 2', [116.1, -9, 116.2, -8]),
      box('52.71.01.1002', 'Dua', [116.2, -9, 116.5, -8]),
      box('52.71.02', 'Mataram', [116.5, -9, 117, -8]),
    ]);
    await app.database.db.updateTable('area').set({ bps_code: '5271010' }).where('code', '=', '52.71.01').execute();
  });
  afterAll(() => app?.close());

  const run = async (...args: string[]) => {
    const reportFile = join(mkdtempSync(join(inject('scratch'), 'report-')), 'report.json');
    const ended = await startImport(config, ['figures', ...args, '--report', reportFile]).ended;
    return { ...ended, report: JSON.parse(readFileSync(reportFile, 'utf8')) };
  };
  const counts = async (level: string) =>
    (
      await app.http.inject(`/api/hotspots/areas?level=${level}&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z`)
    ).json<AreaCounts>();
  const households = async (level: string) => (await counts(level)).areas.households;

  test('own figures, sums of what is beneath where all of it is known, and a new data version', async () => {
    const before = (await counts('desa')).dataVersion;
    const first = await run(
      tableFile(['KODE;KK', '52.71.01.1001.RW001;120', '52.71.01.1001.RW002;1.080']),
      '--map',
      'code=KODE,households=KK',
      '--source',
      'Dukcapil',
    );
    expect(first).toMatchObject({ code: 0, report: [{ rows: 2, imported: 2, unknown: 0, bad: [] }] });
    expect((await counts('desa')).dataVersion).not.toBe(before);
    expect(await households('rw')).toEqual([120, 1080]);
    expect(await households('desa')).toEqual([1200, null]);
    // One of its desa is not known.
    expect(await households('kecamatan')).toEqual([null, null]);
    // Undotted codes of Kemendagri: six digits only they have.
    const second = await run(tableFile(['kode,nama,rumah_tangga', '5271011002,Dua,300', '527102,Mataram,5000']));
    expect(second, second.output).toMatchObject({ code: 0, report: [{ imported: 2 }] });
    expect(await households('desa')).toEqual([1200, 300]);
    expect(await households('kecamatan')).toEqual([1500, 5000]);
    expect(await households('kabkota')).toEqual([6500]);
    // A code of BPS, which the area in force is known by; an own figure stands before the sum.
    const third = await run(tableFile(['kode_bps,kk,as_of', '5271010,1600,2026-03-31']));
    expect(third, third.output).toMatchObject({ code: 0, report: [{ imported: 1 }] });
    expect(await households('kecamatan')).toEqual([1600, 5000]);
    const stored = await app.database.db.selectFrom('area_figure').selectAll().orderBy('code').execute();
    expect(stored.map(({ code, value, source }) => [code, value, source])).toEqual([
      ['52.71.01', 1600, 'keluarga.csv'],
      ['52.71.01.1001.RW001', 120, 'Dukcapil'],
      ['52.71.01.1001.RW002', 1080, 'Dukcapil'],
      ['52.71.01.1002', 300, 'keluarga.csv'],
      ['52.71.02', 5000, 'keluarga.csv'],
    ]);
  });

  test('one bad row: all are told by their line, and nothing of the file is imported', async () => {
    const before = await households('rw');
    const { code, output, report } = await run(
      tableFile([
        'kode,kk,as_of',
        '52.71.01.1001.RW001,7,',
        '52.71.01.1001.RW002,-3,',
        'Ampenan,10,',
        '52.71.01.1002,10,31/12/2026',
        '52.71.02,1,2',
        '52.71.01.1001.RW001,8,',
        '52.71.02,12.5,',
      ]),
    );
    expect(code, output).toBe(2);
    expect(report[0].bad.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(output).toContain('refused: line 3: households "-3" is no whole number');
    expect(output).toContain('refused: line 4: "Ampenan" is no area code');
    expect(output).toContain('refused: line 7: is about 52.71.01.1001.RW001, as line 2 is');
    expect(output).toContain('nothing of the file was imported');
    expect(await households('rw')).toEqual(before);
  });

  test('a file of nothing but a header stores nothing, and says so and what to do', async () => {
    const before = await households('rw');
    for (const lines of [['kode,kk'], ['kode,kk', '', '']]) {
      const { code, output, report } = await run(tableFile(lines));
      expect([code, report], output).toEqual([0, [expect.objectContaining({ rows: 0, imported: 0, bad: [] })]]);
      expect(output).toContain(
        'nothing is in the file but its header, so nothing was stored; save the sheet that has the rows',
      );
      expect(output).not.toMatch(/^ {2}stored$/m);
    }
    expect(await households('rw')).toEqual(before);
  });

  test('a dry run writes nothing; a table without households is refused with its columns', async () => {
    const before = await households('rw');
    const dry = await run(tableFile(['kode,kk', '52.71.01.1001.RW001,7', '51.01,9']), '--dry-run');
    expect(dry).toMatchObject({ code: 0, report: [{ imported: 0, unknown: 1 }] });
    expect(await households('rw')).toEqual(before);
    const none = await startImport(config, ['figures', tableFile(['kode,luas', '52,1'])]).ended;
    expect([none.code, none.output]).toEqual([1, expect.stringContaining('The columns are kode, luas')]);
  });
});
