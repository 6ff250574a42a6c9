import type { Zone } from '../../shared/geo/zone.ts';

export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
/** Hour of the zone's clock at which the night's run begins: most is quiet, and who was out late has reported. */
const QUIET_HOUR = 3;
const HOUR_MS = 3_600_000;

/** Indonesia's zones from UTC, hours; none has summer time. */
const OFFSET_HOURS: Readonly<Record<Zone, number>> = { WIB: 7, WITA: 8, WIT: 9 };

/** Start of the zone's day that a moment falls in, Unix milliseconds: what is counted ends there. */
export function dayStart(now: number, zone: Zone): number {
  const offset = OFFSET_HOURS[zone] * HOUR_MS;
  return Math.floor((now + offset) / DAY_MS) * DAY_MS - offset;
}

/** The zone's ISO date of a moment. */
export function isoDay(time: number, zone: Zone): string {
  return new Date(time + OFFSET_HOURS[zone] * HOUR_MS).toISOString().slice(0, 10);
}

/** Whether the quiet hour of the zone's day has begun. */
export function isQuietHourPast(now: number, zone: Zone): boolean {
  return now - dayStart(now, zone) >= QUIET_HOUR * HOUR_MS;
}
