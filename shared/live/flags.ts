/** Bits of a unit's `flags` on the live stream; the low four are those of POSITION_FLAG. */
export const LIVE_FLAG = {
  mock: 1,
  jump: 2,
  serverTime: 4,
  invalid: 8,
  /** The newest fix carries an alarm (SOS). */
  alarm: 16,
} as const;
