import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { AreaHit } from '../../shared/schemas/area.ts';
import type { Place } from '../../shared/schemas/place.ts';
import type { Unit } from '../../shared/schemas/unit.ts';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { seriousFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { clustersOnMap, mapLoaded } from '../support/map-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

describe.skipIf(!inject('chromium'))('the page over the demonstration', () => {
  let server: RunningServer;
  let browser: Browser;
  let post: Place;
  let unit: Unit;
  /** From the provinsi to the RW around the post. */
  let around: AreaHit[];

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: mkdtempSync(join(inject('scratch'), 'demo-')), DEMO: 'on' });
    browser = await launchChromium(inject('chromium'));
    const { places } = await get<{ places: [Place] }>('/api/places?kind=pos_kamling&limit=1');
    [post] = places;
    [unit] = (await get<{ units: [Unit] }>('/api/units')).units;
    around = (await get<{ areas: AreaHit[] }>(`/api/areas/at?lon=${post.lon}&lat=${post.lat}`)).areas;
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const get = async <Body>(path: string) => (await (await ask(server.url + path)).json()) as Body;

  async function open(query: string, viewport = DESK): Promise<Page> {
    const page = await browser.newPage({
      extraHTTPHeaders: AUTHORIZATION,
      viewport,
      hasTouch: viewport === PHONE,
      reducedMotion: 'reduce',
    });
    page.on('pageerror', (error) => expect.unreachable(error.message));
    await page.goto(`${server.url}/?${query}`);
    await mapLoaded(page);
    return page;
  }

  test('an incident posted by API appears in its cluster, in the list and in its areas', async () => {
    expect(around.map(({ level }) => level)).toEqual(['provinsi', 'kabkota', 'kecamatan', 'desa', 'rw']);
    const [desa, rw] = [around[3]?.name ?? '', around[4]?.name ?? ''];
    const page = await open(`peta=18/${post.lat}/${post.lon}&pilih=area:${around[3]?.code}`);
    const detail = page.getByRole('complementary', { name: 'Rincian' });
    await detail.getByRole('heading', { name: desa }).waitFor();
    const inDesa = async () =>
      Number((await detail.getByText(/^[\d.]+\s*Kejadian$/).textContent())?.replace(/\D/g, ''));
    const before = await inDesa();

    const id = uuidv7();
    const answer = await ask(`${server.url}/api/incidents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id,
        title: 'Pagar pos dirusak',
        category: 'kamtibmas',
        severity: 'serious',
        source: 'radio',
        occurredAt: new Date().toISOString(),
        location: { lon: post.lon, lat: post.lat },
      }),
    });
    expect(answer.status).toBe(201);
    const row = page.locator('[data-incident]', { hasText: 'Pagar pos dirusak' });
    await row.waitFor();
    await expect
      .poll(async () =>
        (await clustersOnMap(page)).some(
          ({ lon, lat, count }) => count >= 1 && Math.hypot(lon - post.lon, lat - post.lat) < 0.0005,
        ),
      )
      .toBe(true);
    await expect.poll(inDesa).toBeGreaterThan(before);

    await row.click();
    await detail.getByRole('heading', { name: 'Pagar pos dirusak' }).waitFor();
    for (const { name } of around) await detail.getByRole('button', { name, exact: true }).first().waitFor();
    await detail.getByRole('button', { name: rw, exact: true }).click();
    await detail.getByRole('heading', { name: rw }).waitFor();
    await detail.getByText(around[4]?.code ?? '', { exact: true }).waitFor();
    expect(await inDesa()).toBeGreaterThanOrEqual(1);
    await page.close();
  });

  test('a place in a link is shown wherever the map looks, also after a reload', async () => {
    const page = await open(`peta=9/-2/110&pilih=place:${post.id}`);
    await page.getByRole('heading', { name: post.name }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: post.name }).waitFor();
    await page
      .getByRole('button', { name: new RegExp(around[3]?.name ?? '') })
      .first()
      .waitFor();
    // Before anything is saved, the form says where the place falls.
    await page.getByRole('button', { name: 'Catat kejadian' }).last().click();
    const form = page.getByRole('form', { name: 'Catat kejadian' });
    await form.getByText(`Masuk wilayah: ${around.map(({ name }) => name).join(' › ')}`).waitFor();
    const tiles: string[] = [];
    page.on('request', (request) => tiles.push(new URL(request.url()).pathname));
    await page.goto(`${server.url}/?pilih=place:tidak-ada`);
    await page.getByText('Tidak ditemukan').first().waitFor();
    await mapLoaded(page);
    // The map begins where the areas are: nothing is fetched of all Indonesia before.
    expect(tiles.filter((path) => /^\/tiles\/areas\/1\d\//.test(path))).not.toEqual([]);
    expect(tiles.filter((path) => /^\/tiles\/\w+\/\d\//.test(path))).toEqual([]);
    await page.close();
  });

  test.each([{ width: 1920, height: 1080 }, DESK])(
    'the wall display of $width by $height pixels shows whole rows of the latest, and no more',
    async (size) => {
      const page = await open('dinding=1', size);
      const wall = page.getByRole('region', { name: 'Layar dinding' });
      const latest = wall.getByRole('list').last();
      await latest.getByRole('listitem').first().waitFor();
      const { seen, cut, scrolls } = await latest.evaluate((list) => {
        const box = list.getBoundingClientRect();
        const rows = [...list.children].map((row) => row.getBoundingClientRect());
        const inside = rows.filter((row) => row.left < box.right);
        const panel = list.parentElement;
        return {
          seen: inside.length,
          cut: inside.filter((row) => row.bottom > box.bottom || row.right > box.right + 1).length,
          scrolls: (panel?.scrollHeight ?? 0) > (panel?.clientHeight ?? 0),
        };
      });
      expect({ cut, scrolls }).toEqual({ cut: 0, scrolls: false });
      expect(seen).toBeGreaterThanOrEqual(2);
      await page.close();
    },
  );

  test.each([
    ['a desk', DESK],
    ['a phone', PHONE],
  ] as const)(
    'axe finds nothing serious in any state of %s, dark or light',
    async (_, viewport) => {
      const page = await open(`peta=15/${post.lat}/${post.lon}`, viewport);
      const findings: Record<string, string[]> = {};
      let theme = 'dark';
      const check = async (state: string) => {
        const found = await seriousFindings(page);
        if (found.length > 0) findings[`${state}, ${theme}`] = found;
      };
      /** On a phone, brings the panels' sheet to a height. */
      const sheet = async (height: 'low' | 'half') => {
        if (viewport !== PHONE) return;
        const handle = page.getByRole('button', { name: 'Ubah tinggi panel' });
        for (const key of ['ArrowDown', 'ArrowDown', ...(height === 'half' ? ['ArrowUp'] : [])])
          await handle.press(key);
        await page.locator(`[data-height=${height}]`).waitFor();
      };
      const found = (name: string) => page.getByRole('button', { name }).and(page.locator('.mantine-Spotlight-action'));
      const search = async (words: string, result: string) => {
        await page.keyboard.press('Control+k');
        await page.getByRole('textbox', { name: 'Cari wilayah' }).fill(words);
        await found(result).first().waitFor();
      };
      const detailOf = async (name: string) => {
        await found(name).first().click();
        await page.getByRole('heading', { name, exact: true }).waitFor();
      };
      const walk = async () => {
        await sheet('half');
        await page.locator('[data-incident]').first().waitFor();
        await check('list');
        await page.locator('[data-incident]').first().click();
        await page.getByRole('form', { name: 'Ubah' }).waitFor();
        await check('incident');
        await search(post.name, post.name);
        await check('search');
        await detailOf(post.name);
        await check('place');
        await search(unit.callsign, unit.callsign);
        await detailOf(unit.callsign);
        await check('unit');
        await search(around[3]?.name ?? '', around[3]?.name ?? '');
        await detailOf(around[3]?.name ?? '');
        await check('area');
        await page.keyboard.press('n');
        await page.getByRole('form', { name: 'Catat kejadian' }).waitFor();
        await check('form');
        await page.keyboard.press('Escape');
        await page.keyboard.press('f');
        await page.getByRole('region', { name: 'Saringan' }).waitFor();
        await check('filters');
        await page.keyboard.press('Escape');
        await sheet('low');
        await page.keyboard.press('l');
        await page.getByRole('region', { name: 'Lapisan' }).waitFor();
        await check('legend');
        await page.keyboard.press('l');
        await page.getByRole('region', { name: 'Lapisan' }).waitFor({ state: 'detached' });
        await page.keyboard.press('m');
        await page.getByRole('region', { name: 'Ukur jarak' }).waitFor();
        if (viewport === DESK) {
          const canvas = await page.locator('.maplibregl-canvas').first().boundingBox();
          const [x, y] = [(canvas?.x ?? 0) + (canvas?.width ?? 0) / 3, (canvas?.y ?? 0) + (canvas?.height ?? 0) / 2];
          for (const step of [0, 60]) await page.mouse.click(x + step, y + step);
          await page.getByRole('button', { name: 'Ulangi' }).waitFor();
        }
        await check('measure');
        await page.keyboard.press('m');
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: 'Pintasan papan tik' }).waitFor();
        await check('keys');
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.keyboard.press('w');
        await page.getByRole('region', { name: 'Layar dinding' }).getByRole('listitem').first().waitFor();
        await check('wall');
        await page.keyboard.press('w');
      };
      await walk();
      await page.keyboard.press('t');
      await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('light');
      theme = 'light';
      await walk();
      expect(findings).toEqual({});
      await page.close();
    },
    300_000,
  );
});
