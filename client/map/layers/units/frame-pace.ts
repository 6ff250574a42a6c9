/** Frames are never asked for faster than this, 26 a second: more is not seen on a map. */
export const SHORTEST_PACE_MS = 38;
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

/** A card found busy is asked again after this time. */
const AGAIN_MS = 8;
/** How much sooner a card that was free is asked the next time. */
const SOONER_MS = 0.25;
/** A card that takes longer for a frame than this is not waited for on a guess. */
const LONGEST_WAIT_MS = 200;

/**
 * How long the graphics card is busy with a frame, learnt from when it was found busy and when free: asking it wakes the
 * page, so the next frame is best begun when the card has most likely done the last. Times in milliseconds of one clock.
 */
export class CardPace {
  /** After a drawing, how long to leave the card alone. */
  busyFor = 0;
  private drawnAt = -Infinity;
  private wasBusy = false;

  /** A frame was handed to the card. */
  drawn(now: number): void {
    this.drawnAt = now;
    this.wasBusy = false;
  }

  /** Learns from what the card said. Returns when to ask it again; 0: it is free, draw. */
  ask(busy: boolean, now: number): number {
    const since = now - this.drawnAt;
    if (!busy) {
      if (!this.wasBusy) this.busyFor = Math.max(0, Math.min(this.busyFor, since) - SOONER_MS);
      return 0;
    }
    // Once a frame: a single slow one is no reason to be slow from then on.
    if (!this.wasBusy) this.busyFor = Math.min(LONGEST_WAIT_MS, Math.max(this.busyFor, since + AGAIN_MS / 2));
    this.wasBusy = true;
    return AGAIN_MS;
  }
}
