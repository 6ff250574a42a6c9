import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { PlanGround } from '../../shared/schemas/plan.ts';
import { AUTHORIZATION } from '../support/access.ts';
import { seriousFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { demonstrationFolder } from '../support/demonstration-folder.ts';
import { mapLoaded } from '../support/map-page.ts';
import { signedIn } from '../support/member.ts';
import {
  CITY,
  cityGround,
  cityPair,
  newPlan,
  openedPlan,
  placesOf,
  planDrawn,
  storedPlan,
  stroke,
} from '../support/plan-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const LONG = { timeout: 60_000 };

describe.skipIf(!inject('chromium'))("the planner's room", () => {
  let server: RunningServer;
  let browser: Browser;
  let ground: PlanGround;
  /** Two RW side by side. */
  let pair: [number, number];
  let page: Page;

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: await demonstrationFolder() });
    browser = await launchChromium(inject('chromium'));
    ground = await cityGround(server.url);
    pair = await cityPair(server.url, ground);
  }, 300_000);
  afterEach(() => page?.close());
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function open(query = '', viewport = DESK): Promise<Page> {
    page = await browser.newPage({
      extraHTTPHeaders: AUTHORIZATION,
      viewport,
      hasTouch: viewport === PHONE,
      reducedMotion: 'reduce',
    });
    page.on('pageerror', (error) => expect.unreachable(error.message));
    await page.goto(`${server.url}/?ruang=perencanaan${query}`);
    await mapLoaded(page);
    return page;
  }
  async function openPlan(title: string): Promise<string> {
    const { id } = await newPlan(server.url, title);
    await open(`&rencana=${id}`);
    await planDrawn(page);
    return id;
  }
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const tab = (name: string | RegExp) =>
    page.getByRole('navigation', { name: 'Bagian rencana' }).getByRole('button', { name }).click();
  const row = (zone: string) => page.getByRole('list', { name: 'Zona' }).locator('li', { hasText: zone });
  /** Codes of a zone as the server holds them, once everything is saved. */
  const stored = async (id: string, zone: number) => {
    await page.getByText('Tersimpan', { exact: true }).waitFor();
    return (await storedPlan(server.url, id)).content.zones[zone]?.codes;
  };
  const codes = (...areas: number[]) => areas.map((area) => ground.code[area] ?? '').sort();
  test('a plan is made for the city on the map, painted with the pointer, and undone; figures follow the stroke', async () => {
    await open();
    await button('Rencana baru').click(LONG);
    await button('Keluarkan Kota Contoh Bahari').waitFor();
    await button('Buat rencana').click();
    const id = await openedPlan(page);
    await planDrawn(page);
    await button('Zona baru').click();
    const points = await placesOf(page, ground, pair);
    await stroke(page, points, true);
    // The button is still down.
    await row('Zona 1').getByText('2 RW').waitFor();
    expect((await storedPlan(server.url, id)).content.zones[0]?.codes ?? []).toEqual([]);
    await page.mouse.up();
    expect(await stored(id, 0)).toEqual(codes(...pair));
    await page.keyboard.press('Control+z');
    await row('Zona 1').getByText('0 RW').waitFor();
    expect(await stored(id, 0)).toEqual([]);
    await page.keyboard.press('Control+Shift+z');
    await row('Zona 1').getByText('2 RW').waitFor();
    await row('Zona 1')
      .getByText(/^beban/)
      .waitFor();
    await page.reload();
    await row('Zona 1').getByText('2 RW').waitFor(LONG);
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a locked zone takes nothing and gives nothing, and says so', async () => {
    const id = await openPlan('Kunci');
    await button('Zona baru').click();
    await stroke(page, await placesOf(page, ground, [pair[0]]));
    await button('Zona baru').click();
    await button('Kunci Zona 1').click();
    await stroke(page, await placesOf(page, ground, pair));
    await page.getByText('1 wilayah tetap: zonanya terkunci.').waitFor();
    expect(await stored(id, 0)).toEqual(codes(pair[0]));
    expect(await stored(id, 1)).toEqual(codes(pair[1]));
    await page.keyboard.press('1');
    await stroke(page, await placesOf(page, ground, [pair[1]]));
    await page.getByRole('alert').getByText('Zona 1 terkunci.').waitFor();
    expect(await stored(id, 1)).toEqual(codes(pair[1]));
  });

  test('a lasso, a whole kecamatan and the eraser', async () => {
    const id = await openPlan('Alat');
    const kecamatan = ground.kecamatan[0];
    const own = ground.kecamatan.flatMap((each, area) => (each === kecamatan ? [area] : []));
    await button('Zona baru').click();
    await page.keyboard.press('c');
    await stroke(page, await placesOf(page, ground, [0]));
    expect(await stored(id, 0)).toEqual(codes(...own));
    await page.keyboard.press('e');
    await stroke(page, await placesOf(page, ground, [0]));
    expect(await stored(id, 0)).toEqual(codes(...own.slice(1)));
    await page.keyboard.press('o');
    const [{ x, y } = { x: 0, y: 0 }] = await placesOf(page, ground, [0]);
    const reach = 4;
    await stroke(page, [
      { x: x - reach, y: y - reach },
      { x: x + reach, y: y - reach },
      { x: x + reach, y: y + reach },
      { x: x - reach, y: y + reach },
    ]);
    expect(await stored(id, 0)).toEqual(codes(...own));
    await page.keyboard.press('Escape');
    expect(await button('Lingkari wilayah').getAttribute('aria-pressed')).toBe('false');
  });

  test('a gap is told, and shown on the map', async () => {
    await openPlan('Celah');
    await button('Zona baru').click();
    await stroke(page, await placesOf(page, ground, [0]));
    await tab(/Periksa/);
    const gap = page.getByRole('region', { name: 'Harus dibereskan' }).locator('li').last();
    expect(await gap.textContent()).toMatch(/Celah: [\d.]+ RW tanpa zona/);
    const zoom = () => page.evaluate<number>('ronda.map.getZoom()');
    const before = await zoom();
    await gap.getByRole('button', { name: 'Tampilkan di peta' }).click();
    await expect.poll(zoom).not.toBe(before);
    const isRinged = () =>
      page.evaluate(
        `Array.from({ length: 2000 }, (_, id) => ronda.map.getFeatureState({ source: 'plan-borders', id })).some(({ lit }) => lit)`,
      );
    expect(await isRinged()).toBe(true);
    await tab('Zona');
    expect(await isRinged()).toBe(false);
    await tab(/Periksa/);
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a suggestion is seen before it is taken, is even, and is undone in one', async () => {
    const id = await openPlan('Usulan');
    await tab('Usulkan');
    await page.getByRole('textbox', { name: 'Banyak zona' }).fill('9');
    await button('Cari usulan').click();
    await button('Pakai usulan ini').waitFor(LONG);
    expect((await storedPlan(server.url, id)).content.zones).toEqual([]);
    expect(await seriousFindings(page)).toEqual([]);
    await button('Pakai usulan ini').click();
    await expect.poll(() => row('Zona').count()).toBe(9);
    await page.getByText('Semua masuk zona').waitFor();
    await page.getByText('Tersimpan', { exact: true }).waitFor();
    const { zones } = (await storedPlan(server.url, id)).content;
    expect(zones.flatMap((zone) => zone.codes).sort()).toEqual([...ground.code].sort());
    await tab('Beban');
    await page.getByText('9 dari 9 zona').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Control+z');
    await tab('Zona');
    await page.getByText('Belum ada zona.').waitFor();
  });

  test('a zone that is uneven is mended: seen first, then taken', async () => {
    const id = await openPlan('Perbaikan');
    await tab('Usulkan');
    await page.getByRole('textbox', { name: 'Banyak zona' }).fill('9');
    await button('Cari usulan').click();
    await button('Pakai usulan ini').click(LONG);
    await page.getByText('Tersimpan', { exact: true }).waitFor();
    const of = async (zone: number) => (await storedPlan(server.url, id)).content.zones[zone]?.codes ?? [];
    const own = (await of(0)).map((code) => ground.code.indexOf(code));
    await page.keyboard.press('e');
    await stroke(page, await placesOf(page, ground, own.slice(0, 5)));
    const deviation = async () => {
      const [, sign, percent] = /([+−]?)(\d+) %/.exec((await row('Zona 1').textContent()) ?? '') ?? [];
      return Number(percent) * (sign === '−' ? -1 : 1);
    };
    await expect.poll(deviation).toBeLessThan(-10);
    await page.keyboard.press('Escape');
    await button('Tindakan untuk Zona 1').click();
    await page.getByRole('menuitem', { name: 'Perbaiki Zona 1' }).click();
    await page.getByText('Perbaikan Zona 1 di peta').waitFor(LONG);
    const before = await of(0);
    await button('Pakai usulan ini').click();
    await expect.poll(async () => Math.abs(await deviation())).toBeLessThanOrEqual(10);
    await page.getByText('Tersimpan', { exact: true }).waitFor();
    expect((await of(0)).length).toBeGreaterThan(before.length);
  });

  test('a plan with a gap is not published and says why; without one it is, and work goes on in a copy', async () => {
    const id = await openPlan('Tetap');
    await button('Zona baru').click();
    await stroke(page, await placesOf(page, ground, [0]));
    await page.getByText('Tersimpan', { exact: true }).waitFor();
    const publish = async () => {
      await tab('Versi');
      await button('Tetapkan rencana').first().click();
      await page.getByRole('textbox', { name: 'Alasan' }).fill('Disetujui Kapolsek');
      await button('Tetapkan rencana').last().click();
    };
    await publish();
    await page.getByText('Belum dapat ditetapkan:').waitFor();
    await button('Batal').click();
    await tab('Usulkan');
    await page.getByRole('textbox', { name: 'Banyak zona' }).fill('5');
    await button('Cari usulan').click();
    await button('Pakai usulan ini').click(LONG);
    await page.getByText('Tersimpan', { exact: true }).waitFor();
    await publish();
    await page.getByText('Rencana ini sudah ditetapkan dan tidak berubah lagi').waitFor();
    expect(await storedPlan(server.url, id)).toMatchObject({ state: 'published', version: 1 });
    expect(await button('Kuas').count()).toBe(0);
    await page.getByRole('list', { name: 'Versi' }).getByText('Disetujui Kapolsek').waitFor();
    await button('Salin menjadi konsep baru').click();
    await button('Salin menjadi konsep baru').click();
    await expect.poll(() => openedPlan(page)).not.toBe(id);
    await planDrawn(page);
    await button('Sapukan Zona 1').click();
    const zones = (await storedPlan(server.url, await openedPlan(page))).content.zones;
    const other = ground.code.findIndex((code) => zones[1]?.codes.includes(code));
    await stroke(page, await placesOf(page, ground, [other]));
    await tab('Versi');
    await page.getByLabel('Bandingkan dengan').selectOption(id);
    await page.getByText('1 wilayah berbeda; diarsir di peta.').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('what is done without a server waits, is told, and is sent when it is back', async () => {
    const id = await openPlan('Terputus');
    await button('Zona baru').click();
    await page.getByText('Tersimpan', { exact: true }).waitFor();
    await page.context().setOffline(true);
    await stroke(page, await placesOf(page, ground, [0]));
    await page.getByText('1 perubahan menunggu server').waitFor(LONG);
    // Elsewhere in the page it goes on waiting.
    await button('Operasi').click();
    await button('Perencanaan').click();
    await page.context().setOffline(false);
    expect(await stored(id, 0)).toEqual(codes(0));
  });

  test('who may only read sees what is published, and nothing to change it with', async () => {
    const context = await signedIn(browser, server.url, { username: 'operator.baca', role: 'operator', area: CITY });
    page = await context.newPage();
    await page.goto(`${server.url}/?ruang=perencanaan`);
    const list = page.getByRole('list', { name: 'Rencana patroli' });
    await list.getByRole('button').first().waitFor(LONG);
    expect(await list.getByText('Konsep').count()).toBe(0);
    expect(await button('Rencana baru').count()).toBe(0);
    await list.getByRole('button').first().click();
    await planDrawn(page);
    expect(await button('Kuas').count()).toBe(0);
    await context.close();
  });

  test('who may not read plans is told so, and a plan that is not there too', async () => {
    const context = await signedIn(browser, server.url, { username: 'tamu', role: 'viewer', area: CITY });
    page = await context.newPage();
    await page.goto(`${server.url}/?ruang=perencanaan`);
    await page.getByText('Peran Anda tidak membuka ruang ini.').waitFor(LONG);
    await context.close();
    await open('&rencana=0192f0c1-0000-7000-8000-000000000000');
    await page.getByText('Rencana ini tidak ada, atau bukan untuk Anda.').waitFor();
    await button('Semua rencana').click();
    await page.getByRole('list', { name: 'Rencana patroli' }).waitFor();
  });

  test('on a phone the same plan is read and painted with a finger, and nothing reaches beyond the edge', async () => {
    const { id } = await newPlan(server.url, 'Telepon');
    await open(`&rencana=${id}`, PHONE);
    await planDrawn(page);
    await page.getByRole('button', { name: 'Ubah tinggi panel' }).click();
    await button('Zona baru').click();
    const [at] = await placesOf(page, ground, [ground.code.length - 1]);
    await page.touchscreen.tap(at?.x ?? 0, at?.y ?? 0);
    await row('Zona 1').getByText('1 RW').waitFor();
    for (const name of ['Periksa', 'Beban', 'Usulkan', 'Versi', 'Zona']) {
      await tab(new RegExp(name));
      const beyond = await page.evaluate(() =>
        [...document.querySelectorAll('section button, section select, section input')]
          .filter((control) => !control.closest('nav') && control.getBoundingClientRect().right > innerWidth)
          .map(({ outerHTML }) => outerHTML.slice(0, 160)),
      );
      expect(beyond, name).toEqual([]);
      expect(await seriousFindings(page), name).toEqual([]);
    }
  });
});
