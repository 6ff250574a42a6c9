import type { Ground } from './ground.ts';

/** Tells whether areas can leave their zones; made once for many questions. */
export class Leaving {
  readonly #starts: Uint32Array;
  readonly #neighbours: Uint32Array;
  readonly #seen: Uint32Array;
  readonly #waiting: Uint32Array;
  #look = 0;

  constructor({ size, starts, neighbours }: Pick<Ground, 'size' | 'starts' | 'neighbours'>) {
    this.#starts = starts;
    this.#neighbours = neighbours;
    this.#seen = new Uint32Array(size);
    this.#waiting = new Uint32Array(size);
  }

  /** Whether an area's zone falls into no more parts than before without it. It may be left empty. */
  leavesWhole(zoneOf: Int32Array, area: number): boolean {
    const starts = this.#starts;
    const neighbours = this.#neighbours;
    const zone = zoneOf[area] ?? 0;
    const wanted = this.#look + 1;
    const reached = this.#look + 2;
    this.#look = reached;
    let missing = 0;
    let first = 0;
    for (let entry = starts[area] ?? 0; entry < (starts[area + 1] ?? 0); entry++) {
      const other = neighbours[entry] ?? 0;
      if (zoneOf[other] !== zone) continue;
      this.#seen[other] = wanted;
      first = other;
      missing++;
    }
    if (missing < 2) return true;
    // From one of its neighbours in the zone all the others must be reached without it.
    this.#seen[area] = reached;
    this.#seen[first] = reached;
    this.#waiting[0] = first;
    missing--;
    for (let step = 0, found = 1; missing > 0 && step < found; step++) {
      const at = this.#waiting[step] ?? 0;
      for (let entry = starts[at] ?? 0; entry < (starts[at + 1] ?? 0); entry++) {
        const other = neighbours[entry] ?? 0;
        if (zoneOf[other] !== zone || this.#seen[other] === reached) continue;
        if (this.#seen[other] === wanted) missing--;
        this.#seen[other] = reached;
        this.#waiting[found++] = other;
      }
    }
    return missing === 0;
  }
}
