import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { freshConfig, openApp } from '../support/engines.ts';

const BYTES = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));

let app: App;
beforeAll(async () => {
  const file = join(mkdtempSync(join(inject('scratch'), 'basemap-')), 'peta kota.pmtiles');
  writeFileSync(file, BYTES);
  app = await openApp({ ...(await freshConfig('embedded')), basemap: { file } });
});
afterAll(() => app?.close());

test('a PMTiles file on this computer is served in the ranges that maps ask for, and is where the settings say', async () => {
  const { basemapStyleUrl } = (await app.http.inject('/api/settings')).json<{ basemapStyleUrl: string }>();
  const part = await app.http.inject({ url: basemapStyleUrl, headers: { range: 'bytes=100-299' } });
  expect(part.statusCode).toBe(206);
  expect(part.headers['content-range']).toBe('bytes 100-299/1000');
  expect(part.rawPayload).toEqual(BYTES.subarray(100, 300));
  const beyond = await app.http.inject({ url: basemapStyleUrl, headers: { range: 'bytes=5000-5999' } });
  expect(beyond.statusCode).toBe(400);
});

test('nothing else of its folder is served', async () => {
  for (const url of ['/peta%20kota.pmtiles', '/basemap.pmtiles/../peta%20kota.pmtiles'])
    expect((await app.http.inject(url)).statusCode, url).toBe(404);
});
