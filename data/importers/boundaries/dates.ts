const MONTHS_31 = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a day as tables write it: `2012-07-02` with or without a time, `2012/07/02`, `20120702`, and by Indonesian
 * custom `02-07-2012`, `2/7/2012`. Gives ISO's `2012-07-02`, or `undefined` for what is no day of the calendar.
 */
export function readDay(value: string | number): string | undefined {
  const text = String(value).trim();
  const [, y1, m1, d1] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text) ?? [];
  const [, d2, m2, y2] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?$/.exec(text) ?? [];
  const [, y3, m3, d3] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  const [year, month, day] = [y1 ?? y2 ?? y3, m1 ?? m2 ?? m3, d1 ?? d2 ?? d3].map(Number);
  if (!year || !month || !day || year < 1900 || day > (MONTHS_31[month - 1] ?? 0)) return undefined;
  const iso = [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  const parsed = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== iso ? undefined : iso;
}

/** Indonesia's western clock, the latest to begin a day: what begins today has begun in all of the country. */
const WIB_MS = 7 * 3_600_000;

/** Today in Indonesia, ISO. */
export function today(): string {
  return new Date(Date.now() + WIB_MS).toISOString().slice(0, 10);
}

/** The day before one, ISO. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
