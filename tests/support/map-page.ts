import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { AnalysisMap } from '../../client/map/analysis-map.ts';

/** A cluster or single incident; x and y are CSS pixels from the map's top left corner. */
export interface ClusterOnMap {
  id: string | undefined;
  lon: number;
  lat: number;
  count: number;
  x: number;
  y: number;
}

/** What tests use of the page's `ronda` handle. */
export interface MapHandle {
  map: import('maplibre-gl').Map;
  unitsOnScreen(): { id: number; x: number; y: number }[];
  framesDrawn(): number;
  incidents: { clusters(): ClusterOnMap[] };
  analysis(): Promise<AnalysisMap>;
}

/**
 * Asks the page until the expression is true. (Playwright's own waiting evaluates text within the page, which the page's
 * security policy forbids.)
 */
export async function untilInPage(
  page: Page,
  expression: string,
  { timeout = 30_000, every = 50 }: { timeout?: number; every?: number } = {},
): Promise<void> {
  const deadline = Date.now() + timeout;
  while (!(await page.evaluate<boolean>(`Boolean(${expression})`))) {
    if (Date.now() > deadline) throw new Error(`The page did not come to ${expression} within ${timeout} ms.`);
    await delay(every);
  }
}

/** Waits until the map has drawn its style and all that was asked for. */
export async function mapLoaded(page: Page): Promise<void> {
  await untilInPage(page, 'globalThis.ronda?.map.loaded()');
}

/** The units drawn on the map, in CSS pixels from its top left corner. */
export async function unitsOnScreen(page: Page): Promise<{ id: number; x: number; y: number }[]> {
  return page.evaluate(() => (globalThis as unknown as { ronda: MapHandle }).ronda.unitsOnScreen());
}

/** The clusters drawn within the window, in the order in which they are drawn. */
export async function clustersOnMap(page: Page): Promise<ClusterOnMap[]> {
  return page.evaluate(() =>
    ((globalThis as unknown as { ronda: MapHandle }).ronda.incidents?.clusters() ?? []).filter(({ x }) => x > 0),
  );
}

/** Looks at a place without flying there. */
export async function lookAt(page: Page, lon: number, lat: number, zoom: number): Promise<void> {
  await page.evaluate(
    ([lon, lat, zoom]) => {
      // Without a value: the map itself would be sent back, piece by piece.
      (globalThis as unknown as { ronda: MapHandle }).ronda.map.jumpTo({ center: [lon ?? 0, lat ?? 0], zoom });
    },
    [lon, lat, zoom],
  );
}

/** What the screen shows of a square of the map around a point (CSS pixels), as a picture to compare. */
export async function pictureAround(page: Page, x: number, y: number, reach: number): Promise<Buffer> {
  const box = await page.locator('.maplibregl-map').boundingBox();
  return page.screenshot({
    clip: { x: (box?.x ?? 0) + x - reach, y: (box?.y ?? 0) + y - reach, width: 2 * reach, height: 2 * reach },
  });
}

/** The middle of the map in pixels of its canvas: panels stand beside it, so that is not the page's. */
export async function centreOfMap(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  if (!box) throw new Error('The map is not on the page.');
  return { x: Math.round(box.width / 2), y: Math.round(box.height / 2) };
}

/** The share of a square of the map about a place that has this colour (`#RRGGBB`), in a frame drawn now: names and lines lie over it. */
export async function shareOfColour(
  page: Page,
  place: [lon: number, lat: number],
  wanted: string,
  side = 32,
): Promise<number> {
  return page.evaluate(
    ({ place, wanted, side }) =>
      new Promise<number>((resolve) => {
        const { map } = (globalThis as unknown as { ronda: MapHandle }).ronda;
        map.once('render', () => {
          const { x, y } = map.project(place);
          const canvas = document.createElement('canvas');
          const context = canvas.getContext('2d');
          context?.drawImage(map.getCanvas(), side / 2 - x * devicePixelRatio, side / 2 - y * devicePixelRatio);
          const { data = [] } = context?.getImageData(0, 0, side, side) ?? {};
          let like = 0;
          for (let at = 0; at < data.length; at += 4) {
            const off = [0, 1, 2].map((part) =>
              Math.abs((data[at + part] ?? 0) - Number.parseInt(wanted.slice(1 + 2 * part, 3 + 2 * part), 16)),
            );
            // Graphics drivers round a blended colour differently.
            if (Math.max(...off) <= 3) like++;
          }
          resolve(like / side ** 2);
        });
        map.triggerRepaint();
      }),
    { place, wanted, side },
  );
}
