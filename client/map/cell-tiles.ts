import { cellMiddle, cellRing, metresPerDegree } from '../../shared/geo/grid.ts';
import type { Grid } from '../../shared/schemas/hotspot.ts';
import { encodeTile, LayerWriter } from '../../shared/tiles/mvt.ts';
import { BUFFER, boundsOf, EXTENT, Projection, type TileId } from '../../shared/tiles/projection.ts';

/** The layer of the tiles, and the property by which a cell is found. */
export const CELL_LAYER = 'cell';

/**
 * The cells of a grid as vector tiles: each tile is made when the map wants it, and holds what it shows alone. Not for the page's
 * own thread.
 */
export class CellTiles {
  private readonly grid: Grid;
  private readonly q: ArrayLike<number>;
  private readonly r: ArrayLike<number>;
  /** Middles, degrees. */
  private readonly lon: Float64Array;
  private readonly lat: Float64Array;
  /** How far a cell reaches from its middle, degrees. */
  private readonly reach: { lon: number; lat: number };

  constructor(grid: Grid, q: ArrayLike<number>, r: ArrayLike<number>) {
    this.grid = grid;
    this.q = q;
    this.r = r;
    this.lon = new Float64Array(q.length);
    this.lat = new Float64Array(q.length);
    for (let at = 0; at < q.length; at++) {
      const [lon, lat] = cellMiddle(grid, { q: q[at] ?? 0, r: r[at] ?? 0 });
      this.lon[at] = lon;
      this.lat[at] = lat;
    }
    const { east, north } = metresPerDegree(grid);
    const height = grid.shape === 'square' ? grid.metres / 2 : grid.metres / Math.sqrt(3);
    this.reach = { lon: grid.metres / 2 / east, lat: height / north };
  }

  /** The tile with every cell that reaches into it or its margin, named `q,r` by its property `cell`; empty without any. */
  tile(id: TileId): Uint8Array<ArrayBuffer> {
    const [west, south, east, north] = boundsOf(id);
    const projection = new Projection(id);
    const layer = new LayerWriter(CELL_LAYER);
    for (let at = 0; at < this.lon.length; at++) {
      const [lon, lat] = [this.lon[at] ?? 0, this.lat[at] ?? 0];
      if (lon + this.reach.lon < west || lon - this.reach.lon > east) continue;
      if (lat + this.reach.lat < south || lat - this.reach.lat > north) continue;
      const cell = { q: this.q[at] ?? 0, r: this.r[at] ?? 0 };
      const ring = clipped(cellRing(this.grid, cell).map(([x, y]) => [projection.x(x), projection.y(y)]));
      if (ring) layer.add(at + 1, { cell: `${cell.q},${cell.r}` }, { polygons: [[ring]] });
    }
    return encodeTile([layer]);
  }
}

type Point = [x: number, y: number];

/** Edges of a tile with its margin: which coordinate, on which side, and where. */
const EDGES = [
  [0, 1, -BUFFER],
  [0, -1, EXTENT + BUFFER],
  [1, 1, -BUFFER],
  [1, -1, EXTENT + BUFFER],
] as const;

/**
 * The part of a closed convex ring within a tile and its margin, in whole units, not closed and turning as shells do; undefined where
 * nothing is left of it. Sutherland and Hodgman, "Reentrant polygon clipping" (1974): a convex ring stays one ring.
 */
function clipped(ring: Point[]): Int32Array | undefined {
  let points = ring.slice(0, -1);
  for (const [axis, side, edge] of EDGES) {
    const off = (point: Point) => side * (point[axis] - edge);
    points = points.flatMap((point, at) => {
      const before = points.at(at - 1) ?? point;
      const [here, there] = [off(point), off(before)];
      const kept = here >= 0 ? [point] : [];
      return here >= 0 === there >= 0 ? kept : [between(before, point, there / (there - here)), ...kept];
    });
  }
  // Degrees count upwards and tiles downwards, so the ring has to be turned.
  const units = Int32Array.from(points.reverse().flat(), Math.round);
  return hasArea(units) ? units : undefined;
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** Whether anything is left of a ring in whole units: farther away cells are smaller than one. */
function hasArea(units: Int32Array): boolean {
  let sum = 0;
  for (let at = 0; at < units.length; at += 2) {
    const next = (at + 2) % units.length;
    sum += (units[at] ?? 0) * (units[next + 1] ?? 0) - (units[next] ?? 0) * (units[at + 1] ?? 0);
  }
  return sum > 0;
}
