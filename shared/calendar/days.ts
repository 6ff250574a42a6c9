const DAY_MS = 86_400_000;

/** Days from `startsOn` to `endsOn`, both included: ISO dates (`2024-02-14`) in the area's own zone. */
export interface DaySpan {
  readonly startsOn: string;
  readonly endsOn: string;
}

/** The day `days` after an ISO date, before it where negative. Throws RangeError when it is no date. */
export function addDays(day: string, days: number): string {
  return new Date(dayNumber(day) * DAY_MS + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one ISO date to another; negative when the other is earlier. Throws RangeError when one is no date. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** How many days a span has, both ends included. */
export function lengthOf({ startsOn, endsOn }: DaySpan): number {
  return daysBetween(startsOn, endsOn) + 1;
}

/** The span moved by days. */
export function moved({ startsOn, endsOn }: DaySpan, days: number): DaySpan {
  return { startsOn: addDays(startsOn, days), endsOn: addDays(endsOn, days) };
}

/** How many days two spans share. */
export function daysShared(a: DaySpan, b: DaySpan): number {
  const startsOn = laterOf(a.startsOn, b.startsOn);
  const past = Math.min(daysBetween(startsOn, a.endsOn), daysBetween(startsOn, b.endsOn));
  return Math.max(0, past + 1);
}

/** The later of two ISO dates. */
export function laterOf(a: string, b: string): string {
  return daysBetween(a, b) > 0 ? b : a;
}

/** Days since 1970-01-01. */
function dayNumber(day: string): number {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
    throw new RangeError(`${day} is not a date; write the year, month and day as in 2024-02-14`);
  return time / DAY_MS;
}
