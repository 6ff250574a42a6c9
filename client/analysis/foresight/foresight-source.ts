import { cellMiddle } from '../../../shared/geo/grid.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { type NeighbourSource, neighboursOf } from '../place-source.ts';
import { type Counts, keysOf, populationOf } from '../places.ts';
import type { ForesightInput } from './foresight.ts';

/** Counts of places with what tells these apart: codes of areas, columns and rows of cells. */
type NamedCounts = { code: string[]; count: number[] } | { q: number[]; r: number[]; count: number[] };

/** What a test of a map stands on, as the server answered it; the worker makes its columns. */
export interface ForesightSource extends Pick<ForesightInput, 'forecast' | 'bandwidthM' | 'alpha'> {
  per: AnalysisSpec['per'];
  /** Of the weeks that the map is made from. */
  counts: Counts;
  /** Degrees; for a density. */
  points: { lon: number[]; lat: number[] } | undefined;
  neighbours: NeighbourSource | undefined;
  /** Of each week that followed, its places in any order. */
  weeks: NamedCounts[];
}

/** Of an answer what a week needs: a copy of all would be sent to the worker otherwise. */
export function namedCounts(counts: Counts): NamedCounts {
  if ('areas' in counts) return { code: counts.areas.code, count: counts.areas.count };
  return { q: counts.cells.q, r: counts.cells.r, count: counts.cells.count };
}

/** The columns of a source; a week's places that the map does not have are left out. */
export function foresightInput({ per, counts, points, neighbours, weeks, ...rest }: ForesightSource): ForesightInput {
  const place = new Map(keysOf(counts).map((key, at) => [key, at]));
  const { count } = 'areas' in counts ? counts.areas : counts.cells;
  return {
    ...rest,
    ...placesOf(counts),
    count: Float64Array.from(count),
    points: points && { lon: Float64Array.from(points.lon), lat: Float64Array.from(points.lat) },
    population: populationOf(counts, per),
    neighbours: neighbours && neighboursOf(counts, neighbours),
    weeks: weeks.map((week) => {
      const values = new Float64Array(place.size);
      for (const [at, n] of week.count.entries()) {
        const own = place.get('code' in week ? (week.code[at] ?? '') : `${week.q[at]},${week.r[at]}`);
        if (own !== undefined) values[own] = n;
      }
      return values;
    }),
  };
}

/** Middle and area of each place. */
function placesOf(counts: Counts): Pick<ForesightInput, 'lon' | 'lat' | 'km2'> {
  if ('areas' in counts) {
    const { lon, lat, km2 } = counts.areas;
    // An area too small to be measured still is one.
    return {
      lon: Float64Array.from(lon),
      lat: Float64Array.from(lat),
      km2: Float64Array.from(km2, (area) => Math.max(area, 1e-6)),
    };
  }
  const { cells, grid } = counts;
  const middles = cells.q.map((q, at) => cellMiddle(grid, { q, r: cells.r[at] ?? 0 }));
  return {
    lon: Float64Array.from(middles, ([lon]) => lon),
    lat: Float64Array.from(middles, ([, lat]) => lat),
    km2: new Float64Array(cells.q.length).fill(populationOf(counts, 'km2')?.[0] ?? 1),
  };
}
