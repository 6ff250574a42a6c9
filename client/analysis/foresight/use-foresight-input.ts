import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Zone } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec, Forecast } from '../../../shared/schemas/analysis.ts';
import { countedParams, fetchAreaCounts, fetchCellCounts } from '../../api/hotspots.ts';
import { useCounts, usePlaceNeighbours, usePoints } from '../counts.ts';
import type { Counts } from '../places.ts';
import { offsetOf } from '../room-zone.ts';
import type { Followed } from './followed.ts';
import { type ForesightSource, namedCounts } from './foresight-source.ts';

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
  const input = useMemo((): ForesightSource | undefined => {
    if (!isReady || !counts.data) return undefined;
    return {
      ...{ forecast, bandwidthM, alpha, per: places.kind === 'areas' ? per : ('km2' as const) },
      counts: counts.data,
      points: points.data && { lon: points.data.points.lon, lat: points.data.points.lat },
      neighbours: neighbours.source,
      weeks: loaded.flatMap((data) => (data ? [namedCounts(data)] : [])),
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
