import { AREA_LEVELS, type AreaLevel } from '../../shared/area-code.ts';
import { encodeTile, LayerWriter, type Properties } from '../../shared/tiles/mvt.ts';
import { BUFFER, EXTENT, Projection, type TileId } from '../../shared/tiles/projection.ts';
import type { Square } from './edge-clip.ts';
import { Outlines } from './outline.ts';
import { clipPolygon } from './polygon-clip.ts';
import { quantisePolygon } from './quantise.ts';
import type { AreaRow } from './queries.ts';
import { readEwkb } from './wkb.ts';

/** A fraction beyond the buffer, where no point of a boundary comes to lie by chance. It rounds to the buffer. */
export const DRAWN: Square = { min: -BUFFER - 0.377, max: EXTENT + BUFFER + 0.377 };

/** The vector tile of these areas, in their order: layers `area`, `border` and `label`. Empty where there is nothing. */
export function drawAreas(rows: AreaRow[], tile: TileId): Uint8Array<ArrayBuffer> {
  const projection = new Projection(tile);
  const area = new LayerWriter('area');
  const border = new LayerWriter('border');
  const label = new LayerWriter('label');
  const outlines = new Outlines(DRAWN);
  for (const row of rows) {
    const { id, code, name, level, named } = row;
    const properties: Properties = { code, ...(named ? { name } : {}), level };
    const { polygons } = readEwkb(row.shape, projection);
    if (row.filled) {
      const drawn = polygons.flatMap((rings) => clipPolygon(rings, DRAWN).map(quantisePolygon));
      area.add(id, properties, { polygons: drawn });
    } else {
      border.add(id, properties, { lines: polygons.flat().flatMap((ring) => outlines.linesOf(ring)) });
    }
    const at = named ? ownLabel(row, projection) : undefined;
    if (at) label.add(id, { code, name, level, rank: rankOf(level, row.areaM2) }, { point: at });
  }
  return encodeTile([area, border, label]);
}

/** Where the label stands when this tile owns it: each place belongs to one tile of a zoom, its west and north edge included. */
function ownLabel({ labelLon, labelLat }: AreaRow, projection: Projection): [number, number] | undefined {
  const x = Math.floor(projection.x(labelLon));
  const y = Math.floor(projection.y(labelLat));
  return x >= 0 && x < EXTENT && y >= 0 && y < EXTENT ? [x, y] : undefined;
}

/** Which label gives way: the higher rank. Wider levels come first, then larger areas. */
function rankOf(level: AreaLevel, areaM2: number): number {
  return AREA_LEVELS.indexOf(level) * 50 + Math.min(Math.max(Math.round(42 - Math.log2(areaM2 + 1)), 0), 49);
}
