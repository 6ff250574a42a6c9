import type { Browser, Page } from 'playwright-core';
import { AUTHORIZATION } from '../../support/access.ts';
import { findChromium, launchChromium } from '../../support/browser.ts';
import { mapLoaded, untilInPage } from '../../support/map-page.ts';
import { type Bench, type BenchContext, compare, type Row } from '../harness.ts';
import { CATEGORIES, ownTasks } from './own-tasks.ts';
import { enlarge } from './room-world.ts';

const BUDGET_MS = 50;
const WINDOW = { width: 1440, height: 900 };
/** Something is still on its way: figures of before are dimmed, or a state is told. */
const BUSY = `[...document.querySelectorAll('section [data-old], section [role=status]')].length > 0`;
const PATIENCE = { timeout: 120_000, every: 150 };

/**
 * `page.room.longest`: the longest task of the page's own on its main thread while somebody goes through the analysis room: every
 * measure of 8,500 areas and of 50,000 hexagons and squares with as many incidents, what is played, and the comparison with its
 * table. See {@link ownTasks} for what is the page's own.
 */
async function run(context: BenchContext): Promise<Row[]> {
  const chromium = findChromium();
  if (!chromium) throw new Error('Chromium is not installed (Debian: apt install chromium)');
  const server = await context.startServer({ DEMO: 'on' });
  const browser = await launchChromium(chromium);
  try {
    const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION, viewport: WINDOW });
    page.setDefaultTimeout(PATIENCE.timeout);
    await enlarge(page, context.random);
    await page.goto(`${server.url}/?ruang=analisis&lapisan=areas`, { waitUntil: 'networkidle' });
    await mapLoaded(page);
    await settled(page);
    let longest = 0;
    for (const [name, act] of steps(page)) {
      const [first] = await tasksOf(browser, page, act);
      if (!first) continue;
      context.log(`${name}: ${first.ms.toFixed(0)} ms${first.ms > BUDGET_MS ? `, ${first.culprits}` : ''}`);
      longest = Math.max(longest, first.ms);
    }
    return [compare({ id: 'page.room.longest', measured: longest, reference: BUDGET_MS, goal: '<= 1', unit: 'ms' })];
  } finally {
    await browser.close();
  }
}

export const benches: Bench[] = [{ names: ['page.room.longest'], run }];

/** What is done, by its name. */
function steps(page: Page): [name: string, act: () => Promise<unknown>][] {
  const choose = (label: string, value: string) =>
    page.getByRole('combobox', { name: label, exact: true }).selectOption(value);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const sort = (column: string) => page.getByRole('table').first().getByRole('button', { name: column }).click();
  return ['desa', 'hexagon', 'square'].flatMap((places): [string, () => Promise<unknown>][] => [
    [places, () => choose('Tempat', places)],
    ...['rate', 'window', 'getis', 'moran', 'emerging', 'density', 'change', 'count'].map(
      (measure): [string, () => Promise<unknown>] => [`${places}, ${measure}`, () => choose('Ukuran', measure)],
    ),
    [`${places}, played`, () => press('Putar jumlah per langkah')],
    [`${places}, compared`, () => press('Bandingkan')],
    [`${places}, sorted by name`, () => sort('Tempat')],
    [`${places}, the map again`, () => press('Peta')],
  ]);
}

async function tasksOf(browser: Browser, page: Page, act: () => Promise<unknown>) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  await settled(page);
  return ownTasks(await browser.stopTracing());
}

async function settled(page: Page): Promise<void> {
  for (let still = 0; still < 3; still++) {
    await untilInPage(page, `!(${BUSY})`, PATIENCE);
    await page.waitForTimeout(250);
  }
  await mapLoaded(page);
}
