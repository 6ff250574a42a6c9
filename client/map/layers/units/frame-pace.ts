/** Frames are never asked for faster than this: more is not seen on a map. */
export const SHORTEST_PACE_MS = 33;
/** Slow movement is drawn at least this often. */
const LONGEST_MS = 500;
/** Movement that the eye does not see, CSS pixels. */
const UNSEEN_PX = 0.1;

/**
 * Time between two drawings, so that the fastest unit moves by no more than the eye would miss.
 * @param fastest worlds a millisecond @param worldSize width of the world in CSS pixels
 */
export function framePace(fastest: number, worldSize: number): number {
  const pixelsPerMs = fastest * worldSize;
  if (pixelsPerMs <= 0) return LONGEST_MS;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_PACE_MS, UNSEEN_PX / pixelsPerMs));
}
