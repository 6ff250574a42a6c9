import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { encodeTile, LayerWriter } from '../../shared/tiles/mvt.ts';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { launchChromium } from '../support/browser.ts';
import { dataFolder } from '../support/data-folders.ts';
import { centreOfMap, lookAt, type MapHandle, mapLoaded, pictureAround, unitsOnScreen } from '../support/map-page.ts';
import { pmtilesFile, serveFile } from '../support/pmtiles.ts';
import { type RunningServer, startServer } from '../support/server.ts';

describe.skipIf(!inject('chromium'))('the map', () => {
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await startServer({ DATA_DIR: dataFolder() });
    browser = await launchChromium(inject('chromium'));
    await createUnit('P1', 'polri', '123456');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function createUnit(callsign: string, organisation: string, device: string): Promise<void> {
    const answer = await ask(`${server.url}/api/units`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ callsign, organisation, devices: [device] }),
    });
    expect(answer.status).toBe(201);
  }

  async function openPage(prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION, viewport: { width: 1280, height: 800 } });
    await prepare?.(page);
    // The page first looks where the server says; only then may a test look elsewhere.
    await page.goto(server.url, { waitUntil: 'networkidle' });
    await mapLoaded(page);
    return page;
  }

  const layers = (page: Page) =>
    page.evaluate(() => (globalThis as unknown as { ronda: MapHandle }).ronda.map.getLayersOrder());
  const paint = (page: Page, layer: string, property: 'background-color' | 'fill-color') =>
    page.evaluate(
      ([layer = '', property = '']) =>
        (globalThis as unknown as { ronda: MapHandle }).ronda.map.getPaintProperty(layer, property as 'fill-color'),
      [layer, property],
    );

  test.skipIf(!inject('sharedDir'))('protocol: captured OsmAnd requests move a marker within a second', async () => {
    const samples = readFileSync(join(inject('sharedDir'), 'protocols/osmand_query.txt'), 'utf8').split('\n');
    // The one without a time of its own: the others are years old, and rightly history.
    const sample = samples.find((line) => line.startsWith('/?lat=') && !line.includes('timestamp')) ?? '';
    const page = await openPage();
    await lookAt(page, 30, 60, 15);
    const report = async (query: string) => {
      const begun = performance.now();
      expect((await ask(`${server.url}/api/ingest/osmand${query.replace(/^\//, '')}`)).status).toBe(200);
      return begun;
    };
    const seen = async (begun: number, x: number, y: number) => {
      await expect
        .poll(async () => (await unitsOnScreen(page)).some((unit) => Math.hypot(unit.x - x, unit.y - y) < 3), {
          timeout: 5_000,
          interval: 20,
        })
        .toBe(true);
      return performance.now() - begun;
    };
    const { x, y } = await centreOfMap(page);
    const empty = await pictureAround(page, x, y, 12);
    expect(await seen(await report(sample), x, y)).toBeLessThan(1_000);
    // The frame that shows it may be drawn a moment after the layer knows where.
    await expect.poll(() => pictureAround(page, x, y, 12), { timeout: 5_000 }).not.toEqual(empty);
    // 0.001° east at zoom 15: 512 · 2¹⁵ / 360 000 = 46.6 pixels. The movement itself takes as long as the fixes are apart.
    expect(await seen(await report(sample.replace('lon=30.0', 'lon=30.001')), x + 46.6, y)).toBeLessThan(5_000);
    await page.close();
  });

  test('from afar units are counted', async () => {
    await ask(`${server.url}/api/ingest/osmand?id=123456&lat=-6.2&lon=106.8`);
    const page = await openPage();
    await lookAt(page, 106.8, -6.2, 5);
    const counts = () =>
      page.evaluate(() =>
        (globalThis as unknown as { ronda: MapHandle }).ronda.map
          .queryRenderedFeatures({ layers: ['unit-count-numbers'] })
          .map(({ properties }) => properties.count),
      );
    await expect.poll(counts, { timeout: 10_000 }).toEqual([1]);
    expect(await unitsOnScreen(page)).toEqual([]);
    await page.close();
  });

  test('changing theme repaints and loses no layer', async () => {
    const page = await openPage();
    const before = await layers(page);
    const dark = await paint(page, 'base-sea', 'background-color');
    await page.getByRole('button', { name: 'Ganti ke tampilan terang' }).click();
    await expect.poll(() => paint(page, 'base-sea', 'background-color')).not.toBe(dark);
    expect(await layers(page)).toEqual(before);
    await page.close();
  });

  test('asks nothing of any other server', async () => {
    const origins = new Set<string>();
    const page = await openPage(async (page) => {
      page.on('request', (request) =>
        origins.add(new URL(request.url()).protocol === 'data:' ? 'data:' : new URL(request.url()).origin),
      );
      await page.routeWebSocket(/.*/, (socket) => {
        origins.add(new URL(socket.url()).origin.replace(/^ws/, 'http'));
        socket.connectToServer();
      });
    });
    await lookAt(page, 106.8, -6.2, 14);
    await mapLoaded(page);
    expect([...origins].filter((origin) => origin !== 'data:')).toEqual([server.url]);
    await page.close();
  });

  test('measures a way by clicking', async () => {
    const page = await openPage();
    await lookAt(page, 106.8, -6.2, 14);
    await page.getByRole('button', { name: 'Ukur jarak' }).first().click();
    const box = await page.locator('canvas.maplibregl-canvas').boundingBox();
    const { x, y } = await centreOfMap(page);
    await page.mouse.click((box?.x ?? 0) + x - 100, (box?.y ?? 0) + y);
    await page.mouse.dblclick((box?.x ?? 0) + x + 100, (box?.y ?? 0) + y);
    const shape = () =>
      page.evaluate(() =>
        (globalThis as unknown as { ronda: MapHandle }).ronda.map
          .queryRenderedFeatures({ layers: ['measure-line'] })
          .map(({ geometry }) => geometry.type),
      );
    await expect.poll(shape).toContain('LineString');
    // 200 pixels at zoom 14 on 6.2° south: 200 · 40 075 017 · cos 6.2° / (512 · 2¹⁴) = 950 m.
    await expect.poll(() => page.getByText(/9[45]\d\s*m/).count()).toBeGreaterThan(0);
    // To begin anew takes away what is drawn, also under a pointer that still moves.
    await page.getByRole('button', { name: 'Ulangi' }).press('Enter');
    await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y + 40);
    await expect.poll(shape).toEqual([]);
    await page.getByRole('region', { name: 'Ukur jarak' }).getByText('Klik titik demi titik').waitFor();
    // By keys alone: a point at the middle of the map, another after the map was moved on.
    await page.locator('canvas.maplibregl-canvas').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await expect.poll(shape).toContain('LineString');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ulangi' }).waitFor();
    await page.close();
  });

  describe('another base map', () => {
    const withBasemap = (address: string) => async (page: Page) =>
      page.route('**/api/settings', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), basemapStyleUrl: address } });
      });

    test('a style lies beneath our layers', async () => {
      const page = await openPage(async (page) => {
        await withBasemap('/another-style.json')(page);
        await page.route('**/another-style.json', (route) =>
          route.fulfill({
            json: {
              version: 8,
              sources: { one: { type: 'geojson', data: { type: 'Point', coordinates: [106.8, -6.2] } } },
              layers: [
                { id: 'ground', type: 'background', paint: { 'background-color': '#102030' } },
                { id: 'one', type: 'circle', source: 'one' },
              ],
            },
          }),
        );
      });
      await expect.poll(async () => (await layers(page)).indexOf('custom-one')).toBeGreaterThan(0);
      const order = await layers(page);
      expect(order.indexOf('custom-one')).toBeLessThan(order.indexOf('area-fill'));
      await page.close();
    });

    test('a PMTiles file of BASEMAP_STYLE_URL lies beneath our layers', async () => {
      const square = Int32Array.of(0, 0, 4096, 0, 4096, 4096, 0, 4096);
      const [earth, roads] = [new LayerWriter('earth'), new LayerWriter('roads')];
      earth.add(1, {}, { polygons: [[square]] });
      roads.add(2, {}, { lines: [square] });
      const file = pmtilesFile(Buffer.from(encodeTile([earth, roads])), ['earth', 'roads']);
      const host = await serveFile(file);
      const other = await startServer({
        DATA_DIR: dataFolder(),
        BASEMAP_STYLE_URL: `${host.origin}/peta.pmtiles`,
      });
      try {
        const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION, viewport: { width: 1280, height: 800 } });
        await page.goto(other.url);
        await mapLoaded(page);
        await expect
          .poll(() => page.evaluate(() => (globalThis as unknown as { ronda: MapHandle }).ronda.map.queryRenderedFeatures({ layers: ['custom-earth-fill'] }).length)) // biome-ignore format: one line
          .toBeGreaterThan(0);
        const order = await layers(page);
        expect(order).toContain('custom-roads-line');
        expect(order.indexOf('custom-earth-fill')).toBeLessThan(order.indexOf('area-fill'));
        expect(host.ranges.length).toBeGreaterThan(0);
        await page.close();
      } finally {
        await other.stop();
        host.server.closeAllConnections();
        host.server.close();
      }
    });

    test('one that cannot be read leaves the built-in map, and says so', async () => {
      const page = await openPage(withBasemap('/no-such-style.json'));
      await page.getByText('Peta dasar pilihan tidak dapat dipakai').waitFor();
      expect((await layers(page)).filter((id) => id.startsWith('custom-'))).toEqual([]);
      await page.close();
    });
  });
});
