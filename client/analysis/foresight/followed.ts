import { addDays, type DaySpan, daysBetween } from '../../../shared/calendar/days.ts';
import type { AnalysisSpec, ForesightSpec } from '../../../shared/schemas/analysis.ts';

/** Days that the map is made from, and the whole weeks that followed them and are over. */
export interface Followed {
  training: DaySpan;
  weeks: DaySpan[];
}

/**
 * @param today ISO day in the place's zone: it is not over
 * Undefined where the days asked for are not chosen.
 */
export function followedBy(
  { period, baseline }: Pick<AnalysisSpec, 'period' | 'baseline'>,
  { from, weeks }: ForesightSpec,
  today: string,
): Followed | undefined {
  const training = from === 'period' ? period : baseline;
  if (!training) return undefined;
  const { startsOn, endsOn } = training;
  const over = Math.max(0, Math.min(weeks, Math.floor((daysBetween(endsOn, today) - 1) / 7)));
  return {
    training: { startsOn, endsOn },
    weeks: Array.from({ length: over }, (_, week) => {
      const first = addDays(endsOn, 1 + 7 * week);
      return { startsOn: first, endsOn: addDays(first, 6) };
    }),
  };
}

/** What is asked at first: the baseline's map against the weeks after it where there is one, else the period's. */
export function firstForesight({ baseline }: Pick<AnalysisSpec, 'baseline'>): ForesightSpec {
  return { forecast: 'density', from: baseline ? 'baseline' : 'period', weeks: 4 };
}
