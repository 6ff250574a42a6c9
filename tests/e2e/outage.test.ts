import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { NewIncident } from '../../shared/schemas/incident.ts';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { launchChromium } from '../support/browser.ts';
import { freePort } from '../support/cluster.ts';
import { dataFolder } from '../support/data-folders.ts';
import { mapLoaded, unitsOnScreen } from '../support/map-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

declare global {
  /** How much later it is to the page than to others, milliseconds. */
  var asleep: number | undefined;
}

const PLACE = { lon: 116.1, lat: -8.58 };

describe.skipIf(!inject('chromium'))('the page without its server', () => {
  let env: Record<string, string>;
  let server: RunningServer;
  let browser: Browser;
  let proxy: TcpProxy;
  beforeAll(async () => {
    env = { DATA_DIR: dataFolder(), PORT: String(await freePort()) };
    server = await startServer(env);
    proxy = await TcpProxy.start(Number(env.PORT));
    browser = await launchChromium(inject('chromium'));
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await server?.stop();
  });

  async function post(path: string, body: unknown): Promise<void> {
    const answer = await ask(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
  }

  const report = (title: string) =>
    post('/api/incidents', {
      id: uuidv7(),
      title,
      category: 'kamtibmas',
      severity: 'moderate',
      source: 'radio',
      occurredAt: new Date().toISOString(),
      location: PLACE,
    } satisfies NewIncident);

  const move = async (lon: number, lat: number) => {
    const answer = await ask(`${server.url}/api/ingest/osmand?id=hp-1&lat=${lat}&lon=${lon}`);
    expect(answer.status).toBe(200);
  };

  test('a stream refused for good says what happened, and a new page connects again', async () => {
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION });
    const refuse = { now: () => {} };
    await page.routeWebSocket(/\/api\/live/, (socket) => {
      socket.connectToServer();
      refuse.now = () => void socket.close({ code: 4000, reason: 'bad_messages' });
    });
    await page.goto(`${server.url}/?peta=13/${PLACE.lat}/${PLACE.lon}`);
    await page.getByText('Langsung', { exact: true }).first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    refuse.now();
    const notice = page.getByRole('alert').filter({ hasText: 'Server menghentikan sambungan langsung' });
    await notice.getByText('konsep laporan Anda aman').waitFor();
    await page
      .getByText(/^Posisi lama sejak/)
      .first()
      .waitFor();
    await notice.getByRole('button', { name: 'Muat ulang' }).click();
    await page.getByText('Langsung', { exact: true }).first().waitFor();
    expect(await notice.count()).toBe(0);
    await page.close();
  });

  /** Puts the page to sleep until the answer is called; to the page an hour passes. What it was connected to is gone meanwhile. */
  async function sleep(page: Page): Promise<() => Promise<void>> {
    const tab = await page.context().newCDPSession(page);
    await tab.send('Page.setWebLifecycleState', { state: 'frozen' });
    proxy.cut();
    proxy.target = await freePort();
    return async () => {
      await page.evaluate((ms) => {
        globalThis.asleep = ms;
      }, 3_600_000);
      await tab.send('Page.setWebLifecycleState', { state: 'active' });
    };
  }

  test('it says so, and catches up with nothing missing and nothing twice, and so after an hour asleep', async () => {
    await post('/api/units', { callsign: 'Melati 1', organisation: 'ronda', devices: ['hp-1'] });
    await move(PLACE.lon, PLACE.lat);
    await report('Sebelum padam');
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION, viewport: { width: 1440, height: 900 } });
    await page.addInitScript(() => {
      const { now } = Date;
      Date.now = () => now() + (globalThis.asleep ?? 0);
    });
    await page.goto(`http://127.0.0.1:${proxy.port}/?peta=13/${PLACE.lat}/${PLACE.lon}`);
    await mapLoaded(page);
    const titles = () => page.locator('[data-incident]').allInnerTexts();
    const shown = async (title: string) => (await titles()).filter((text) => text.includes(title)).length;
    await expect.poll(() => shown('Sebelum padam'), { timeout: 20_000 }).toBe(1);
    await expect.poll(async () => (await unitsOnScreen(page)).length, { timeout: 20_000 }).toBe(1);
    const [before] = await unitsOnScreen(page);

    // Without a network the page cannot come back before all that it missed has happened.
    await page.context().setOffline(true);
    await server.stop('SIGKILL');
    await page.getByText('Menyambung kembali').first().waitFor({ timeout: 30_000 });
    expect(await shown('Sebelum padam')).toBe(1);
    server = await startServer(env);
    await report('Saat padam 1');
    await report('Saat padam 2');
    await move(PLACE.lon + 0.01, PLACE.lat);

    await page.context().setOffline(false);
    await expect.poll(() => shown('Saat padam 2'), { timeout: 60_000 }).toBe(1);
    expect(await shown('Saat padam 1')).toBe(1);
    expect(await shown('Sebelum padam')).toBe(1);
    await page.getByText('Langsung', { exact: true }).first().waitFor({ timeout: 30_000 });
    await expect
      .poll(async () => (await unitsOnScreen(page))[0]?.x ?? 0, { timeout: 30_000 })
      .toBeGreaterThan((before?.x ?? 0) + 50);

    const [awake] = await unitsOnScreen(page);
    const wake = await sleep(page);
    await report('Saat tidur');
    await move(PLACE.lon + 0.02, PLACE.lat);
    await wake();
    await page
      .getByText(/^Posisi lama sejak/)
      .first()
      .waitFor();
    expect([await shown('Saat padam 2'), await shown('Saat tidur')]).toEqual([1, 0]);
    proxy.target = Number(env.PORT);
    await expect.poll(() => shown('Saat tidur'), { timeout: 60_000 }).toBe(1);
    for (const title of ['Sebelum padam', 'Saat padam 1', 'Saat padam 2']) expect(await shown(title), title).toBe(1);
    await page.getByText('Langsung', { exact: true }).first().waitFor({ timeout: 30_000 });
    await expect
      .poll(async () => (await unitsOnScreen(page)).map(({ x }) => x > (awake?.x ?? 0) + 50), { timeout: 30_000 })
      .toEqual([true]);
    await page.close();
  });
});
