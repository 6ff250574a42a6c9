import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { addDays } from '../../shared/calendar/days.ts';
import type { ElectionCalendar, ListedCalendar } from '../../shared/schemas/election-calendar.ts';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { seriousFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { demonstrationFolder } from '../support/demonstration-folder.ts';
import { mapLoaded } from '../support/map-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const LONG = { timeout: 60_000 };
/** The views by their tabs, and what stands in each once it is there. */
const SHOWN: Record<string, string | RegExp> = {
  Peta: /tempat signifikan pada alfa/,
  Bandingkan: /per hari, selang 95%/,
  Dampak: 'Apakah patroli membantu?',
  Berulang: 'Kejadian berulang berdekatan',
  'Uji peta': 'Apakah peta kemarin menangkap kejadian hari ini?',
  'Peringatan dini': /dihitung per 7 hari/,
  Simpanan: 'Simpan analisis ini',
  Metode: /^Setiap angka di ruang ini/,
};

describe.skipIf(!inject('chromium'))('the analysis room', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  /** Days of the demonstration's campaign and quiet period, as links have them. */
  let campaign: string;
  let quiet: string;

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: await demonstrationFolder(), DEMO: 'on' });
    browser = await launchChromium(inject('chromium'));
    const answer = await ask(`${server.url}/api/calendars`);
    const { calendars } = (await answer.json()) as { calendars: (ElectionCalendar & { origin: string })[] };
    const stages = calendars.find(({ origin }) => origin === 'demonstration')?.stages ?? [];
    const daysOf = (key: string) => {
      const stage = stages.find((each) => each.key === key);
      return `${stage?.startsOn}-${stage?.endsOn}`.replace(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3');
    };
    campaign = daysOf('campaign');
    quiet = daysOf('quiet');
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
    await page.goto(`${server.url}/?ruang=analisis${query}`);
    await mapLoaded(page);
    return page;
  }
  /** Controls that reach beyond the window, but for tabs and tables, which scroll. */
  const pastTheEdge = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('button, select, input, a')]
        .filter((control) => !control.closest('nav, table') && control.getBoundingClientRect().right > innerWidth)
        .map(({ outerHTML }) => `past the right edge: ${outerHTML.slice(0, 160)}`),
    );
  const legend = () => page.locator('figure').first();
  const ranking = (name: string) => page.getByRole('region', { name }).getByRole('button');
  const isDrawn = () => page.evaluate(`ronda.map.getLayersOrder().some((id) => id.startsWith('analysis-'))`);
  const focus = () => new URL(page.url()).searchParams.get('analisis') ?? '';

  test('begins with a stage and its figures, and the link carries the question', async () => {
    await open();
    await ranking('Tempat tertinggi').first().waitFor(LONG);
    await legend().getByText('Jumlah kejadian').waitFor();
    expect(await page.getByRole('region', { name: 'Dasar angka' }).textContent()).toMatch(/Kejadian yang dihitung/);
    await expect.poll(focus).toMatch(/^map~p\.\d{8}-\d{8}~b\.\d{8}-\d{8}-\w/);
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('the exact window finds the hidden hotspot; the place in the list and on the map are the same', async () => {
    await open(`&analisis=map~p.${campaign}~b.none~g.rw~m.window~x.per`);
    const first = ranking('Tempat yang signifikan').first();
    await first.waitFor(LONG);
    await page.getByText(/tempat signifikan pada alfa 0,05 setelah koreksi FDR/).waitFor();
    await first.click();
    expect(await first.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Bandingkan', exact: true }).click();
    await page.getByText('Belum ada periode pembanding.').waitFor();
  });

  test('Gi* says where its approximation does not hold, and offers the exact test', async () => {
    await open(`&analisis=map~p.${quiet}~b.none~g.rw~m.getis`);
    await page.getByRole('button', { name: 'Pakai uji eksak' }).click(LONG);
    await expect.poll(() => page.getByLabel('Ukuran').inputValue()).toBe('window');
    await page.getByText(/Uji eksak Poisson di tiap tempat/).waitFor(LONG);
    expect(await page.getByText(/hampiran normal perlu/).count()).toBe(0);
  });

  test('campaign against quiet period: ratio, exact p, Moran of each, in an order of choice', async () => {
    await open(`&analisis=compare~p.${campaign}~b.${quiet}-o`);
    await page.getByText(/per hari, selang 95%/).waitFor(LONG);
    await page.getByText(/p dua sisi dari 999 permutasi, benih 20240214/).waitFor();
    const rows = page.getByRole('table').first().locator('tbody tr');
    expect(await rows.count()).toBeGreaterThan(10);
    await page.getByRole('button', { name: 'Periode', exact: true }).nth(0).click();
    const counts = await rows.locator('td:nth-child(2)').allTextContents();
    expect(counts.map(Number)).toEqual(counts.map(Number).toSorted((a, b) => b - a));
    const columnOf = async (column: number) =>
      (await rows.locator(`td:nth-child(${column})`).allTextContents()).map((text) =>
        text.startsWith('<') ? 0 : text === '–' ? 2 : Number(text.replace(',', '.')),
      );
    const pOf = async (head: string, column: number) => {
      await page.getByRole('button', { name: head, exact: true }).click();
      const found = await columnOf(column);
      expect(found).toEqual(found.toSorted((a, b) => a - b));
      return found;
    };
    const [exact, corrected] = [await pOf('p eksak', 5), await pOf('p (FDR)', 6)];
    expect(corrected.reduce((sum, p) => sum + p, 0)).toBeGreaterThan(exact.reduce((sum, p) => sum + p, 0));
    await page.getByText(/dikoreksi untuk \d+ tempat yang diuji/).waitFor();
    await rows.first().getByRole('button').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => rows.nth(1).getByRole('button').getAttribute('aria-pressed')).toBe('true');
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a stage clicked becomes the period, arrows move it by days, and everything follows', async () => {
    await open(`&analisis=map~p.${quiet}~b.none`);
    await page.getByRole('button', { name: /^Kampanye, Pilkada Contoh/ }).click(LONG);
    await expect.poll(focus).toContain(`p.${campaign}`);
    await page.getByRole('slider', { name: /^Periode/ }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(focus).not.toContain(`p.${campaign}`);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(focus).toContain(`p.${campaign}`);
    await page.getByRole('button', { name: 'Tambah pembanding' }).click();
    await page.getByRole('button', { name: /^pekan sebelumnya/ }).click();
    await expect.poll(focus).toMatch(/~b\.\d{8}-\d{8}-w/);
  });

  test('an own election calendar is made in the page, its stage chosen on the ribbon, changed by its version and removed', async () => {
    await open(`&analisis=map~p.${campaign}~b.none`);
    const begun = campaign.replace(/^(\d{4})(\d\d)(\d\d).*/, '$1-$2-$3');
    const days = [addDays(begun, 3), addDays(begun, 9)] as const;
    const sheet = page.getByRole('dialog');
    const field = (name: string) => sheet.getByRole('textbox', { name, exact: true });
    const save = () => sheet.getByRole('button', { name: 'Simpan', exact: true }).click();
    const openSheet = () => page.getByRole('button', { name: 'Kalender pemilu', exact: true }).click(LONG);
    await openSheet();
    await sheet
      .getByRole('listitem')
      .filter({ hasText: 'Pilkada Contoh' })
      .getByText(/contoh/)
      .waitFor();
    await sheet.getByRole('button', { name: 'Tambah kalender' }).click();
    await save();
    await sheet.getByText('Pilih sedikitnya satu wilayah.').waitFor();
    await expect.poll(() => field('Nama pemilihan').evaluate((input) => input === document.activeElement)).toBe(true);
    await field('Nama pemilihan').fill('Pilkades Uji');
    await field('Wilayah').fill('98.71');
    await page.getByRole('option', { name: /^Kota Contoh Bahari/ }).click();
    await field('Nama tahapan').fill('Kampanye kades');
    await sheet.getByLabel('Hari pertama').fill(days[1]);
    await sheet.getByLabel('Hari terakhir').fill(days[0]);
    await field('Sumber').fill('Perbup 1/2027');
    await save();
    await sheet.getByText('Hari terakhir sebelum hari pertama.').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await sheet.getByLabel('Hari pertama').fill(days[0]);
    await sheet.getByLabel('Hari terakhir').fill(days[1]);
    await save();
    await sheet
      .getByRole('listitem')
      .filter({ hasText: 'Pilkades Uji' })
      .getByText(/1 tahapan/)
      .waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Kampanye kades, Pilkades Uji/ }).click();
    await expect.poll(focus).toContain(`p.${days.join('-').replace(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3')}`);

    await openSheet();
    await sheet.getByRole('button', { name: 'Ubah Pilkades Uji' }).click();
    const listed = (await (await ask(`${server.url}/api/calendars`)).json()) as { calendars: ListedCalendar[] };
    const own = listed.calendars.find(({ origin }) => origin === 'own');
    if (!own) throw new Error('no own calendar was stored');
    const { id, version, origin, mayChange, ...body } = own;
    const changed = await ask(`${server.url}/api/calendars/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'if-match': `"${version}"` },
      body: JSON.stringify({ ...body, name: 'Pilkades Lain' }),
    });
    expect(changed.status).toBe(200);
    await field('Nama pemilihan').fill('Pilkades Saya');
    await save();
    await sheet.getByText(/sudah diubah orang lain/).waitFor();
    await sheet.getByRole('button', { name: 'Muat yang terbaru' }).click();
    await expect.poll(() => field('Nama pemilihan').inputValue()).toBe('Pilkades Lain');
    await field('Nama pemilihan').fill('Pilkades Saya');
    await save();
    await sheet.getByRole('button', { name: 'Hapus Pilkades Saya' }).click();
    await sheet.getByRole('button', { name: 'Hapus', exact: true }).click();
    await sheet.getByText('Belum ada kalender buatan sendiri.').waitFor();

    await page.route('**/api/access/me', async (route) => {
      const response = await route.fetch();
      const me = await response.json();
      const permissions = me.permissions.filter((each: string) => each !== 'analysis.write');
      await route.fulfill({ response, json: { ...me, permissions } });
    });
    await page.reload();
    await openSheet();
    await sheet.getByText(/Peran Anda tidak dapat membuat atau mengubah kalender/).waitFor();
    expect(await sheet.getByRole('button', { name: /^(Tambah|Ubah|Hapus)/ }).count()).toBe(0);
  });

  test('what patrols found is counted only with a banner that says so', async () => {
    await open(`&analisis=map~p.${campaign}~b.none~t.pu`);
    const banner = page.getByRole('status').filter({ hasText: 'Temuan patroli ikut dihitung.' });
    await banner.getByRole('button', { name: 'Jangan hitung' }).click(LONG);
    await banner.waitFor({ state: 'detached' });
    await page.getByText('Laporan yang belum atau tidak dapat diverifikasi ikut dihitung.').waitFor();
    await expect.poll(focus).toMatch(/~t\.u/);
    await page.getByText('Tidak dihitung: temuan patroli').waitFor(LONG);
  });

  test('time plays in classes that stay', async () => {
    await open(`&analisis=map~p.${campaign}~b.none`);
    await page.getByRole('button', { name: 'Putar jumlah per langkah' }).click(LONG);
    await page.getByText('Kelas tetap sama di semua langkah.').waitFor(LONG);
    const classes = () => legend().locator('tbody th').allTextContents();
    const before = await classes();
    await page.getByRole('button', { name: 'Jeda' }).click();
    await page.getByRole('slider', { name: 'Langkah waktu' }).fill('1');
    await page.getByText(/\(2\/\d+\)/).waitFor();
    expect(await classes()).toEqual(before);
  });

  test('what explains a figure is one click from its legend', async () => {
    await open(`&analisis=map~p.${campaign}~b.none~g.rw~m.window~x.per`);
    await legend().getByRole('link', { name: 'Metode' }).click(LONG);
    await page.getByText('Satu sisi: hanya kelebihan yang diuji.').waitFor(LONG);
  });

  test('a measure that has no answer leaves no colours of another one on the map', async () => {
    await open(`&analisis=map~p.${quiet}~b.none`);
    await ranking('Tempat tertinggi').first().waitFor(LONG);
    await expect.poll(isDrawn).toBe(true);
    await page.getByLabel('Ukuran').selectOption('emerging');
    await page.getByText('Periodenya terlalu pendek untuk metode ini.').waitFor(LONG);
    await expect.poll(isDrawn).toBe(false);
  });

  test('with the panel folded the map keeps its figures, and says itself what their colours mean', async () => {
    await open(`&analisis=map~p.${campaign}~b.none`);
    await ranking('Tempat tertinggi').first().waitFor(LONG);
    await expect.poll(isDrawn).toBe(true);
    const key = page.locator('#map details').filter({ hasText: 'Jumlah kejadian' });
    expect(await key.count()).toBe(0);
    await page.getByRole('button', { name: 'Lipat panel kiri' }).click();
    await key.waitFor();
    expect(await key.getByRole('listitem').count()).toBeGreaterThan(2);
    expect(await isDrawn()).toBe(true);
    await page.getByRole('button', { name: 'Buka panel kiri' }).click();
    await key.waitFor({ state: 'detached' });
  });

  test('without the server it says that nothing is lost, and goes on when it is back', async () => {
    await open(`&analisis=map~p.${campaign}~b.none`);
    await ranking('Tempat tertinggi').first().waitFor(LONG);
    await page.route('**/api/hotspots/**', (route) => route.abort());
    await page.getByRole('combobox', { name: 'Tempat', exact: true }).selectOption('kecamatan');
    await page.getByText('Server tidak terjangkau.').waitFor(LONG);
    await page.unroute('**/api/hotspots/**');
    await page.getByRole('button', { name: 'Coba lagi' }).click();
    await page.getByText('Server tidak terjangkau.').waitFor({ state: 'detached', ...LONG });
  });

  test.each([
    ['a desk', DESK],
    ['a phone', PHONE],
  ] as const)(
    'axe finds nothing serious in any view of %s, dark or light, and nothing runs past the edge',
    async (_, viewport) => {
      await open(`&analisis=map~p.${campaign}~b.${quiet}-o~g.rw~m.window~x.per`, viewport);
      if (viewport === PHONE) {
        const handle = page.getByRole('button', { name: 'Ubah tinggi panel' });
        for (const _ of ['half', 'full']) await handle.press('ArrowUp');
        await page.locator('[data-height=full]').waitFor();
      }
      const tabs = page.getByRole('navigation', { name: 'Bagian ruang analisis' });
      const room = page.getByRole('region', { name: 'Ruang Analisis' });
      const findings: Record<string, string[]> = {};
      for (const theme of ['dark', 'light']) {
        await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(theme);
        for (const [tab, shown] of Object.entries(SHOWN)) {
          await tabs.getByRole('button', { name: tab, exact: true }).click();
          await room.getByText(shown).first().waitFor(LONG);
          const found = await seriousFindings(page);
          found.push(...(await pastTheEdge()));
          if (found.length > 0) findings[`${tab}, ${theme}`] = found;
        }
        await tabs.getByRole('button', { name: 'Peta', exact: true }).click();
        await room.getByRole('button', { name: 'Cetak dan unduh' }).click();
        await page.getByRole('group', { name: /^Untuk umum/ }).waitFor();
        const inMenu = await seriousFindings(page);
        if (inMenu.length > 0) findings[`menu of exports, ${theme}`] = inMenu;
        await page.keyboard.press('Escape');
        await page.getByRole('menu').waitFor({ state: 'detached' });
        await page.keyboard.press('t');
      }
      expect(findings).toEqual({});
    },
    300_000,
  );

  test('on a phone the same is in the sheet, in English and light too', async () => {
    await open(`&bahasa=en&tema=terang&analisis=map~p.${campaign}~b.none`, PHONE);
    const handle = page.getByRole('button', { name: /sheet|panel/i }).first();
    await handle.press('Enter');
    await handle.press('Enter');
    await ranking('Highest places').first().waitFor(LONG);
    await page.getByRole('region', { name: 'Stage ribbon' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
});
