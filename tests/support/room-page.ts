import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { AUTHORIZATION } from './access.ts';
import type { MapHandle } from './map-page.ts';

/** A page of an administrator, without motion. What its scripts throw fails the test. @param viewport CSS pixels */
export async function steadyPage(browser: Browser, viewport = { width: 1280, height: 800 }): Promise<Page> {
  const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION, viewport, reducedMotion: 'reduce' });
  page.on('pageerror', (error) => expect.unreachable(error.message));
  return page;
}

/** A class in the legend of the analysis room: how many places it says have it, and its colour (`#RRGGBB`, or empty). */
export interface LegendRow {
  label: string;
  /** NaN where the legend counts none, as of a density. */
  n: number;
  colour: string;
}

/** The legend that is on the page; undefined while there is none. */
export async function legendOn(page: Page): Promise<{ title: string; rows: LegendRow[]; lines: string[] } | undefined> {
  const [legend] = await page.locator('figure:has(figcaption)').evaluateAll((figures) =>
    figures.slice(0, 1).map((figure) => ({
      title: figure.querySelector('figcaption')?.textContent?.trim() ?? '',
      rows: [...figure.querySelectorAll('tbody tr')].map((row) => ({
        label: row.querySelector('th')?.textContent ?? '',
        n: Number.parseInt(row.querySelector('td:last-child')?.textContent?.replaceAll('.', '') ?? '', 10),
        colour: row.querySelector('rect')?.getAttribute('fill')?.replace('none', '') ?? '',
      })),
      lines: [...figure.querySelectorAll('li')].map((line) => line.textContent ?? ''),
    })),
  );
  return legend;
}

/** How many places each row of the legend on the page counts, by its label. */
export async function countsOn(page: Page): Promise<Record<string, number>> {
  return Object.fromEntries(((await legendOn(page))?.rows ?? []).map(({ label, n }) => [label, n]));
}

/** The colours of the legend on the page, and how many places it says have each. */
export async function legendColours(page: Page): Promise<Record<string, number>> {
  return tally(((await legendOn(page))?.rows ?? []).map(({ colour, n }) => [colour, n]));
}

/** The colours that places of the map have been given, and how many have each. `ids`: codes of areas, or `q,r` of cells. */
export async function mapColours(page: Page, kind: 'areas' | 'cells', ids: readonly string[]) {
  return tally((await paintOf(page, kind, ids)).map((colour) => [colour, 1]));
}

/** The colour that each of the places has on the map; empty where the ground shows. */
export async function paintOf(page: Page, kind: 'areas' | 'cells', ids: readonly string[]): Promise<string[]> {
  return page.evaluate(
    ({ source, ids }) => {
      const { map } = (globalThis as unknown as { ronda: MapHandle }).ronda;
      if (!map.getSource(source)) return [];
      const of = { source, sourceLayer: source === 'analysis-areas' ? 'area' : 'cell' };
      return ids.map((id) => String(map.getFeatureState({ ...of, id })?.colour ?? ''));
    },
    { source: `analysis-${kind}`, ids: [...ids] },
  );
}

/** Without what lets the ground show, and without colours that nothing has. */
function tally(entries: readonly (readonly [colour: string, n: number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [colour, n] of entries) if (colour !== '' && n > 0) sums[colour] = (sums[colour] ?? 0) + n;
  return sums;
}
