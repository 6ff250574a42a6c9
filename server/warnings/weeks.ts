import { addDays } from '../../shared/calendar/days.ts';
import { dayIn, type Zone, zoneOffset } from '../../shared/geo/zone.ts';

export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
/** Hour of the zone's clock at which the night's run begins: most is quiet, and who was out late has reported. */
const QUIET_HOUR = 3;
const HOUR_MS = 3_600_000;

/** Start of the zone's day that a moment falls in, Unix milliseconds: what is counted ends there. */
export function dayStart(now: number, zone: Zone): number {
  const offset = zoneOffset(zone);
  return Math.floor((now + offset) / DAY_MS) * DAY_MS - offset;
}

/** Whether the quiet hour of the zone's day has begun. */
export function isQuietHourPast(now: number, zone: Zone): boolean {
  return now - dayStart(now, zone) >= QUIET_HOUR * HOUR_MS;
}

/** ISO date of the zone's last whole day at a moment (Unix milliseconds). */
export function lastWholeDay(now: number, zone: Zone): string {
  return addDays(dayIn(zone, now), -1);
}
