import type { CountedPoints } from '../../../shared/schemas/hotspot.ts';
import type { TimePrecision } from '../../../shared/schemas/incident.ts';

const DAY_MS = 86_400_000;
/** Days within which a time lies that is known so exactly. */
const PRECISION_DAYS: Record<TimePrecision, number> = {
  minute: 0,
  hour: 0,
  day: 1,
  week: 7,
  unknown: Infinity,
};

/** Incidents as the tests of near repeats and of clusters take them. */
export interface Incidents {
  id: string[];
  /** Code of the narrowest area, or empty. */
  area: string[];
  /** Degrees. */
  lon: Float64Array;
  lat: Float64Array;
  /** Local day, as days since 1970-01-01. */
  day: Int32Array;
  /** How many of those asked for are known less exactly than the narrowest band is wide; one may be both. */
  coarsePlace: number;
  coarseTime: number;
  /** How many were left out for being coarse. */
  leftOut: number;
}

/**
 * @param offsetMs how far the zone's clock is ahead of UTC
 * @param narrowest widths of the narrowest bands: metres and days
 * @param exact whether incidents that are coarser than those are left out
 */
export function incidentsOf(
  { points }: Pick<CountedPoints, 'points'>,
  offsetMs: number,
  narrowest: { metres: number; days: number },
  exact: boolean,
): Incidents {
  const kept: number[] = [];
  let [coarsePlace, coarseTime] = [0, 0];
  for (let i = 0; i < points.id.length; i++) {
    const accuracy = points.accuracyM[i] ?? null;
    const vague = accuracy !== null && accuracy > narrowest.metres;
    const undated = PRECISION_DAYS[points.timePrecision[i] ?? 'unknown'] > narrowest.days;
    if (vague) coarsePlace++;
    if (undated) coarseTime++;
    if (!(exact && (vague || undated))) kept.push(i);
  }
  const numbers = (values: readonly number[]) => Float64Array.from(kept, (i) => values[i] as number);
  return {
    id: kept.map((i) => points.id[i] as string),
    area: kept.map((i) => points.area[i] ?? ''),
    lon: numbers(points.lon),
    lat: numbers(points.lat),
    day: Int32Array.from(kept, (i) => Math.floor(((points.occurredAt[i] as number) + offsetMs) / DAY_MS)),
    coarsePlace,
    coarseTime,
    leftOut: points.id.length - kept.length,
  };
}

/** Width of the narrowest of bands that ascend from 0 to these ends. */
export function narrowestBand(ends: readonly number[]): number {
  return ends.reduce((least, end, k) => Math.min(least, end - (ends[k - 1] ?? 0)), Infinity);
}

/** Bands as they are typed, `200, 400, 800`: whole numbers that ascend, one to ten of them, none above `most`; else undefined. */
export function parseBands(text: string, most: number): number[] | undefined {
  const ends = text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
  const good = ends.every((end, k) => Number.isInteger(end) && end > (ends[k - 1] ?? 0) && end <= most);
  return good && ends.length >= 1 && ends.length <= 10 ? ends : undefined;
}
