import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { launchChromium } from '../support/browser.ts';
import { centreOfMap, lookAt, mapLoaded, pictureAround, unitsOnScreen } from '../support/map-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

describe.skipIf(!inject('chromium'))('the live map', () => {
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await startServer({ DATA_DIR: mkdtempSync(join(inject('scratch'), 'e2e-')) });
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
    expect(await pictureAround(page, x, y, 12)).not.toEqual(empty);
    await page.close();
  });
});
