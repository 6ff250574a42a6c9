import { id as effect } from '../../client/analysis/effect/words.id.ts';
import { decimals, pWords } from '../../client/analysis/numbers.ts';
import { onPlane } from '../../client/analysis/plane.ts';
import { id as words } from '../../client/analysis/words.id.ts';
import { number } from '../../client/format.ts';
import { addDays, type DaySpan } from '../../shared/calendar/days.ts';
import { cellMiddle, metresPerDegree } from '../../shared/geo/grid.ts';
import type {
  AreaCounts,
  AreaNeighbours,
  CellCounts,
  CountedPoints,
  CountSeries,
} from '../../shared/schemas/hotspot.ts';
import type { ElectionStages } from '../../shared/schemas/stage.ts';
import {
  type BeforeAfter,
  contiguityWeights,
  EMERGING_CATEGORIES,
  emergingHotspots,
  falseDiscoveryRate,
  getisOrdG,
  kernelDensity,
  knoxTest,
  localMoran,
  type Neighbours,
  neighboursFromLists,
  poissonTwoSample,
  scottBandwidth,
  weightedDisplacementDifference,
  windowPoisson,
} from '../../shared/stats/index.ts';
import { accepted } from '../unit/stats/outcome.ts';
import { ask } from './access.ts';

/** How many places a legend should count, by the label of the class. */
export type Rows = Record<string, number>;

const ALPHA = 0.05;
/** Levels of p that a map of significance tells apart at alpha 0.05. */
const LEVELS = [0.05, 0.01, 0.001];

/** What the server counts, asked as the room asks it: whole days of the demonstration's zone, WITA. */
export class RoomCounts {
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async get<Answer>(path: string): Promise<Answer> {
    const answer = await ask(this.url + path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  /** The days of a stage of the demonstration's election. */
  async stage(key: string): Promise<DaySpan> {
    const { stages } = await this.get<ElectionStages>('/api/stages');
    const found = stages.find((stage) => stage.key === key);
    if (!found) throw new Error(`There is no stage ${key}.`);
    return { startsOn: found.startsOn, endsOn: found.endsOn };
  }

  areas(level: string, period: DaySpan, more: { baseline?: DaySpan; categories?: string } = {}): Promise<AreaCounts> {
    return this.get(`/api/hotspots/areas?level=${level}&${countedQuery(period, more)}`);
  }

  /** Cells at the edge are there where an incident of period or baseline lies in them. */
  cells(shape: string, metres: number, period: DaySpan, baseline: DaySpan): Promise<CellCounts> {
    return this.get(`/api/hotspots/cells?shape=${shape}&metres=${metres}&${countedQuery(period, { baseline })}`);
  }

  async points(period: DaySpan, more: { categories?: string } = {}): Promise<CountedPoints['points']> {
    const path = `/api/hotspots/points?${countedQuery(period, more)}`;
    const whole = await this.get<CountedPoints>(path);
    for (let { next } = whole; next; ) {
      const page = await this.get<CountedPoints>(`${path}&cursor=${next}`);
      for (const [name, values] of Object.entries(page.points))
        whole.points[name as 'id'].push(...(values as string[]));
      next = page.next;
    }
    return whole.points;
  }

  /** Which of the areas touch, by their place among the codes. */
  async neighbours(level: string, codes: readonly string[]): Promise<Neighbours> {
    const all = await this.get<AreaNeighbours>(`/api/hotspots/neighbours?level=${level}`);
    const row = new Map(all.code.map((code, at) => [code, at]));
    const place = new Map(codes.map((code, at) => [code, at]));
    const lists = codes.map((code) => {
      const at = row.get(code) ?? 0;
      const own = all.neighbour.slice(all.start[at], all.start[at + 1]);
      return own.flatMap((other) => place.get(all.code[other] ?? '') ?? []);
    });
    return accepted(neighboursFromLists(lists));
  }
}

/** The query of `/api/hotspots` for whole days in WITA. */
export function countedQuery(
  { startsOn, endsOn }: DaySpan,
  { baseline, categories }: { baseline?: DaySpan; categories?: string } = {},
): URLSearchParams {
  const at = (day: string) => `${day}T00:00:00+08:00`;
  return new URLSearchParams({
    ...{ from: at(startsOn), to: at(addDays(endsOn, 1)) },
    ...(baseline && { baselineFrom: at(baseline.startsOn), baselineTo: at(addDays(baseline.endsOn, 1)) }),
    ...(categories && { categories }),
  });
}

/** Cells of a hexagonal grid whose middles are one width apart. */
export function hexagonNeighbours({ grid, cells }: CellCounts): Neighbours {
  const { east, north } = metresPerDegree(grid);
  const middles = cells.q.map((q, at) => cellMiddle(grid, { q, r: cells.r[at] ?? 0 }));
  const near = (a: number[], b: number[]) =>
    Math.hypot(((a[0] ?? 0) - (b[0] ?? 0)) * east, ((a[1] ?? 0) - (b[1] ?? 0)) * north) < grid.metres * 1.01;
  return accepted(
    neighboursFromLists(
      middles.map((one, i) => middles.flatMap((other, j) => (i !== j && near(one, other) ? [j] : []))),
    ),
  );
}

/** The exact window: what is expected of each place is its share of `atRisk`. */
export function windowRows(count: readonly number[], atRisk: readonly number[], neighbours: Neighbours): Rows {
  const [total, all] = [sum(count), sum(atRisk)];
  const expected = atRisk.map((size) => (size / all) * total);
  const { p, state } = accepted(windowPoisson(count, expected, neighbours));
  return levelRows(p, state, undefined);
}

export function getisRows(count: readonly number[], neighbours: Neighbours): Rows {
  const { p, z, state } = accepted(getisOrdG(count, accepted(contiguityWeights(neighbours))));
  return levelRows(p, state, z);
}

export function moranRows(count: readonly number[], neighbours: Neighbours): Rows {
  const weights = accepted(contiguityWeights(neighbours, { style: 'row-standardised' }));
  const { p, state, quadrant } = accepted(localMoran(count, weights));
  const { significant } = accepted(falseDiscoveryRate(p, ALPHA, state));
  const names = ['none', 'high-high', 'low-high', 'low-low', 'high-low'] as const;
  const rows: Rows = Object.fromEntries(names.map((name) => [words.quadrant[name], 0]));
  for (const [place, code] of quadrant.entries())
    if (state[place] === 0) add(rows, words.quadrant[names[significant[place] ? code : 0] ?? 'none']);
  return rows;
}

/** Period against baseline of the same length, each place by itself. */
export function changeRows(count: readonly number[], before: readonly number[]): Rows {
  const labels = [
    '0,25× atau kurang',
    '0,25 – 0,5×',
    '0,5 – 0,8×',
    'hampir sama',
    '1,25 – 2×',
    '2 – 4×',
    '4× atau lebih',
  ];
  const rows: Rows = Object.fromEntries(labels.map((label) => [label, 0]));
  const state = count.map((own, place) => (own + (before[place] ?? 0) > 0 ? 0 : 1));
  const p = count.map((own, place) => {
    if (state[place] === 1) return 1;
    return accepted(poissonTwoSample({ counts: [own, before[place] ?? 0], exposures: [1, 1] })).conditionalP;
  });
  let few = 0;
  for (const [place, own] of count.entries()) {
    const other = before[place] ?? 0;
    if (state[place] === 1) continue;
    const steps = [1.25, 2, 4].filter((end) => Math.max(own, other) >= end * Math.min(own, other)).length;
    add(rows, labels[own >= other ? 3 + steps : 3 - steps] ?? '');
    if (own + other < 5) few++;
  }
  rows['bergaris tepi: signifikan pada alfa 0,05'] = accepted(falseDiscoveryRate(p, ALPHA, state)).count;
  return few > 0 ? { ...rows, [words.legend.few]: few } : rows;
}

/** Categories of emerging hotspots, those that a place has. */
export function emergingRows(codes: readonly string[], series: CountSeries, neighbours: Neighbours): Rows {
  const values = new Float64Array(series.steps * codes.length);
  for (const [entry, place] of series.place.entries()) {
    const at = codes.indexOf(series.code[place] ?? '');
    values[(series.step[entry] ?? 0) * codes.length + at] = series.count[entry] ?? 0;
  }
  const cube = { places: codes.length, steps: series.steps, values, neighbours };
  const { category } = accepted(emergingHotspots(cube, { alpha: ALPHA, trendAlpha: ALPHA }));
  const rows: Rows = {};
  for (const code of category)
    add(rows, words.emerging[(EMERGING_CATEGORIES[code] ?? 'none').replace(' ', '-') as 'none']);
  return rows;
}

/** Density of points by Scott's bandwidth (metres): its peak, incidents a km², and where that is. */
export function densityPeak(points: { lon: readonly number[]; lat: readonly number[] }) {
  const plane = onPlane(points.lon, points.lat);
  const bandwidth = accepted(scottBandwidth(plane)).both;
  const [west, south] = [Math.min(...plane.x), Math.min(...plane.y)];
  const side = bandwidth / 8;
  const columns = Math.ceil((Math.max(...plane.x) - west) / side);
  const rows = Math.ceil((Math.max(...plane.y) - south) / side);
  const grid = { west, south, cellWidth: side, cellHeight: side, columns, rows };
  const { values, max } = accepted(kernelDensity(plane, grid, { kernel: 'gaussian', bandwidth, edge: 'off' }));
  const peak = values.indexOf(max);
  const [x, y] = [(peak % columns) + 0.5, Math.floor(peak / columns) + 0.5];
  return { bandwidth, max: max * 1_000_000, at: plane.lonLat(west + x * side, south + y * side) };
}

/** Cells of Knox's table, as the room writes them. Bands are upper ends: metres, days. */
export function knoxCells(
  { lon, lat, occurredAt }: CountedPoints['points'],
  bands: { metres: readonly number[]; days: readonly number[] },
  options: { seed: number; permutations: number },
): string[] {
  const time = occurredAt.map((at) => Math.floor((at + 8 * 3_600_000) / 86_400_000));
  const breaks = { spatialBreaks: [0, ...bands.metres], temporalBreaks: [0, ...bands.days] };
  const { x, y } = onPlane(lon, lat);
  const { ratio, p, observed } = accepted(knoxTest({ x, y, time, ...breaks }, options));
  return ratio.map((times, cell) => {
    const words = times === null ? '–' : `${decimals(times, 'id', 2)}×`;
    return `${words}p ${pWords(p[cell] ?? 1, 'id')}${number(observed[cell] ?? 0, 'id')} psg`;
  });
}

/** The verdict on treated and control areas, periods of one length, in the room's words. */
export function effectVerdict(treated: BeforeAfter, control: BeforeAfter): string {
  const { estimate, lower, upper } = accepted(weightedDisplacementDifference({ treated, control }));
  const n = (value: number) => (Math.abs(value) < 10 ? decimals(value, 'id', 1) : number(value, 'id'));
  const said = (template: string, values: Record<string, string>) =>
    template.replaceAll(/{{(\w+)}}/g, (_, name: string) => values[name] ?? '');
  const confidence = '95 %';
  if (upper < 0) return said(effect.fewer, { n: n(-estimate), from: n(-upper), to: n(-lower), confidence });
  if (lower > 0) return said(effect.moreEvents, { n: n(estimate), from: n(lower), to: n(upper), confidence });
  return said(effect.unclear, { less: n(-lower), most: n(upper), confidence });
}

/**
 * How many values lie in each class of a legend of ranges, whose labels end with the upper end of each. The last, whose end is
 * shortened in its label, holds all that is above the one before it.
 */
export function rangeRows(labels: readonly string[], values: readonly number[]): Rows {
  const uppers = labels.map((label) => Number(label.split(' – ').at(-1)?.replaceAll('.', '').replace(',', '.')));
  return Object.fromEntries(
    labels.map((label, at) => {
      const from = uppers[at - 1] ?? -Infinity;
      const to = at === labels.length - 1 ? Infinity : (uppers[at] ?? Number.NaN);
      return [label, values.filter((value) => value > from && value <= to).length];
    }),
  );
}

/** Places by the level of their p after correction; by sides where `z` is given. */
function levelRows(p: Float64Array, state: ArrayLike<number>, z: Float64Array | undefined): Rows {
  const { adjusted } = accepted(falseDiscoveryRate(p, ALPHA, state));
  const name = (side: 'high' | 'low', level: number) =>
    words.legend[side].replace('{{p}}', `≤ ${String(level).replace('.', ',')}`);
  const rows: Rows = { [words.legend.notSignificant]: 0 };
  for (const level of LEVELS) {
    rows[name('high', level)] = 0;
    if (z) rows[name('low', level)] = 0;
  }
  for (const [place, value] of adjusted.entries()) {
    if (state[place] !== 0) continue;
    const level = LEVELS.findLast((each) => value <= each);
    const side = z && (z[place] ?? 0) < 0 ? 'low' : 'high';
    add(rows, level === undefined ? words.legend.notSignificant : name(side, level));
  }
  return rows;
}

function add(rows: Rows, label: string): void {
  rows[label] = (rows[label] ?? 0) + 1;
}

export const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
