/**
 * Whether a text is a time as lists write their places down: ISO 8601, UTC, with microseconds, such as
 * `2026-11-22T03:04:05.678901Z`, and of a day that is. `Date` takes the 31st of February for the 3rd of March, the database
 * for an error; it has no year 0 either.
 */
export function isExactTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text) || text.startsWith('0000')) return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.slice(0, 19));
}
