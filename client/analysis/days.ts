import type { DaySpan } from '../../shared/calendar/days.ts';
import type { Language } from '../i18n/i18n.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(day: string, language: Language, name: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${language} ${name}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { timeZone: 'UTC', ...options });
    formats.set(key, found);
  }
  return found.format(Date.parse(`${day}T12:00:00Z`));
}

/** An ISO day as `14 Feb 2024`. */
export function dayWords(day: string, language: Language): string {
  return format(day, language, 'day', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** An ISO day without its year: `14 Feb`. */
export function shortDayWords(day: string, language: Language): string {
  return format(day, language, 'short', { day: 'numeric', month: 'short' });
}

/** Both ends, the year once where it is the same: `25 Sep – 23 Nov 2024`; one day alone: `27 Nov 2024`. */
export function spanWords({ startsOn, endsOn }: DaySpan, language: Language): string {
  if (startsOn === endsOn) return dayWords(endsOn, language);
  const sameYear = startsOn.slice(0, 4) === endsOn.slice(0, 4);
  return `${sameYear ? shortDayWords(startsOn, language) : dayWords(startsOn, language)} – ${dayWords(endsOn, language)}`;
}

/** The month and year of an ISO day: `Jan 2024`. */
export function yearWords(day: string, language: Language): string {
  return format(day, language, 'month', { month: 'short', year: 'numeric' });
}
