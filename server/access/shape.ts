import { CELL_ZOOM, cellKey, cellX, cellY, latitudeOf, mercatorX, mercatorY } from '../../shared/live/cells.ts';
import { FINE_BITS } from './division.ts';
import { borderOf, distanceTo, type Edges, type Polygon } from './shape-edges.ts';

/** How a shape covers a cell: not at all, wholly, or its border runs through it. */
export const COVERS = { none: 0, whole: 1, part: 2 } as const;
export type Covers = (typeof COVERS)[keyof typeof COVERS];

/** Cut cells of one shape; of a shape with more the index is coarser. */
const MOST_CUT = 32_768;
const MOST_STRIPS = 256;
/** In how many strips an edge may be, in the mean of its row. */
const STRIPS_AN_EDGE = 8;
/** Strips to the north and to the south that are looked at for the nearest edge. */
const STRIPS_AROUND = 2;
/** Degrees, 0.1 mm: an edge this near to a cell is in it, however the last bits were rounded. */
const MARGIN = 1e-9;
const TILES = 2 ** CELL_ZOOM;

/** The tiles of one row that the border runs through, from west to east, and its edges by strips from north to south. */
interface Row {
  readonly north: number;
  readonly south: number;
  readonly edges: Int32Array;
  readonly cut: Int32Array;
  /** What covers the tiles east of each cut one, up to the next. */
  readonly east: Uint8Array;
  readonly strips: Int32Array[];
}

/**
 * What a set of polygons covers together, in memory, for many fast questions: is this cell of the live stream inside, is
 * this place? Straight edges are straight in longitude and latitude, as in the database. Exact up to 0.1 mm.
 */
export class Shape {
  private readonly edges: Edges;
  private readonly bounds: readonly [west: number, south: number, east: number, north: number];
  /** Zoom of the tiles of the index: that of the cells, or less for a very long border. */
  private readonly level: number;
  private readonly firstRow: number;
  private readonly rows: (Row | undefined)[];
  /** The divisions of cut cells, made when first asked for. */
  private readonly fine = new Map<number, Uint8Array>();

  /** Throws RangeError for coordinates that are no numbers. */
  constructor(polygons: readonly Polygon[]) {
    this.edges = borderOf(polygons);
    this.bounds = boundsOf(this.edges);
    let level = CELL_ZOOM;
    let traced = this.trace(level);
    while (!traced) traced = this.trace(--level);
    this.level = level;
    this.firstRow = rowOf(this.bounds[3] + MARGIN, 2 ** level);
    this.rows = traced.map((row, index) => row && this.makeRow(row.edges, row.cut, this.firstRow + index, level));
    for (const [index, row] of this.rows.entries()) {
      if (row) this.fillEast(row, this.firstRow + index);
    }
  }

  /** How it covers a cell of the live stream, by the cell's key. */
  cell(key: number): Covers {
    const below = CELL_ZOOM - this.level;
    const row = this.rows[(cellY(key) >> below) - this.firstRow];
    if (!row) return COVERS.none;
    const column = cellX(key) >> below;
    const index = lastUpTo(row.cut, column);
    if (index < 0) return COVERS.none;
    if (row.cut[index] === column) return COVERS.part;
    return row.east[index] === COVERS.whole ? COVERS.whole : COVERS.none;
  }

  /**
   * The division of a cell that the border runs through into 32 × 32, row by row from north-west: how each is covered.
   * `undefined` where the index is coarser than cells, and of other cells.
   */
  divided(key: number): Uint8Array | undefined {
    const known = this.fine.get(key);
    if (known || this.level !== CELL_ZOOM) return known;
    return this.cell(key) === COVERS.part ? this.divide(key) : undefined;
  }

  /** Whether a place is inside. */
  contains(lon: number, lat: number): boolean {
    const { bounds } = this;
    if (!(lon >= bounds[0] && lat >= bounds[1] && lon <= bounds[2] && lat <= bounds[3])) return false;
    const key = cellKey(columnOf(lon, TILES), rowOf(lat, TILES));
    const covers = this.cell(key);
    return covers === COVERS.part ? this.containsWithin(key, lon, lat) : covers === COVERS.whole;
  }

  /** Whether a place of this cell is inside, asked of the border itself: exact, and slower than a look at the cell. */
  containsWithin(key: number, lon: number, lat: number): boolean {
    return this.winds(this.rows[(cellY(key) >> (CELL_ZOOM - this.level)) - this.firstRow], lon, lat);
  }

  /** Degrees around a place of this cell within which no border runs: at most to the nearest, and 0 where it is not known. */
  clearance(key: number, lon: number, lat: number): number {
    const row = this.rows[(cellY(key) >> (CELL_ZOOM - this.level)) - this.firstRow];
    if (!row) return 0;
    const { north, south, strips } = row;
    const at = stripOf(row, strips.length, lat);
    const first = Math.max(0, at - STRIPS_AROUND);
    const end = Math.min(strips.length, at + STRIPS_AROUND + 1);
    const height = (north - south) / strips.length;
    let degrees = Math.min(north - first * height - lat, lat - (north - end * height));
    for (let strip = first; strip < end; strip++) {
      degrees = Math.min(degrees, distanceTo(this.edges, strips[strip] ?? [], lon, lat));
    }
    return Math.max(0, degrees);
  }

  /** Whether the border goes around a place, counted over the edges of its strip. */
  private winds(row: Row | undefined, lon: number, lat: number): boolean {
    const strip = row?.strips[stripOf(row, row.strips.length, lat)];
    if (!strip) return false;
    const { x1, y1, x2, y2 } = this.edges;
    let winding = 0;
    for (let i = 0; i < strip.length; i++) {
      const edge = strip[i] ?? 0;
      const fromY = y1[edge] ?? 0;
      const toY = y2[edge] ?? 0;
      const isUp = fromY <= lat && lat < toY;
      if (!isUp && !(toY <= lat && lat < fromY)) continue;
      const fromX = x1[edge] ?? 0;
      const toX = x2[edge] ?? 0;
      const side = (toX - fromX) * (lat - fromY) - (lon - fromX) * (toY - fromY);
      if (isUp && side > 0) winding++;
      else if (!isUp && side < 0) winding--;
    }
    return winding > 0;
  }

  /** The edges and cut columns of each row of tiles, from the northernmost; `undefined` when there are too many. */
  private trace(level: number): ({ edges: number[]; cut: Set<number> } | undefined)[] | undefined {
    const tiles = 2 ** level;
    const first = rowOf(this.bounds[3] + MARGIN, tiles);
    const rows: ({ edges: number[]; cut: Set<number> } | undefined)[] = [];
    let cuts = 0;
    for (let edge = 0; edge < this.edges.count; edge++) {
      eachRow(this.edges, edge, tiles, 0, tiles - 1, (y, from, to) => {
        const row = rows[y - first] ?? { edges: [], cut: new Set() };
        rows[y - first] = row;
        row.edges.push(edge);
        cuts += to - from + 1;
        // Counted with repetitions, which are few; at the coarsest level there is no other.
        if (cuts > MOST_CUT + this.edges.count * 4 && level > 0) return false;
        for (let x = from; x <= to; x++) row.cut.add(x);
        return true;
      });
      if (cuts > MOST_CUT + this.edges.count * 4 && level > 0) return undefined;
    }
    return rows;
  }

  private makeRow(all: readonly number[], columns: ReadonlySet<number>, y: number, level: number): Row {
    const edges = Int32Array.from(all);
    const cut = Int32Array.from(columns).sort();
    const [south, north] = latitudes(y, 2 ** level);
    const row = { north, south, edges, cut, east: new Uint8Array(cut.length), strips: [] as Int32Array[] };
    let count = Math.max(1, Math.min(MOST_STRIPS, edges.length));
    const spanOf = (edge: number): [number, number] => {
      const a = this.edges.y1[edge] ?? 0;
      const b = this.edges.y2[edge] ?? 0;
      return [stripOf(row, count, Math.max(a, b)), stripOf(row, count, Math.min(a, b))];
    };
    // Edges that run through the whole row would be in every strip.
    const total = edges.reduce((sum, edge) => sum + spanOf(edge)[1] - spanOf(edge)[0] + 1, 0);
    if (total > STRIPS_AN_EDGE * edges.length) {
      count = Math.max(1, Math.floor((count * STRIPS_AN_EDGE * edges.length) / total));
    }
    const strips = Array.from({ length: count }, () => [] as number[]);
    for (const edge of edges) {
      const [from, to] = spanOf(edge);
      for (let strip = from; strip <= to; strip++) strips[strip]?.push(edge);
    }
    row.strips = strips.map((strip) => Int32Array.from(strip));
    return row;
  }

  private fillEast(row: Row, y: number): void {
    const tiles = 2 ** this.level;
    const lat = latitudeOf((y + 0.5) / tiles);
    for (const [index, column] of row.cut.entries()) {
      if (row.cut[index + 1] === column + 1 || column + 1 >= tiles) continue;
      row.east[index] = this.winds(row, ((column + 1.5) / tiles) * 360 - 180, lat) ? COVERS.whole : COVERS.none;
    }
  }

  private divide(key: number): Uint8Array {
    const parts = 2 ** FINE_BITS;
    const tiles = 2 ** (CELL_ZOOM + FINE_BITS);
    const [x0, y0] = [cellX(key) << FINE_BITS, cellY(key) << FINE_BITS];
    const fine = new Uint8Array(parts * parts);
    for (const edge of this.rows[cellY(key) - this.firstRow]?.edges ?? []) {
      eachRow(this.edges, edge, tiles, y0, y0 + parts - 1, (y, from, to) => {
        const last = Math.min(to, x0 + parts - 1);
        for (let x = Math.max(from, x0); x <= last; x++) fine[((y - y0) << FINE_BITS) | (x - x0)] = COVERS.part;
        return true;
      });
    }
    const row = this.rows[cellY(key) - this.firstRow];
    for (let y = 0; y < parts; y++) {
      const lat = latitudeOf((y0 + y + 0.5) / tiles);
      // Next to one another without a cut part between them, parts are the same.
      let known: Covers = COVERS.part;
      for (let x = 0; x < parts; x++) {
        const part = (y << FINE_BITS) | x;
        if (fine[part] === COVERS.part) known = COVERS.part;
        else {
          if (known === COVERS.part) {
            known = this.winds(row, ((x0 + x + 0.5) / tiles) * 360 - 180, lat) ? COVERS.whole : COVERS.none;
          }
          fine[part] = known;
        }
      }
    }
    this.fine.set(key, fine);
    return fine;
  }
}

/** Calls back with each row of tiles that an edge runs through between `top` and `bottom`, and its columns there, until that gives false. */
function eachRow(
  edges: Edges,
  edge: number,
  tiles: number,
  top: number,
  bottom: number,
  visit: (y: number, from: number, to: number) => boolean,
): void {
  const [ax, ay, bx, by] = [edges.x1[edge] ?? 0, edges.y1[edge] ?? 0, edges.x2[edge] ?? 0, edges.y2[edge] ?? 0];
  const [low, high] = [Math.min(ay, by), Math.max(ay, by)];
  const [west, east] = [Math.min(ax, bx), Math.max(ax, bx)];
  const slope = high - low > MARGIN ? (bx - ax) / (by - ay) : undefined;
  const last = Math.min(bottom, rowOf(low - MARGIN, tiles));
  for (let y = Math.max(top, rowOf(high + MARGIN, tiles)); y <= last; y++) {
    let [from, to] = [west, east];
    if (slope !== undefined) {
      const [south, north] = latitudes(y, tiles);
      const one = ax + (Math.max(low, south - MARGIN) - ay) * slope;
      const other = ax + (Math.min(high, north + MARGIN) - ay) * slope;
      from = Math.max(west, Math.min(one, other));
      to = Math.min(east, Math.max(one, other));
    }
    if (!visit(y, columnOf(from - MARGIN, tiles), columnOf(to + MARGIN, tiles))) return;
  }
}

/** South and north end of a row of tiles; the outermost rows reach to the poles. */
function latitudes(y: number, tiles: number): [south: number, north: number] {
  return [y === tiles - 1 ? -90 : latitudeOf((y + 1) / tiles), y === 0 ? 90 : latitudeOf(y / tiles)];
}

function rowOf(lat: number, tiles: number): number {
  return Math.max(0, Math.min(tiles - 1, Math.floor(mercatorY(lat) * tiles)));
}

function columnOf(lon: number, tiles: number): number {
  return Math.max(0, Math.min(tiles - 1, Math.floor(mercatorX(lon) * tiles)));
}

function stripOf({ north, south }: Pick<Row, 'north' | 'south'>, count: number, lat: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(((north - lat) / (north - south)) * count)));
}

/** Index of the last of the rising numbers that is not above `value`; −1 when there is none. */
function lastUpTo(numbers: Int32Array, value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function boundsOf({ count, x1, y1, x2, y2 }: Edges): [number, number, number, number] {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let i = 0; i < count; i++) {
    west = Math.min(west, x1[i] ?? 0, x2[i] ?? 0);
    east = Math.max(east, x1[i] ?? 0, x2[i] ?? 0);
    south = Math.min(south, y1[i] ?? 0, y2[i] ?? 0);
    north = Math.max(north, y1[i] ?? 0, y2[i] ?? 0);
  }
  return [west, south, east, north];
}
