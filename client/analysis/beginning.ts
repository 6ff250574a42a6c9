import { sameStage, weeksBefore } from '../../shared/calendar/baseline.ts';
import type { DaySpan } from '../../shared/calendar/days.ts';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import type { ElectionCalendar } from '../../shared/schemas/election-calendar.ts';

/** Period and baseline of a question. */
export type Beginning = Pick<AnalysisSpec, 'period' | 'baseline'>;

/** Fewer incidents than this are no beginning: there is hardly anything to see. */
const LEAST = 10;

/**
 * What to begin with where elections have stages: the newest stage that had begun by today and has incidents, against the first
 * baseline that has some too: the same stage of another election, else the weeks before. Undefined where none has.
 * @param today ISO day @param countIn incidents in a span of days
 */
export function beginWith(
  calendars: readonly ElectionCalendar[],
  today: string,
  countIn: (span: DaySpan) => number,
): Beginning | undefined {
  const begun = calendars
    .flatMap((calendar) => calendar.stages.map((stage) => ({ calendar, stage })))
    .filter(({ stage }) => stage.startsOn < today)
    .sort((a, b) => b.stage.startsOn.localeCompare(a.stage.startsOn));
  for (const of of begun) {
    const { startsOn, endsOn } = of.stage;
    const period = { startsOn, endsOn: endsOn < today ? endsOn : today };
    if (countIn(period) < LEAST) continue;
    const baseline = [...sameStage(period, of, calendars), weeksBefore(period, calendars)].find(
      ({ span }) => countIn(span) >= LEAST,
    );
    if (baseline) return { period, baseline: { ...baseline.span, kind: baseline.kind } };
  }
  return undefined;
}
