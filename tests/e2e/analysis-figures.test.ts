import { isDeepStrictEqual } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { lookOf } from '../../client/analysis/effect/looks.ts';
import { decimals, percent, pWords } from '../../client/analysis/numbers.ts';
import { onPlane } from '../../client/analysis/plane.ts';
import { id as words } from '../../client/analysis/words.id.ts';
import { distance, number } from '../../client/format.ts';
import { addDays, type DaySpan, lengthOf, moved } from '../../shared/calendar/days.ts';
import { cellAt } from '../../shared/geo/grid.ts';
import type { AreaDetail } from '../../shared/schemas/area.ts';
import type { AreaCounts, CountSeries } from '../../shared/schemas/hotspot.ts';
import {
  empiricalBayesRates,
  type Neighbours,
  predictionAccuracyIndex,
  ranksWithin,
  scanStatistic,
  windowPoisson,
} from '../../shared/stats/index.ts';
import { launchChromium } from '../support/browser.ts';
import { demonstrationFolder } from '../support/demonstration-folder.ts';
import { lookAt, type MapHandle, mapLoaded, shareOfColour } from '../support/map-page.ts';
import {
  changeRows,
  countedQuery,
  densityPeak,
  effectVerdict,
  emergingRows,
  getisRows,
  hexagonNeighbours,
  knoxCells,
  moranRows,
  RoomCounts,
  type Rows,
  rangeRows,
  sum,
  windowRows,
} from '../support/room-figures.ts';
import { countsOn, legendColours, legendOn, mapColours, paintOf, steadyPage } from '../support/room-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { accepted } from '../unit/stats/outcome.ts';

const LONG = { timeout: 30_000 };

/** What the room shows is held against the server's counts and the statistics library, asked without it. */
describe.skipIf(!inject('chromium'))('the figures of the analysis room', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  let counts: RoomCounts;
  let campaign: DaySpan;
  /** As long as the campaign, and before it. */
  let before: DaySpan;
  let today: string;
  let rw: AreaCounts['areas'];
  let neighbours: Neighbours;

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: await demonstrationFolder(), DEMO: 'on' });
    browser = await launchChromium(inject('chromium'));
    counts = new RoomCounts(server.url);
    campaign = await counts.stage('campaign');
    before = { startsOn: addDays(campaign.startsOn, -60), endsOn: addDays(campaign.startsOn, -1) };
    today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    rw = (await counts.areas('rw', campaign, { baseline: before })).areas;
    neighbours = await counts.neighbours('rw', rw.code);
    page = await steadyPage(browser, { width: 1440, height: 900 });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const days = ({ startsOn, endsOn }: DaySpan) => `${startsOn}-${endsOn}`.replace(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3');
  const open = async (question: string) => {
    await page.goto(`${server.url}/?ruang=analisis&analisis=${question}`);
    await mapLoaded(page);
  };
  const choose = async (choices: Record<string, string>) => {
    for (const [label, value] of Object.entries(choices))
      await page.getByRole('combobox', { name: label, exact: true }).selectOption(value, LONG);
  };
  const titled = (title: string) => expect.poll(async () => (await legendOn(page))?.title, LONG).toBe(title);
  /** The legend counts these, and the map has as many places in each of its colours. */
  const shows = async (rows: Rows, cells?: string[]) => {
    await expect.poll(() => countsOn(page), LONG).toEqual(rows);
    const colours = await legendColours(page);
    expect(sum(Object.values(colours))).toBeGreaterThan(0);
    await expect.poll(() => mapColours(page, cells ? 'cells' : 'areas', cells ?? rw.code), LONG).toEqual(colours);
  };
  /** The same of classes that are ranges of the value. `more`: rows that are none. */
  const showsRanges = async (values: readonly number[], more: Rows = {}, cells?: string[]) => {
    const differs = async () => {
      const labels = ((await legendOn(page))?.rows ?? []).map(({ label }) => label).filter((label) => !(label in more));
      const expected = { ...rangeRows(labels, values), ...more };
      return labels.length < 4 || !isDeepStrictEqual(await countsOn(page), expected);
    };
    await expect.poll(differs, LONG).toBe(false);
    await shows(await countsOn(page), cells);
  };

  test('counts and smoothed rates lie in the classes that the legend tells', async () => {
    await open(`map~p.${days(campaign)}~b.${days(before)}-o~g.rw~m.count~x.per`);
    await showsRanges(rw.count);
    await choose({ Ukuran: 'rate', Penghalusan: 'global', Pembagi: 'households' });
    await titled('Kejadian per 1.000 rumah tangga');
    const households = rw.households.map((value) => value ?? 0);
    const { rates } = accepted(empiricalBayesRates(rw.count, households));
    const few = rw.count.filter((count) => count > 0 && count < 5).length;
    await showsRanges(
      Array.from(rates, (rate) => rate * 1000),
      few > 0 ? { [words.legend.few]: few } : {},
    );
  });

  test('the exact window, Gi*, local Moran and the change say of each place what the library says', async () => {
    const households = rw.households.map((value) => value ?? 0);
    await choose({ Ukuran: 'window', 'Nilai harapan dari': 'per', Pembagi: 'households' });
    await shows(windowRows(rw.count, households, neighbours));
    await choose({ Ukuran: 'getis', Nilai: 'none' });
    await titled(words.measure.getis);
    await shows(getisRows(rw.count, neighbours));
    await choose({ Ukuran: 'moran', Nilai: 'none' });
    await shows(moranRows(rw.count, neighbours));
    await choose({ Ukuran: 'change' });
    await shows(changeRows(rw.count, rw.baselineCount));
  });

  test('emerging hotspots refuse too few steps, offer shorter ones, and then tell the categories', async () => {
    await choose({ Ukuran: 'emerging', 'Langkah waktu': '7' });
    await page.getByText('Periodenya terlalu pendek untuk metode ini.').waitFor(LONG);
    await page.getByRole('button', { name: 'Pakai langkah 6 hari' }).click();
    const series = await counts.get<CountSeries>(`/api/hotspots/series?level=rw&stepDays=6&${countedQuery(campaign)}`);
    await shows(emergingRows(rw.code, series, neighbours));
  });

  test('the density is that of the points: its bandwidth, its peak, its contours and the colour of the peak', async () => {
    await choose({ Ukuran: 'density', 'Lebar pita kernel': 'rule' });
    await titled(words.legend.density);
    const points = await counts.points(campaign);
    const { bandwidth, max, at } = densityPeak(points);
    const legend = await legendOn(page);
    expect(legend?.lines.join(' ')).toContain(`Kernel gauss ${distance(bandwidth, 'id')} menurut aturan Scott`);
    expect(legend?.lines.join(' ')).toContain(`n = ${number(points.id.length, 'id')} kejadian`);
    const uppermost = legend?.rows.at(-1);
    // Written with two digits, at nine tenths of the peak.
    const ratio = Number(uppermost?.label.replace('≥ ', '').replace('.', '').replace(',', '.')) / (max * 0.9);
    expect(ratio).toBeGreaterThan(0.93);
    expect(ratio).toBeLessThan(1.07);
    const contours = () =>
      page.evaluate(async () => {
        const { map } = (globalThis as unknown as { ronda: MapHandle }).ronda;
        const source = map.getSource<import('maplibre-gl').GeoJSONSource>('analysis-contours');
        const data = (await source?.getData()) as GeoJSON.FeatureCollection | undefined;
        return data?.features.map(({ properties }) => `≥ ${properties?.label}`);
      });
    await expect.poll(contours, LONG).toEqual(legend?.rows.map(({ label }) => label));
    await lookAt(page, ...at, 16);
    await expect.poll(() => shareOfColour(page, at, uppermost?.colour ?? ''), LONG).toBeGreaterThan(0.25);
  });

  test('squares hold the incidents that lie in them; hexagons are tested as their neighbours say', async () => {
    const square = await counts.cells('square', 1000, campaign, before);
    const points = await counts.points(campaign);
    const inside = new Map<string, number>();
    for (const [at, lon] of points.lon.entries()) {
      const { q, r } = cellAt(square.grid, lon, points.lat[at] ?? 0);
      inside.set(`${q},${r}`, (inside.get(`${q},${r}`) ?? 0) + 1);
    }
    const keys = square.cells.q.map((q, at) => `${q},${square.cells.r[at]}`);
    expect(keys.map((key) => inside.get(key) ?? 0)).toEqual(square.cells.count);
    expect(sum(square.cells.count)).toBe(points.id.length);
    await choose({ Ukuran: 'count', Tempat: 'square', 'Lebar sel': '1000' });
    await showsRanges(square.cells.count, {}, keys);

    const hexagon = await counts.cells('hexagon', 1000, campaign, before);
    const alike = hexagon.cells.q.map(() => 1);
    await choose({ Tempat: 'hexagon', Ukuran: 'window' });
    // Nobody counts households by cells.
    await page.getByText('Satu masukan di luar batas metode ini.').waitFor(LONG);
    await choose({ Pembagi: 'km2' });
    const cells = hexagon.cells.q.map((q, at) => `${q},${hexagon.cells.r[at]}`);
    await shows(windowRows(hexagon.cells.count, alike, hexagonNeighbours(hexagon)), cells);
  });

  test('near repeats and clusters: the p of the library, the same for the same seed, others for another', async () => {
    const bands = { metres: [200, 400, 600, 800], days: [7, 14, 21, 28] };
    const asked = `${bands.metres.join('-')},${bands.days.join('-')},99,0,poisson,households,0.5,none`;
    await open(`repeat~p.${days(campaign)}~b.none~k.kamtibmas~g.rw~r.77~q.${asked}`);
    const knox = page.getByRole('region', { name: /^Kejadian berulang berdekatan/ });
    const clusters = page.getByRole('region', { name: /^Kelompok ruang-waktu/ });
    const told = async (seed: number) => {
      await page.getByLabel('Benih acak').fill(String(seed));
      await page.getByLabel('Benih acak').press('Enter');
      for (const part of [knox, clusters])
        await part
          .getByText(new RegExp(`benih ${seed}\\)`))
          .first()
          .waitFor(LONG);
      const cells = await knox.getByRole('cell').allTextContents();
      return {
        knox: cells.map((cell) => cell.replace(/(n kecil)?(Signifikan \(statistik\))?$/, '')),
        clusters: await clusters.locator('tbody tr td:last-child').allTextContents(),
      };
    };
    const first = await told(77);
    // One statement of what both rest on.
    expect(await page.getByRole('region', { name: 'Dasar angka' }).count()).toBe(1);
    const points = await counts.points(campaign, { categories: 'kamtibmas' });
    expect(first.knox).toEqual(knoxCells(points, bands, { seed: 77, permutations: 99 }));
    const { areas } = await counts.areas('rw', campaign, { categories: 'kamtibmas' });
    const population = areas.households.map((value) => value ?? 0);
    expect(Math.min(...population)).toBeGreaterThan(0);
    const places = onPlane(areas.lon, areas.lat);
    const scan = { x: places.x, y: places.y, cases: areas.count, population };
    const found = accepted(scanStatistic(scan, { seed: 77, simulations: 99 }));
    expect(first.clusters).toEqual(found.clusters.map(({ p }) => pWords(p, 'id')));

    await clusters.getByRole('button', { name: 'Titik dan waktu (permutasi)' }).click();
    const [one, other] = [await told(77), await told(78)];
    expect(one.knox).toEqual(first.knox);
    expect(one.clusters.length).toBeGreaterThan(0);
    expect(other).not.toEqual(one);
    expect(await told(77)).toEqual(one);
  });

  test('areas chosen by hand are judged as the weighted displacement difference says, and told apart on the map', async () => {
    // As long before the extra patrols, which the README names, as they have been.
    const after = { startsOn: campaign.startsOn, endsOn: addDays(today, -1) };
    const earlier = moved(after, -lengthOf(after));
    const { areas: desa } = await counts.areas('desa', after, { baseline: earlier, categories: 'kamtibmas' });
    const { areas: wider } = await counts.areas('kecamatan', after);
    const treated = ['Alun-Alun', 'Kamboja', 'Pasar Lama'].map((name) => desa.code[desa.name.indexOf(name)] ?? '');
    const control = wider.code[wider.name.indexOf('Contoh Timur')] ?? '';
    await open(`effect~p.${days(after)}~b.${days(earlier)}-o~k.kamtibmas~g.desa`);
    await page.getByRole('switch', { name: 'Periksa perpindahan ke wilayah yang bersebelahan' }).click(LONG);
    const pick = async (side: string, code: string) => {
      const { name } = await counts.get<AreaDetail>(`/api/areas/${code}`);
      await page
        .getByRole('group', { name: new RegExp(`^${side}`) })
        .locator('input')
        .fill(name);
      await page.getByRole('option', { name: new RegExp(`^${name}\\s*(Desa|Kecamatan)`) }).click(LONG);
    };
    for (const code of treated) await pick('Diberi patroli', code);
    await pick('Pembanding', control);

    const within = (codes: string[]) =>
      desa.code.filter((code) => codes.some((one) => `${code}.`.startsWith(`${one}.`)));
    const of = (codes: string[]) => {
      const at = within(codes).map((code) => desa.code.indexOf(code));
      return [sum(at.map((i) => desa.baselineCount[i] ?? 0)), sum(at.map((i) => desa.count[i] ?? 0))] as const;
    };
    const verdict = effectVerdict(of(treated), of([control]));
    await page.getByRole('status').filter({ hasText: 'kejadian' }).getByText(verdict).waitFor(LONG);
    const coloured = (side: 'treated' | 'control', codes: string[]) =>
      within(codes).map((code) => [code, lookOf('dark', side).colour] as const);
    const colours = new Map([...coloured('treated', treated), ...coloured('control', [control])]);
    const wanted = desa.code.map((code) => colours.get(code) ?? '');
    await expect.poll(() => paintOf(page, 'areas', desa.code), LONG).toEqual(wanted);
  });

  test("yesterday's map stands beside the naive one: hits, PAI and PEI of both", async () => {
    const training = { startsOn: addDays(campaign.startsOn, -88), endsOn: addDays(campaign.startsOn, -29) };
    const followed = { startsOn: addDays(training.endsOn, 1), endsOn: addDays(training.endsOn, 28) };
    await open(`test~p.${days(campaign)}~b.${days(training)}-o~g.rw~h.window,baseline,4`);
    const { areas } = await counts.areas('rw', followed, { baseline: training });
    const households = areas.households.map((value) => value ?? 0);
    const expected = households.map((size) => (size / sum(households)) * sum(areas.baselineCount));
    const { p } = accepted(windowPoisson(areas.baselineCount, expected, neighbours));
    const predicted = areas.km2.map((km2, at) => km2 * -Math.log10(Math.max(1e-300, p[at] ?? 1)));
    const map = accepted(predictionAccuracyIndex(areas.count, predicted, areas.km2));
    const naive = accepted(predictionAccuracyIndex(areas.count, areas.baselineCount, areas.km2));
    const rows = page.getByRole('table').first().locator('tbody tr');
    await rows.first().waitFor(LONG);
    for (const [at, share] of [0.01, 0.05, 0.1].entries()) {
      const cells = await rows.nth(at).getByRole('cell').allTextContents();
      for (const [which, accuracy] of [map, naive].entries()) {
        const rank = ranksWithin(accuracy, share) - 1;
        expect(rank).toBeGreaterThanOrEqual(0);
        const [hitRate, pai, pei] = [accuracy.hitRate[rank] ?? 0, accuracy.pai[rank] ?? 0, accuracy.pei[rank] ?? 0];
        expect(cells[which]).toMatch(new RegExp(`^${percent(hitRate, 'id')}`));
        expect(cells[which]).toContain(`PAI ${decimals(pai, 'id', 1)} · PEI ${decimals(pei, 'id', 2)}`);
        expect(cells[which]).toContain(`${number(rank + 1, 'id')} tempat`);
      }
    }
  });
});
