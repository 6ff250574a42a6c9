import { metresPerDegree } from '../../../shared/geo/grid.ts';
import { densityFigure } from '../../../shared/measures/density.ts';
import { knownPlaces, neighboursAmong } from '../../../shared/measures/rated.ts';
import type { Forecast } from '../../../shared/schemas/analysis.ts';
import {
  done,
  type LongRun,
  type Neighbours,
  type Outcome,
  type PredictionAccuracy,
  poissonTwoSample,
  predictionAccuracyIndex,
  ranksWithin,
  refuse,
  windowPoisson,
} from '../../../shared/stats/index.ts';
import { normalQuantile } from '../../../shared/stats/normal.ts';

/** Shares of the area that somebody could watch. */
export const WATCHED = [0.01, 0.05, 0.1] as const;
/** Of these, the one that weeks are told by. */
export const WATCHED_WEEKLY = 0.05;

export interface ForesightInput {
  forecast: Forecast;
  /** Of each place: its middle in degrees, its area, and the incidents that the map was made from. */
  lon: Float64Array;
  lat: Float64Array;
  km2: Float64Array;
  count: Float64Array;
  /** Those incidents themselves in degrees, for a density. */
  points?: { lon: Float64Array; lat: Float64Array } | undefined;
  bandwidthM: number | null;
  /** What the expected number goes by, and who touches whom, for windows. */
  population?: Float64Array | undefined;
  neighbours?: Neighbours | undefined;
  /** Incidents of each place in each week that followed. */
  weeks: Float64Array[];
  alpha: number;
}

/** How a map did on a share of the area. */
export interface MapScore {
  /** How many places that was, and their true share of the area. */
  places: number;
  areaShare: number;
  /** Incidents that came there, and as a share of all with the bounds of Wilson's interval. */
  hits: number;
  hitRate: number;
  lower: number;
  upper: number;
  pai: number;
  pei: number;
}

export interface WatchedRow {
  share: number;
  /** Null where not even one place is so small. */
  map: MapScore | null;
  naive: MapScore | null;
  /** Incidents that one map caught and the other did not, and the exact two-sided p that they are as many (McNemar). */
  onlyMap: number;
  onlyNaive: number;
  p: number | null;
}

export interface Foresight {
  rows: WatchedRow[];
  /** Share of each week's incidents that came where the map, and the naive map, had the weekly share; null without any. */
  weekly: { events: number; map: number | null; naive: number | null }[];
  events: number;
  /** Places by the map's ranks: the most threatened first. */
  order: Uint32Array;
}

/**
 * Scores a hotspot map against the weeks that followed, beside the naive one of the same places as before. Refuses as
 * {@link predictionAccuracyIndex}, `all-zero` where nothing followed, and as what the map is made by.
 */
export function judgeForesight(input: ForesightInput, run: LongRun = {}): Outcome<Foresight> {
  const predicted = predictedOf(input, run);
  if (!predicted.ok) return predicted;
  const observed = input.km2.map((_, place) => input.weeks.reduce((sum, week) => sum + (week[place] ?? 0), 0));
  const map = predictionAccuracyIndex(observed, predicted.value, input.km2);
  if (!map.ok) return map;
  const naive = predictionAccuracyIndex(observed, input.count, input.km2);
  if (!naive.ok) return naive;
  const rows = WATCHED.map((share): WatchedRow => {
    const { onlyMap, onlyNaive } = apart(map.value, naive.value, observed, share);
    const tested = poissonTwoSample({ counts: [onlyMap, onlyNaive], exposures: [1, 1] });
    return {
      share,
      map: scoreOf(map.value, share, input.alpha),
      naive: scoreOf(naive.value, share, input.alpha),
      ...{ onlyMap, onlyNaive, p: tested.ok ? tested.value.conditionalP : null },
    };
  });
  const weekly = input.weeks.map((week) => ({
    events: week.reduce((sum, count) => sum + count, 0),
    map: weekOf(week, predicted.value, input.km2),
    naive: weekOf(week, input.count, input.km2),
  }));
  return done({ rows, weekly, events: map.value.count.at(-1) ?? 0, order: map.value.order });
}

/** What the map foresaw of each place, in proportion: its density is what ranks it. */
function predictedOf(input: ForesightInput, run: LongRun): Outcome<Float64Array> {
  const { forecast, count, km2, points, population, neighbours } = input;
  if (forecast === 'count') return done(count);
  if (forecast === 'density') {
    if (!points) return refuse('all-zero', 'points: there are none');
    const figure = densityFigure(points, input.bandwidthM, run);
    if (!figure.ok) return figure;
    const { grid, origin, values } = figure.value;
    const { east, north } = metresPerDegree(origin);
    return done(
      km2.map((area, place) => {
        const x = ((input.lon[place] ?? 0) - origin.lon) * east;
        const y = ((input.lat[place] ?? 0) - origin.lat) * north;
        const column = Math.floor((x - grid.west) / grid.cellWidth);
        const row = Math.floor((y - grid.south) / grid.cellHeight);
        const inside = column >= 0 && column < grid.columns && row >= 0 && row < grid.rows;
        return inside ? area * (values[row * grid.columns + column] ?? 0) : 0;
      }),
    );
  }
  if (!neighbours) return refuse('no-neighbours', 'neighbours: they are not known');
  if (!population) return refuse('out-of-range', 'population: no place has one');
  const known = knownPlaces(population) ?? Uint32Array.from(population.keys());
  const of = (column: Float64Array) => Float64Array.from(known, (place) => column[place] ?? 0);
  const [own, size] = [of(count), of(population)];
  const total = (column: Float64Array) => column.reduce((all, value) => all + value, 0);
  const share = total(own) / (total(size) || 1);
  const windows = windowPoisson(
    own,
    size.map((each) => each * share),
    neighboursAmong(neighbours, known),
  );
  if (!windows.ok) return windows;
  // Where the denominator is not known nothing can be said to be too many: such places come last.
  const predicted = new Float64Array(km2.length);
  for (const [at, place] of known.entries())
    predicted[place] = (km2[place] ?? 0) * -Math.log10(Math.max(1e-300, windows.value.p[at] ?? 1));
  return done(predicted);
}

function scoreOf(accuracy: PredictionAccuracy, share: number, alpha: number): MapScore | null {
  const places = ranksWithin(accuracy, share);
  if (places === 0) return null;
  const at = places - 1;
  const hits = accuracy.count[at] ?? 0;
  return {
    ...{ places, hits, areaShare: accuracy.areaFraction[at] ?? 0 },
    hitRate: accuracy.hitRate[at] ?? 0,
    ...wilson(hits, accuracy.count.at(-1) ?? 0, alpha),
    pai: accuracy.pai[at] ?? 0,
    pei: accuracy.pei[at] ?? 0,
  };
}

/** Interval of a share (E. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927). */
function wilson(hits: number, of: number, alpha: number): { lower: number; upper: number } {
  const z = normalQuantile(1 - alpha / 2);
  const share = hits / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const reach = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { lower: Math.max(0, middle - reach), upper: Math.min(1, middle + reach) };
}

/** Incidents within one map's share of the area and not within the other's. */
function apart(map: PredictionAccuracy, naive: PredictionAccuracy, observed: Float64Array, share: number) {
  const top = (accuracy: PredictionAccuracy) => new Set(accuracy.order.subarray(0, ranksWithin(accuracy, share)));
  const [ours, theirs] = [top(map), top(naive)];
  const only = (one: Set<number>, other: Set<number>) =>
    [...one].reduce((sum, place) => sum + (other.has(place) ? 0 : (observed[place] ?? 0)), 0);
  return { onlyMap: only(ours, theirs), onlyNaive: only(theirs, ours) };
}

function weekOf(observed: Float64Array, predicted: Float64Array, km2: Float64Array): number | null {
  const judged = predictionAccuracyIndex(observed, predicted, km2);
  if (!judged.ok) return null;
  const places = ranksWithin(judged.value, WATCHED_WEEKLY);
  return places === 0 ? null : (judged.value.hitRate[places - 1] ?? null);
}
