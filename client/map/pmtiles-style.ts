import * as maplibregl from 'maplibre-gl';
import { PMTiles, Protocol, TileType } from 'pmtiles';
import type { Theme } from '../palette.ts';
import { MAP_COLOURS } from './style/colours.ts';

let protocol: Protocol | undefined;

/**
 * A plain style over the PMTiles file at `address`: its picture tiles as they are, or its vector layers drawn in our
 * colours by the kind of their geometry. Rejects when the file cannot be read.
 */
export async function pmtilesStyle(address: string, theme: Theme): Promise<maplibregl.StyleSpecification> {
  if (!protocol) {
    protocol = new Protocol();
    maplibregl.addProtocol('pmtiles', protocol.tile);
  }
  const file = new PMTiles(address);
  protocol.add(file);
  const header = await file.getHeader();
  const zooms = { minzoom: header.minZoom, maxzoom: header.maxZoom };
  const url = `pmtiles://${address}`;
  const { sea } = MAP_COLOURS[theme];
  const ground: maplibregl.LayerSpecification = {
    id: 'ground',
    type: 'background',
    paint: { 'background-color': sea },
  };
  if (header.tileType !== TileType.Mvt) {
    return {
      version: 8,
      sources: { tiles: { type: 'raster', url, tileSize: 256, ...zooms } },
      layers: [ground, { id: 'tiles', type: 'raster', source: 'tiles' }],
    };
  }
  const metadata = (await file.getMetadata()) as { vector_layers?: { id: string }[] };
  return {
    version: 8,
    sources: { tiles: { type: 'vector', url, ...zooms } },
    layers: [ground, ...(metadata.vector_layers ?? []).flatMap(({ id }) => drawn(id, theme))],
  };
}

/** Fill, line and colour of a layer of unknown kind, told by its usual names. */
function drawn(id: string, theme: Theme): maplibregl.LayerSpecification[] {
  const { sea, land, green, building, streets, coast } = MAP_COLOURS[theme];
  const fill = /water|ocean/.test(id)
    ? sea
    : /park|wood|green|landcover/.test(id)
      ? green
      : /build/.test(id)
        ? building
        : land;
  const line = /road|transport|street/.test(id) ? streets.secondary : /water/.test(id) ? sea : coast;
  const common = { source: 'tiles', 'source-layer': id };
  return [
    {
      id: `${id}-fill`,
      type: 'fill',
      ...common,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': fill },
    },
    {
      id: `${id}-line`,
      type: 'line',
      ...common,
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': line, 'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 8, 0.4, 17, 6] },
    },
  ];
}
