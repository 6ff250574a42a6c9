import { CELL_ZOOM, STEP_BITS } from '../../shared/live/cells.ts';
import { divisionOf, sameAround } from '../access/division.ts';
import { EVERYTHING, type Scope } from '../access/scope.ts';
import { COVERS, type Covers, type Shape } from '../access/shape.ts';
import type { RingEvent } from './event-ring.ts';
import type { UnitWorld } from './world.ts';

/** The shapes of one jurisdiction: of all its parts, and of those that were drawn and are no areas. */
export interface JurisdictionShapes {
  readonly id: number;
  /** Of what the shapes are made of: read anew they may be the same as before. */
  readonly hash: string;
  readonly all: Shape;
  readonly drawn: Shape;
}

/** What an event is about, as far as permission asks: areas (each code with those that contain it) and place. */
export interface Whereabouts {
  readonly codes: readonly string[];
  readonly place: readonly [lon: number, lat: number] | undefined;
}

/** What decides who of a cell may be seen: all, or who belongs to the scope and who is within one of the shapes. */
export interface Gate {
  readonly key: number;
  readonly covers: Covers;
  /** Those whose border runs through the cell. */
  readonly shapes: readonly Shape[];
  /** How they cover each part of the cell together, see `divisionOf`; `undefined` where that is not known. */
  readonly division: Uint8Array | undefined;
}

type Places = Pick<UnitWorld, 'lon' | 'lat' | 'x' | 'y'>;

/** No border runs through the cell. */
const EVERYWHERE = 2 ** 30;
const MAP_LATITUDE = 85;
/** Degrees from corner to corner of a step where it is largest, on the equator. */
const DIAGONAL = (360 / 2 ** (CELL_ZOOM + STEP_BITS)) * Math.SQRT2;

/** Gates remembered of one territory at most. */
const MOST_GATES = 20_000;

/** Of whoever may see everything. */
export const everywhere = () => new Territory(EVERYTHING, []);

/** Where one scope may look, in memory: the rules of the row policies in the database, for every unit in every tick. */
export class Territory {
  /** That of the scope. */
  readonly key: string;
  readonly everything: boolean;
  private readonly codes: ReadonlySet<string>;
  private readonly within: ReadonlySet<string>;
  readonly jurisdictions: readonly JurisdictionShapes[];
  /** By the number of the home: 0 not asked yet, 1 no, 2 yes. */
  private homes = new Uint8Array(64);
  /** Of cells that were asked for: they stay as they are. */
  private readonly gates = new Map<number, Gate>();

  constructor(
    scope: Pick<Scope, 'key' | 'everything' | 'codes' | 'within'>,
    jurisdictions: readonly JurisdictionShapes[],
  ) {
    this.key = scope.key;
    this.everything = scope.everything;
    this.codes = new Set(scope.codes);
    this.within = new Set(scope.within);
    this.jurisdictions = jurisdictions;
  }

  /** Whether units can belong to it wherever they are: whether areas are named. */
  get hasHomes(): boolean {
    return this.codes.size > 0;
  }

  /** How it covers a cell of the live stream. */
  cell(key: number): Covers {
    if (this.everything) return COVERS.whole;
    let covers: Covers = COVERS.none;
    for (const { all } of this.jurisdictions) {
      const each = all.cell(key);
      if (each === COVERS.whole) return each;
      if (each === COVERS.part) covers = each;
    }
    return covers;
  }

  /** What decides who of one cell may be seen. */
  gate(key: number): Gate {
    const known = this.gates.get(key);
    if (known) return known;
    const covers = this.cell(key);
    const shapes =
      covers === COVERS.part
        ? this.jurisdictions.map(({ all }) => all).filter((shape) => shape.cell(key) === COVERS.part)
        : [];
    const gate = { key, covers, shapes, division: united(shapes.map((shape) => shape.divided(key))) };
    if (this.gates.size >= MOST_GATES) this.gates.clear();
    this.gates.set(key, gate);
    return gate;
  }

  /** Whether what is in the cell of the gate, where `places` has it, may be seen there. */
  sees(gate: Gate, places: Places, slot: number): boolean {
    if (gate.covers === COVERS.whole) return true;
    const { division, shapes, key } = gate;
    const part = division ? division[divisionOf(places.x[slot] ?? 0, places.y[slot] ?? 0)] : COVERS.part;
    if (part !== COVERS.part) return part === COVERS.whole;
    for (let i = 0; i < shapes.length; i++) {
      if (shapes[i]?.containsWithin(key, places.lon[slot] ?? 0, places.lat[slot] ?? 0)) return true;
    }
    return false;
  }

  /**
   * Steps of the stream, to each side and within the cell, up to which `sees` says the same as of the place where `places`
   * has it; negative where the border is too near to tell.
   */
  clearance({ covers, division, shapes, key }: Gate, places: Places, slot: number): number {
    if (covers !== COVERS.part) return EVERYWHERE;
    const [x, y] = [places.x[slot] ?? 0, places.y[slot] ?? 0];
    if (division && division[divisionOf(x, y)] !== COVERS.part) {
      const steps = sameAround(division, x, y);
      if (steps > 0) return steps;
    }
    const [lon, lat] = [places.lon[slot] ?? 0, places.lat[slot] ?? 0];
    // Beyond the map's edge steps do not tell latitudes apart.
    let degrees = MAP_LATITUDE - Math.abs(lat);
    for (const shape of shapes) degrees = Math.min(degrees, shape.clearance(key, lon, lat));
    return Math.floor(degrees / DIAGONAL) - 2;
  }

  /** Whether a unit in the cell of the gate may be seen now. */
  seesUnit(gate: Gate, world: UnitWorld, slot: number): boolean {
    return this.isHome(world.homes, world.home[slot] ?? -1) || this.sees(gate, world, slot);
  }

  /** What its viewers are told of an event: all of it, that its subject is gone, or nothing. */
  judge({ kind, subject, after, before }: RingEvent, world: UnitWorld): 'shown' | 'withdrawn' | 'hidden' {
    if (this.reaches(after) || (kind === 'unit.changed' && this.isInView(world, Number(subject)))) return 'shown';
    if (kind.startsWith('warning.') && after.codes.some((code) => this.within.has(code))) return 'shown';
    return before && this.reaches(before) ? 'withdrawn' : 'hidden';
  }

  /** Whether a unit is where this reaches, or belongs there. */
  private isInView(world: UnitWorld, id: number): boolean {
    const slot = world.slotOf(id);
    const cell = world.cell[slot] ?? -1;
    return cell >= 0 && this.seesUnit(this.gate(cell), world, slot);
  }

  /** Whether what lies in these areas, or at this place, may be seen. Areas reach by their codes alone, drawn parts by place. */
  private reaches({ codes, place }: Whereabouts): boolean {
    if (this.everything || codes.some((code) => this.codes.has(code))) return true;
    return place !== undefined && this.jurisdictions.some(({ drawn }) => drawn.contains(...place));
  }

  /** Whether units that belong to the home of this number are its own, wherever they are. */
  isHome(homes: readonly string[], home: number): boolean {
    if (home < 0 || this.codes.size === 0) return false;
    if (home >= this.homes.length) {
      const larger = new Uint8Array(Math.max(home + 1, this.homes.length * 2));
      larger.set(this.homes);
      this.homes = larger;
    }
    if (this.homes[home] === 0) this.homes[home] = this.containsArea(homes[home] ?? '') ? 2 : 1;
    return this.homes[home] === 2;
  }

  /** Whether a code or one that contains it is among the scope's, compared at the dots: 1 does not contain 11. */
  private containsArea(code: string): boolean {
    for (let end = code.length; end > 0; end = code.lastIndexOf('.', end - 1)) {
      if (this.codes.has(code.slice(0, end))) return true;
    }
    return false;
  }
}

/** How shapes cover the parts of a cell together; `undefined` when there are none, or when one of them does not tell. */
function united(divisions: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
  const [first, ...others] = divisions;
  if (!first || others.length === 0) return first;
  const all = first.slice();
  for (const division of others) {
    if (!division) return undefined;
    for (const [part, covers] of division.entries()) {
      if (covers === COVERS.whole || all[part] === COVERS.none) all[part] = covers;
    }
  }
  return all;
}
