import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Incident, type NewIncident, OPEN_STATUSES } from '../../shared/schemas/incident.ts';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { launchChromium } from '../support/browser.ts';
import { dataFolder } from '../support/data-folders.ts';
import { geoJsonFile, squareAt, startImport } from '../support/imports.ts';
import { lookAt, type MapHandle, mapLoaded } from '../support/map-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const PLACE = { lon: 116.1, lat: -8.58 };

describe.skipIf(!inject('chromium'))('the panels', () => {
  let dataDir: string;
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    dataDir = dataFolder();
    server = await startServer({ DATA_DIR: dataDir });
    browser = await launchChromium(inject('chromium'));
    await post({ title: 'Tawuran di simpang', category: 'kamtibmas', severity: 'serious' });
    await post({ title: 'Banjir setinggi lutut', category: 'bencana', severity: 'critical' });
    await post({ title: 'Baliho rusak', category: 'pemilu', location: { lon: 116.4, lat: -8.58 } });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function post(part: Partial<NewIncident>): Promise<Incident> {
    const body: NewIncident = {
      id: uuidv7(),
      title: 'Kejadian',
      category: 'kamtibmas',
      severity: 'moderate',
      source: 'radio',
      occurredAt: new Date().toISOString(),
      location: PLACE,
      ...part,
    };
    const answer = await ask(`${server.url}/api/incidents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
    return answer.json();
  }

  async function open(query = '', viewport = DESK): Promise<Page> {
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION, viewport, hasTouch: viewport === PHONE });
    page.on('pageerror', (error) => expect.unreachable(error.message));
    await page.goto(`${server.url}/?peta=13/${PLACE.lat}/${PLACE.lon}${query}`);
    await mapLoaded(page);
    return page;
  }

  const row = (page: Page, title: string) => page.locator('[data-incident]', { hasText: title });

  test('the list follows the window of the map', async () => {
    const page = await open();
    await row(page, 'Tawuran di simpang').waitFor();
    expect(await row(page, 'Baliho rusak').count()).toBe(0);
    await lookAt(page, 116.4, -8.58, 13);
    await row(page, 'Baliho rusak').waitFor();
    await row(page, 'Tawuran di simpang').waitFor({ state: 'detached' });
    await page.close();
  });

  test('an incident of the list stays in sight when its details cover the edge of the map', async () => {
    const page = await open();
    const canvas = await page.locator('.maplibregl-canvas').boundingBox();
    // As far east as the map goes, where the panel of details will be.
    const { lng: lon, lat } = await page.evaluate(
      (x) => (globalThis as unknown as { ronda: MapHandle }).ronda.map.unproject([x, 200]),
      (canvas?.width ?? 0) - 30,
    );
    await post({ title: 'Di tepi peta', location: { lon, lat } });
    await row(page, 'Di tepi peta').click();
    await page.getByRole('heading', { name: 'Di tepi peta' }).waitFor();
    const seen = () =>
      page.evaluate(
        (place) => {
          const { map } = (globalThis as unknown as { ronda: MapHandle }).ronda;
          return { width: map.getCanvas().clientWidth, inSight: map.getBounds().contains(place) };
        },
        [lon, lat] as [number, number],
      );
    await expect.poll(async () => (await seen()).width).toBeLessThan(canvas?.width ?? 0);
    await expect.poll(seen, { timeout: 5_000 }).toMatchObject({ inSight: true });
    await row(page, 'Di tepi peta').waitFor();
    await page.close();
  });

  test('the list keeps its place when incidents arrive, and says how many', async () => {
    for (let i = 0; i < 14; i++) {
      await post({ title: `Macet ${i}`, category: 'lalu_lintas', location: { lon: 116.7, lat: -8.58 } });
    }
    const page = await open();
    await lookAt(page, 116.7, -8.58, 13);
    await row(page, 'Macet 13').waitFor();
    const list = page.locator('[data-incident]').first().locator('xpath=ancestor::div[1]');
    await list.evaluate((element) => element.scrollTo({ top: 200 }));
    const top = async () => (await row(page, 'Macet 8').boundingBox())?.y;
    await expect.poll(top).toBeDefined();
    const before = await top();
    await post({ title: 'Macet lagi', category: 'lalu_lintas', location: { lon: 116.7, lat: -8.58 } });
    const news = page.getByRole('button', { name: 'Tampilkan 1 kejadian baru' });
    await news.waitFor();
    expect(await top()).toBe(before);
    await news.click();
    await row(page, 'Macet lagi').waitFor();
    await page.close();
  });

  test('filters hold for the list, for the address and for arrivals', async () => {
    const page = await open();
    await row(page, 'Tawuran di simpang').waitFor();
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Bencana', exact: true }).click();
    await page.getByRole('button', { name: 'Selesai', exact: true }).last().click();
    await row(page, 'Tawuran di simpang').waitFor({ state: 'detached' });
    await row(page, 'Banjir setinggi lutut').waitFor();
    await expect.poll(() => page.url(), { timeout: 10_000 }).toContain('kategori=bencana');
    await post({ title: 'Copet di pasar', category: 'kamtibmas' });
    await post({ title: 'Pohon tumbang', category: 'bencana' });
    await row(page, 'Pohon tumbang').waitFor();
    expect(await row(page, 'Copet di pasar').count()).toBe(0);
    await page.reload();
    await row(page, 'Pohon tumbang').waitFor();
    expect(await row(page, 'Tawuran di simpang').count()).toBe(0);
    await page.close();
  });

  test('search finds a place by its coordinates and an incident by its words', async () => {
    const page = await open();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('textbox', { name: 'Cari wilayah' });
    await field.fill("8°35'S 116°24'E");
    await page.getByText('Pergi ke -8.58333, 116.40000').click();
    await row(page, 'Baliho rusak').waitFor({ timeout: 20_000 });
    await page.keyboard.press('/');
    await field.fill('banjir');
    await page.getByRole('button', { name: /Banjir setinggi lutut/ }).click();
    await page.getByRole('heading', { name: 'Banjir setinggi lutut' }).waitFor();
    await page.close();
  });

  test('Enter in the search opens the first of what was found for what is written, however soon it comes', async () => {
    const page = await open();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('textbox', { name: 'Cari wilayah' });
    await field.pressSequentially('banjir');
    await field.press('Enter');
    await page.getByRole('heading', { name: 'Banjir setinggi lutut' }).waitFor();
    await page.keyboard.press('/');
    await field.fill('-8.58, 116.4');
    await page.getByText('Catat kejadian di -8.58000, 116.40000').waitFor();
    await field.press('ArrowDown');
    await field.press('Enter');
    await page.getByRole('form', { name: 'Catat kejadian' }).waitFor();
    await page.getByText('-8.58000, 116.40000').waitFor();
    await page.close();
  });

  test('an incident is logged from the map; a lost connection costs neither the draft nor makes two', async () => {
    const page = await open();
    await page.keyboard.press('n');
    await page.getByLabel('Judul singkat').fill('Pencurian di kios');
    await page.getByLabel('Uraian').fill('hubungi 0812-3456-7890');
    await page.getByText('nomor telepon').first().waitFor();
    // As long as it has no place, its time is of where the map looks.
    await page.getByRole('button', { name: 'Lebih awal' }).click();
    await page.getByLabel('Kapan (WITA)').waitFor();
    await page.getByRole('button', { name: 'Sekarang' }).click();
    await page.getByRole('button', { name: 'Pilih di peta' }).click();
    await page.locator('.maplibregl-canvas').click({ position: { x: 300, y: 300 } });
    await page.getByText('tidak masuk wilayah mana pun').waitFor();
    const canvas = await page.locator('.maplibregl-canvas').boundingBox();
    const pin = await page.locator('.maplibregl-canvas-container svg').boundingBox();
    expect(Math.abs((pin?.x ?? 0) + 16 - (canvas?.x ?? 0) - 300)).toBeLessThan(2);
    expect(Math.abs((pin?.y ?? 0) + 39 - (canvas?.y ?? 0) - 300)).toBeLessThan(2);
    // Enter takes what is written, not what was written when it was last looked at.
    const finder = page.getByLabel('Cari tempat atau ketik koordinat');
    await finder.fill('-8.58, 11');
    await page.getByRole('button', { name: '-8.58000, 11.00000' }).waitFor();
    await finder.pressSequentially('6.1');
    await finder.press('Enter');
    await page.getByText('-8.58000, 116.10000').waitFor();
    await finder.fill('tidak ada tempat bernama begini');
    await page.getByText('Tidak ditemukan. Coba nama lain').waitFor();
    // What was thrown away by mistake is back with one click.
    await page.getByRole('button', { name: 'Buang konsep' }).click();
    await page.getByRole('button', { name: 'Urungkan' }).click();
    expect(await page.getByLabel('Judul singkat').inputValue()).toBe('Pencurian di kios');
    await page.getByText('-8.58000, 116.10000').waitFor();
    // The server stores it, but the answer is lost on the way.
    let lost = false;
    await page.route('**/api/incidents', async (route) => {
      if (lost || route.request().method() !== 'POST') return route.continue();
      lost = true;
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Simpan kejadian' }).click();
    await page.getByText('Server tidak terjangkau').waitFor();
    expect(await page.evaluate(() => localStorage.getItem('ronda.draft.token'))).toContain('Pencurian di kios');
    await page.getByRole('button', { name: 'Simpan kejadian' }).click();
    await page.getByRole('heading', { name: 'Pencurian di kios' }).waitFor();
    const { incidents } = await (await ask(`${server.url}/api/incidents?q=Pencurian+di+kios`)).json();
    expect(incidents).toHaveLength(1);
    await page.close();
  });

  test('the panel of a unit that never sent a place has no empty figures of one', async () => {
    const answer = await ask(`${server.url}/api/units`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ callsign: 'Melati 9', organisation: 'ronda', status: 'off_duty' }),
    });
    const { id } = await answer.json();
    const page = await open(`&pilih=unit:${id}`);
    await page.getByText('Belum ada posisi.').waitFor();
    expect(await page.getByText('Kecepatan').count()).toBe(0);
    expect(await page.getByRole('switch', { name: 'Jejak 30 menit terakhir' }).count()).toBe(0);
    await page.close();
  });

  test('what closes the panel stays in sight while its details scroll', async () => {
    const { id } = await post({ title: 'Uraian panjang', description: 'Satu baris.\n'.repeat(100) });
    const page = await open(`&pilih=incident:${id}`);
    await page.getByRole('heading', { name: 'Uraian panjang' }).waitFor();
    const close = page.getByRole('button', { name: 'Tutup rincian' });
    const before = await close.boundingBox();
    const content = close.locator('..');
    await content.evaluate((panel) => panel.scrollTo({ top: 900, behavior: 'instant' }));
    expect(await content.evaluate((panel) => panel.scrollTop)).toBe(900);
    expect(await close.boundingBox()).toEqual(before);
    await close.click();
    await page.getByRole('heading', { name: 'Uraian panjang' }).waitFor({ state: 'detached' });
    await page.close();
  });

  test('a change by somebody else is shown, never overwritten', async () => {
    const incident = await post({ title: 'Knalpot bising' });
    const page = await open(`&pilih=incident:${incident.id}`);
    const change = page.getByRole('form', { name: 'Ubah' });
    await change.getByLabel('Status').selectOption('verified');
    // The page's own requests are held, so that it cannot have heard of the other change.
    await page.route(`**/api/incidents/${incident.id}`, async (route) => {
      if (route.request().method() === 'PATCH') {
        await ask(`${server.url}/api/incidents/${incident.id}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json', 'if-match': `"${incident.version}"` },
          body: JSON.stringify({ severity: 'critical' }),
        });
      }
      await route.continue();
    });
    await change.getByRole('button', { name: 'Simpan perubahan' }).click();
    await page.getByText('Sudah diubah orang lain').waitFor();
    await expect.poll(() => change.getByLabel('Tingkat keparahan').inputValue()).toBe('critical');
    await page.unroute(`**/api/incidents/${incident.id}`);
    await change.getByRole('button', { name: 'Simpan perubahan' }).click();
    await page.getByText('Perubahan tersimpan').waitFor();
    const now = (await (await ask(`${server.url}/api/incidents/${incident.id}`)).json()) as Incident;
    expect([now.status, now.severity]).toEqual(['verified', 'critical']);
    await page.close();
  });

  test('language, appearance and keys', async () => {
    const page = await open();
    await page.getByRole('button', { name: /Ganti ke Inggris/ }).click();
    await page.getByRole('button', { name: 'Log an incident' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('button', { name: 'Switch to light appearance' }).click();
    await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('light');
    await expect.poll(() => page.url(), { timeout: 10_000 }).toMatch(/tema=terang&bahasa=en/);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-incident'))).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Details' }).waitFor();
    await page.close();
  });

  test('the wall display shows counts and time, and hides names', async () => {
    const page = await open();
    await row(page, 'Tawuran di simpang').waitFor();
    await page.keyboard.press('w');
    const wall = page.getByRole('region', { name: 'Layar dinding' });
    await wall.getByText('Belum selesai').waitFor();
    // It counts all, whatever the list is limited to.
    const { incidents } = (await (await ask(`${server.url}/api/incidents?limit=100`)).json()) as {
      incidents: Incident[];
    };
    const unsolved = incidents.filter(({ status }) => OPEN_STATUSES.includes(status)).length;
    await wall.getByText(new RegExp(`^${unsolved}Belum selesai$`)).waitFor();
    expect(await page.getByText('Tawuran di simpang').count()).toBe(0);
    expect(await page.getByRole('banner').count()).toBe(0);
    const zoom = () =>
      page.evaluate(() => (globalThis as unknown as { ronda: MapHandle }).ronda.map.getZoom().toFixed(2));
    // The map goes from place to place by itself, and afterwards back to where somebody had put it.
    await expect.poll(zoom, { timeout: 10_000 }).not.toBe('13.00');
    await page.keyboard.press('Escape');
    await expect.poll(zoom, { timeout: 10_000 }).toBe('13.00');
    await row(page, 'Tawuran di simpang').waitFor();
    await page.close();
  });

  test('on a phone one sheet holds the list, at three heights', async () => {
    const page = await open('', PHONE);
    const handle = page.getByRole('button', { name: 'Ubah tinggi panel' });
    const sheet = page.getByRole('region', { name: 'Panel' });
    expect(await sheet.getAttribute('data-height')).toBe('low');
    await handle.press('ArrowUp');
    await expect.poll(() => sheet.getAttribute('data-height')).toBe('half');
    await row(page, 'Tawuran di simpang').click();
    await page.getByRole('heading', { name: 'Tawuran di simpang' }).waitFor();
    await handle.press('ArrowUp');
    await expect.poll(() => sheet.getAttribute('data-height')).toBe('full');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    await page.close();
  });

  test('an area that was replaced names what took its place, and leads there', async () => {
    const parts = ['Ampenan Utara', 'Ampenan Selatan'].map((nama, i) => ({
      properties: { kode: `52.71.01.101${i}`, nama, kode_lama: '52.71.01.1004', valid_from: '2026-03-01' },
      geometry: squareAt(110 + i / 10, -8),
    }));
    const args = ['boundaries', geoJsonFile(parts), '--source', 'BIG'];
    const imported = await startImport({ dataDir, databaseUrl: undefined }, args).ended;
    expect(imported.output).toContain('2 old codes have successors');
    const page = await open('&pilih=area:52.71.01.1004');
    const details = page.getByRole('complementary', { name: 'Rincian' });
    await details.getByText('Wilayah ini tidak berlaku lagi').waitFor();
    expect(await details.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^Ampenan Utara\s+sejak 2026-03-01$/),
      expect.stringMatching(/^Ampenan Selatan\s+sejak 2026-03-01$/),
    ]);
    await page.screenshot({ path: '/tmp/rest-1.png' });
    await details.getByRole('button', { name: 'Ampenan Selatan' }).click();
    await details.getByRole('heading', { name: 'Ampenan Selatan' }).waitFor();
    await page.close();
  });
});
