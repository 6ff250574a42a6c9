import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import type { Config } from '../../../server/config.ts';
import { engines, freshConfig, openApp } from '../../support/engines.ts';
import { geoJsonFile, squareAt, startImport } from '../../support/imports.ts';

const sharedDir = inject('sharedDir');
const geo = (name: string) => join(sharedDir, 'geo', `${name}.geojson.gz`);

describe.each(engines())('npm run import on %s', (engine) => {
  let app: App;
  let config: Config;
  beforeAll(async () => {
    config = await freshConfig(engine);
    app = await openApp(config);
  });
  afterAll(() => app?.close());

  const run = (...args: string[]) => startImport(config, args).ended;
  const count = async (what: string) => {
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.raw(what)}`.execute(app.database.db);
    return rows[0]?.n ?? -1;
  };
  const version = async (topic: 'areas' | 'basemap') => {
    const row = await app.database.db
      .selectFrom('publication')
      .selectAll()
      .where('topic', '=', topic)
      .executeTakeFirst();
    return row?.version ?? -1;
  };

  test.skipIf(!sharedDir)('a hostile file ends with a message and changes nothing', async () => {
    const ended = await run('boundaries', join(sharedDir, 'corpora/homemade/zip-nested-3x64MiB.zip'));
    expect(ended).toMatchObject({
      code: 1,
      output: expect.stringMatching(/zip-nested-3x64MiB.zip: The archive holds another/),
    });
    expect([await count('area_current'), await count('area_import')]).toEqual([0, 0]);
  });

  test.skipIf(!sharedDir)(
    'killed at any moment it leaves nothing visible; the next import clears up',
    { timeout: 120_000 },
    async () => {
      const before = await version('areas');
      for (const moment of [/writing \d+\//, /writing [1-9]\d{3}\//]) {
        const started = startImport(config, ['boundaries', geo('kalsel_desa_wilayah2026')]);
        await started.says(moment);
        started.kill();
        await started.ended;
        expect(await version('areas')).toBe(before);
        expect(await count('area_current')).toBe(0);
      }
      expect(await count('area')).toBeGreaterThan(0);
      const { code } = await run('boundaries', geoJsonFile([{ properties: { kode: '52.71', nama: 'x' }, geometry: squareAt(116, -8) }])); // biome-ignore format: one line
      expect(code).toBe(0);
      expect([await count('area'), await count('area_current'), await count('area_import')]).toEqual([1, 1, 1]);
    },
  );

  test.skipIf(!sharedDir)(
    'the server answers while it runs, and serves the areas when it is done',
    { timeout: 120_000 },
    async () => {
      const import_ = startImport(config, ['boundaries', geo('kalsel_desa_wilayah2026')]);
      let running = true;
      const ended = import_.ended.finally(() => {
        running = false;
      });
      const waits: number[] = [];
      while (running) {
        const begin = performance.now();
        const answer = await app.http.inject('/api/areas/at?lon=114.8&lat=-3.44');
        waits.push(performance.now() - begin);
        expect(answer.statusCode).toBe(200);
      }
      expect(await ended).toMatchObject({ code: 0 });
      waits.sort((a, b) => a - b);
      console.log(
        `${engine}: ${waits.length} answers beside an import, p50 ${waits[waits.length >> 1]?.toFixed(1)} ms, p99 ${waits[Math.floor(waits.length * 0.99)]?.toFixed(1)} ms, longest ${waits.at(-1)?.toFixed(1)} ms`,
      );
      expect(waits[Math.floor(waits.length * 0.99)]).toBeLessThan(500);
      const { areas } = (await app.http.inject('/api/areas/at?lon=114.8&lat=-3.44')).json();
      expect(areas).toEqual([expect.objectContaining({ level: 'desa' })]);
    },
  );

  test.skipIf(!sharedDir)('streets: classes, one switch, unchanged the second time', async () => {
    const before = await version('basemap');
    const first = await run('streets', geo('jakarta_roads_osm2012'));
    expect(first).toMatchObject({
      code: 2,
      output: expect.stringContaining('type "construction" is no street in use'),
    });
    expect(await version('basemap')).toBe(before + 1);
    expect(await count(`basemap_feature WHERE kind = 'street' AND class = 'primary'`)).toBeGreaterThan(1000);
    expect((await run('streets', geo('jakarta_roads_osm2012'))).output).toContain('unchanged');
    expect(await version('basemap')).toBe(before + 1);
  });

  test('streets of the same source replace the earlier ones', async () => {
    const street = (name: string) => ({ properties: { highway: 'primary', name }, geometry: { type: 'LineString', coordinates: [[116, -8], [116.1, -8]] } }); // biome-ignore format: one line
    expect(await run('streets', geoJsonFile([street('Satu'), street('Dua')]), '--source', 'uji')).toMatchObject({
      code: 0,
    });
    expect(await run('streets', geoJsonFile([street('Tiga')]), '--source', 'uji')).toMatchObject({ code: 0 });
    expect(await count(`basemap_feature WHERE source = 'uji'`)).toBe(1);
    expect(await count('basemap_import WHERE replaced_at IS NOT NULL')).toBe(0);
  });
});

test('--help explains itself; what is not understood is told so before anything is opened', async () => {
  const nowhere = { dataDir: '/nowhere', databaseUrl: undefined };
  const help = await startImport(nowhere, ['--help']).ended;
  expect(help).toMatchObject({ code: 0, output: expect.stringContaining('npm run import -- boundaries') });
  const file = geoJsonFile([]);
  const wrong: [string[], string][] = [
    [['boundaries'], 'Usage:'],
    [['boundaries', file, '--bogus'], "Unknown option '--bogus'"],
    [['boundaries', file, '--level', 'negara'], '--level negara is none of'],
    [['boundaries', file, '--map', 'a=b'], '--map "a=b" is not understood'],
    [['streets', '/nowhere.geojson'], '/nowhere.geojson: The file cannot be read (ENOENT)'],
  ];
  for (const [args, reason] of wrong) {
    const ended = await startImport(nowhere, args).ended;
    expect(ended).toMatchObject({ code: 1, output: expect.stringContaining(reason) });
    expect(ended.output).not.toContain('    at ');
  }
});

test.skipIf(!sharedDir)("Jawa Timur's desa within 600 MB, without a server", { timeout: 180_000 }, async () => {
  const config = await freshConfig('embedded');
  const { code, output } = await startImport(config, ['boundaries', geo('jatim_desa_wilayah2026')]).ended;
  console.log(output.split('\n').filter((line) => /published|Took/.test(line)).join('\n')); // biome-ignore format: one line
  expect(code).toBe(0);
  expect(output).toContain('8494 features, 8494 desa');
  expect(Number(/(\d+) MB of memory/.exec(output)?.[1])).toBeLessThan(600);
});
