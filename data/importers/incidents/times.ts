import { ZONE_NAMES } from '../../../shared/geo/zone.ts';
import { ImportError } from '../import-error.ts';

/** A time as a clock on the wall shows it. */
export interface WallTime {
  /** Milliseconds since 1970 as if the clock showed UTC. */
  wallMs: number;
  /** How far the clock is ahead of UTC, milliseconds, where the text says so. */
  offsetMs: number | undefined;
  precision: 'minute' | 'day';
}

/** Which comes first in 02/03/2024. */
export type DayOrder = 'dmy' | 'mdy';

const FORMS =
  'use 2024-02-14 09:30, 2024-02-14T09:30:00+07:00, 14-02-2024 09.30, 14 Februari 2024 09.30 WIB, or seconds since 1970';
const MINUTE = 60_000;
const DAY = 86_400_000;
const OFFSETS: Record<string, number> = { Z: 0, UTC: 0, GMT: 0, WIB: 420, WITA: 480, WIT: 540 };
/** The first three letters of months, Indonesian and English. */
const MONTHS = 'jan feb mar apr mei jun jul agu sep okt nov des'.split(' ');
const ENGLISH: Record<string, string> = { may: 'mei', aug: 'agu', ags: 'agu', oct: 'okt', dec: 'des' };
const CLOCK =
  /^(\d{1,2})(?:[:.](\d\d))(?:[:.](\d\d)(?:[.,]\d{1,9})?)?\s*(am|pm)?\s*(z|utc|gmt|wib|wita|wit|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * Reads a time as registers write it. Without a time of day the precision is `day` and the clock shows midnight.
 *
 * @param clock the time of day from a column of its own, or empty; it counts where `text` has none, or midnight
 * @returns the time, or a text that says what is wrong and what to do
 */
export function readTime(text: string, clock: string, order: DayOrder): WallTime | string {
  const unix = /^\d{10}(\d{3})?$/.exec(text);
  if (unix) return { wallMs: Number(text) * (unix[1] ? 1 : 1000), offsetMs: 0, precision: 'minute' };
  const day = readDay(text, order);
  if (typeof day === 'string') return day;
  let time = day.rest === '' ? undefined : readClock(day.rest);
  if (day.rest !== '' && !time) return `"${shorten(text)}" ends in no time of day; ${FORMS}`;
  const own = clock.trim();
  if (own !== '' && (time === undefined || time.ms === 0)) {
    time = readClock(/^\d{3,4}$/.test(own) ? `${own.slice(0, -2)}:${own.slice(-2)}` : own);
    if (!time) return `its time of day "${shorten(own)}" is none; use 09:30, 09.30 or 9:30 PM`;
  }
  return {
    wallMs: day.ms + (time?.ms ?? 0),
    offsetMs: time?.offsetMs,
    precision: time ? 'minute' : 'day',
  };
}

function readDay(text: string, order: DayOrder): { ms: number; rest: string } | string {
  const iso = /^(\d{4})([-/.]?)(\d\d?)\2(\d\d?)(?=$|[T\s,])/i.exec(text);
  const figures = /^(\d\d?)([-/.])(\d\d?)\2(\d{4})(?=$|[T\s,])/.exec(text);
  const words = /^(?:[a-z']+,?\s+)?(\d\d?)[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4})(?=$|[\s,])/i.exec(text);
  const found = iso ?? figures ?? words;
  if (!found || (iso && iso[2] === '' && !/^\d{8}/.test(text))) return `"${shorten(text)}" is no time; ${FORMS}`;
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[3]), Number(iso[4])]
    : figures
      ? [Number(figures[4]), Number(figures[order === 'dmy' ? 3 : 1]), Number(figures[order === 'dmy' ? 1 : 3])]
      : [Number(words?.[3]), monthOf(words?.[2] ?? ''), Number(words?.[1])];
  if (figures && month > 12 && day <= 12) {
    const other = order === 'dmy' ? 'mdy' : 'dmy';
    return `"${shorten(text)}" has no month ${month}; if the file writes ${other === 'mdy' ? 'months' : 'days'} first, give --dates ${other}`;
  }
  const ms = Date.UTC(year, month - 1, day);
  const isReal =
    month >= 1 && month <= 12 && new Date(ms).getUTCDate() === day && new Date(ms).getUTCFullYear() === year;
  if (!isReal) return `"${shorten(text)}" is no day of the calendar; ${FORMS}`;
  return {
    ms,
    rest: text
      .slice(found[0].length)
      .replace(/^[T\s,]+/i, '')
      .trim(),
  };
}

function monthOf(letters: string): number {
  const short = letters.toLowerCase();
  return MONTHS.indexOf(ENGLISH[short] ?? short) + 1;
}

function readClock(text: string): { ms: number; offsetMs: number | undefined } | undefined {
  const [, h, m, s, half, zone] = CLOCK.exec(text.trim()) ?? [];
  if (h === undefined) return undefined;
  const hour = half === undefined ? Number(h) : (Number(h) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 23 || Number(m) > 59 || Number(s ?? 0) > 59 || (half !== undefined && Number(h) > 12)) return undefined;
  const ms = hour * 60 * MINUTE + Number(m) * MINUTE + Number(s ?? 0) * 1000;
  if (zone === undefined) return { ms, offsetMs: undefined };
  const named = OFFSETS[zone.toUpperCase()];
  const [, sign, oh, om = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const minutes = named ?? (sign === '-' ? -1 : 1) * (Number(oh) * 60 + Number(om));
  return { ms, offsetMs: minutes * MINUTE };
}

/** Reads `--zone`: WIB, WITA, WIT or a name of the tz database. Throws {@link ImportError} for another. */
export function readZone(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const named = Object.entries(ZONE_NAMES).find(([short]) => short === text.toUpperCase())?.[1];
  try {
    return new Intl.DateTimeFormat('en', { timeZone: named ?? text }).resolvedOptions().timeZone;
  } catch {
    throw new ImportError(`--zone ${text} is no time zone; use WIB, WITA, WIT or a name such as Asia/Jakarta.`);
  }
}

/**
 * The moment at which clocks in a zone show a time, Unix milliseconds. Of two such moments (summer time ends) the first;
 * of none (it begins) the one that an unchanged clock would show.
 */
export function momentOf({ wallMs, offsetMs }: WallTime, zone: string): number {
  if (offsetMs !== undefined) return wallMs - offsetMs;
  const before = offsetAt(wallMs - DAY, zone);
  const offsets = [before, offsetAt(wallMs + DAY, zone)];
  const moments = offsets.map((offset) => wallMs - offset).filter((ms) => offsetAt(ms, zone) === wallMs - ms);
  return moments.length > 0 ? Math.min(...moments) : wallMs - before;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const QUARTER = 15 * MINUTE;

/** How far clocks in a zone are ahead of UTC, milliseconds; zones change it on quarters of an hour. */
function offsetAt(ms: number, zone: string): number {
  const quarter = Math.floor(ms / QUARTER) * QUARTER;
  const key = `${zone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (offsets.size > 100_000) offsets.clear();
    offset = measureOffset(quarter, zone);
    offsets.set(key, offset);
  }
  return offset;
}

function measureOffset(ms: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    const two = '2-digit' as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two, second: two }); // biome-ignore format: one line
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - ms;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
