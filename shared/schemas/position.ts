/** Bits of a position's `flags`; the low byte travels on the wire. */
export const POSITION_FLAG = {
  /** The device itself says the place is simulated. */
  mock: 1,
  /** Reached from the fix before it only at an impossible speed. */
  jump: 2,
  /** The device sent no time of its own: the server's clock was used. */
  serverTime: 4,
  /** The device says the fix is not valid (no satellite lock). */
  invalid: 8,
} as const;

/** Why a fix that parses is kept in quarantine instead of on the map. */
export const QUARANTINE_REASONS = [
  'too_old',
  'in_the_future',
  'null_island',
  'out_of_range',
  'not_a_number',
  'rejected_by_database',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** A fix after parsing, in the units that Ronda keeps: degrees, metres, metres a second, milliseconds since 1970. */
export interface Fix {
  /** Unix time in milliseconds, or `undefined` when the device sent none. */
  time: number | undefined;
  lon: number;
  lat: number;
  /** `sos` and other alarms as the device names them; empty for none. */
  alarm: string;
  speed: number | undefined;
  heading: number | undefined;
  altitude: number | undefined;
  accuracy: number | undefined;
  /** Battery in percent, 0–100. */
  battery: number | undefined;
  flags: number;
  /** What the device sent beyond the fields above, bounded. */
  attributes: Record<string, string> | undefined;
}

/** The newest position of a unit, as the live stream carries it. */
export interface LivePosition {
  unitId: number;
  /** Unix time of the fix, milliseconds. */
  time: number;
  lon: number;
  lat: number;
  /** Metres a second; `undefined` when unknown. */
  speed: number | undefined;
  /** Degrees clockwise from north; `undefined` when unknown. */
  heading: number | undefined;
  /** Index into UNIT_STATUSES. */
  status: number;
  alarm: string;
  flags: number;
}
