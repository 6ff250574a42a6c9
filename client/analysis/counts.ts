import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Zone } from '../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import {
  countedParams,
  fetchAreaCounts,
  fetchCellCounts,
  fetchPoints,
  fetchSeries,
  useNeighbours,
} from '../api/hotspots.ts';
import type { NeighbourSource, StepSource } from './place-source.ts';
import type { Counts } from './places.ts';
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

/** What counts of each place by whole steps of the period are made of; `source` is undefined until it is there. */
export function useSteps(spec: AnalysisSpec | undefined, zone: Zone | undefined, wanted: boolean) {
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
  const fetched = level ? series : points;
  const source = (): StepSource | undefined => {
    if (!steps || !zone) return undefined;
    if (level) return series.data && { by: 'series', series: series.data };
    if (!points.data) return undefined;
    const { lon, lat, occurredAt } = points.data.points;
    const from = Date.parse(`${steps.span.startsOn}T00:00:00${offsetOf(zone)}`);
    return { by: 'points', points: { lon, lat, occurredAt }, from, stepDays: steps.stepDays, steps: steps.count };
  };
  return {
    steps,
    source,
    isLoading: isWanted && (fetched.isPending || fetched.isPlaceholderData),
    version: fetched.data?.dataVersion,
    error: fetched.error,
    refetch: fetched.refetch,
  };
}

/** What tells which places of the counts touch: the level's list for areas, the grid for cells; undefined until it is there. */
export function usePlaceNeighbours(spec: AnalysisSpec | undefined, wanted: boolean) {
  const level = spec?.places.kind === 'areas' && wanted ? spec.places.level : undefined;
  const list = useNeighbours(level, spec?.area ?? null);
  const source: NeighbourSource | undefined = !wanted
    ? undefined
    : level
      ? list.data && { by: 'list', list: list.data }
      : { by: 'grid' };
  return {
    source,
    isLoading: level !== undefined && list.isPending,
    version: list.data?.version,
    error: list.error,
    refetch: list.refetch,
  };
}
