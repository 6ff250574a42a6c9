import { addDays, type DaySpan, lengthOf } from '../../shared/calendar/days.ts';

/** Whole steps of a period. */
export interface Steps {
  /** The days they cover. The last step ends with the period; days before the first full one are left out. */
  span: DaySpan;
  count: number;
  stepDays: number;
}

/** As many whole steps as the period has, up to its last day: a step cut short would look like a decline. */
export function stepsOf(period: DaySpan, stepDays: number): Steps {
  const count = Math.floor(lengthOf(period) / stepDays);
  return { span: { startsOn: addDays(period.endsOn, 1 - count * stepDays), endsOn: period.endsOn }, count, stepDays };
}

/** The days of a step, counted from 0. */
export function daysOfStep({ span, stepDays }: Steps, step: number): DaySpan {
  const startsOn = addDays(span.startsOn, step * stepDays);
  return { startsOn, endsOn: addDays(startsOn, stepDays - 1) };
}
