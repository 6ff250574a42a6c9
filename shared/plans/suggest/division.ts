import { Leaving } from '../leaving.ts';
import type { Region } from './region.ts';

/** A share of the mean that a zone's workload may be from it without much harm. */
const EASY = 0.05;
/** Where being further from the mean begins to count far more than shape. */
const HARD = 0.08;

/** A region in zones, with what each has, that areas can go between. */
export class Division {
  readonly region: Region;
  /** The zone of each area of the region. */
  readonly zoneOf: Int32Array;
  readonly zones: number;
  readonly count: Uint32Array;
  readonly workload: Float64Array;
  readonly #areaM2: Float64Array;
  readonly #outlineM: Float64Array;
  readonly #leaving: Leaving;

  constructor(region: Region, zones: number, zoneOf: Int32Array) {
    this.region = region;
    this.zones = zones;
    this.zoneOf = zoneOf;
    this.count = new Uint32Array(zones);
    this.workload = new Float64Array(zones);
    this.#areaM2 = new Float64Array(zones);
    this.#outlineM = new Float64Array(zones);
    this.#leaving = new Leaving(region);
    for (let area = 0; area < region.size; area++) this.#put(area, zoneOf[area] ?? 0, 1);
    for (let area = 0; area < region.size; area++) {
      const zone = zoneOf[area] ?? 0;
      this.#outlineM[zone] = (this.#outlineM[zone] ?? 0) - this.borderWith(area, zone);
    }
  }

  /** Length of an area's border with a zone, metres. */
  borderWith(area: number, zone: number): number {
    const { starts, neighbours, borderM } = this.region;
    let length = 0;
    for (let entry = starts[area] ?? 0; entry < (starts[area + 1] ?? 0); entry++)
      if (this.zoneOf[neighbours[entry] ?? 0] === zone) length += borderM[entry] ?? 0;
    return length;
  }

  /** What is to be said against a zone: how far its workload is from the mean, and how little compact it is. */
  cost(zone: number): number {
    return costOf(
      (this.workload[zone] ?? 0) / this.region.target - 1,
      this.#areaM2[zone] ?? 0,
      this.#outlineM[zone] ?? 0,
    );
  }

  /** What is to be said against the whole. */
  totalCost(): number {
    let sum = 0;
    for (let zone = 0; zone < this.zones; zone++) sum += this.cost(zone);
    return sum;
  }

  /** How much dearer it is with an area in another zone. */
  costOfMove(area: number, to: number): number {
    const from = this.zoneOf[area] ?? 0;
    const { workload, areaM2, outlineM } = this.region;
    const [load, size, outline] = [workload[area] ?? 0, areaM2[area] ?? 0, outlineM[area] ?? 0];
    const { target } = this.region;
    const left = costOf(
      ((this.workload[from] ?? 0) - load) / target - 1,
      (this.#areaM2[from] ?? 0) - size,
      (this.#outlineM[from] ?? 0) - outline + 2 * this.borderWith(area, from),
    );
    const grown = costOf(
      ((this.workload[to] ?? 0) + load) / target - 1,
      (this.#areaM2[to] ?? 0) + size,
      (this.#outlineM[to] ?? 0) + outline - 2 * this.borderWith(area, to),
    );
    return left + grown - this.cost(from) - this.cost(to);
  }

  /** Puts an area into another zone, whatever becomes of the one it was in. */
  move(area: number, to: number): void {
    const from = this.zoneOf[area] ?? 0;
    this.#outlineM[from] = (this.#outlineM[from] ?? 0) + 2 * this.borderWith(area, from);
    this.#outlineM[to] = (this.#outlineM[to] ?? 0) - 2 * this.borderWith(area, to);
    this.#put(area, from, -1);
    this.zoneOf[area] = to;
    this.#put(area, to, 1);
  }

  /** Whether its zone stays connected, and is not left empty, without an area. */
  canLeave(area: number): boolean {
    return (this.count[this.zoneOf[area] ?? 0] ?? 0) > 1 && this.#leaving.leavesWhole(this.zoneOf, area);
  }

  #put(area: number, zone: number, sign: 1 | -1): void {
    this.count[zone] = (this.count[zone] ?? 0) + sign;
    this.workload[zone] = (this.workload[zone] ?? 0) + sign * (this.region.workload[area] ?? 0);
    this.#areaM2[zone] = (this.#areaM2[zone] ?? 0) + sign * (this.region.areaM2[area] ?? 0);
    this.#outlineM[zone] = (this.#outlineM[zone] ?? 0) + sign * (this.region.outlineM[area] ?? 0);
  }
}

function costOf(deviation: number, areaM2: number, outlineM: number): number {
  const away = Math.abs(deviation);
  const uneven = (away / EASY) ** 2 / 4 + (away > HARD ? (40 * (away - HARD)) / EASY : 0);
  // The inverse of the measure of Polsby and Popper: 1 for a circle.
  return uneven + (areaM2 > 0 ? outlineM ** 2 / (4 * Math.PI * areaM2) : 0);
}
