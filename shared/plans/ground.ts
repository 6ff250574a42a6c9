import type { PlanGround } from '../schemas/plan.ts';

/** What a plan is painted from, areas by their index; columns as `PlanGround` has them, for reckoning. */
export interface Ground {
  readonly version: string;
  /** How many areas there are. */
  readonly size: number;
  readonly code: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Label points, degrees. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly areaM2: Float64Array;
  /** Length of the whole outline of each, metres. */
  readonly outlineM: Float64Array;
  /** The neighbours of area i are `neighbours[starts[i]]` to `neighbours[starts[i + 1] - 1]`, ascending. */
  readonly starts: Uint32Array;
  readonly neighbours: Uint32Array;
  /** Length of the border with each of them, metres. */
  readonly borderM: Float64Array;
  /**
   * The land that each area lies on, numbered from 0: areas that can be reached from one another over borders are on one.
   * An area without a neighbour is a land of its own, an island.
   */
  readonly land: Uint32Array;
  readonly lands: number;
}

/** The ground that the server answers with, as typed columns. */
export function readGround(answer: PlanGround): Ground {
  const size = answer.code.length;
  const starts = Uint32Array.from(answer.start);
  const neighbours = Uint32Array.from(answer.neighbour);
  const { part: land, count: lands } = partsOf({ size, starts, neighbours }, new Int32Array(size));
  return {
    version: answer.version,
    size,
    code: answer.code,
    indexOf: new Map(answer.code.map((code, index) => [code, index])),
    lon: Float64Array.from(answer.lon),
    lat: Float64Array.from(answer.lat),
    areaM2: Float64Array.from(answer.areaM2),
    outlineM: Float64Array.from(answer.outlineM),
    starts,
    neighbours,
    borderM: Float64Array.from(answer.borderM),
    land: Uint32Array.from(land),
    lands,
  };
}

/**
 * The connected parts that zones fall into: areas of one zone (or of none, −1) that can be reached from one another through
 * that zone alone have one number. Parts are numbered from 0 by their first area.
 * @param zoneOf the zone of each area
 */
export function partsOf(
  { size, starts, neighbours }: Pick<Ground, 'size' | 'starts' | 'neighbours'>,
  zoneOf: Int32Array,
): { part: Int32Array; count: number } {
  const part = new Int32Array(size).fill(-1);
  const waiting = new Uint32Array(size);
  let count = 0;
  for (let first = 0; first < size; first++) {
    if (part[first] !== -1) continue;
    const zone = zoneOf[first];
    part[first] = count;
    waiting[0] = first;
    for (let length = 1; length > 0; ) {
      const area = waiting[--length] ?? 0;
      for (let entry = starts[area] ?? 0; entry < (starts[area + 1] ?? 0); entry++) {
        const other = neighbours[entry] ?? 0;
        if (part[other] !== -1 || zoneOf[other] !== zone) continue;
        part[other] = count;
        waiting[length++] = other;
      }
    }
    count++;
  }
  return { part, count };
}
