import { ByteWriter } from './byte-writer.ts';
import { EXTENT } from './projection.ts';

const POINT = 1;
const LINE = 2;
const POLYGON = 3;

const MOVE_TO = 1;
const LINE_TO = 2;
const CLOSE_PATH = 7;

export type Properties = Record<string, string | number>;

/** Rings, lines or points in whole tile units, x and y by turns. Rings are not closed: the encoding says so itself. */
export type FeatureGeometry =
  | { polygons: Int32Array[][] }
  | { lines: Int32Array[] }
  | { point: readonly [x: number, y: number] };

/** One layer of a vector tile in the making. */
export class LayerWriter {
  readonly name: string;
  private readonly features = new ByteWriter();
  private readonly geometry = new ByteWriter();
  private readonly feature = new ByteWriter();
  private readonly keys = new Map<string, number>();
  private readonly values = new Map<string | number, number>();

  constructor(name: string) {
    this.name = name;
  }

  /** Adds a feature. `id` is a whole number ≥ 0; numbers among the properties are whole and ≥ 0 too. */
  add(id: number, properties: Properties, shape: FeatureGeometry): void {
    const { geometry, feature } = this;
    geometry.clear();
    const type = writeGeometry(geometry, shape);
    if (geometry.length === 0) return;
    feature.clear();
    feature.varintField(1, id);
    feature.packedField(2, this.tagsOf(properties));
    feature.varintField(3, type);
    feature.bytesField(4, geometry);
    this.features.bytesField(2, feature);
  }

  private tagsOf(properties: Properties): number[] {
    const tags: number[] = [];
    for (const [key, value] of Object.entries(properties))
      tags.push(indexIn(this.keys, key), indexIn(this.values, value));
    return tags;
  }

  /** Writes the layer, unless nothing was added. */
  writeTo(tile: ByteWriter): void {
    if (this.features.length === 0) return;
    const layer = new ByteWriter();
    layer.varintField(15, 2);
    layer.textField(1, this.name);
    layer.bytes(this.features);
    for (const key of this.keys.keys()) layer.textField(3, key);
    const value = new ByteWriter();
    for (const entry of this.values.keys()) {
      value.clear();
      if (typeof entry === 'string') value.textField(1, entry);
      else value.varintField(5, entry);
      layer.bytesField(4, value);
    }
    layer.varintField(5, EXTENT);
    tile.bytesField(3, layer);
  }
}

/** A vector tile (Mapbox Vector Tile 2.1) of these layers, in their order; empty ones are left out. */
export function encodeTile(layers: Iterable<LayerWriter>): Uint8Array<ArrayBuffer> {
  const tile = new ByteWriter();
  for (const layer of layers) layer.writeTo(tile);
  return tile.toBytes();
}

function indexIn<T>(table: Map<T, number>, entry: T): number {
  const known = table.get(entry);
  if (known !== undefined) return known;
  const index = table.size;
  table.set(entry, index);
  return index;
}

/** Writes the drawing commands; gives the feature's type. */
function writeGeometry(out: ByteWriter, shape: FeatureGeometry): number {
  const pen: [number, number] = [0, 0];
  if ('point' in shape) {
    out.varint((1 << 3) | MOVE_TO);
    moveTo(out, pen, shape.point[0], shape.point[1]);
    return POINT;
  }
  if ('lines' in shape) {
    for (const line of shape.lines) if (line.length >= 4) writePath(out, line, pen);
    return LINE;
  }
  for (const rings of shape.polygons) {
    for (const ring of rings) {
      writePath(out, ring, pen);
      out.varint((1 << 3) | CLOSE_PATH);
    }
  }
  return POLYGON;
}

function writePath(out: ByteWriter, path: Int32Array, pen: [number, number]): void {
  out.varint((1 << 3) | MOVE_TO);
  moveTo(out, pen, path[0] as number, path[1] as number);
  out.varint(((path.length / 2 - 1) << 3) | LINE_TO);
  let [x, y] = pen;
  for (let i = 2; i < path.length; i += 2) {
    const nextX = path[i] as number;
    const nextY = path[i + 1] as number;
    out.varint(zigzag(nextX - x));
    out.varint(zigzag(nextY - y));
    x = nextX;
    y = nextY;
  }
  pen[0] = x;
  pen[1] = y;
}

function moveTo(out: ByteWriter, pen: [number, number], x: number, y: number): void {
  out.varint(zigzag(x - pen[0]));
  out.varint(zigzag(y - pen[1]));
  pen[0] = x;
  pen[1] = y;
}

function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}
