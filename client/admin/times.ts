import type { Zone } from '../../shared/geo/zone.ts';
import type { Language } from '../i18n/i18n.ts';
import { clock, day, fromLocalInput } from '../time.ts';

/** `Sab, 21 Nov 2026 14.05 WITA`. */
export function moment(iso: string, zone: Zone, language: Language): string {
  const ms = Date.parse(iso);
  return `${day(ms, zone, language)} ${clock(ms, zone, language)} ${zone}`;
}

/** The first moment of a day as a date input gives it (`2026-11-21`), or `undefined` for none. */
export function beginOf(date: string, zone: Zone): string | undefined {
  const ms = date ? fromLocalInput(`${date}T00:00`, zone) : undefined;
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

/** The last moment of a day: who may until that day may all of it. */
export function endOf(date: string, zone: Zone): string | undefined {
  const ms = date ? fromLocalInput(`${date}T23:59`, zone) : undefined;
  return ms === undefined ? undefined : new Date(ms + 59_999).toISOString();
}
