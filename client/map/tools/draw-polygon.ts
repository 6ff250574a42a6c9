import type * as maplibregl from 'maplibre-gl';
import { TerraDraw, TerraDrawPolygonMode } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Theme } from '../../palette.ts';
import { MAP_COLOURS } from '../style/colours.ts';

/**
 * Lets the person draw one polygon, corner by corner. Calls back once with its rings (degrees, closed). Returns the way to
 * give up; it is to be called after the polygon was taken, too.
 */
export function drawPolygon(
  map: maplibregl.Map,
  theme: Theme,
  onDone: (rings: GeoJSON.Position[][]) => void,
): () => void {
  const colour = hex(MAP_COLOURS[theme].selected);
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, prefixId: 'draw' }),
    modes: [
      new TerraDrawPolygonMode({
        // Escape gives the tool back altogether.
        keyEvents: { cancel: null, finish: 'Enter' },
        styles: {
          fillColor: colour,
          fillOpacity: 0.2,
          outlineColor: colour,
          outlineWidth: 2,
          closingPointColor: colour,
        },
      }),
    ],
  });
  draw.start();
  draw.setMode('polygon');
  draw.on('finish', (id) => {
    const geometry = draw.getSnapshotFeature(id)?.geometry;
    if (geometry?.type === 'Polygon') onDone(geometry.coordinates);
  });
  return () => {
    if (draw.enabled) draw.stop();
  };
}

/** A colour of the palette as terra-draw types it. */
function hex(colour: string): `#${string}` {
  return `#${colour.replace('#', '')}`;
}
