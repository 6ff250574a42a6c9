import type { Fix, QuarantineReason } from '../../shared/schemas/position.ts';

/** How far ahead of the server a device's clock may be. */
const FUTURE_MS = 5 * 60_000;
/** Faster than this between two fixes, in metres a second, and the place is doubtful: 324 km/h, beyond any patrol. */
const JUMP_SPEED = 90;
const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** The reason to quarantine a fix, or `undefined` when it is usable. Times in milliseconds. */
export function quarantineReason(fix: Fix, now: number, retentionMs: number): QuarantineReason | undefined {
  const { lon, lat, time } = fix;
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return 'not_a_number';
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return 'out_of_range';
  if (lon === 0 && lat === 0) return 'null_island';
  if (time === undefined) return undefined;
  if (time > now + FUTURE_MS) return 'in_the_future';
  return time < now - retentionMs ? 'too_old' : undefined;
}

/** Where a unit was, and when (milliseconds). */
export interface Sighting {
  time: number;
  lon: number;
  lat: number;
}

/** Whether going from one place to a later one would need an impossible speed. Times closer than a second count as one. */
export function isJump(from: Sighting, to: Sighting): boolean {
  return distanceM(from, to) > JUMP_SPEED * Math.max(1, (to.time - from.time) / 1000);
}

/** Metres between two places on the sphere. */
export function distanceM(from: Sighting, to: Sighting): number {
  const halfLat = ((to.lat - from.lat) * RADIANS) / 2;
  const halfLon = ((to.lon - from.lon) * RADIANS) / 2;
  const chord =
    Math.sin(halfLat) ** 2 + Math.cos(from.lat * RADIANS) * Math.cos(to.lat * RADIANS) * Math.sin(halfLon) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}
