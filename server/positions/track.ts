import { isJump, type Sighting } from './judge.ts';

/** What is remembered of each unit: the time of its newest position, and where it was last seen for certain. */
export class Tracks {
  readonly #tracks = new Map<number, { newest: number; last: Sighting; certain: Sighting }>();

  /** Takes the newest position of a unit as the database has it. */
  load(unitId: number, sighting: Sighting): void {
    this.#tracks.set(unitId, { newest: sighting.time, last: sighting, certain: sighting });
  }

  /** Forgets a unit: its positions were deleted. */
  forget(unitId: number): void {
    this.#tracks.delete(unitId);
  }

  /** Time of the unit's newest position that is durable, or −Infinity. */
  newest(unitId: number): number {
    return this.#tracks.get(unitId)?.newest ?? Number.NEGATIVE_INFINITY;
  }

  /** Notes that a position is durable. Returns false when a newer one already was. */
  advance(unitId: number, time: number): boolean {
    const track = this.#tracks.get(unitId);
    if (!track || track.newest >= time) return false;
    track.newest = time;
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
      this.#tracks.set(unitId, { newest: Number.NEGATIVE_INFINITY, last: sighting, certain: sighting });
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
