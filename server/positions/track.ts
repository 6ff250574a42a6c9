import { isJump, type Sighting } from './judge.ts';

interface Track {
  /** When the unit's newest durable position is from, and whether that one carries an alarm. */
  newest: number;
  alarmed: boolean;
  last: Sighting;
  certain: Sighting;
}

/** What is remembered of each unit: the time of its newest position, and where it was last seen for certain. */
export class Tracks {
  readonly #tracks = new Map<number, Track>();

  /** Takes the newest position of a unit as the database has it. */
  load(unitId: number, sighting: Sighting, alarmed: boolean): void {
    this.#tracks.set(unitId, { newest: sighting.time, alarmed, last: sighting, certain: sighting });
  }

  /** Forgets a unit: its positions were deleted. */
  forget(unitId: number): void {
    this.#tracks.delete(unitId);
  }

  /** Time of the unit's newest position that is durable, or −Infinity. */
  newest(unitId: number): number {
    return this.#tracks.get(unitId)?.newest ?? Number.NEGATIVE_INFINITY;
  }

  /** Whether a position would be the unit's newest: it is later, or an alarm of the same time where that has none. */
  isNewest(unitId: number, time: number, alarmed: boolean): boolean {
    const track = this.#tracks.get(unitId);
    return !track || supersedes(time, alarmed, track.newest, track.alarmed);
  }

  /** Notes that a position is durable. Returns false when one that it does not supersede already was. */
  advance(unitId: number, time: number, alarmed: boolean): boolean {
    const track = this.#tracks.get(unitId);
    if (!track || !supersedes(time, alarmed, track.newest, track.alarmed)) return false;
    track.newest = time;
    track.alarmed = alarmed;
    return true;
  }

  /**
   * Notes a sighting, and tells whether it is a jump: neither the last certain sighting nor the one just before can
   * have led there. So one stray fix is a jump and the return from it is none; and a unit that was carried elsewhere is
   * certain again with its second fix there. Of late fixes only those after the sightings known here are judged.
   */
  see(unitId: number, sighting: Sighting): boolean {
    const track = this.#tracks.get(unitId);
    if (!track) {
      const never = Number.NEGATIVE_INFINITY;
      this.#tracks.set(unitId, { newest: never, alarmed: false, last: sighting, certain: sighting });
      return false;
    }
    const { last, certain } = track;
    const jump =
      sighting.time >= certain.time &&
      isJump(certain, sighting) &&
      (last === certain || sighting.time < last.time || isJump(last, sighting));
    if (sighting.time >= last.time) track.last = sighting;
    if (!jump && sighting.time >= certain.time) track.certain = sighting;
    return jump;
  }
}

/**
 * Whether a position takes the place of another of the same unit. Phones send an SOS with the time of the fix they have,
 * which was often sent before: of one time, the position with an alarm stands.
 */
export function supersedes(time: number, alarmed: boolean, than: number, thanAlarmed: boolean): boolean {
  return time > than || (time === than && alarmed && !thanAlarmed);
}
