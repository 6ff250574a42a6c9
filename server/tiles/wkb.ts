import type { Projection } from '../../shared/tiles/projection.ts';

/** x and y by turns, in tile units. A ring's first point is not repeated at its end. */
export type Path = Float64Array;

/** A geometry in tile units, whatever its type was: surfaces as rings with the shell first, lines, and points as paths of one. */
export interface TileGeometry {
  polygons: Path[][];
  lines: Path[];
  points: Path[];
}

const Z_FLAG = 0x80000000;
const M_FLAG = 0x40000000;
const SRID_FLAG = 0x20000000;

/**
 * Reads PostGIS's EWKB in hexadecimal, the text of a geometry column, projecting every point as it goes.
 * Throws `RangeError` for what is not EWKB.
 */
export function readEwkb(hex: string, projection: Projection): TileGeometry {
  const bytes = Buffer.from(hex, 'hex');
  const geometry: TileGeometry = { polygons: [], lines: [], points: [] };
  new Reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), projection).geometry(geometry);
  return geometry;
}

class Reader {
  private at = 0;
  private readonly view: DataView;
  private readonly projection: Projection;

  constructor(view: DataView, projection: Projection) {
    this.view = view;
    this.projection = projection;
  }

  geometry(into: TileGeometry): void {
    const little = this.view.getUint8(this.at) === 1;
    const type = this.view.getUint32(this.at + 1, little);
    this.at += type & SRID_FLAG ? 9 : 5;
    const stride = 16 + (type & Z_FLAG ? 8 : 0) + (type & M_FLAG ? 8 : 0);
    switch (type & 0xff) {
      case 1:
        into.points.push(this.path(1, stride, little));
        return;
      case 2:
        into.lines.push(this.path(this.count(little), stride, little));
        return;
      case 3: {
        const rings: Path[] = [];
        for (let left = this.count(little); left > 0; left--) {
          const closed = this.path(this.count(little), stride, little);
          rings.push(closed.subarray(0, Math.max(closed.length - 2, 0)));
        }
        into.polygons.push(rings);
        return;
      }
      case 4:
      case 5:
      case 6:
      case 7:
        for (let left = this.count(little); left > 0; left--) this.geometry(into);
        return;
      default:
        throw new RangeError(`geometry type ${type & 0xff} cannot be drawn`);
    }
  }

  private count(little: boolean): number {
    this.at += 4;
    return this.view.getUint32(this.at - 4, little);
  }

  private path(count: number, stride: number, little: boolean): Path {
    const { view, projection } = this;
    const path = new Float64Array(count * 2);
    for (let i = 0; i < count; i++, this.at += stride) {
      path[2 * i] = projection.x(view.getFloat64(this.at, little));
      path[2 * i + 1] = projection.y(view.getFloat64(this.at + 8, little));
    }
    return path;
  }
}
