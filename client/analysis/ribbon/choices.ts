import {
  type BaselineWarning,
  electionWarning,
  sameStage,
  sameWeeks,
  warningsFor,
  weeksBefore,
} from '../../../shared/calendar/baseline.ts';
import type { StageOf } from '../../../shared/calendar/calendar.ts';
import type { DaySpan } from '../../../shared/calendar/days.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { ElectionCalendar } from '../../../shared/schemas/election-calendar.ts';

type Baseline = NonNullable<AnalysisSpec['baseline']>;

/** A baseline that can be chosen for a period, and what to beware of. */
export interface Choice {
  baseline: Baseline;
  /** The stage it is taken from, or how many years earlier. */
  stage: StageOf | undefined;
  years: number | undefined;
  warnings: readonly BaselineWarning[];
}

const YEARS_BACK = [1, 2];

/** The stage that the period is, or lies within: the shortest one. */
export function stageOf(period: DaySpan, calendars: readonly ElectionCalendar[]): StageOf | undefined {
  return calendars
    .flatMap((calendar) => calendar.stages.map((stage) => ({ calendar, stage })))
    .filter(({ stage }) => stage.startsOn <= period.startsOn && period.endsOn <= stage.endsOn)
    .sort((a, b) => lengthMs(a.stage) - lengthMs(b.stage))[0];
}

const lengthMs = ({ startsOn, endsOn }: DaySpan) => Date.parse(endsOn) - Date.parse(startsOn);

/** The baselines to choose from: the same stage of other elections, the same weeks of other years, the weeks before. */
export function choicesFor(period: DaySpan, calendars: readonly ElectionCalendar[]): Choice[] {
  const stage = stageOf(period, calendars);
  const found = [
    ...(stage ? sameStage(period, stage, calendars) : []).map((baseline) => ({ ...baseline, years: undefined })),
    ...YEARS_BACK.map((years) => ({ ...sameWeeks(period, years, calendars), years })),
    { ...weeksBefore(period, calendars), years: undefined },
  ];
  return found.map(({ kind, span, stage, warnings, years }) => ({
    baseline: { startsOn: span.startsOn, endsOn: span.endsOn, kind },
    stage,
    years,
    warnings,
  }));
}

/** What to beware of with the baseline that is chosen. */
export function warningsOf(
  { period, baseline }: Pick<AnalysisSpec, 'period' | 'baseline'>,
  calendars: readonly ElectionCalendar[],
): readonly BaselineWarning[] {
  if (!baseline) return [];
  const own = warningsFor(period, baseline);
  return baseline.kind === 'same-stage' ? own : [...own, ...electionWarning(baseline, calendars)];
}

/**
 * The question with another period: its baseline is chosen anew in the way it was before, an own one stays, and where the same
 * stage is nowhere else it becomes the weeks before.
 */
export function withPeriod(
  period: DaySpan,
  before: AnalysisSpec['baseline'],
  calendars: readonly ElectionCalendar[],
): Pick<AnalysisSpec, 'period' | 'baseline'> {
  const days = { startsOn: period.startsOn, endsOn: period.endsOn };
  if (!before || before.kind === 'own') return { period: days, baseline: before };
  const choices = choicesFor(days, calendars);
  const same = choices.find(({ baseline }) => baseline.kind === before.kind) ?? choices.at(-1);
  return { period: days, baseline: same?.baseline ?? null };
}
