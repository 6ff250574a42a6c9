import { daysBetween } from '../../shared/calendar/days.ts';
import type { ElectionCalendar } from '../../shared/schemas/election-calendar.ts';

/** An election farther away than this is nobody's present one, days. */
const FARTHEST = 366;

/**
 * The calendar that a day (ISO) belongs to: one with a stage on it, else one that it falls into, else that whose first or last
 * day is nearest, within a year. Of several the one of some areas before that of the whole country, then one to come
 * before one that is over, then the one that begins later; `undefined` when none is near.
 */
export function nearestCalendar(calendars: readonly ElectionCalendar[], today: string): ElectionCalendar | undefined {
  const order = calendars
    .map((calendar) => ({ calendar, rank: rankOf(calendar, today) }))
    .filter(({ rank }) => (rank[1] ?? 0) <= FARTHEST)
    .sort((a, b) => compare(a.rank, b.rank) || (a.calendar.id < b.calendar.id ? -1 : 1));
  return order[0]?.calendar;
}

/** What calendars are put in order by, the smaller the nearer, part by part. */
function rankOf({ stages, jurisdiction }: ElectionCalendar, today: string): number[] {
  const begins = Math.min(...stages.map(({ startsOn }) => daysBetween(today, startsOn)));
  const over = Math.min(...stages.map(({ endsOn }) => daysBetween(endsOn, today)));
  const hasStage = stages.some(({ startsOn, endsOn }) => startsOn <= today && today <= endsOn);
  const away = Math.max(0, begins, over);
  return [hasStage ? 0 : 1, away, jurisdiction === 'national' ? 1 : 0, over > 0 ? 1 : 0, -begins];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) if (value !== b[index]) return value - (b[index] ?? 0);
  return 0;
}
