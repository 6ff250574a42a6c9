import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { launchChromium } from '../support/browser.ts';
import { dataFolder } from '../support/data-folders.ts';
import { centreOfMap, lookAt, type MapHandle, mapLoaded, pictureAround, unitsOnScreen } from '../support/map-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

describe.skipIf(!inject('chromium'))('the live map', () => {
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

  test('a captured OsmAnd request moves a marker on the screen', async () => {
    await ask(`${server.url}/api/units`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ callsign: 'P1', organisation: 'polri', devices: ['123456'] }),
    });
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION });
    await page.goto(server.url);
    await mapLoaded(page);
    await lookAt(page, 106.8, -6.2, 14);
    const drawn = async () => (await unitsOnScreen(page)).map(({ id }) => id);
    expect(await drawn()).toEqual([]);
    const { x, y } = await centreOfMap(page);
    const empty = await pictureAround(page, x, y, 12);
    const answer = await ask(`${server.url}/api/ingest/osmand?id=123456&lat=-6.2&lon=106.8`);
    expect(answer.status).toBe(200);
    await expect.poll(drawn, { timeout: 5_000 }).toEqual([1]);
    // The frame that shows it may be drawn a moment after the layer knows where.
    await expect.poll(() => pictureAround(page, x, y, 12), { timeout: 5_000 }).not.toEqual(empty);
    await page.close();
  });

  test('movement never re-renders React: while 20 units move it commits as often as while they stand', async () => {
    const devices = Array.from({ length: 20 }, (_, index) => `moving-${index}`);
    const send = async (path: string, body: unknown) => {
      const answer = await ask(server.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(answer.ok).toBe(true);
    };
    for (const device of devices) {
      await send('/api/units', { callsign: device, organisation: 'polri', devices: [device] });
    }
    const move = (step: number) =>
      send('/api/ingest/positions', {
        fixes: devices.map((device, index) => ({ device, lat: -6.5 - index / 2000, lon: 107 + step / 5000 })),
      });
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION });
    await page.addInitScript(() => {
      // What React tells its developer tools, also as it is built for people: each time it changes the document.
      const hook = {
        supportsFiber: true,
        commits: 0,
        inject: () => 1,
        onCommitFiberUnmount() {},
        onCommitFiberRoot() {},
      };
      hook.onCommitFiberRoot = () => void hook.commits++;
      Object.assign(globalThis, { __REACT_DEVTOOLS_GLOBAL_HOOK__: hook });
    });
    await page.goto(server.url, { waitUntil: 'networkidle' });
    await mapLoaded(page);
    await page.getByRole('button', { name: 'Unsur', exact: true }).click();
    await lookAt(page, 107.005, -6.505, 14);
    await move(0);
    await expect.poll(async () => (await unitsOnScreen(page)).length, { timeout: 10_000 }).toBe(20);
    const commits = () => page.evaluate<number>('globalThis.__REACT_DEVTOOLS_GLOBAL_HOOK__.commits');
    const commitsDuring = async (ms: number, meanwhile: () => Promise<void> = async () => {}) => {
      const [before, end] = [await commits(), Date.now() + ms];
      for (let left = ms; left > 0; left = end - Date.now()) {
        await meanwhile();
        await delay(Math.min(200, Math.max(0, end - Date.now())));
      }
      return (await commits()) - before;
    };
    // The clock, and the ages in the list of units, are written anew by the second whatever moves.
    await expect.poll(() => commitsDuring(3_000), { timeout: 60_000 }).toBeLessThanOrEqual(5);
    const [standing, from] = [await commitsDuring(6_000), await unitsOnScreen(page)];
    let step = 0;
    const moving = await commitsDuring(6_000, () => move(++step));
    const to = new Map((await unitsOnScreen(page)).map(({ id, x }) => [id, x]));
    expect(from.filter(({ id, x }) => Math.abs((to.get(id) ?? x) - x) > 20)).toHaveLength(20);
    expect(step).toBeGreaterThan(15);
    expect(standing).toBeGreaterThan(3);
    // Where six seconds begin and end may let one more second or sample in.
    expect(moving).toBeLessThanOrEqual(standing + 2);
    await page.close();
  });

  test('a lost graphics context comes back with all that was drawn', async () => {
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.addInitScript(() => {
      const contexts: WebGL2RenderingContext[] = [];
      Object.assign(globalThis, { contexts });
      for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
        const make = prototype.getContext as (...parts: unknown[]) => unknown;
        Object.assign(prototype, {
          getContext(...parts: unknown[]) {
            const context = make.apply(this, parts);
            if (context instanceof WebGL2RenderingContext && !contexts.includes(context)) contexts.push(context);
            return context;
          },
        });
      }
    });
    await page.goto(server.url, { waitUntil: 'networkidle' });
    await mapLoaded(page);
    await lookAt(page, 106.8, -6.2, 14);
    await expect.poll(async () => (await unitsOnScreen(page)).length, { timeout: 10_000 }).toBe(1);
    const { x, y } = await centreOfMap(page);
    const picture = () => pictureAround(page, x, y, 12);
    const layers = () =>
      page.evaluate(() => {
        const { map } = (globalThis as unknown as { ronda: MapHandle }).ronda;
        return map.style ? map.getLayersOrder() : [];
      });
    await settled(picture);
    const [before, order] = [await picture(), await layers()];
    const lose = () =>
      page.evaluate(() => {
        const { contexts } = globalThis as unknown as { contexts: WebGL2RenderingContext[] };
        const ways = contexts.flatMap((context) => context.getExtension('WEBGL_lose_context') ?? []);
        for (const way of ways) way.loseContext();
        Object.assign(globalThis, { restore: () => ways.forEach((way) => void way.restoreContext()) });
        return ways.length;
      });
    expect(await lose()).toBeGreaterThan(1);
    await expect.poll(layers).toEqual([]);
    // Positions come, and someone uses the page, while there is nothing to draw on.
    await ask(`${server.url}/api/ingest/osmand?id=123456&lat=-6.2&lon=106.8`);
    await page.getByRole('button', { name: 'Ganti ke tampilan terang' }).click();
    await page.getByRole('button', { name: 'Ganti ke tampilan gelap' }).click();
    await page.evaluate('globalThis.restore()');
    await expect.poll(layers, { timeout: 10_000 }).toEqual(order);
    await mapLoaded(page);
    await expect.poll(async () => (await picture()).equals(before), { timeout: 20_000 }).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });
});

/** Waits until two pictures in a row are the same. */
async function settled(picture: () => Promise<Buffer>): Promise<void> {
  let last = await picture();
  await expect
    .poll(
      async () => {
        const next = await picture();
        const same = next.equals(last);
        last = next;
        return same;
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(true);
}
