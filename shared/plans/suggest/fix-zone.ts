import type { Ground } from '../ground.ts';
import { Leaving } from '../leaving.ts';

/** How far from the mean a zone's workload may be. */
const LIMIT = 0.1;
/** Areas that are moved at most. */
const MOST_MOVES = 40;
/** Ways of moving them that are followed at once: of a few moves, and of more. */
const WAYS = { few: 150, many: 60 };
/** Up to how many moves are a few. */
const FEW = 3;
/** What new border between zones counts, as long as the mean outline of an area, against workload in shares of the mean. */
const BORDER = 0.02;

export interface FixAsked {
  /** The zone to fix, by its index. */
  zone: number;
  /** How many zones the plan has, and which of them are locked. */
  zones: number;
  locked: (zone: number) => boolean;
  /** The zone of each area, −1: none. */
  zoneOf: Int32Array;
  /** Of each area, by `areaWorkload`. */
  workload: Float64Array;
}

/** An area, by index, that goes from one zone (−1: none) to another. */
export interface AreaMove {
  area: number;
  from: number;
  to: number;
}

export type FixRefusal =
  /** The zone is locked. */
  | 'locked'
  /** No zone has any workload. */
  | 'no-workload'
  /** It is within the limit as it is. */
  | 'within'
  /** No way was found that brings it nearer to the mean. */
  | 'none-found';

export type FixOutcome =
  | {
      ok: true;
      moves: AreaMove[];
      /** Whether the zone is within ±10 % then; else this is as near as it was brought. */
      within: boolean;
    }
  | { ok: false; reason: FixRefusal };

/** A way of moving areas one after the other: the last move, and the way before it. */
interface Way {
  before: Way | null;
  move: AreaMove | null;
  /** How far beyond the limit the zone is, in shares of the mean. */
  own: number;
  /** How far beyond the limit, or beyond where they were, those are that it disturbs. */
  others: number;
  /** Border between zones that it adds, in outlines of an area. */
  border: number;
}

/**
 * The fewest areas to move so that a zone's workload comes within 10 % of the mean of the zones. No zone falls into more
 * parts or is left empty, locked ones stay as they are, and no other zone is taken beyond the limit, or further beyond it:
 * where a neighbour has no room it passes areas on. Ways are searched by their number of moves, side by side, and the best of
 * them followed (beam search): with three moves or more it is not proven that fewer would not do.
 */
export function fixZone(ground: Ground, asked: FixAsked): FixOutcome {
  if (asked.locked(asked.zone)) return { ok: false, reason: 'locked' };
  const scene = new Scene(ground, asked);
  if (scene.mean <= 0) return { ok: false, reason: 'no-workload' };
  const start: Way = { before: null, move: null, ...scene.beyond(), border: 0 };
  if (start.own === 0) return { ok: false, reason: 'within' };
  let ways = [start];
  let nearest = start;
  for (let count = 0; count < MOST_MOVES && ways.length > 0; count++) {
    ways = scene.best(
      ways.flatMap((way) => scene.onward(way)),
      count < FEW ? WAYS.few : WAYS.many,
    );
    for (const way of ways) {
      if (way.others > 0) continue;
      if (way.own === 0) return { ok: true, moves: movesOf(way), within: true };
      if (way.own < nearest.own) nearest = way;
    }
  }
  return nearest === start ? { ok: false, reason: 'none-found' } : { ok: true, moves: movesOf(nearest), within: false };
}

function movesOf(way: Way): AreaMove[] {
  return way.move && way.before ? [...movesOf(way.before), way.move] : [];
}

const rank = ({ own, others, border }: Way) => own + others + BORDER * border;

/** The plan as it is after the moves of a way. */
class Scene {
  readonly #ground: Ground;
  readonly #asked: FixAsked;
  readonly #leaving: Leaving;
  readonly #zoneOf: Int32Array;
  readonly #load: Float64Array;
  readonly #count: Uint32Array;
  /** How far each zone was from the mean before anything was moved, in shares of it. */
  readonly #first: Float64Array;
  readonly #outlineM: number;
  #total = 0;
  #moves: AreaMove[] = [];

  constructor(ground: Ground, asked: FixAsked) {
    this.#ground = ground;
    this.#asked = asked;
    this.#leaving = new Leaving(ground);
    this.#zoneOf = Int32Array.from(asked.zoneOf);
    this.#load = new Float64Array(asked.zones);
    this.#count = new Uint32Array(asked.zones);
    this.#outlineM = Math.max(1, ground.outlineM.reduce((sum, length) => sum + length, 0) / ground.size);
    for (const [area, zone] of asked.zoneOf.entries()) if (zone >= 0) this.#put(area, zone, 1);
    this.#first = this.#load.map((load) => Math.abs(load / this.mean - 1));
  }

  /** Mean workload of the zones. */
  get mean(): number {
    return this.#total / this.#asked.zones;
  }

  /** What is beyond the limit now, see `Way`. */
  beyond(): Pick<Way, 'own' | 'others'> {
    const sum = { own: 0, others: 0 };
    for (const zone of this.#disturbed()) {
      const own = zone === this.#asked.zone;
      const allowed = own ? LIMIT : Math.max(LIMIT, this.#first[zone] ?? 0);
      // Rounding must not keep out what is just at the limit.
      sum[own ? 'own' : 'others'] += Math.max(0, this.#away(zone) - allowed - 1e-9);
    }
    return sum;
  }

  /** The ways that go on from one by one move, whether or not zones stay whole: out of what has too much, into what has too little. */
  onward(way: Way): Way[] {
    this.#goTo(way);
    const { starts, neighbours, size } = this.#ground;
    const disturbed = new Set(this.#disturbed());
    const moved = new Set(this.#moves.map(({ area }) => area));
    const found: Way[] = [];
    for (let area = 0; area < size; area++) {
      const from = this.#zoneOf[area] ?? -1;
      if (moved.has(area) || (from >= 0 && (this.#asked.locked(from) || this.#count[from] === 1))) continue;
      const gives = disturbed.has(from) && (this.#load[from] ?? 0) > this.mean;
      const tried = new Set([from, -1]);
      for (let entry = starts[area] ?? 0; entry < (starts[area + 1] ?? 0); entry++) {
        const to = this.#zoneOf[neighbours[entry] ?? 0] ?? -1;
        if (tried.has(to) || this.#asked.locked(to)) continue;
        tried.add(to);
        if (!gives && !(disturbed.has(to) && (this.#load[to] ?? 0) < this.mean)) continue;
        found.push(this.#look(way, { area, from, to }));
      }
    }
    return found;
  }

  /** The best of ways whose last move leaves zones whole, each set of moves once. */
  best(ways: Way[], most: number): Way[] {
    const kept = new Map<string, Way>();
    for (const way of ways.sort((one, other) => rank(one) - rank(other))) {
      if (kept.size === most) break;
      if (!way.move || !way.before) continue;
      const moves = movesOf(way);
      const key = moves
        .map(({ area, to }) => `${area} ${to}`)
        .sort()
        .join();
      if (kept.has(key)) continue;
      this.#goTo(way.before);
      if (way.move.from < 0 || this.#leaving.leavesWhole(this.#zoneOf, way.move.area)) kept.set(key, way);
    }
    return [...kept.values()];
  }

  #look(before: Way, move: AreaMove): Way {
    const { starts, neighbours, borderM } = this.#ground;
    let border = 0;
    for (let entry = starts[move.area] ?? 0; entry < (starts[move.area + 1] ?? 0); entry++) {
      const zone = this.#zoneOf[neighbours[entry] ?? 0] ?? -1;
      if (zone === move.from && zone >= 0) border += borderM[entry] ?? 0;
      if (zone === move.to) border -= borderM[entry] ?? 0;
    }
    this.#do(move);
    const beyond = this.beyond();
    this.#undo();
    return { before, move, ...beyond, border: before.border + border / this.#outlineM };
  }

  /** The zone that is fixed and those that areas went from or to. */
  #disturbed(): Iterable<number> {
    const zones = this.#moves.flatMap(({ from, to }) => (from < 0 ? [to] : [from, to]));
    return new Set([this.#asked.zone, ...zones]);
  }

  #away(zone: number): number {
    return Math.abs((this.#load[zone] ?? 0) / this.mean - 1);
  }

  #goTo(way: Way): void {
    const moves = movesOf(way);
    let same = 0;
    while (same < moves.length && moves[same] === this.#moves[same]) same++;
    while (this.#moves.length > same) this.#undo();
    for (const move of moves.slice(same)) this.#do(move);
  }

  #do(move: AreaMove): void {
    this.#moves.push(move);
    if (move.from >= 0) this.#put(move.area, move.from, -1);
    this.#put(move.area, move.to, 1);
    this.#zoneOf[move.area] = move.to;
  }

  #undo(): void {
    const move = this.#moves.pop();
    if (!move) return;
    this.#put(move.area, move.to, -1);
    if (move.from >= 0) this.#put(move.area, move.from, 1);
    this.#zoneOf[move.area] = move.from;
  }

  #put(area: number, zone: number, sign: 1 | -1): void {
    const load = sign * (this.#asked.workload[area] ?? 0);
    this.#load[zone] = (this.#load[zone] ?? 0) + load;
    this.#count[zone] = (this.#count[zone] ?? 0) + sign;
    this.#total += load;
  }
}
