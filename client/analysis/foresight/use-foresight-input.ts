import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { cellMiddle } from '../../../shared/geo/grid.ts';
import type { Zone } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec, Forecast } from '../../../shared/schemas/analysis.ts';
import { countedParams, fetchAreaCounts, fetchCellCounts } from '../../api/hotspots.ts';
import { useCounts, usePlaceNeighbours, usePoints } from '../counts.ts';
import { type Counts, keysOf, populationOf } from '../places.ts';
import { offsetOf } from '../room-zone.ts';
import type { Followed } from './followed.ts';
import type { ForesightInput } from './foresight.ts';

const FRESH_MS = 60_000;

/** Fetches what a test of a map stands on; `input` is undefined until all of it is there. */
export function useForesightInput(spec: AnalysisSpec, forecast: Forecast, { training, weeks }: Followed, zone: Zone) {
  const asked = useMemo(() => ({ ...spec, period: training, baseline: null }), [spec, training]);
  const counts = useCounts(asked, zone);
  const points = usePoints(asked, zone, forecast === 'density');
  const neighbours = usePlaceNeighbours(spec, forecast === 'window');
  const { places } = spec;
  const weekly = useQueries({
    queries: weeks.map((week) => {
      const params = countedParams({ ...spec, period: week, baseline: null }, offsetOf(zone));
      return {
        queryKey: ['hotspots', 'counts', places, params.toString()],
        queryFn: ({ signal }: { signal: AbortSignal }): Promise<Counts> =>
          places.kind === 'areas'
            ? fetchAreaCounts(places.level, params, signal)
            : fetchCellCounts(places, params, signal),
        staleTime: FRESH_MS,
        structuralSharing: false,
      };
    }),
  });
  const sources = [counts, neighbours, points, ...weekly];
  const loaded = weekly.map(({ data }) => data);
  const versions = [
    counts.isPlaceholderData ? '' : counts.data?.dataVersion,
    points.isPlaceholderData ? '' : points.data?.dataVersion,
    neighbours.version,
    ...loaded.map((data) => data?.dataVersion),
  ].join();
  const { alpha, per, bandwidthM } = spec;
  const isReady =
    counts.data &&
    !counts.isPlaceholderData &&
    !neighbours.isLoading &&
    (forecast !== 'density' || (points.data && !points.isPlaceholderData)) &&
    loaded.every((data) => data !== undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: versions stand for all that was fetched.
  const input = useMemo((): ForesightInput | undefined => {
    if (!isReady || !counts.data) return undefined;
    const keys = keysOf(counts.data);
    return {
      ...{ forecast, bandwidthM, alpha },
      ...placesOf(counts.data),
      count: countsOf(counts.data, keys),
      points: points.data && {
        lon: Float64Array.from(points.data.points.lon),
        lat: Float64Array.from(points.data.points.lat),
      },
      population: populationOf(counts.data, places.kind === 'areas' ? per : 'km2'),
      neighbours: neighbours.make(counts.data),
      weeks: loaded.map((data) => (data ? countsOf(data, keys) : new Float64Array(keys.length))),
    };
  }, [isReady, versions, forecast, bandwidthM, alpha, per, places, weeks]);
  return {
    counts: counts.data,
    input,
    failed: sources.some(({ error }) => error),
    retry: () => {
      for (const { error, refetch } of sources) if (error) void refetch();
    },
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

/** Counts of an answer in the order of the keys of another. */
function countsOf(counts: Counts, keys: readonly string[]): Float64Array {
  const { count } = 'areas' in counts ? counts.areas : counts.cells;
  const of = new Map(keysOf(counts).map((key, at) => [key, count[at] ?? 0]));
  return Float64Array.from(keys, (key) => of.get(key) ?? 0);
}
