import type * as maplibregl from 'maplibre-gl';
import { PLACE_KINDS, type Place } from '../../../shared/schemas/place.ts';
import { fetchPlaces } from '../../api/map-data.ts';
import { SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { geojsonSource } from '../graphics.ts';
import { placeIcon } from '../icons.ts';
import { MAP_COLOURS } from '../style/colours.ts';
import { boundsOf } from '../window.ts';

const ID = 'places';
/** Places are asked for and shown from this zoom on. */
const LEAST_ZOOM = 12.5;
/** What there are many of is shown from nearer only, so that names keep their room. */
const NEAR = { pos_kamling: 14, tps: 15 };

export interface PlaceLayer {
  setTheme(theme: Theme): void;
  setVisible(visible: boolean): void;
  /** The place drawn at a point of the canvas (CSS pixels), or `undefined`. */
  placeAt(point: maplibregl.PointLike): { id: string; name: string } | undefined;
  remove(): void;
}

/** Adds guard posts, stations, polling stations and offices of the window, with names as room allows. */
export function addPlaces(map: maplibregl.Map, initialTheme: Theme): PlaceLayer {
  let visible = true;
  let asked = '';
  let stop = new AbortController();

  map.addSource(ID, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer(
    {
      id: ID,
      type: 'symbol',
      source: ID,
      minzoom: LEAST_ZOOM,
      filter: [
        'step',
        ['zoom'],
        ['!', ['in', ['get', 'kind'], ['literal', Object.keys(NEAR)]]],
        NEAR.pos_kamling,
        ['!=', ['get', 'kind'], 'tps'],
        NEAR.tps,
        true,
      ],
      layout: {
        'icon-image': ['concat', 'place-', ['get', 'kind']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], LEAST_ZOOM, 0.7, 16, 1],
        'icon-padding': 1,
        'text-field': ['step', ['zoom'], '', 15.5, ['get', 'name']],
        'text-font': ['Noto Sans'],
        'text-size': 11,
        'text-offset': [0, 1.2],
        'text-anchor': 'top',
        'text-optional': true,
        'text-max-width': 9,
      },
      paint: { 'text-halo-width': 1.4 },
    },
    anchor('place'),
  );

  const setTheme = (theme: Theme) => {
    const colours = MAP_COLOURS[theme];
    map.setPaintProperty(ID, 'text-color', colours.textQuiet);
    map.setPaintProperty(ID, 'text-halo-color', colours.halo);
    const ratio = map.getPixelRatio();
    const { dimmed: ink, panel: ground, hairline: edge } = SURFACES[theme];
    for (const kind of PLACE_KINDS) {
      void placeIcon(kind, { ink, ground, edge }, ratio).then((image) => {
        const id = `place-${kind}`;
        if (map.hasImage(id)) map.removeImage(id);
        map.addImage(id, image, { pixelRatio: ratio });
      });
    }
  };

  const ask = async () => {
    if (!visible || map.getZoom() < LEAST_ZOOM) return;
    // A window wider by half on each side, on a coarse raster: small movements ask nothing.
    const [west, south, east, north] = boundsOf(map);
    const step = 2 ** -Math.floor(map.getZoom() - 8);
    const wider: [number, number, number, number] = [
      Math.floor(west / step) * step,
      Math.floor(south / step) * step,
      Math.ceil(east / step) * step,
      Math.ceil(north / step) * step,
    ];
    if (wider.join() === asked) return;
    asked = wider.join();
    stop.abort();
    stop = new AbortController();
    try {
      const places = await fetchPlaces(wider, stop.signal);
      geojsonSource(map, ID)?.setData({
        type: 'FeatureCollection',
        features: places.map(featureOf),
      });
    } catch {
      // Not shown now; the next movement asks again.
      asked = '';
    }
  };
  map.on('moveend', ask);
  setTheme(initialTheme);
  void ask();

  return {
    setTheme,
    setVisible(next) {
      visible = next;
      map.setLayoutProperty(ID, 'visibility', visible ? 'visible' : 'none');
      void ask();
    },
    placeAt(point) {
      const properties = map.queryRenderedFeatures(point, { layers: [ID] })[0]?.properties;
      return properties ? { id: String(properties.id), name: String(properties.name) } : undefined;
    },
    remove() {
      stop.abort();
      map.off('moveend', ask);
      map.removeLayer(ID);
      map.removeSource(ID);
    },
  };
}

function featureOf({ id, kind, name, lon, lat }: Place): GeoJSON.Feature {
  return { type: 'Feature', properties: { id, kind, name }, geometry: { type: 'Point', coordinates: [lon, lat] } };
}
