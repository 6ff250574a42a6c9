import type * as maplibregl from 'maplibre-gl';
import type { AreaLevel } from '../../../shared/area-code.ts';
import { AREA_TILE_MAX_ZOOM, LEVEL_FROM_ZOOM } from '../../../shared/geo/bands.ts';
import { fetchAreaShape } from '../../api/map-data.ts';
import type { Theme } from '../../palette.ts';
import { stands } from '../graphics.ts';
import { addPaintedPlaces, type PaintedPlaces } from './painted-places.ts';

const ID = 'analysis-areas';

export interface AnalysisAreas extends PaintedPlaces {
  level: AreaLevel;
  /** Reads the areas anew, after an import. */
  refresh(): void;
}

/** Adds the areas of one level, to be painted by their code at every zoom from {@link LEVEL_FROM_ZOOM} on. */
export function addAnalysisAreas(map: maplibregl.Map, level: AreaLevel, theme: Theme): AnalysisAreas {
  map.addSource(ID, {
    type: 'vector',
    tiles: [`${location.origin}/tiles/areas/{z}/{x}/{y}.mvt?level=${level}`],
    minzoom: LEVEL_FROM_ZOOM[level],
    maxzoom: AREA_TILE_MAX_ZOOM,
    promoteId: 'code',
  });
  const places = addPaintedPlaces(
    map,
    { id: ID, source: ID, sourceLayer: 'area', promoted: 'code', shapeOf: fetchAreaShape },
    theme,
  );
  return {
    ...places,
    level,
    refresh() {
      if (stands(map)) map.refreshTiles(ID);
    },
    remove() {
      places.remove();
      map.removeSource(ID);
    },
  };
}
