import type { Page, Route } from 'playwright-core';
import { cellMiddle } from '../../../shared/geo/grid.ts';
import type {
  AreaCounts,
  AreaNeighbours,
  CellCounts,
  CountedPoints,
  CountSeries,
} from '../../../shared/schemas/hotspot.ts';

/** As many desa as Jawa Timur has, on a square plane of this many columns. */
const AREAS = 8_500;
const AREA_COLUMNS = 100;
/** As many cells as the server answers at most, and incidents among them. */
const CELLS = 50_000;
const CELL_COLUMNS = 250;
const POINTS = 50_000;

/**
 * Lets the room's server count a far larger world: each answer is the server's own with other columns in it. As many areas as a
 * large province has, the most cells that are answered, and as many incidents.
 */
export async function enlarge(page: Page, random: () => number): Promise<void> {
  const codes = Array.from({ length: AREAS }, (_, at) => codeOf(at));
  const few = () => Math.floor(-Math.log(1 - random()) * 1.5);
  const own = async <Answer>(route: Route, change: (answer: Answer) => object) => {
    const response = await route.fetch();
    const answer: Answer = await response.json();
    await route.fulfill({ response, json: { ...answer, ...change(answer) } });
  };
  await page.route('**/api/hotspots/areas?*', (route) =>
    own<AreaCounts>(route, () => ({
      areas: {
        code: codes,
        name: codes.map((_, at) => `Desa ${(at * 7919) % AREAS}`),
        lon: codes.map((_, at) => 112 + (at % AREA_COLUMNS) / 100),
        lat: codes.map((_, at) => -8 + Math.floor(at / AREA_COLUMNS) / 100),
        km2: codes.map(() => 0.5 + 5 * random()),
        households: codes.map(() => Math.round(200 + 2_000 * random())),
        tps: codes.map(() => Math.round(1 + 12 * random())),
        count: codes.map(few),
        baselineCount: codes.map(few),
      },
      next: null,
    })),
  );
  await page.route('**/api/hotspots/neighbours?*', (route) =>
    own<AreaNeighbours>(route, () => {
      const start = [0];
      const neighbour: number[] = [];
      for (const at of codes.keys()) {
        neighbour.push(...around(at));
        start.push(neighbour.length);
      }
      return { code: codes, start, neighbour };
    }),
  );
  await page.route('**/api/hotspots/series?*level=*', (route) =>
    own<CountSeries>(route, ({ steps }) => {
      const entries = codes.flatMap((_, place) =>
        Array.from({ length: steps }, (_, step) => ({ place, step, count: few() })).filter(({ count }) => count > 0),
      );
      return {
        code: codes,
        place: entries.map(({ place }) => place),
        step: entries.map(({ step }) => step),
        count: entries.map(({ count }) => count),
      };
    }),
  );
  const cells = {
    q: Array.from({ length: CELLS }, (_, at) => at % CELL_COLUMNS),
    r: Array.from({ length: CELLS }, (_, at) => Math.floor(at / CELL_COLUMNS)),
  };
  let grid: CellCounts['grid'] | undefined;
  await page.route('**/api/hotspots/cells?*', (route) =>
    own<CellCounts>(route, (answer) => {
      grid = answer.grid;
      return { cells: { ...cells, count: cells.q.map(few), baselineCount: cells.q.map(few) } };
    }),
  );
  await page.route('**/api/hotspots/points?*', (route) =>
    own<CountedPoints>(route, ({ period, total }) => {
      const at = Array.from({ length: POINTS }, () => Math.floor(random() * CELLS));
      const places = at.map((cell): [number, number] =>
        grid
          ? cellMiddle(grid, { q: cells.q[cell] ?? 0, r: cells.r[cell] ?? 0 })
          : [112 + (cell % CELL_COLUMNS) / 500, -8 + Math.floor(cell / CELL_COLUMNS) / 500],
      );
      const [from, to] = [Date.parse(period.from), Date.parse(period.to)];
      return {
        total: { ...total, period: POINTS },
        points: {
          id: at.map((_, index) => `0199aaaa-0000-7000-8000-${index.toString(16).padStart(12, '0')}`),
          lon: places.map(([lon]) => lon),
          lat: places.map(([, lat]) => lat),
          occurredAt: at.map((_, index) => from + Math.floor((index / POINTS) * (to - from))),
          area: at.map((cell) => codes[cell % AREAS] ?? ''),
          accuracyM: at.map(() => 20),
          timePrecision: at.map(() => 'exact' as const),
        },
        next: null,
      };
    }),
  );
}

/** Codes of desa, a hundred in each kecamatan. */
function codeOf(at: number): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `35.${part(1 + Math.floor(at / 2_500))}.${part(1 + (Math.floor(at / 100) % 25))}.${2_001 + (at % 100)}`;
}

/** Areas that touch one in the plane. */
function around(at: number): number[] {
  const [column, row] = [at % AREA_COLUMNS, Math.floor(at / AREA_COLUMNS)];
  const found: number[] = [];
  for (let up = -1; up <= 1; up++)
    for (let right = -1; right <= 1; right++) {
      const inside = column + right >= 0 && column + right < AREA_COLUMNS && (up !== 0 || right !== 0);
      const other = at + up * AREA_COLUMNS + right;
      if (inside && row + up >= 0 && other < AREAS) found.push(other);
    }
  return found;
}
