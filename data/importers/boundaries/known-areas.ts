import { AREA_LEVELS, type AreaLevel, parentOfCode } from '../../../shared/area-code.ts';
import { compactName, searchKey } from '../../../shared/geo/names.ts';
import type { RegisteredLevel } from './fields.ts';

export interface KnownArea {
  code: string;
  level: AreaLevel;
  name: string;
  bpsCode: string | null;
}

/** How a name led to an area: written the same, or spelt otherwise but near enough to one only. */
export type NameMatch = { area: KnownArea; how: 'name' | 'spelling' } | { area: undefined; reason: string };

type Names = Partial<Record<RegisteredLevel, string>>;

/** The areas in force, found by code and by the names of an area and those above it. */
export class KnownAreas {
  readonly #byCode = new Map<string, KnownArea>();
  readonly #byBps = new Map<string, KnownArea>();
  readonly #byLevel = new Map<AreaLevel, KnownArea[]>();
  readonly #distances = new Map<string, number>();
  readonly #inside = new Map<string, KnownArea[]>();
  readonly #found = new Map<string, NameMatch>();

  constructor(areas: Iterable<KnownArea>) {
    for (const area of areas) {
      this.#byCode.set(area.code, area);
      if (area.bpsCode) this.#byBps.set(area.bpsCode, area);
      const level = this.#byLevel.get(area.level);
      if (level) level.push(area);
      else this.#byLevel.set(area.level, [area]);
    }
  }

  byCode(code: string): KnownArea | undefined {
    return this.#byCode.get(code);
  }

  byBps(code: string): KnownArea | undefined {
    return this.#byBps.get(code);
  }

  /** Whether this code is in force with this name, spelt alike. */
  isCalled(code: string, name: string): boolean {
    const area = this.#byCode.get(code);
    return area !== undefined && this.#distance(name, area.name) < Number.POSITIVE_INFINITY;
  }

  /** The one area of a level that these names fit best. Names of levels that are not in force are passed over. */
  byNames(level: RegisteredLevel, names: Names): NameMatch {
    const key = JSON.stringify([level, names]);
    const known = this.#found.get(key) ?? this.#search(level, names);
    this.#found.set(key, known);
    return known;
  }

  #search(level: RegisteredLevel, names: Names): NameMatch {
    const name = names[level];
    if (!name) return { area: undefined, reason: `no name of its ${level}` };
    let best: KnownArea[] = [];
    let least = Number.POSITIVE_INFINITY;
    for (const area of this.#within(level, names)) {
      const distance = this.#pathDistance(area, names);
      if (distance > least || distance === Number.POSITIVE_INFINITY) continue;
      if (distance < least) best = [];
      best.push(area);
      least = distance;
    }
    const [only] = best;
    if (best.length === 1 && only) return { area: only, how: least === 0 ? 'name' : 'spelling' };
    const path = AREA_LEVELS.flatMap((at) => (at !== 'rw' && names[at] ? [names[at]] : [])).reverse();
    if (!only) return { area: undefined, reason: `no ${level} in force is called ${path.join(', ')}` };
    return { area: undefined, reason: `${best.length} ${level} are called ${path.join(', ')}` };
  }

  /** Areas of a level whose provinsi and kabupaten/kota fit the names: asked once for all names below them. */
  #within(level: RegisteredLevel, { provinsi, kabkota }: Names): KnownArea[] {
    const key = JSON.stringify([level, provinsi, kabkota]);
    const known = this.#inside.get(key);
    if (known) return known;
    const upper = { ...(provinsi ? { provinsi } : {}), ...(kabkota ? { kabkota } : {}) };
    const areas = (this.#byLevel.get(level) ?? []).filter(
      (area) => this.#pathDistance(area, upper) < Number.POSITIVE_INFINITY,
    );
    this.#inside.set(key, areas);
    return areas;
  }

  /** Sum of the names' distances from the widest level down; Infinity as soon as one does not fit. */
  #pathDistance(area: KnownArea, names: Names): number {
    let sum = 0;
    let narrower: string | undefined = area.code;
    while (narrower) {
      const at = this.#byCode.get(narrower);
      const name = at && at.level !== 'rw' ? names[at.level] : undefined;
      if (at && name) sum += this.#distance(name, at.name);
      if (sum === Number.POSITIVE_INFINITY) return sum;
      narrower = parentOfCode(narrower);
    }
    return sum;
  }

  /** 0 the same, 1 the same but for old spelling, 2 or more by edits, Infinity another name. */
  #distance(a: string, b: string): number {
    const key = `${a}\n${b}`;
    const known = this.#distances.get(key);
    if (known !== undefined) return known;
    const distance = nameDistance(a, b);
    this.#distances.set(key, distance);
    return distance;
  }
}

/** 0 the same name, 1 the same but for old spelling, 1 + edits where these are few for its length, else Infinity. */
export function nameDistance(a: string, b: string): number {
  const [left, right] = [compactName(a), compactName(b)];
  if (left === right) return 0;
  const [oldLeft, oldRight] = [searchKey(a), searchKey(b)].map((key) => key.replaceAll(' ', ''));
  if (oldLeft === oldRight) return 1;
  const shorter = Math.min(left.length, right.length);
  const allowed = shorter < 5 ? 0 : shorter < 9 ? 1 : 2;
  if (Math.abs(left.length - right.length) > allowed) return Number.POSITIVE_INFINITY;
  const edits = editDistance(left, right);
  return edits <= allowed ? 1 + edits : Number.POSITIVE_INFINITY;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
