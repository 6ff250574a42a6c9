import type { ElectionCalendar } from '../schemas/election-calendar.ts';
import { type StageOf, stagesWithin } from './calendar.ts';
import { addDays, type DaySpan, daysBetween, daysShared, laterOf, lengthOf, moved } from './days.ts';
import { fastingMonthsWithin } from './hijri.ts';

/** A period to compare another one with, and what to beware of when comparing them. */
export interface Baseline {
  readonly kind: 'same-stage' | 'same-weeks' | 'weeks-before';
  readonly span: DaySpan;
  /** The stage it was taken from; absent unless of the same stage. */
  readonly stage?: StageOf;
  readonly warnings: readonly BaselineWarning[];
}

export type BaselineWarning =
  /** Ramadan or Lebaran takes up another share of one than of the other. `exact` is false when its days are calculated. */
  | { readonly kind: 'ramadan' | 'lebaran'; readonly days: PerPeriod; readonly exact: boolean }
  /** The two differ in length: compare rates per day. */
  | { readonly kind: 'length'; readonly days: PerPeriod }
  /** They share days. */
  | { readonly kind: 'overlap'; readonly days: number }
  /** The baseline is no ordinary time: these stages of elections fall into it. */
  | { readonly kind: 'election'; readonly stages: readonly StageOf[] };

export interface PerPeriod {
  readonly period: number;
  readonly baseline: number;
}

/** Difference in the share of Ramadan or Lebaran days from which on it is warned of. */
const TELLING_SHARE = 0.1;
/** Stages in which an election is felt on the street; the others are work at desks. */
const FELT = new Set(['registration', 'nomination', 'campaign', 'quiet', 'vote', 'count', 'recapitulation']);

/**
 * The same stage of every other election that has it, in the order of the calendars. A part of a stage, such as the last two
 * weeks of a campaign, is taken as many days before the stage's end, and cut where the other stage had not begun.
 */
export function sameStage(
  period: DaySpan,
  { calendar, stage }: StageOf,
  calendars: readonly ElectionCalendar[],
): Baseline[] {
  const fromEnd = (day: string) => daysBetween(day, stage.endsOn);
  return calendars
    .filter(({ id }) => id !== calendar.id)
    .flatMap((other) => {
      const same = other.stages.find(({ key }) => key === stage.key);
      if (!same) return [];
      const whole = period.startsOn === stage.startsOn && period.endsOn === stage.endsOn;
      const endsOn = whole ? same.endsOn : addDays(same.endsOn, -fromEnd(period.endsOn));
      const startsOn = whole ? same.startsOn : addDays(same.endsOn, -fromEnd(period.startsOn));
      const span = { startsOn: laterOf(startsOn, same.startsOn), endsOn };
      if (endsOn < same.startsOn) return [];
      const warnings = warningsFor(period, span);
      return [{ kind: 'same-stage' as const, span, stage: { calendar: other, stage: same }, warnings }];
    });
}

/**
 * The same weeks of a year `years` earlier, moved by whole weeks so that weekdays meet weekdays: 52, and 53 where that is nearer.
 * Throws RangeError unless `years` is a whole number of at least 1.
 */
export function sameWeeks(period: DaySpan, years: number, calendars: readonly ElectionCalendar[]): Baseline {
  requireWhole('years', years);
  const span = moved(period, -Math.round((years * 365.2425) / 7) * 7);
  return { kind: 'same-weeks', span, warnings: [...warningsFor(period, span), ...electionWarning(span, calendars)] };
}

/**
 * The whole weeks directly before the period: by default as many as cover its length.
 * Throws RangeError unless `weeks` is a whole number of at least 1.
 */
export function weeksBefore(
  period: DaySpan,
  calendars: readonly ElectionCalendar[],
  weeks = Math.ceil(lengthOf(period) / 7),
): Baseline {
  requireWhole('weeks', weeks);
  const span = { startsOn: addDays(period.startsOn, -weeks * 7), endsOn: addDays(period.startsOn, -1) };
  return { kind: 'weeks-before', span, warnings: [...warningsFor(period, span), ...electionWarning(span, calendars)] };
}

/** What to beware of when any two periods are compared: their Ramadan and Lebaran days, their lengths, days they share. */
export function warningsFor(period: DaySpan, baseline: DaySpan): BaselineWarning[] {
  const lengths = { period: lengthOf(period), baseline: lengthOf(baseline) };
  const warnings: BaselineWarning[] = [];
  for (const kind of ['ramadan', 'lebaran'] as const) {
    const [inPeriod, inBaseline] = [holyDays(period, kind), holyDays(baseline, kind)];
    const days = { period: inPeriod.days, baseline: inBaseline.days };
    const shares = Math.abs(days.period / lengths.period - days.baseline / lengths.baseline);
    const oneAlone = (days.period === 0) !== (days.baseline === 0);
    if (oneAlone || shares >= TELLING_SHARE) warnings.push({ kind, days, exact: inPeriod.exact && inBaseline.exact });
  }
  if (lengths.period !== lengths.baseline) warnings.push({ kind: 'length', days: lengths });
  const shared = daysShared(period, baseline);
  if (shared > 0) warnings.push({ kind: 'overlap', days: shared });
  return warnings;
}

/** Days of Ramadan or Lebaran in a span, and whether they are announced rather than calculated. */
function holyDays(span: DaySpan, kind: 'ramadan' | 'lebaran'): { days: number; exact: boolean } {
  const months = fastingMonthsWithin(span);
  return {
    days: months.reduce((sum, month) => sum + daysShared(span, month[kind]), 0),
    exact: months.every(({ error }) => error === 0),
  };
}

/** The stages of elections, felt on the street, that fall into what is meant to be an ordinary time. */
export function electionWarning(span: DaySpan, calendars: readonly ElectionCalendar[]): BaselineWarning[] {
  const stages = stagesWithin(span, calendars).filter(({ stage }) => FELT.has(stage.key));
  return stages.length > 0 ? [{ kind: 'election', stages }] : [];
}

function requireWhole(name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 1))
    throw new RangeError(`${name} is ${value}; give a whole number of at least 1`);
}
