import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { cellAt } from '../../shared/geo/grid.ts';
import type { AreaDetail, AreaHit } from '../../shared/schemas/area.ts';
import type { Settings } from '../../shared/schemas/settings.ts';
import { ask } from '../support/access.ts';
import { launchChromium } from '../support/browser.ts';
import { demonstrationFolder } from '../support/demonstration-folder.ts';
import { lookAt, type MapHandle, mapLoaded, shareOfColour } from '../support/map-page.ts';
import { steadyPage } from '../support/room-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const ONE = '#2D6E8E';
const OTHER = '#FDE725';

describe.skipIf(!inject('chromium'))('figures on the map', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  /** A place on land, and its areas from the provinsi to the RW. */
  let lon: number;
  let lat: number;
  let around: AreaHit[];

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: await demonstrationFolder(), DEMO: 'on' });
    browser = await launchChromium(inject('chromium'));
    const { bounds } = await get<Settings>('/api/settings');
    const middle = `lon=${(bounds[0] + bounds[2]) / 2 + 0.004}&lat=${(bounds[1] + bounds[3]) / 2}`;
    around = (await get<{ areas: AreaHit[] }>(`/api/areas/at?${middle}`)).areas;
    [lon, lat] = (await get<AreaDetail>(`/api/areas/${codeOf('rw')}`)).labelPoint;
    page = await steadyPage(browser);
    await page.addInitScript(() => {
      const contexts: unknown[] = [];
      Object.assign(globalThis, { contexts });
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: never[]) {
        const context = getContext.apply(this, args as never);
        if (context instanceof WebGL2RenderingContext && !contexts.includes(context)) contexts.push(context);
        return context;
      } as never;
    });
    await page.goto(`${server.url}/?lapisan=areas`);
    await mapLoaded(page);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const get = async <Body>(path: string) => (await (await ask(server.url + path)).json()) as Body;
  const codeOf = (level: string) => around.find((area) => area.level === level)?.code ?? '';

  const filled = (wanted: string) => shareOfColour(page, [lon, lat], wanted);
  // A desa is five pixels wide at zoom 9.5, and nothing else on the map has such a colour.
  const showsFigure = (fill: string) => expect.poll(() => filled(fill), { timeout: 10_000 }).toBeGreaterThan(0.01);
  const showArea = (level: 'desa' | 'kecamatan' | 'rw', code: string, fill: string, mark: '' | 'outline' = '') =>
    page.evaluate(
      async ([level = '', code = '', fill = '', mark = '']) => {
        const figures = await (globalThis as unknown as { ronda: MapHandle }).ronda.analysis();
        figures.showAreas(level as 'desa', [code], [fill], [mark as 'outline'], () => `Wilayah ${code}`);
      },
      [level, code, fill, mark],
    );
  const figureLayers = () =>
    page.evaluate(() => {
      const { map } = (globalThis as unknown as { ronda: MapHandle }).ronda;
      const style = map.getStyle();
      return [...style.layers.map(({ id }) => id), ...Object.keys(style.sources)].filter((id) =>
        id.startsWith('analysis-'),
      );
    });
  const clear = () =>
    page.evaluate(async () => (await (globalThis as unknown as { ronda: MapHandle }).ronda.analysis()).clear());

  test.each([
    ['kecamatan', 14.5],
    ['desa', 9.5],
    ['rw', 12.9],
  ] as const)('areas of level %s are filled at zoom %d, whatever level that shows otherwise', async (level, zoom) => {
    await clear();
    expect(await filled(ONE)).toBe(0);
    await lookAt(page, lon, lat, zoom);
    await showArea(level, codeOf(level), ONE);
    await showsFigure(ONE);
  });

  test('a changed figure needs no new tile, and the next frame has it', async () => {
    await lookAt(page, lon, lat, 13);
    await showArea('desa', codeOf('desa'), ONE);
    await mapLoaded(page);
    await showsFigure(ONE);
    const asked: string[] = [];
    const note = (request: { url(): string }) => asked.push(request.url());
    page.on('request', note);
    await showArea('desa', codeOf('desa'), OTHER, 'outline');
    expect(await filled(OTHER)).toBeGreaterThan(0.25);
    await showArea('desa', 'none', OTHER);
    expect([await filled(ONE), await filled(OTHER)]).toEqual([0, 0]);
    page.off('request', note);
    expect(asked.filter((url) => url.includes('/tiles/areas'))).toEqual([]);
  });

  test('the pointer tells the figure, and a click picks the place instead of opening its details', async () => {
    await lookAt(page, lon, lat, 13);
    await showArea('desa', codeOf('desa'), ONE);
    await showsFigure(ONE);
    await page.evaluate(async () => {
      const figures = await (globalThis as unknown as { ronda: MapHandle }).ronda.analysis();
      figures.onPick((place) => Object.assign(globalThis, { picked: place }));
    });
    const box = await page.locator('.maplibregl-canvas').boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
    await page.mouse.move(x - 2, y);
    await page.mouse.move(x, y);
    await page.locator('.map-tooltip', { hasText: `Wilayah ${codeOf('desa')}` }).waitFor();
    await page.mouse.click(x, y);
    expect(await page.evaluate('globalThis.picked')).toBe(codeOf('desa'));
    expect(await page.getByRole('complementary', { name: 'Rincian' }).count()).toBe(0);
  });

  test.each(['square', 'hexagon'] as const)('%s cells are filled', async (shape) => {
    await clear();
    expect(await filled(ONE)).toBe(0);
    await lookAt(page, lon, lat, 14);
    const grid = { shape, metres: 300, lon: 118, lat: -3.6 };
    const { q, r } = cellAt(grid, lon, lat);
    await page.evaluate(
      async ({ grid, q, r, one }) => {
        const figures = await (globalThis as unknown as { ronda: MapHandle }).ronda.analysis();
        // The place may lie at a cell's edge.
        const columns = [q - 1, q, q + 1].flatMap((column) => [column, column, column]);
        const rows = [r - 1, r, r + 1];
        figures.showCells(
          grid,
          columns,
          [...rows, ...rows, ...rows],
          columns.map(() => one),
          columns.map(() => ''),
        );
      },
      { grid, q, r, one: ONE },
    );
    await showsFigure(ONE);
  });

  test('a lost graphics context takes nothing away, and what is shown meanwhile is there afterwards', async () => {
    await lookAt(page, lon, lat, 13);
    await showArea('desa', codeOf('desa'), ONE, 'outline');
    await showsFigure(ONE);
    const lose = () =>
      page.evaluate(() => {
        const { contexts } = globalThis as unknown as { contexts: WebGL2RenderingContext[] };
        const ways = contexts.flatMap((context) => context.getExtension('WEBGL_lose_context') ?? []);
        for (const way of ways) way.loseContext();
        Object.assign(globalThis, { restore: () => ways.forEach((way) => void way.restoreContext()) });
      });
    await lose();
    await expect.poll(() => page.evaluate('Boolean(ronda.map.style)')).toBe(false);
    await page.evaluate('globalThis.restore()');
    await mapLoaded(page);
    await showsFigure(ONE);

    await lose();
    await expect.poll(() => page.evaluate('Boolean(ronda.map.style)')).toBe(false);
    await showArea('kecamatan', codeOf('kecamatan'), OTHER);
    await page.evaluate('globalThis.restore()');
    await mapLoaded(page);
    await showsFigure(OTHER);

    await lose();
    await expect.poll(() => page.evaluate('Boolean(ronda.map.style)')).toBe(false);
    await clear();
    await page.evaluate('globalThis.restore()');
    await mapLoaded(page);
    await expect.poll(figureLayers).toEqual([]);
  });

  test('figures live through a change of theme; cleared, nothing is left of them', async () => {
    await lookAt(page, lon, lat, 13);
    await showArea('desa', codeOf('desa'), ONE, 'outline');
    await page.getByRole('button', { name: 'Ganti ke tampilan terang' }).click();
    await showsFigure(ONE);
    await page.getByRole('button', { name: 'Ganti ke tampilan gelap' }).click();
    expect(await figureLayers()).toContain('analysis-areas-fill');
    await clear();
    expect(await figureLayers()).toEqual([]);
    expect(await filled(ONE)).toBe(0);
  });

  test('period and baseline are compared on two maps that look at the same place', async () => {
    const room = await steadyPage(browser);
    await room.goto(`${server.url}/?ruang=analisis`);
    await mapLoaded(room);
    const choice = room.getByLabel('Satu atau dua peta');
    await choice.selectOption('swipe', { timeout: 60_000 });
    const line = room.getByRole('slider', { name: 'Batas antara periode dan pembanding' });
    // The maps are made anew when the figures of both come.
    await room.locator('.map-title', { hasText: 'Periode:' }).waitFor({ timeout: 60_000 });
    await room.locator('.map-title', { hasText: 'Pembanding:' }).waitFor({ timeout: 60_000 });
    await line.focus();
    await room.keyboard.press('PageUp');
    expect(await line.getAttribute('aria-valuenow')).toBe('60');
    const box = await room.locator('#map').boundingBox();
    const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
    // Taken beside its middle it does not jump there.
    await line.hover({ position: { x: 22 + 8, y: 0.4 * height } });
    await room.mouse.down();
    await room.mouse.move(x + 0.3 * width, y + 0.5 * height, { steps: 4 });
    await room.mouse.move(x + 0.25 * width + 8, y + 0.5 * height);
    await room.mouse.up();
    expect(await line.getAttribute('aria-valuenow')).toBe('25');
    await room.mouse.move(x + 0.8 * width, y + 0.5 * height);
    expect(await line.getAttribute('aria-valuenow')).toBe('25');
    await room.keyboard.press('Home');
    expect(await line.getAttribute('aria-valuenow')).toBe('0');

    await choice.selectOption('side');
    await expect.poll(() => room.locator('.maplibregl-canvas').count(), { timeout: 20_000 }).toBe(2);
    const widths = async () => {
      const boxes = await Promise.all((await room.locator('.maplibregl-canvas').all()).map((map) => map.boundingBox()));
      return boxes.map((each) => Math.round(each?.width ?? 0));
    };
    await expect.poll(async () => Math.abs(((await widths())[0] ?? 0) - ((await widths())[1] ?? 9))).toBeLessThan(4);
    await choice.selectOption('one');
    await expect.poll(() => room.locator('.maplibregl-canvas').count()).toBe(1);
    await expect.poll(async () => (await widths())[0]).toBe(Math.round(box?.width ?? 0));
    expect(await room.locator('.map-title').count()).toBe(0);
    await room.close();
  });
});
