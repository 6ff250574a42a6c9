/** A point of a trail: longitude and latitude in degrees, Unix time in milliseconds. */
export type TrailPoint = [lon: number, lat: number, time: number];

/** A silence longer than this ends a duty: phones of units on duty are heard each minute. */
export const SILENCE_MS = 30 * 60_000;
/** How far from where a duty begins and ends a trail is hidden, metres: people come from home, and go there. */
const HIDDEN_M = 200;
const METRES_PER_DEGREE = 111_195;

/**
 * A trail without the ends of its duties: the first and the last points within 200 m of where the unit came on duty and
 * went off. Where it is now stays: a duty that is not over has no end. Points oldest first.
 */
export function withoutEnds(points: readonly TrailPoint[], now: number, isOnDuty: boolean): TrailPoint[] {
  const shown: TrailPoint[] = [];
  let duty: TrailPoint[] = [];
  const close = (isOver: boolean) => {
    const begun = beyond(duty);
    shown.push(...(isOver ? beyond(begun.reverse()).reverse() : begun));
    duty = [];
  };
  for (const point of points) {
    const last = duty.at(-1);
    if (last && point[2] - last[2] > SILENCE_MS) close(true);
    duty.push(point);
  }
  const last = duty.at(-1);
  if (last) close(!isOnDuty || now - last[2] > SILENCE_MS);
  return shown;
}

/** The points from the first one on that is far enough from where they begin. */
function beyond(points: TrailPoint[]): TrailPoint[] {
  const [start] = points;
  if (!start) return [];
  const first = points.findIndex((point) => distanceM(start, point) > HIDDEN_M);
  return first < 0 ? [] : points.slice(first);
}

/** Metres between two places that are near each other. */
function distanceM(from: TrailPoint, to: TrailPoint): number {
  const east = Math.abs(to[0] - from[0]);
  const x = Math.min(east, 360 - east) * Math.cos((from[1] * Math.PI) / 180);
  return Math.hypot(x, to[1] - from[1]) * METRES_PER_DEGREE;
}
