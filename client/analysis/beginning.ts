import { type BaselineWarning, sameStage, weeksBefore } from '../../shared/calendar/baseline.ts';
import type { DaySpan } from '../../shared/calendar/days.ts';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import type { ElectionCalendar } from '../../shared/schemas/election-calendar.ts';

/** Period and baseline of a question. */
export type Beginning = Pick<AnalysisSpec, 'period' | 'baseline'>;

/** Stages that nobody would take for an ordinary time. */
const LOUD = new Set(['campaign', 'quiet', 'vote', 'count', 'recapitulation']);

const isLoud = (warning: BaselineWarning) =>
  warning.kind === 'election' && warning.stages.some(({ stage }) => LOUD.has(stage.key));

/** Fewer incidents than this are no beginning: there is hardly anything to see. */
const LEAST = 10;

/**
 * What to begin with where elections have stages: the newest stage that had begun by today and has incidents, against a baseline
 * that has some too and fits: the same stage of another election, else weeks before it without campaign, vote or what is between and after them. Where none
 * fits, the newest stage against whichever baseline has incidents; undefined where none has.
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
  let unfit: Beginning | undefined;
  for (const of of begun) {
    const { startsOn, endsOn } = of.stage;
    const period = { startsOn, endsOn: endsOn < today ? endsOn : today };
    if (countIn(period) < LEAST) continue;
    const known = [...sameStage(period, of, calendars), weeksBefore(period, calendars)].filter(
      ({ span }) => countIn(span) >= LEAST,
    );
    const fit = known.find(({ warnings }) => !warnings.some(isLoud));
    if (fit) return { period, baseline: { ...fit.span, kind: fit.kind } };
    if (known[0]) unfit ??= { period, baseline: { ...known[0].span, kind: known[0].kind } };
  }
  return unfit;
}
