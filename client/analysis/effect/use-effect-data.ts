import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DaySpan } from '../../../shared/calendar/days.ts';
import type { Zone } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec, EffectSpec } from '../../../shared/schemas/analysis.ts';
import type { AreaCounts } from '../../../shared/schemas/hotspot.ts';
import { SEVERITIES, type Severity } from '../../../shared/schemas/incident.ts';
import { countedParams, fetchAreaCounts, fetchSeries, useNeighbours } from '../../api/hotspots.ts';
import { countedTogether } from '../counted.ts';
import { neighboursOfAreas } from '../places.ts';
import { offsetOf } from '../room-zone.ts';
import type { AreaChanges } from './judge.ts';
import { sidesOf } from './sides.ts';
import { sideWeeks, weeksOf } from './warnings.ts';

const FRESH_MS = 60_000;

/** What the comparison stands on: the areas, their sides, and their counts by severity and by week. */
export function useEffectData(spec: AnalysisSpec, asked: EffectSpec, before: DaySpan, after: DaySpan, zone: Zone) {
  const { level, treated, control, surroundings } = asked;
  const severities = spec.severities.length > 0 ? spec.severities : SEVERITIES;
  const counts = useQueries({
    queries: severities.map((severity) => {
      const baseline = { ...before, kind: 'own' as const };
      const params = countedParams({ ...spec, severities: [severity], period: after, baseline }, offsetOf(zone));
      return {
        queryKey: ['hotspots', 'effect', level, params.toString()],
        queryFn: ({ signal }: { signal: AbortSignal }) => fetchAreaCounts(level, params, signal),
        staleTime: FRESH_MS,
      };
    }),
  });
  const weeks = useMemo(() => weeksOf(before, after), [before, after]);
  const weekly = countedParams({ ...spec, period: weeks.span, baseline: null }, offsetOf(zone));
  const series = useQuery({
    queryKey: ['hotspots', 'series', level, 7, weekly.toString()],
    queryFn: ({ signal }) => fetchSeries({ level, stepDays: 7 }, weekly, signal),
    staleTime: FRESH_MS,
  });
  const neighbours = useNeighbours(surroundings ? level : undefined, spec.area);
  const answers = counts.map(({ data }) => data);
  const sources = [...counts, series, neighbours];
  const first = answers[0];
  const codes = first?.areas.code;
  const sides = useMemo(
    () => codes && sidesOf(codes, { treated, control }, neighbours.data && neighboursOfAreas(codes, neighbours.data)),
    [codes, treated, control, neighbours.data],
  );
  const isReady = answers.every((answer) => answer !== undefined) && series.data && (!surroundings || neighbours.data);
  return {
    areas: first?.areas,
    sides,
    weeks,
    ready:
      isReady && codes && sides && series.data
        ? {
            ...together(severities, answers as AreaCounts[]),
            weekly: sideWeeks(series.data, codes, sides),
            counted: countedTogether(answers as AreaCounts[]),
          }
        : undefined,
    failed: sources.some(({ isError }) => isError),
    retry: () => {
      for (const { isError, refetch } of sources) if (isError) void refetch();
    },
  };
}

/** The changes of each severity, and of all of them. */
function together(severities: readonly Severity[], answers: readonly AreaCounts[]) {
  const bySeverity: Partial<Record<Severity, AreaChanges>> = {};
  const size = answers[0]?.areas.code.length ?? 0;
  const changes = { before: new Float64Array(size), after: new Float64Array(size) };
  answers.forEach(({ areas }, at) => {
    const severity = severities[at];
    if (severity) bySeverity[severity] = { before: areas.baselineCount, after: areas.count };
    areas.baselineCount.forEach((count, area) => {
      changes.before[area] = (changes.before[area] ?? 0) + count;
    });
    areas.count.forEach((count, area) => {
      changes.after[area] = (changes.after[area] ?? 0) + count;
    });
  });
  return { bySeverity, changes };
}
