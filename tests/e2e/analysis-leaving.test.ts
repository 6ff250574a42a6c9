import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { addDays } from '../../shared/calendar/days.ts';
import { ask } from '../support/access.ts';
import { launchChromium } from '../support/browser.ts';
import { demonstrationFolder } from '../support/demonstration-folder.ts';
import { mapLoaded } from '../support/map-page.ts';
import { steadyPage } from '../support/room-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const LONG = { timeout: 60_000 };

describe.skipIf(!inject('chromium'))('what leaves the analysis room', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  /** Four weeks and the four before them, as links write them; four more weeks have passed since. */
  let weeks: string;
  let before: string;
  /** Two desa with incidents in these weeks. */
  let treated: string;
  let control: string;

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: await demonstrationFolder(), DEMO: 'on' });
    browser = await launchChromium(inject('chromium'));
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const day = (back: number) => addDays(today, -back);
    const span = (from: number, to: number) => `${day(from)}-${day(to)}`.replace(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3');
    weeks = span(56, 29);
    before = span(84, 57);
    const days = `from=${day(56)}T00:00:00%2B08:00&to=${day(28)}T00:00:00%2B08:00`;
    const answer = await ask(`${server.url}/api/hotspots/areas?level=desa&${days}`);
    const { areas } = (await answer.json()) as { areas: { code: string[]; count: number[] } };
    const order = [...areas.code.keys()].toSorted((a, b) => (areas.count[b] ?? 0) - (areas.count[a] ?? 0));
    [treated = '', control = ''] = order.map((at) => areas.code[at] ?? '');
  }, 300_000);
  beforeEach(async () => {
    page = await steadyPage(browser);
    await page.addInitScript(() => {
      const written: string[] = [];
      const { fillText } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillText = function (this: CanvasRenderingContext2D, ...args) {
        written.push(args[0]);
        return fillText.apply(this, args);
      };
      Object.assign(globalThis, { written, print: () => {} });
    });
    return () => page.close();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const open = async (question: string) => {
    await page.goto(`${server.url}/?ruang=analisis&analisis=${question}`);
    await mapLoaded(page);
  };
  const menu = () => page.getByRole('button', { name: 'Cetak dan unduh' });
  const print = async (item: RegExp) => {
    await menu().click(LONG);
    await page.getByRole('menuitem', { name: item }).click();
    return page.getByRole('dialog', { name: 'Pratinjau cetak' });
  };

  test('a picture of the map has its title, both periods, legend, scale and sources', async () => {
    await open(`map~p.${weeks}~b.${before}-w~g.desa~m.change`);
    const legend = page.locator('figure', { hasText: 'Perubahan' }).first();
    await legend.waitFor(LONG);
    const shown = await legend.locator('tbody th').allTextContents();
    await menu().click(LONG);
    const [download] = await Promise.all([
      page.waitForEvent('download', LONG),
      page.getByRole('menuitem', { name: /Unduh gambar peta/ }).click(),
    ]);
    const file = readFileSync(await download.path());
    expect(file.subarray(1, 4).toString('latin1')).toBe('PNG');
    const map = await page.locator('#map').boundingBox();
    expect(file.readUInt32BE(16)).toBe(2 * (Math.round(map?.width ?? 0) + 300));
    expect(file.readUInt32BE(20)).toBeGreaterThanOrEqual(2 * Math.round(map?.height ?? 0));
    const written = (await page.evaluate('written')) as string[];
    expect(written.some((line) => /^[\d.,]+ (m|km)$/.test(line))).toBe(true);
    expect(written).toContain('Natural Earth');
    const words = written.join(' ');
    expect(words).toContain('dibanding');
    expect(shown.length).toBeGreaterThan(3);
    for (const label of shown) expect(words).toContain(label);
  });

  test('what the other views found stands in the brief and on the flash card, as long as the same is asked', async () => {
    const effect = `y.desa,${treated},${control},none,none,1,none`;
    const repeat = 'q.200-400,7-14,99,0,poisson,households,0.5,none';
    await open(`effect~p.${weeks}~b.${before}-w~g.desa~m.window~${effect}~${repeat}~h.window,period,4`);
    const verdict = (label: string) => page.locator(`section[aria-labelledby=${label}]`).getByRole('status').last();
    const tab = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const found: Record<string, string> = {};
    for (const [view, label, heading] of [
      ['Dampak', 'effect', 'Dampak patroli'],
      ['Berulang', 'repeats', 'Kejadian berulang berdekatan'],
      ['Berulang', 'clusters', 'Kelompok ruang-waktu'],
      ['Uji peta', 'foresight', 'Ujian peta'],
    ] as const) {
      await tab(view);
      await page
        .locator(`section[aria-labelledby=${label}]`)
        .getByText('Kesimpulan ini ikut dalam telaahan')
        .waitFor(LONG);
      found[heading] = (await verdict(label).textContent()) ?? '';
    }
    await tab('Peta');
    const paper = await print(/Cetak telaahan/);
    for (const [heading, words] of Object.entries(found)) {
      const part = paper.getByRole('region', { name: heading });
      await part.waitFor(LONG);
      expect(await part.textContent()).toContain(words);
      expect(await part.textContent()).toContain('Dihitung ');
    }
    expect(await paper.getByRole('region', { name: 'Ujian peta' }).textContent()).toMatch(/PAI [\d,]+, PEI [\d,]+/);
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Tutup');
    await page.keyboard.press('Escape');
    await paper.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Cetak dan unduh');

    const flash = await print(/Cetak laporan kilat/);
    await flash.getByText(found['Dampak patroli'] ?? '').waitFor(LONG);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.keyboard.press('Escape');
    await flash.waitFor({ state: 'detached' });

    await page.getByLabel('Alfa').selectOption('0.01');
    const other = await print(/Cetak telaahan/);
    await other.getByRole('heading', { name: 'Dasar dan batas' }).waitFor(LONG);
    expect(await other.getByRole('region', { name: 'Dampak patroli' }).count()).toBe(0);
  });

  test('where there are too many incidents to be compared, the seed of the clusters stands with the reason', async () => {
    await page.route('**/api/hotspots/points?*', async (route) => {
      const answer = await route.fetch();
      const points = (await answer.json()) as { total: { period: number }; next: string | null };
      points.total.period = 20_001;
      points.next = 'more';
      await route.fulfill({ response: answer, json: points });
    });
    await open(`repeat~p.${weeks}~b.none~r.7`);
    const part = page.locator('section[aria-labelledby=repeats]');
    await part.getByText('20.001 kejadian: terlalu banyak untuk dibandingkan satu per satu.').waitFor(LONG);
    expect(await part.getByLabel('Benih acak').inputValue()).toBe('7');
    await part.getByRole('button', { name: 'Benih baru' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('analisis')).not.toMatch(/~r\.7(~|$)/);
  });

  test('a side that can hold no more areas says so', async () => {
    const many = Array.from({ length: 400 }, (_, at) => `${treated}.RW${String(at + 1).padStart(3, '0')}`);
    const full = page.getByText('Diberi patroli: paling banyak 400 wilayah.');
    await open(`effect~p.${weeks}~b.${before}-w~y.rw,${many.slice(1).join('-')},,none,none,0,none`);
    await page.getByText('Wilayah: 399 diberi patroli, 0 pembanding').waitFor(LONG);
    expect(await full.count()).toBe(0);
    await open(`effect~p.${weeks}~b.${before}-w~y.rw,${many.join('-')},,none,none,0,none`);
    await full.waitFor(LONG);
  });

  test('the second map has the base map that was chosen for the first', async () => {
    const GROUND = '#12AB34';
    await page.route('**/api/settings', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), basemapStyleUrl: '/gaya.json' } });
    });
    const background = { id: 'dasar', type: 'background', paint: { 'background-color': GROUND } };
    await page.route('**/gaya.json', (route) =>
      route.fulfill({ json: { version: 8, sources: {}, layers: [background] } }),
    );
    await open(`map~p.${weeks}~b.${before}-w`);
    const shareOf = async (place: string) => {
      const picture = [...(await page.locator(place).screenshot())];
      return page.evaluate(
        async ({ picture, colour }) => {
          const image = await createImageBitmap(new Blob([Uint8Array.from(picture)]));
          const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
          pen?.drawImage(image, 0, 0);
          const { data = [] } = pen?.getImageData(0, 0, image.width, image.height) ?? {};
          let count = 0;
          for (let at = 0; at < data.length; at += 4)
            if (data[at] === colour[0] && data[at + 1] === colour[1] && data[at + 2] === colour[2]) count++;
          return count / (data.length / 4);
        },
        { picture, colour: [0x12, 0xab, 0x34] },
      );
    };
    await expect.poll(() => shareOf('#map'), LONG).toBeGreaterThan(0.05);
    await page.getByLabel('Satu atau dua peta').selectOption('side', LONG);
    await expect.poll(() => shareOf('.map-second'), LONG).toBeGreaterThan(0.05);
  });
});
