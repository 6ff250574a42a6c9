import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** A feature of a decoded tile: its rings, lines or points as [x, y] lists in tile units, rings closed. */
export interface DecodedFeature {
  id: number | undefined;
  type: number;
  properties: Record<string, string | number | boolean>;
  parts: [number, number][][];
}

/** Decodes a vector tile with the library that the page's map uses: features by layer. */
export function decodeTile(bytes: Uint8Array): Record<string, DecodedFeature[]> {
  const { layers } = new VectorTile(new PbfReader(bytes));
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => [
      name,
      Array.from({ length: layer.length }, (_, index) => {
        const feature = layer.feature(index);
        return {
          id: feature.id,
          type: feature.type,
          properties: feature.properties as DecodedFeature['properties'],
          parts: feature.loadGeometry().map((part) => part.map((point): [number, number] => [point.x, point.y])),
        };
      }),
    ]),
  );
}

/** Number of the tile at a place, column and row. */
export function tileAt(lon: number, lat: number, z: number): [x: number, y: number] {
  const tiles = 2 ** z;
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return [Math.floor((lon / 360 + 0.5) * tiles), Math.floor(y * tiles)];
}
