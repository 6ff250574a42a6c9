import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { id as common } from '../../client/i18n/id.ts';
import { addDays, type DaySpan } from '../../shared/calendar/days.ts';
import type { AuditEntry } from '../../shared/schemas/audit.ts';
import type { AreaCounts } from '../../shared/schemas/hotspot.ts';
import type { AnalysisSummary } from '../../shared/schemas/saved-analysis.ts';
import type { EarlyWarning, RulePrecision, WarningRun } from '../../shared/schemas/warning.ts';
import { launchChromium } from '../support/browser.ts';
import { demonstrationFolder } from '../support/demonstration-folder.ts';
import { readExported } from '../support/exported-table.ts';
import { mapLoaded } from '../support/map-page.ts';
import { send, signedIn } from '../support/member.ts';
import { textOfPdf } from '../support/pdf.ts';
import { countedQuery, RoomCounts } from '../support/room-figures.ts';
import { steadyPage } from '../support/room-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const LONG = { timeout: 30_000 };
const DESK = { width: 1440, height: 900 };

describe.skipIf(!inject('chromium'))('what the analysis room promises', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  let counts: RoomCounts;
  let campaign: DaySpan;
  /** Reports about the election during the campaign, by desa. */
  let counted: AreaCounts;

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: await demonstrationFolder(), DEMO: 'on' });
    browser = await launchChromium(inject('chromium'));
    counts = new RoomCounts(server.url);
    campaign = await counts.stage('campaign');
    counted = await counts.areas('desa', campaign, { categories: 'pemilu' });
    page = await steadyPage(browser, DESK);
    await page.addInitScript(() => {
      let printed = 0;
      Object.assign(globalThis, { print: () => printed++, timesPrinted: () => printed });
    });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const days = ({ startsOn, endsOn }: DaySpan) => `${startsOn}-${endsOn}`.replace(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3');
  const question = (view: string, more = '') => `${view}~p.${days(campaign)}~b.none~k.pemilu${more}`;
  const open = async (asked: string, rest = '') => {
    await page.goto(`${server.url}/?ruang=analisis&analisis=${asked}${rest}`);
    await mapLoaded(page);
  };
  const tab = (name: string) =>
    page.getByRole('navigation', { name: 'Bagian ruang analisis' }).getByRole('button', { name });
  const asked = () => new URL(page.url()).searchParams.get('analisis') ?? '';
  const audited = async (action: string) =>
    (await counts.get<{ entries: AuditEntry[] }>(`/api/audit?action=${action}`)).entries;

  test('tables are downloaded, hold the counts, hide small ones from the public, and stand in the audit log', async () => {
    await open(question('map', '~g.desa'));
    const truth = new Map(counted.areas.code.map((code, at) => [code, counted.areas.count[at] ?? 0]));
    const small = [...truth.values()].filter((count) => count < 5).length;
    expect(small).toBeGreaterThan(0);
    expect(small).toBeLessThan(truth.size);
    const endings = ['csv', 'xlsx', 'geojson'] as const;
    const taken = async (ending: (typeof endings)[number], audience: string) => {
      await page.getByRole('button', { name: 'Cetak dan unduh' }).click(LONG);
      const downloading = page.waitForEvent('download', LONG);
      await page.getByRole('menuitem', { name: `${ending.toUpperCase()} – ${audience}` }).click();
      const file = await downloading;
      expect(file.suggestedFilename()).toMatch(new RegExp(`^ronda-titik-rawan.*\\.${ending}$`));
      return readExported(ending, readFileSync(await file.path()));
    };
    for (const ending of endings) {
      const whole = await taken(ending, 'Untuk internal: semua jumlah');
      expect(new Map(whole.map(({ code = '', count }) => [code, Number(count)]))).toEqual(truth);
      expect(new Set(whole.map(({ exportedBy }) => exportedBy))).toEqual(new Set(['ADMIN_TOKEN']));

      const rows = await taken(ending, 'Untuk umum: jumlah di bawah 5 disembunyikan');
      expect(JSON.stringify(rows)).not.toContain('ADMIN_TOKEN');
      expect(rows.map(({ code }) => code)).toEqual([...truth.keys()]);
      for (const { code = '', count = '', suppressed, per1000Households, perKm2 } of rows) {
        const hides = suppressed === 'count';
        if ((truth.get(code) ?? 0) < 5) expect(hides).toBe(true);
        expect([count, per1000Households === '', perKm2 === '']).toEqual(
          hides ? ['', true, true] : [String(truth.get(code)), false, false],
        );
      }
      expect(rows.some(({ suppressed }) => suppressed === '')).toBe(true);
    }
    const entries = await audited('hotspots.exported');
    expect(entries.map(({ detail }) => (detail as { format: string }).format)).toEqual(
      endings.flatMap((ending) => [ending, ending]).reverse(),
    );
    await page.goto(`${server.url}/?kelola=audit`);
    const row = page.getByRole('row').filter({ hasText: 'hotspots.exported' }).filter({ hasText: 'format: xlsx' });
    await row.first().waitFor(LONG);
    const told = (await row.first().textContent()) ?? '';
    for (const part of ['ADMIN_TOKEN', '"categories":"pemilu"', '"audience":"public"', `rows: ${truth.size}`])
      expect(told).toContain(part);
  });

  test.skipIf(!inject('poppler'))('the flash card is one page: what, where, since when, how sure', async () => {
    await open(question('map', '~g.desa'));
    await page.getByRole('button', { name: 'Cetak dan unduh' }).click(LONG);
    await page.getByRole('menuitem', { name: /Cetak laporan kilat/ }).click();
    const paper = page.getByRole('dialog', { name: 'Pratinjau cetak' });
    await expect.poll(() => page.evaluate('timesPrinted()'), LONG).toBe(1);
    const text = textOfPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(text.split('\f').filter((sheet) => sheet.trim() !== '')).toHaveLength(1);
    const said = text.replaceAll(/\s+/g, ' ');
    const top = counted.areas.name[counted.areas.count.indexOf(Math.max(...counted.areas.count))] ?? '';
    for (const part of [
      ...['Laporan kilat', 'Untuk kalangan internal', 'Data contoh, rekaan', 'Tanda terima'],
      ...['Apa', 'Di mana', 'Sejak kapan', 'Seberapa yakin', 'Keputusan yang diminta', 'Data per'],
      `${counted.total.period} kejadian (Pemilu) dalam 60 hari.`,
      `Paling menonjol ${top}: ${Math.max(...counted.areas.count)} kejadian`,
      'Tidak diuji: ukuran ini gambaran, bukan bukti.',
    ])
      expect(said).toContain(part);
    await paper.getByRole('button', { name: 'Tutup' }).click();
    const [entry] = await audited('analysis.pictured');
    expect(entry?.detail).toMatchObject({ kind: 'print', spec: { measure: 'count', period: campaign } });
  });

  test('a saved analysis has the same figures again, and says what changed after an incident was added', async () => {
    await open(question('map', '~g.desa'));
    await tab('Simpanan').click();
    await page.getByRole('button', { name: 'Simpan analisis ini' }).click(LONG);
    await page.route('**/api/analyses', (route) => route.abort());
    await page.getByLabel('Judul').fill('Kampanye per desa');
    const submit = page.getByRole('button', { name: 'Simpan', exact: true });
    await submit.click(LONG);
    // Without the server nothing is lost.
    await page.getByText('Belum tersimpan.').waitFor(LONG);
    await page.unroute('**/api/analyses');
    await submit.click();
    await page.getByRole('list', { name: 'Simpanan' }).getByText('Kampanye per desa').waitFor(LONG);
    const [saved] = (await counts.get<{ analyses: AnalysisSummary[] }>('/api/analyses')).analyses;
    const reopen = () => page.goto(`${server.url}/?ruang=analisis&simpanan=${saved?.id}`);
    const note = page.getByRole('region', { name: 'Simpanan: Kampanye per desa' });
    await reopen();
    await note.getByText(/^Angkanya sama seperti saat disimpan/).waitFor(LONG);

    const { name, count, lon, lat } = counted.areas;
    const at = count.indexOf(Math.max(...count));
    await send(`${server.url}/api/incidents`, {
      ...{ id: uuidv7(), title: 'Baliho dirusak', category: 'pemilu', severity: 'low', source: 'radio' },
      ...{ status: 'verified', occurredAt: `${campaign.startsOn}T12:00:00+08:00` },
      location: { lon: lon[at], lat: lat[at] },
    });
    await reopen();
    await expect.poll(() => note.textContent(), LONG).toMatch(/Sejak disimpan .*, 2 hal berubah\./);
    await note.getByText('Apa yang berubah').click();
    const { period } = counted.total;
    const whole = `Kejadian dalam periode${period} → ${period + 1}`;
    const place = `${name[at]}${count[at]} → ${(count[at] ?? 0) + 1}`;
    expect(await note.locator('dl > div').allTextContents()).toEqual([whole, place]);
    await note.getByRole('button', { name: 'Simpan angka yang baru' }).click();
    await note.getByText(/^Angkanya sama seperti saat disimpan/).waitFor(LONG);
  });

  test("an election's own calendar is on the ribbon, and its stage against the same stage of another is the question", async () => {
    const own = { startsOn: addDays(campaign.startsOn, 5), endsOn: addDays(campaign.startsOn, 24) };
    const stage = { key: 'campaign', name: 'Kampanye kades', nameEn: 'Village campaign', source: 'Perbup 1/2027' };
    const names = { name: 'Pilkades Contoh', nameEn: 'Village elections' };
    const calendar = { ...names, kind: 'pilkades', jurisdiction: ['98.71'], stages: [{ ...stage, ...own }] };
    await send(`${server.url}/api/calendars`, calendar);
    await open(question('map', '~g.desa'));
    await page.getByRole('combobox', { name: 'Pilih tahapan' }).selectOption({ label: 'Kampanye kades' }, LONG);
    await expect.poll(asked).toContain(`~p.${days(own)}~`);
    const band = page.getByRole('button', { name: /^Kampanye kades, Pilkades Contoh/ });
    await expect.poll(() => band.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Tambah pembanding' }).click();
    const baselines = page.getByRole('group', { name: 'Periode pembanding' });
    await baselines.getByRole('button', { name: /^Kampanye, Pilkada Contoh/ }).click();
    await expect.poll(asked).toContain(`~b.${days(campaign)}-s~`);
  });

  test('who may not export sees no way to it and gets no file; who reads no incidents sees no figure', async () => {
    const visit = async (username: string, role: string) => {
      const context = await signedIn(browser, server.url, { username, role, area: '98.71' });
      const person = await context.newPage();
      await person.goto(`${server.url}/?ruang=analisis&analisis=${question('map', '~g.desa')}`);
      return person;
    };
    const viewer = await visit('vina', 'viewer');
    await viewer.getByRole('region', { name: 'Tempat tertinggi' }).getByRole('button').first().waitFor(LONG);
    expect(await viewer.getByRole('button', { name: 'Cetak dan unduh' }).count()).toBe(0);
    await viewer.getByRole('button', { name: 'Simpanan', exact: true }).click();
    // One about everything is for those who see everything.
    await viewer.getByText('Belum ada analisis yang disimpan.').waitFor(LONG);
    expect(await viewer.getByRole('button', { name: 'Simpan analisis ini' }).count()).toBe(0);
    const before = (await audited('hotspots.exported')).length;
    const file = `${server.url}/api/hotspots/areas.csv?level=desa&${countedQuery(campaign)}`;
    expect((await viewer.context().request.get(file)).status()).toBe(403);
    expect(await audited('hotspots.exported')).toHaveLength(before);
    await viewer.context().close();

    const administrator = await visit('adi', 'administrator');
    await administrator.getByText('Peran Anda tidak mencakup data kejadian.').waitFor(LONG);
    await administrator.context().close();
  });

  test('without the server each view says that nothing is lost, and goes on when it is back', async () => {
    await open(question('map', '~g.desa'));
    await page.getByRole('region', { name: 'Tempat tertinggi' }).getByRole('button').first().waitFor(LONG);
    await page.route(/\/api\/(hotspots|warnings)/, (route) => route.abort());
    await page.getByRole('button', { name: 'Cetak dan unduh' }).click();
    await page.getByRole('menuitem', { name: 'CSV – Untuk internal: semua jumlah' }).click();
    await page.getByText('Tidak ada yang keluar. Periksa sambungan, lalu coba lagi.').waitFor(LONG);
    await tab('Peringatan dini').click();
    await page.getByText('Peringatan dini belum dapat dimuat').waitFor(LONG);
    await tab('Berulang').click();
    await page.getByText('Data tidak dapat dibaca.').waitFor(LONG);
    await tab('Uji peta').click();
    const foresight = page.getByRole('region', { name: /^Apakah peta kemarin/ });
    await foresight.getByText('Data tidak dapat dibaca.').waitFor(LONG);
    await page.unroute(/\/api\/(hotspots|warnings)/);
    await foresight.getByRole('button', { name: 'Coba lagi' }).click();
    await foresight.getByRole('table').first().waitFor(LONG);
    await tab('Berulang').click();
    await page
      .getByRole('region', { name: /^Kejadian berulang berdekatan/ })
      .getByRole('table')
      .waitFor(LONG);
  });

  test('an early warning: on the strip of the operations room, down to its incidents, and its outcome in the precision', async () => {
    const runs = async () => {
      const found = (await counts.get<{ runs: WarningRun[] }>('/api/warnings/runs')).runs;
      return found.filter(({ state }) => state === 'finished').map(({ cause }) => cause);
    };
    // A new server counts soon after its start; then once more because it is asked to.
    await expect.poll(runs, { timeout: 60_000 }).toEqual(['nightly']);
    await send(`${server.url}/api/warnings/runs`, {}, 202);
    await expect.poll(runs, { timeout: 60_000 }).toEqual(['asked', 'nightly']);
    const listed = (await counts.get<{ warnings: EarlyWarning[] }>('/api/warnings?state=open')).warnings;
    const matters = new Set(listed.map(({ area, category }) => `${area.code} ${category}`)).size;
    const [{ area, category, lastDay } = expect.unreachable('nothing rises in the demonstration')] = listed;
    const group = listed.filter((one) => one.area.code === area.code && one.category === category);
    const { name } = area;
    const kind = common.category[category];
    const rules = async () => (await counts.get<{ rules: RulePrecision[] }>('/api/warnings/precision')).rules;
    expect((await rules()).map(({ precision }) => precision)).toEqual([null, null, null, null]);

    await page.goto(server.url);
    const strip = page.getByRole('region', { name: 'Peringatan dini' });
    await strip.getByRole('button', { name: `${matters} peringatan dini` }).click(LONG);
    const entry = strip.getByRole('listitem').filter({ hasText: name }).filter({ hasText: kind });
    await entry.getByRole('button', { name: `Buka di ruang analisis: ${name}` }).click();

    await page.getByRole('heading', { name, level: 2 }).waitFor(LONG);
    await page.getByRole('button', { name: 'Lihat kejadiannya' }).click(LONG);
    const since = group.map((one) => one.since).sort()[0] ?? '';
    const rise = { startsOn: since, endsOn: lastDay };
    const { areas } = await counts.areas(area.level, rise, { categories: category });
    const here = areas.count[areas.code.indexOf(area.code)] ?? 0;
    expect(here).toBeGreaterThan(5);
    const list = page.getByRole('region', { name: 'Kejadian', exact: true }).locator('p').first();
    const inList = async () =>
      ((await list.textContent()) ?? '').match(/\d+/g)?.reduce((all, digits) => all + Number(digits), 0);
    await expect.poll(inList, LONG).toBe(here);

    const judge = async (verdict: string) => {
      await page.getByRole('button', { name: verdict, exact: true }).click(LONG);
      await page.getByRole('button', { name: 'Catat hasil' }).click();
      await page.getByText('Hasil dicatat').first().waitFor(LONG);
    };
    const precisionOf = (share: string) =>
      Promise.all(
        group.map(async ({ rule }) => {
          const row = page.getByRole('row', { name: new RegExp(`^${rule}`, 'i') });
          await expect.poll(() => row.getByRole('cell').first().textContent(), LONG).toMatch(new RegExp(`^${share}`));
          expect(await row.getByRole('cell').nth(1).textContent()).toBe('1');
        }),
      );
    await page.getByRole('button', { name: 'Analisis', exact: true }).click();
    await judge('Benar');
    await page.getByRole('button', { name: 'Semua peringatan' }).click();
    await precisionOf('100 %');
    await page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: kind }).getByRole('button').click();
    await judge('Tidak benar');
    await page.getByRole('button', { name: 'Semua peringatan' }).click();
    await precisionOf('0 %');
    const judged = (await rules()).filter(({ precision }) => precision !== null);
    expect(judged.map(({ rule }) => rule).sort()).toEqual(group.map(({ rule }) => rule).sort());
    // What is not true is told to nobody on duty.
    await page.getByRole('button', { name: 'Operasi', exact: true }).click();
    const left = async () => /\d+/.exec((await strip.allTextContents()).join())?.[0];
    await expect.poll(left, LONG).toBe(String(matters - 1));
  });
});
