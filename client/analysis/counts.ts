import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Zone } from '../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import type { Neighbours } from '../../shared/stats/index.ts';
import {
  countedParams,
  fetchAreaCounts,
  fetchCellCounts,
  fetchPoints,
  fetchSeries,
  useNeighbours,
} from '../api/hotspots.ts';
import { type Counts, cubeOf, cubeOfPoints, keysOf, neighboursOfAreas, neighboursOfCells } from './places.ts';
import { offsetOf } from './room-zone.ts';
import { stepsOf } from './steps.ts';

const FRESH_MS = 60_000;
const kept = { staleTime: FRESH_MS, placeholderData: keepPreviousData, structuralSharing: false } as const;

/** The counts of all places; those before stay while new ones are on their way. */
export function useCounts(spec: AnalysisSpec | undefined, zone: Zone | undefined) {
  const params = spec && zone ? countedParams(spec, offsetOf(zone)) : undefined;
  const places = spec?.places;
  return useQuery({
    queryKey: ['hotspots', 'counts', places, params?.toString()],
    queryFn: ({ signal }): Promise<Counts> => {
      const asked = params ?? new URLSearchParams();
      return !places || places.kind === 'areas'
        ? fetchAreaCounts(places?.level ?? 'desa', asked, signal)
        : fetchCellCounts(places, asked, signal);
    },
    enabled: params !== undefined,
    ...kept,
  });
}

/** The counted incidents themselves. */
export function usePoints(spec: AnalysisSpec | undefined, zone: Zone | undefined, wanted: boolean) {
  const params = spec && zone && wanted ? countedParams({ ...spec, baseline: null }, offsetOf(zone)) : undefined;
  return useQuery({
    queryKey: ['hotspots', 'points', params?.toString()],
    queryFn: ({ signal }) => fetchPoints(params ?? new URLSearchParams(), signal),
    enabled: params !== undefined,
    ...kept,
  });
}

/** Counts of each place by whole steps of the period; `cube` is undefined until they are there. */
export function useCube(
  spec: AnalysisSpec | undefined,
  zone: Zone | undefined,
  counts: Counts | undefined,
  wanted: boolean,
) {
  const steps = spec && stepsOf(spec.period, spec.stepDays);
  const isWanted = wanted && steps !== undefined && steps.count > 0;
  const level = spec?.places.kind === 'areas' ? spec.places.level : undefined;
  const params =
    spec && zone && level && isWanted
      ? countedParams({ ...spec, period: steps.span, baseline: null }, offsetOf(zone))
      : undefined;
  const series = useQuery({
    queryKey: ['hotspots', 'series', level, spec?.stepDays, params?.toString()],
    queryFn: ({ signal }) =>
      fetchSeries({ level, stepDays: spec?.stepDays ?? 7 }, params ?? new URLSearchParams(), signal),
    enabled: params !== undefined,
    ...kept,
  });
  const points = usePoints(spec, zone, isWanted && level === undefined);
  const source = level ? series : points;
  const make = () => {
    if (!counts || !steps || !zone) return undefined;
    if ('areas' in counts) return series.data && cubeOf(counts.areas.code, series.data);
    const from = Date.parse(`${steps.span.startsOn}T00:00:00${offsetOf(zone)}`);
    return points.data && cubeOfPoints(counts, points.data, { from, stepDays: steps.stepDays, steps: steps.count });
  };
  const isLoading = isWanted && (source.isPending || source.isPlaceholderData);
  return { steps, make, isLoading, version: source.data?.dataVersion, error: source.error, refetch: source.refetch };
}

/** Which places of the counts touch: the level's list for areas, reckoned for cells; undefined until it is there. */
export function usePlaceNeighbours(spec: AnalysisSpec | undefined, wanted: boolean) {
  const level = spec?.places.kind === 'areas' && wanted ? spec.places.level : undefined;
  const list = useNeighbours(level, spec?.area ?? null);
  return {
    make: (counts: Counts): Neighbours | undefined =>
      'areas' in counts ? list.data && neighboursOfAreas(keysOf(counts), list.data) : neighboursOfCells(counts),
    isLoading: level !== undefined && list.isPending,
    version: list.data?.version,
    error: list.error,
    refetch: list.refetch,
  };
}
