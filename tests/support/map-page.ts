import type { Page } from 'playwright-core';

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
}

/** Waits until the map has drawn its style and all that was asked for. */
export async function mapLoaded(page: Page): Promise<void> {
  await page.waitForFunction('globalThis.ronda?.map.loaded()');
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

/**
 * The colours of a square of the map's canvas around a point (CSS pixels), as the browser draws it:
 * red, green, blue and alpha of each pixel.
 */
export async function pixelsAround(page: Page, x: number, y: number, reach: number): Promise<number[]> {
  return page.evaluate(
    ([x = 0, y = 0, reach = 0]) =>
      new Promise<number[]>((resolve) => {
        const { map } = (globalThis as unknown as { ronda: MapHandle }).ronda;
        // What was drawn can be read only before the frame is handed over.
        map.once('render', () => {
          const canvas = map.getCanvas();
          const ratio = canvas.width / canvas.clientWidth;
          const copy = document.createElement('canvas');
          const side = Math.round(2 * reach * ratio);
          copy.width = side;
          copy.height = side;
          const context = copy.getContext('2d');
          context?.drawImage(canvas, -(x - reach) * ratio, -(y - reach) * ratio);
          resolve([...(context?.getImageData(0, 0, side, side).data ?? [])]);
        });
        map.triggerRepaint();
      }),
    [x, y, reach],
  );
}

/** The middle of the map in pixels of its canvas: panels stand beside it, so that is not the page's. */
export async function centreOfMap(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  if (!box) throw new Error('The map is not on the page.');
  return { x: Math.round(box.width / 2), y: Math.round(box.height / 2) };
}
