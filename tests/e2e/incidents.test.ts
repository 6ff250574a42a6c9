import type { GeoJSONSource } from 'maplibre-gl';
import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { IncidentPoint } from '../../shared/schemas/incident.ts';
import { mainThreadTasks, TASK_CATEGORIES } from '../bench/page/renderer.ts';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { launchChromium } from '../support/browser.ts';
import { dataFolder } from '../support/data-folders.ts';
import { manyIncidentPoints } from '../support/incident-points.ts';
import { clustersOnMap, lookAt, type MapHandle, mapLoaded, untilInPage } from '../support/map-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

/** A place, and one that joins its cluster at zoom 12 but not at 17. */
const HERE = { lon: 106.8, lat: -6.2 };
const NEARBY = { lon: 106.803, lat: -6.2 };
const ELSEWHERE = { lon: 106.84, lat: -6.2 };

describe.skipIf(!inject('chromium'))('incidents on the map', () => {
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await startServer({ DATA_DIR: dataFolder() });
    browser = await launchChromium(inject('chromium'));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function report(location: { lon: number; lat: number }, fields = {}): Promise<string> {
    const id = uuidv7();
    const answer = await ask(`${server.url}/api/incidents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id,
        category: 'kamtibmas',
        severity: 'moderate',
        source: 'resident',
        title: 'Contoh',
        occurredAt: new Date().toISOString(),
        location,
        ...fields,
      }),
    });
    expect(answer.status).toBe(201);
    return id;
  }

  async function openPage(): Promise<Page> {
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION });
    await page.goto(server.url);
    await mapLoaded(page);
    return page;
  }

  /** Clicks the symbol of a cluster, where the map draws it on the page. */
  async function clickCluster(page: Page, id: string): Promise<void> {
    const symbol = (await clustersOnMap(page)).find((cluster) => cluster.id === id);
    const box = await page.locator('canvas.maplibregl-canvas').boundingBox();
    await page.mouse.click((box?.x ?? 0) + (symbol?.x ?? 0), (box?.y ?? 0) + (symbol?.y ?? 0));
  }

  test('a report joins its cluster within a second, and every other stays as it is', async () => {
    const [first, , other] = [await report(HERE), await report(NEARBY), await report(ELSEWHERE)];
    const page = await openPage();
    await lookAt(page, 106.82, -6.2, 12);
    await expect
      .poll(() => clustersOnMap(page))
      .toMatchObject([
        { id: first, count: 2 },
        { id: other, count: 1 },
      ]);
    const before = await clustersOnMap(page);

    const seen = untilInPage(page, 'globalThis.ronda.incidents.clusters().some(({ count }) => count === 3)');
    const start = performance.now();
    await report(NEARBY);
    await seen;
    expect(performance.now() - start).toBeLessThan(1000);
    expect(await clustersOnMap(page)).toEqual(before.map((one) => (one.id === first ? { ...one, count: 3 } : one)));
    await page.close();
  });

  test('a click moves closer until a cluster falls apart; incidents of one place open as a list', async () => {
    const place = { lon: 107.2, lat: -6.4 };
    const first = await report(place, { title: 'Yang pertama' });
    const second = await report(place, { title: 'Yang kedua' });
    const third = await report({ ...place, lon: 107.203 }, { title: 'Yang ketiga' });
    const page = await openPage();
    await lookAt(page, place.lon, place.lat, 12);
    await expect.poll(() => clustersOnMap(page)).toMatchObject([{ id: first, count: 3 }]);
    await clickCluster(page, first);
    await expect
      .poll(() => clustersOnMap(page))
      .toMatchObject([
        { id: first, count: 2 },
        { id: third, count: 1 },
      ]);
    await untilInPage(page, '!globalThis.ronda.map.isMoving()');
    await clickCluster(page, first);
    const list = page.getByRole('region', { name: '2 kejadian di tempat ini' });
    await list.waitFor();
    const titles = await list.getByRole('button').allInnerTexts();
    expect(titles.map((text) => text.split('\n')[0])).toEqual(['Yang kedua', 'Yang pertama']);

    // The list goes on with what comes in, and selects.
    await report(place, { title: 'Yang keempat' });
    await page.getByRole('region', { name: '3 kejadian di tempat ini' }).waitFor();
    await page.getByRole('button', { name: 'Yang kedua' }).and(page.locator('.place-list button')).click();
    await expect.poll(() => page.url()).toContain(second);
    await page.close();
  });

  test('the heat is shown when it is asked for, and goes on with what comes in', async () => {
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION });
    const open = async (layers: string) => {
      await page.goto(`${server.url}/?lapisan=${layers}`);
      await mapLoaded(page);
      await lookAt(page, HERE.lon, HERE.lat, 12);
    };
    const heat = () =>
      page.evaluate(async () => {
        const { map } = (globalThis as unknown as { ronda: MapHandle }).ronda;
        const data = await map.getSource<GeoJSONSource>('incident-heat')?.getData();
        return {
          visible: map.getLayoutProperty('incident-heat', 'visibility'),
          points: data?.type === 'FeatureCollection' ? data.features.length : -1,
        };
      });
    await report(HERE);
    await open('incidents');
    await expect.poll(async () => (await clustersOnMap(page)).length).toBeGreaterThan(0);
    expect(await heat()).toEqual({ visible: 'none', points: 0 });
    await open('heat');
    await expect.poll(async () => (await heat()).points, { timeout: 5000 }).toBeGreaterThan(0);
    const before = await heat();
    expect(before.visible).toBe('visible');
    // It goes on with what comes in, but not with what patrols find.
    await report(HERE, { source: 'patrol' });
    await report(HERE);
    await expect.poll(heat, { timeout: 5000 }).toEqual({ ...before, points: before.points + 1 });
    await page.close();
  });

  test('20,000 incidents hold up no frame for long', async () => {
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION });
    const points: IncidentPoint[] = manyIncidentPoints(20_000, Date.now());
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/incidents/points', async (route) => {
      const answer = (await (await route.fetch()).json()) as { cursor: string };
      await released;
      await route.fulfill({ json: { points, cursor: answer.cursor, truncated: false } });
    });
    await page.goto(server.url);
    await mapLoaded(page);
    await lookAt(page, HERE.lon, HERE.lat, 11);
    await browser.startTracing(page, { categories: TASK_CATEGORIES });
    release();
    const total = async () => (await clustersOnMap(page)).reduce((sum, { count }) => sum + count, 0);
    await expect.poll(total, { timeout: 10_000 }).toBeGreaterThan(10_000);
    const before = await total();
    for (let at = 0; at < 5; at++) await report(HERE);
    await expect.poll(total, { timeout: 5000 }).toBe(before + 5);
    for (const zoom of [12, 13, 14, 12]) {
      await lookAt(page, HERE.lon, HERE.lat, zoom);
      await expect.poll(async () => (await clustersOnMap(page)).length).toBeGreaterThan(0);
    }
    const [longest = 0] = mainThreadTasks(await browser.stopTracing(), server.url, 'cpu').slice(-1);
    console.log(`longest task over 20,000 incidents: ${Math.round(longest)} ms`);
    expect(longest).toBeLessThan(200);
    await page.close();
  });
});
