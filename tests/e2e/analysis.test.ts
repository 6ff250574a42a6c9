import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { DIVERGING } from '../../client/figure-palette.ts';
import { DEMO_SEED, generateArea } from '../../data/demo/area/generate.ts';
import { historySites } from '../../data/demo/history/generate.ts';
import { parentOfCode } from '../../shared/area-code.ts';
import { addDays } from '../../shared/calendar/days.ts';
import type { AnalysisSummary } from '../../shared/schemas/saved-analysis.ts';
import type { ElectionStages } from '../../shared/schemas/stage.ts';
import { ask } from '../support/access.ts';
import { launchChromium } from '../support/browser.ts';
import { demonstrationFolder } from '../support/demonstration-folder.ts';
import { pictureOfPdf, pixelsOf, textOfPdf } from '../support/pdf.ts';
import { steadyPage } from '../support/room-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const TITLE = 'Pencurian di satu lingkungan';
const DECISION = 'Kapolsek: dua patroli jalan kaki pukul 18–23 selama empat pekan.';

describe.skipIf(!inject('chromium'))('the analysis room over the demonstration', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  /** The ward of the hidden hotspot, and the kelurahan around it. */
  let ward: string;
  let kelurahan: string;
  /** The four weeks up to yesterday, as links write them. */
  let weeks: string;
  let stages: ElectionStages['stages'];
  /** What near repeats and clusters came to before the analysis was saved. */
  const verdicts: string[] = [];

  beforeAll(async () => {
    const env = { DATA_DIR: await demonstrationFolder(), CHROMIUM_PATH: inject('chromium') };
    server = await startServer({ ...env, DEMO: 'on' });
    browser = await launchChromium(inject('chromium'));
    const area = generateArea(DEMO_SEED);
    const { hidden } = historySites(area, DEMO_SEED);
    const nameOf = (code: string | undefined) => area.areas.find((one) => one.code === code)?.name ?? '';
    [ward, kelurahan] = [nameOf(hidden.ward), nameOf(parentOfCode(hidden.ward))];
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    weeks = span(addDays(today, -28), addDays(today, -1));
    ({ stages } = (await (await ask(`${server.url}/api/stages`)).json()) as ElectionStages);
    page = await steadyPage(browser, { width: 1440, height: 900 });
    await page.addInitScript(() => {
      let printed = 0;
      Object.assign(globalThis, { print: () => printed++, timesPrinted: () => printed });
    });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const span = (from: string, to: string) => `${from}-${to}`.replace(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3');
  const stage = (key: string) => {
    const { startsOn = '', endsOn = '' } = stages.find((one) => one.key === key) ?? {};
    return span(startsOn, endsOn);
  };
  const open = (question: string) => page.goto(`${server.url}/?ruang=analisis&analisis=${question}`);
  const saved = async () => {
    const answer = await ask(`${server.url}/api/analyses`);
    return ((await answer.json()) as { analyses: AnalysisSummary[] }).analyses[0];
  };

  test('finds the hidden hotspot: the window about its RW, expected from households, is the most significant', async () => {
    await open(`map~p.${weeks}~b.none~k.kamtibmas~g.rw~m.window~x.per`);
    const list = page.getByRole('region', { name: 'Tempat yang signifikan' }).getByRole('listitem');
    await list.first().waitFor();
    const names = await list.allTextContents();
    expect(names.slice(0, 6).some((name) => name.startsWith(ward))).toBe(true);
    expect(names[0]).toMatch(/p < 0,001, p \(FDR\) < 0,001, n = \d+/);
  });

  test('compares campaign with quiet period: reports about the election are at least half as many again a day', async () => {
    await open(`compare~p.${stage('quiet')}~b.${stage('campaign')}-o~k.pemilu~g.kecamatan`);
    const whole = page.getByRole('region', { name: 'Seluruh wilayah' });
    await whole.waitFor();
    const [, ratio = '', lower = ''] =
      /([\d,]+)× per hari, selang 95% ([\d,]+)/.exec((await whole.textContent()) ?? '') ?? [];
    expect(Number(ratio.replace(',', '.'))).toBeGreaterThan(1.5);
    expect(Number(lower.replace(',', '.'))).toBeGreaterThan(1);
    const table = page.getByRole('region', { name: 'Perbandingan per tempat' });
    expect(await table.getByRole('row').count()).toBeGreaterThan(3);
  });

  test('what is printed of the comparison is the change, as on the map', async () => {
    await page.getByRole('button', { name: 'Cetak dan unduh' }).click();
    await page.getByRole('menuitem', { name: /Cetak telaahan/ }).click();
    const paper = page.getByRole('dialog', { name: 'Pratinjau cetak' });
    await paper.getByRole('heading', { name: /Metode: Perubahan/ }).waitFor();
    await page.keyboard.press('Escape');
    await paper.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Perbandingan per tempat' }).waitFor();
  });

  test('is saved with its words, and opened again with the same figures', async () => {
    await open(`map~p.${weeks}~b.none~k.kamtibmas~g.rw~m.window~x.per~q.200-400,7-14,99,0,poisson,households,0.5,none`);
    // A question that is asked again has the figures of the first time.
    const fdr = page.getByRole('switch', { name: 'Koreksi banyak uji (FDR)' });
    await fdr.click();
    await page.getByText(/signifikan pada alfa 0,05 tanpa koreksi/).waitFor();
    await fdr.click();
    await page.getByText(/signifikan pada alfa 0,05 setelah koreksi FDR/).waitFor();
    await page.getByRole('button', { name: 'Berulang', exact: true }).click();
    for (const part of ['repeats', 'clusters']) {
      const section = page.locator(`section[aria-labelledby=${part}]`);
      await section.getByText('Kesimpulan ini ikut dalam telaahan').waitFor();
      verdicts.push((await section.getByRole('status').last().textContent()) ?? '');
    }
    await page.getByRole('button', { name: 'Peta', exact: true }).click();
    await page.getByRole('button', { name: 'Simpanan', exact: true }).click();
    await page.getByRole('button', { name: 'Simpan analisis ini' }).click();
    await page.getByLabel('Judul').fill(TITLE);
    await page.getByLabel('Uraian').fill('Terutama malam hari.');
    await page.getByLabel('Keputusan yang diminta').fill(DECISION);
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await page.getByRole('list', { name: 'Simpanan' }).getByText(TITLE).waitFor();
    await page.goto(`${server.url}/?ruang=analisis&simpanan=${(await saved())?.id}`);
    const note = page.getByRole('region', { name: `Simpanan: ${TITLE}` });
    await note.getByText(/Angkanya sama/).waitFor();
  });

  test('is printed in one click: the finished document lies over the page, which is as before once it is put away', async () => {
    await page.getByRole('button', { name: 'Cetak dan unduh' }).click();
    await page.getByRole('menuitem', { name: /Cetak telaahan/ }).click();
    const paper = page.getByRole('dialog', { name: 'Pratinjau cetak' });
    await paper.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await expect.poll(() => page.evaluate('timesPrinted()')).toBe(1);
    expect(await paper.textContent()).toContain(`${kelurahan} ${ward}`);
    await paper.getByRole('button', { name: 'Tutup' }).click();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  });

  test.skipIf(!inject('poppler'))('becomes a PDF that says what, where and how sure, and shows the map', async () => {
    const answer = await ask(`${server.url}/api/analyses/${(await saved())?.id}.pdf`);
    expect(answer.headers.get('content-type')).toContain('application/pdf');
    const pdf = Buffer.from(await answer.arrayBuffer());
    const text = textOfPdf(pdf).replaceAll(/\s+/g, ' ');
    for (const words of [
      TITLE,
      DECISION,
      'Terutama malam hari.',
      `${kelurahan} ${ward}`,
      'Sejak kapan',
      'Tidak dihitung',
      ...['Kejadian berulang berdekatan', 'Kelompok ruang-waktu', ...verdicts, 'Dihitung '],
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/Sangat yakin|Yakin:/);
    expect(text).toMatch(/Metode: Jendela Poisson/);
    const picture = pictureOfPdf(pdf, 1, 60, inject('scratch'));
    const hottest = pixelsOf(picture, DIVERGING.light.above[2], 24);
    // The swatch of the legend alone has some eighty.
    expect(hottest).toBeGreaterThan(150);
    expect(pixelsOf(picture, '#FFFFFF', 4)).toBeLessThan(picture.width * picture.height * 0.9);
  });
});
