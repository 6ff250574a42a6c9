import { ZONE_NAMES, type Zone, zoneOffset } from '../shared/geo/zone.ts';
import type { Language } from './i18n/i18n.ts';

const MINUTE = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  zone: Zone,
  language: Language,
  name: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${zone} ${language} ${name}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { timeZone: ZONE_NAMES[zone], ...options });
    formats.set(key, found);
  }
  return found;
}

/** `14.05` or, with seconds, `14.05.09`; 24-hour. */
export function clock(ms: number, zone: Zone, language: Language, seconds = false): string {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  if (seconds) options.second = '2-digit';
  return format(zone, language, seconds ? 'clock-s' : 'clock', options).format(ms);
}

/** `Sab, 21 Nov 2026`. */
export function day(ms: number, zone: Zone, language: Language): string {
  return format(zone, language, 'day', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(
    ms,
  );
}

/** `21 Nov`. */
export function shortDay(ms: number, zone: Zone, language: Language): string {
  return format(zone, language, 'short', { day: 'numeric', month: 'short' }).format(ms);
}

/** `Sab, 21 Nov 2026 14.05.09 WITA`: everything that is known. */
export function exactTime(ms: number, zone: Zone, language: Language): string {
  return `${day(ms, zone, language)} ${clock(ms, zone, language, true)} ${zone}`;
}

/** `4 mnt lalu` under an hour, `14.05 WITA` on the same day, `20 Nov 14.05 WITA` before. */
export function relativeTime(ms: number, now: number, zone: Zone, language: Language): string {
  const minutes = Math.floor((now - ms) / MINUTE);
  if (minutes < 1 && minutes > -5) return language === 'id' ? 'baru saja' : 'just now';
  if (minutes >= 1 && minutes < 60) return language === 'id' ? `${minutes} mnt lalu` : `${minutes} min ago`;
  return momentOf(ms, now, zone, language);
}

/** `14.05 WITA` on the same day, `20 Nov 14.05 WITA` on another. */
export function momentOf(ms: number, now: number, zone: Zone, language: Language): string {
  const time = `${clock(ms, zone, language)} ${zone}`;
  const today = shortDay(ms, zone, language) === shortDay(now, zone, language) && Math.abs(now - ms) < 1440 * MINUTE;
  return today ? time : `${shortDay(ms, zone, language)} ${time}`;
}

/** How long ago, for ages that matter to the second: `8 dtk`, `4 mnt`, `3 jam`, `2 hari`. */
export function age(ms: number, now: number, language: Language): string {
  const seconds = Math.max(0, Math.floor((now - ms) / 1000));
  const words = language === 'id' ? ['dtk', 'mnt', 'jam', 'hari'] : ['s', 'min', 'h', 'd'];
  if (seconds < 60) return `${seconds} ${words[0]}`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} ${words[1]}`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} ${words[2]}`;
  return `${Math.floor(seconds / 86_400)} ${words[3]}`;
}

/** The same as a moment: `8 dtk lalu`. */
export function ago(ms: number, now: number, language: Language): string {
  return `${age(ms, now, language)} ${language === 'id' ? 'lalu' : 'ago'}`;
}

/** `2026-11-21T14:05` in the zone, as `<input type="datetime-local">` wants it. */
export function toLocalInput(ms: number, zone: Zone): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: ZONE_NAMES[zone],
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(ms);
  return parts.replace(' ', 'T');
}

/** The Unix time (ms) that such a text means in the zone, or `undefined` for no time. None of the zones has summer time. */
export function fromLocalInput(text: string, zone: Zone): number | undefined {
  const ms = Date.parse(`${text.length === 16 ? `${text}:00` : text}Z`);
  return Number.isNaN(ms) ? undefined : ms - zoneOffset(zone);
}
