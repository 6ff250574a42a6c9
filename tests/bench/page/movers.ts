/** Metres in a degree of latitude. */
const DEGREE = 111_320;
/** Metres a second: a car in town, 50 km/h. */
const SPEED = 14;

/** Points that drive about within bounds, each straight on with a small turn now and then. Degrees. */
export class Movers {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  private readonly heading: Float64Array;
  private readonly bounds: [number, number, number, number];
  private readonly random: () => number;

  constructor(count: number, bounds: [number, number, number, number], random: () => number) {
    const [west, south, east, north] = bounds;
    this.bounds = bounds;
    this.random = random;
    this.lon = Float64Array.from({ length: count }, () => west + random() * (east - west));
    this.lat = Float64Array.from({ length: count }, () => south + random() * (north - south));
    this.heading = Float64Array.from({ length: count }, () => random() * 2 * Math.PI);
  }

  all(): number[] {
    return Array.from(this.lon.keys());
  }

  /** The slots that report in one of `turns` turns a second. */
  turn(turn: number, turns: number): number[] {
    return this.all().filter((slot) => slot % turns === turn);
  }

  /** A second's way on. */
  step(slot: number): void {
    const [west, south, east, north] = this.bounds;
    const heading = (this.heading[slot] ?? 0) + (this.random() - 0.5) * 0.3;
    const lon = (this.lon[slot] ?? 0) + (Math.sin(heading) * SPEED) / DEGREE;
    const lat = (this.lat[slot] ?? 0) + (Math.cos(heading) * SPEED) / DEGREE;
    const inside = lon > west && lon < east && lat > south && lat < north;
    this.heading[slot] = inside ? heading : heading + Math.PI;
    if (!inside) return;
    this.lon[slot] = lon;
    this.lat[slot] = lat;
  }

  /** Heading in 1/256 of a turn clockwise from north. */
  headingByte(slot: number): number {
    return Math.round(((this.heading[slot] ?? 0) / (2 * Math.PI)) * 256) & 255;
  }
}
