import { encodeTile, LayerWriter, type Properties } from '../../shared/tiles/mvt.ts';
import { EXTENT, Projection, type TileId } from '../../shared/tiles/projection.ts';
import { DRAWN } from './area-tile.ts';
import { clipPath } from './edge-clip.ts';
import { clipPolygon } from './polygon-clip.ts';
import { quantiseLine, quantisePolygon } from './quantise.ts';
import type { BaseRow } from './queries.ts';
import { simplifyLine } from './simplify.ts';
import { type Path, readEwkb } from './wkb.ts';

/** The vector tile of these features of the base map, in their order: a layer for each kind. Empty where there is nothing. */
export function drawBase(rows: BaseRow[], tile: TileId): Uint8Array<ArrayBuffer> {
  const projection = new Projection(tile);
  const layers = new Map<string, LayerWriter>();
  for (const row of rows) {
    let layer = layers.get(row.kind);
    if (!layer) {
      layer = new LayerWriter(row.kind);
      layers.set(row.kind, layer);
    }
    const properties: Properties = { class: row.class };
    if (row.name) properties.name = row.name;
    const shape = readEwkb(row.shape, projection);
    const polygons = shape.polygons.flatMap((rings) => clipPolygon(rings, DRAWN).map(quantisePolygon));
    layer.add(row.id, properties, { polygons });
    layer.add(row.id, properties, { lines: shape.lines.flatMap(drawnLine) });
    for (const point of shape.points) {
      const x = Math.floor(point[0] ?? -1);
      const y = Math.floor(point[1] ?? -1);
      if (x >= 0 && x < EXTENT && y >= 0 && y < EXTENT) layer.add(row.id, properties, { point: [x, y] });
    }
  }
  return encodeTile([...layers.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
}

function drawnLine(line: Path): Int32Array[] {
  const { whole, chains } = clipPath(line, false, DRAWN);
  if (whole === 'outside') return [];
  const parts = whole === 'inside' ? [line] : chains.map((chain) => Float64Array.from(chain.points));
  return parts.map((part) => quantiseLine(simplifyLine(part)));
}
