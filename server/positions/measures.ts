/** Largest alarm name that is kept. */
export const ALARM_LENGTH = 64;

/** A number at least 0 and at most `most`; devices say −1 for "unknown". */
export function upTo(most: number, value: number | undefined): number | undefined {
  return value !== undefined && value >= 0 && value <= most ? value : undefined;
}

/** Degrees clockwise from north, 0 ≤ heading < 360, or `undefined` when unknown. */
export function toHeading(value: number | undefined): number | undefined {
  return value === 360 ? 0 : upTo(359.999_999, value);
}

/** Metres a second; nothing that flies at 1,000 m/s carries a phone. */
export function toSpeed(value: number | undefined): number | undefined {
  return upTo(1_000, value);
}

/** Metres above the ellipsoid, or `undefined` for what no place on Earth or in its air has. */
export function toAltitude(value: number | undefined): number | undefined {
  return value !== undefined && Math.abs(value) <= 50_000 ? value : undefined;
}

/** Radius in metres within which the place lies. */
export function toAccuracy(value: number | undefined): number | undefined {
  return upTo(10_000_000, value);
}

/** Whole percent, 0–100. */
export function toBattery(value: number | undefined): number | undefined {
  const percent = upTo(100, value);
  return percent === undefined ? undefined : Math.round(percent);
}

/** Below this a number of a timestamp means seconds, above it milliseconds: 1973 against 5138. */
const SECONDS_BELOW = 1e11;
const CALENDAR = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s*(Z|[+ -]?\d\d:?\d\d)?$/i;

/**
 * Unix time in milliseconds of epoch seconds or milliseconds, ISO 8601, or `yyyy-MM-dd HH:mm:ss` (UTC).
 * Gives NaN for what is none of these.
 */
export function toTime(value: string | number): number {
  const number = Number(value);
  if (value !== '' && !Number.isNaN(number))
    return Math.round(Math.abs(number) < SECONDS_BELOW ? number * 1000 : number);
  const [, day, clock, zone = 'Z'] = CALENDAR.exec(String(value)) ?? [];
  // An unescaped + of a query arrives as a blank.
  const offset = zone.replace(/^(?=\d)|^ /, '+');
  return Date.parse(`${day}T${clock}${offset.toUpperCase()}`);
}
