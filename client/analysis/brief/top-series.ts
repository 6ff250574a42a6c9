import { useQuery } from '@tanstack/react-query';
import { addDays, type DaySpan, laterOf, lengthOf } from '../../../shared/calendar/days.ts';
import type { Zone } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { CountSeries } from '../../../shared/schemas/hotspot.ts';
import { countedParams, fetchSeries } from '../../api/hotspots.ts';
import { offsetOf } from '../room-zone.ts';
import { type Steps, stepsOf } from '../steps.ts';

/** Incidents of one place by week, or by day where that would be but a few. */
export interface PlaceSeries {
  steps: Steps;
  /** Of each step, oldest first. */
  counts: number[];
}

/** Longer spans hold another year's season. */
const MOST_DAYS = 300;
/** Weeks below which days are drawn. */
const LEAST_WEEKS = 8;

/**
 * The days that a brief draws: the period and what was before it, back to the beginning of its baseline, or as many days as it
 * has itself where the baseline is of another year.
 */
export function drawnDays({ period, baseline }: Pick<AnalysisSpec, 'period' | 'baseline'>): DaySpan {
  const { endsOn } = period;
  const own = addDays(period.startsOn, -lengthOf(period));
  const startsOn = baseline && laterOf(baseline.startsOn, own) === own ? baseline.startsOn : own;
  const whole = { startsOn, endsOn };
  return lengthOf(whole) <= MOST_DAYS ? whole : { startsOn: own, endsOn };
}

/** Whole weeks of those days, or days where there are few. */
export function drawnSteps(spec: Pick<AnalysisSpec, 'period' | 'baseline'>): Steps {
  const days = drawnDays(spec);
  const weeks = stepsOf(days, 7);
  return weeks.count < LEAST_WEEKS ? stepsOf(days, 1) : weeks;
}

/** A series of the whole as one count a step. */
export function countsOf({ step, count }: Pick<CountSeries, 'step' | 'count'>, steps: number): number[] {
  const counts = Array<number>(steps).fill(0);
  for (const [entry, at] of step.entries()) counts[at] = (counts[at] ?? 0) + (count[entry] ?? 0);
  return counts;
}

/** Counts by step of one area, or of all that is asked for where `area` is null; undefined until they are there. */
export function usePlaceSeries(
  spec: AnalysisSpec | undefined,
  zone: Zone | undefined,
  area: string | null | undefined,
): { data: PlaceSeries | undefined; error: Error | null } {
  const steps = spec && drawnSteps(spec);
  const isWanted = spec && zone && area !== undefined && steps;
  const params = isWanted
    ? countedParams({ ...spec, area: area ?? spec.area, period: steps.span, baseline: null }, offsetOf(zone))
    : undefined;
  const { data, error } = useQuery({
    queryKey: ['hotspots', 'series', 'place', steps?.stepDays, params?.toString()],
    queryFn: ({ signal }) => fetchSeries({ stepDays: steps?.stepDays ?? 1 }, params ?? new URLSearchParams(), signal),
    enabled: params !== undefined,
  });
  return { data: data && steps && { steps, counts: countsOf(data, steps.count) }, error };
}
