import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';
import type { Settings } from '../../shared/schemas/settings.ts';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { findChromium, launchChromium } from '../support/browser.ts';
import { mapLoaded, untilInPage } from '../support/map-page.ts';
import { type Bench, type BenchContext, compare, type Row } from './harness.ts';
import { mainThreadTasks, TASK_CATEGORIES, watchPage } from './page/renderer.ts';
import { type StandIn, startStandIn } from './page/stand-in.ts';

const UNITS = 10_000;
const INCIDENTS = 20_000;
const SECONDS = 10;
const ZOOM = 14;
/** What the window shows of the map around its middle, CSS pixels: less than there is beside the panels. */
const SHOWN = { width: 960, height: 660 };
const WINDOW = { width: 1440, height: 900 };
const BUDGET_MS = 16;
const LONGEST_MS = 100;
const SCRIPT_BYTES = 500_000;
const LEAST_FRAMES = 25;
/** Drawings a second that the peer is asked for: as many as the units' layer makes of itself. */
const PEER_FRAMES = 26;
/** How far east of the demonstration area there is nothing but sea, degrees. */
const TO_SEA = 1;
const PATIENCE = { timeout: 120_000 };

/**
 * The page under load, in headless Chromium with software rendering: the demonstration area, 20,000 clustered incidents
 * and 10,000 units that each report once a second over a real WebSocket, all of them in the window at zoom 14, at 50 km/h.
 *
 * - `page.movers`: CPU seconds of the renderer processes over 10 s, less those of the same page with nothing moving;
 *   against the same page when the same units go once a second through `setData` of a GeoJSON source with a circle layer
 *   (made in the page, so without the cost of a stream). Both are asked for 26 frames a second, as they must for anything to
 *   move between two fixes; off the coast, where the map has little else to draw, for software rendering would hold the
 *   peer, which draws the whole map each time, to a tenth of its frames and so of their cost. It still draws fewer, which
 *   is to its advantage. The units' own side is charged with everything: socket, decoding, the store, the upload, and
 *   every frame drawn between two fixes. `page.movers.frames` is how many frames it drew.
 * - `page.task`, `page.task.longest`: 95th percentile and longest of all tasks of the page's main thread as Chromium traces
 *   them, from the opening of the page on through 10 s of movement.
 * - `page.script`: JavaScript fetched until the map stands, gzipped, but for MapLibre's worker.
 */
async function run(context: BenchContext): Promise<Row[]> {
  const chromium = findChromium();
  if (!chromium) throw new Error('Chromium is not installed (Debian: apt install chromium)');
  const server = await context.startServer({ DEMO: 'on' });
  const { bounds }: Settings = await (await ask(`${server.url}/api/settings`)).json();
  const [west, south, east, north] = bounds;
  const land: View = { center: [(west + east) / 2, (south + north) / 2], zoom: ZOOM };
  const view: View = { ...land, center: [land.center[0] + TO_SEA, land.center[1]] };
  const shown = boundsAround(view);
  const startAt = (bounds: Bounds) =>
    startStandIn(server.url, bounds, { count: UNITS, incidents: INCIDENTS, random: context.random });
  const standIn = await startAt(shown);
  const ashore = await startAt(boundsAround(land));
  const browser = await launchChromium(chromium, 'by GPU');
  try {
    const script = await scriptBytes(browser, standIn.url);
    const idle = await measure(browser, standIn, view, async () => {});
    context.log(`idle: ${idle.cpuSeconds.toFixed(2)} s CPU, ${idle.framesPerSecond.toFixed(1)} frames/s`);
    const ours = await measure(browser, standIn, view, async () => {
      standIn.moving = true;
    });
    context.log(`units' layer: ${ours.cpuSeconds.toFixed(2)} s CPU, ${ours.framesPerSecond.toFixed(1)} frames/s`);
    standIn.moving = false;
    const peer = await measure(browser, standIn, view, (page) => feedSetData(page, shown), peerFrames);
    context.log(`setData: ${peer.cpuSeconds.toFixed(2)} s CPU, ${peer.framesPerSecond.toFixed(1)} frames/s`);
    const tasks = await traceTasks(browser, ashore, land);
    const p95 = tasks[Math.floor(tasks.length * 0.95)] ?? 0;
    const longest = tasks.at(-1) ?? 0;
    context.log(`${tasks.length} tasks, ${tasks.slice(-5).map((ms) => ms.toFixed(0))} ms the longest`);
    return [
      compare({
        id: 'page.movers',
        measured: ours.cpuSeconds - idle.cpuSeconds,
        reference: peer.cpuSeconds - idle.cpuSeconds,
        goal: '<= 0.1',
        unit: 's CPU',
      }),
      compare({
        id: 'page.movers.frames',
        measured: ours.framesPerSecond,
        reference: LEAST_FRAMES,
        goal: '>= 1',
        unit: 'frames/s',
      }),
      compare({ id: 'page.task', measured: p95, reference: BUDGET_MS, goal: '<= 1', unit: 'ms' }),
      compare({ id: 'page.task.longest', measured: longest, reference: LONGEST_MS, goal: '<= 1', unit: 'ms' }),
      compare({ id: 'page.script', measured: script, reference: SCRIPT_BYTES, goal: '<= 1', unit: 'bytes' }),
    ];
  } finally {
    await browser.close();
    await standIn.close();
    await ashore.close();
  }
}

export const benches: Bench[] = [
  { names: ['page.movers', 'page.movers.frames', 'page.task', 'page.task.longest', 'page.script'], run },
];

/** West, south, east, north, degrees. */
type Bounds = [number, number, number, number];

interface View {
  center: [number, number];
  zoom: number;
}

/** What the window shows. */
function boundsAround({ center: [lon, lat], zoom }: View): Bounds {
  const degrees = 360 / (512 * 2 ** zoom);
  const [across, up] = [(SHOWN.width / 2) * degrees, (SHOWN.height / 2) * degrees * Math.cos((lat * Math.PI) / 180)];
  return [lon - across, lat - up, lon + across, lat + up];
}

/** Opens the page on the view and waits until it stands still with all units and clusters drawn. */
async function open(browser: Browser, url: string, { center, zoom }: View): Promise<Page> {
  const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION, viewport: WINDOW });
  // The page first looks where the server says; only then is it told to look elsewhere.
  await page.goto(url, { waitUntil: 'networkidle' });
  await untilInPage(page, 'globalThis.ronda?.map.loaded()', PATIENCE);
  await page.evaluate(
    ([lon, lat, zoom]) => {
      (globalThis as unknown as Handle).ronda.map.jumpTo({ center: [lon ?? 0, lat ?? 0], zoom });
    },
    [...center, zoom],
  );
  await untilInPage(page, `globalThis.ronda.unitsOnScreen().length > ${UNITS / 2}`, PATIENCE);
  await mapLoaded(page);
  return page;
}

const unitFrames = (page: Page) => page.evaluate(() => (globalThis as unknown as Handle).ronda.framesDrawn());
const peerFrames = (page: Page) => page.evaluate(() => (globalThis as unknown as Handle).peerFrames);

async function measure(
  browser: Browser,
  standIn: StandIn,
  view: View,
  begin: (page: Page) => Promise<void>,
  frames = unitFrames,
) {
  const page = await open(browser, standIn.url, view);
  // What the opening still does behind the scenes is not what is measured.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  await begin(page);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const result = await watchPage(browser, () => frames(page), SECONDS);
  await page.close();
  return result;
}

/** Sends as many moving points through a GeoJSON source once a second; the units' own layer stands still. */
async function feedSetData(page: Page, bounds: Bounds): Promise<void> {
  await page.evaluate(
    ([count = 0, frames = 1, west = 0, south = 0, east = 0, north = 0]) => {
      const { map } = (globalThis as unknown as Handle).ronda;
      const lon = Float64Array.from({ length: count }, () => west + Math.random() * (east - west));
      const lat = Float64Array.from({ length: count }, () => south + Math.random() * (north - south));
      const collection = (): GeoJSON.FeatureCollection => ({
        type: 'FeatureCollection',
        features: Array.from(lon, (_, slot) => ({
          type: 'Feature',
          id: slot + 1,
          properties: {},
          geometry: { type: 'Point', coordinates: [lon[slot] ?? 0, lat[slot] ?? 0] },
        })),
      });
      map.addSource('peer', { type: 'geojson', data: collection() });
      map.addLayer({
        id: 'peer',
        type: 'circle',
        source: 'peer',
        paint: { 'circle-radius': 7, 'circle-color': '#7DC4FF' },
      });
      const handle = globalThis as unknown as Handle;
      handle.peerFrames = 0;
      map.on('render', () => handle.peerFrames++);
      setInterval(() => map.triggerRepaint(), 1000 / frames);
      setInterval(() => {
        for (let slot = 0; slot < count; slot++) {
          lon[slot] = (lon[slot] ?? 0) + (Math.random() - 0.5) * 0.0002;
          lat[slot] = (lat[slot] ?? 0) + (Math.random() - 0.5) * 0.0002;
        }
        (map.getSource('peer') as import('maplibre-gl').GeoJSONSource).setData(collection());
      }, 1000);
    },
    [UNITS, PEER_FRAMES, ...bounds],
  );
}

async function traceTasks(browser: Browser, standIn: StandIn, view: View): Promise<number[]> {
  standIn.moving = true;
  const blank = await browser.newPage();
  await browser.startTracing(blank, { categories: TASK_CATEGORIES });
  const page = await open(browser, standIn.url, view);
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  const trace = await browser.stopTracing();
  await page.close();
  await blank.close();
  standIn.moving = false;
  return mainThreadTasks(trace, standIn.url);
}

/** Gzipped bytes of all JavaScript that the page fetches until its map stands, but for MapLibre's own worker. */
async function scriptBytes(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION, viewport: WINDOW });
  const bodies = new Map<string, Promise<Buffer>>();
  const take = (response: Response) => {
    const type = response.headers()['content-type'] ?? '';
    if (type.includes('javascript') && !/maplibre-gl-worker/.test(response.url()))
      bodies.set(response.url(), response.body());
  };
  page.on('response', take);
  await page.goto(url);
  await mapLoaded(page);
  const sizes = (await Promise.all(bodies.values())).map((body) => gzipSync(body, { level: 9 }).length);
  await page.close();
  return sizes.reduce((sum, size) => sum + size, 0);
}

interface Handle {
  /** Frames drawn by the peer. */
  peerFrames: number;
  ronda: { map: import('maplibre-gl').Map; framesDrawn(): number };
}
