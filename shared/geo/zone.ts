/** Indonesia's three zones, by the names people use. */
export const ZONES = ['WIB', 'WITA', 'WIT'] as const;
export type Zone = (typeof ZONES)[number];

/** The same by their names in the tz database. None of them has summer time. */
export const ZONE_NAMES: Readonly<Record<Zone, string>> = {
  WIB: 'Asia/Jakarta',
  WITA: 'Asia/Makassar',
  WIT: 'Asia/Jayapura',
};

const AHEAD_HOURS: Readonly<Record<Zone, number>> = { WIB: 7, WITA: 8, WIT: 9 };

/** How far the zone's clock is ahead of UTC, milliseconds. */
export function zoneOffset(zone: Zone): number {
  return AHEAD_HOURS[zone] * 3_600_000;
}

/** The day at a moment (Unix milliseconds) in a zone, ISO: `2026-11-23`. */
export function dayIn(zone: Zone, ms: number): string {
  return new Date(ms + zoneOffset(zone)).toISOString().slice(0, 10);
}

/**
 * The zone of an area, by its province's code; where the code is in no register (the demonstration's 98),
 * by longitude in degrees, and WIB when nothing is known.
 */
export function zoneOf(code: string, lon?: number): Zone {
  const province = Number(code.slice(0, 2));
  if ((province >= 11 && province <= 36) || province === 61 || province === 62) return 'WIB';
  if ((province >= 51 && province <= 53) || (province >= 63 && province <= 65) || (province >= 71 && province <= 76))
    return 'WITA';
  if (province === 81 || province === 82 || (province >= 91 && province <= 96)) return 'WIT';
  if (lon === undefined || lon < 114.5) return 'WIB';
  return lon < 127 ? 'WITA' : 'WIT';
}
