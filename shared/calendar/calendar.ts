import type { CalendarStage, ElectionCalendar } from '../schemas/election-calendar.ts';
import { type DaySpan, daysShared } from './days.ts';

/** What is wrong with a calendar: where, what, and how to mend it. */
export interface CalendarProblem {
  /** As in `stages/2/endsOn`. */
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}

/** A stage of one of several calendars. */
export interface StageOf {
  readonly calendar: ElectionCalendar;
  readonly stage: CalendarStage;
}

/** What is wrong with a calendar that its schema accepts: stages that end before they begin, come twice, or out of order. */
export function calendarProblems({ stages }: ElectionCalendar): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  const seen = new Set<string>();
  let latest = '';
  for (const [index, { key, startsOn, endsOn }] of stages.entries()) {
    const field = `stages/${index}`;
    if (endsOn < startsOn)
      problems.push({
        field: `${field}/endsOn`,
        problem: `${key} ends on ${endsOn}, before it begins on ${startsOn}`,
        remedy: 'Give its last day, which is included; a stage of one day ends when it begins.',
      });
    if (seen.has(key))
      problems.push({
        field: `${field}/key`,
        problem: `${key} is there twice`,
        remedy: 'Give each stage of an election a key of its own.',
      });
    if (startsOn < latest)
      problems.push({
        field: `${field}/startsOn`,
        problem: `${key} begins on ${startsOn}, yet comes after a stage that begins on ${latest}`,
        remedy: 'Put the stages in the order of their first days.',
      });
    seen.add(key);
    if (startsOn > latest) latest = startsOn;
  }
  return problems;
}

/** Whether people in the area (dotted Kemendagri code) vote in the election, all of them or some. */
export function covers({ jurisdiction }: ElectionCalendar, areaCode: string): boolean {
  if (jurisdiction === 'national') return true;
  return jurisdiction.some(
    (code) => areaCode === code || areaCode.startsWith(`${code}.`) || code.startsWith(`${areaCode}.`),
  );
}

/** The stages of the calendars that share a day with the span, in the order of the calendars and then of time. */
export function stagesWithin(span: DaySpan, calendars: readonly ElectionCalendar[]): StageOf[] {
  return calendars.flatMap((calendar) =>
    calendar.stages.filter((stage) => daysShared(stage, span) > 0).map((stage) => ({ calendar, stage })),
  );
}
