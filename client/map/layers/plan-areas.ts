import type * as maplibregl from 'maplibre-gl';
import type { AreaLevel } from '../../../shared/area-code.ts';
import { AREA_TILE_MAX_ZOOM, LEVEL_FROM_ZOOM } from '../../../shared/geo/bands.ts';
import { PLAN_OPACITY } from '../../figure-palette.ts';
import { SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { stands } from '../graphics.ts';
import { addPattern } from './patterns.ts';

const ID = 'plan-areas';

export interface PlanAreas {
  /**
   * Colours areas by code: `#RRGGBB`, or empty where the ground shows; hatched are those that are told apart beside it. Only
   * what differs from before is touched.
   */
  paint(codes: readonly string[], colours: readonly string[], hatched: (index: number) => boolean): void;
  refresh(): void;
  setTheme(theme: Theme): void;
  remove(): void;
}

/** Adds the areas that a plan is painted from: a new colour is drawn in the next frame, without any tile being made anew. */
export function addPlanAreas(map: maplibregl.Map, level: AreaLevel, initialTheme: Theme): PlanAreas {
  map.addSource(ID, {
    type: 'vector',
    tiles: [`${location.origin}/tiles/areas/{z}/{x}/{y}.mvt?level=${level}`],
    minzoom: LEVEL_FROM_ZOOM[level],
    maxzoom: AREA_TILE_MAX_ZOOM,
    promoteId: 'code',
  });
  const layers: maplibregl.LayerSpecification[] = [
    {
      id: `${ID}-fill`,
      type: 'fill',
      source: ID,
      'source-layer': 'area',
      paint: {
        'fill-color': ['to-color', ['coalesce', ['feature-state', 'colour'], ''], 'rgba(0,0,0,0)'],
        'fill-opacity': PLAN_OPACITY,
        'fill-antialias': false,
      },
    },
    {
      id: `${ID}-hatch`,
      type: 'fill',
      source: ID,
      'source-layer': 'area',
      layout: { visibility: 'none' },
      paint: {
        'fill-pattern': 'figure-hatch',
        'fill-opacity': ['case', ['==', ['feature-state', 'hatched'], true], 0.9, 0],
      },
    },
  ];
  for (const layer of layers) map.addLayer(layer, anchor('area-fill'));
  const setTheme = (theme: Theme) => addPattern(map, 'hatch', SURFACES[theme].page);
  setTheme(initialTheme);
  const painted = new Map<string, string>();
  return {
    paint(codes, colours, hatched) {
      let isHatched = false;
      for (const [index, code] of codes.entries()) {
        const colour = colours[index] ?? '';
        const mark = hatched(index);
        isHatched ||= mark;
        const look = mark ? `${colour}/` : colour;
        if ((painted.get(code) ?? '') === look) continue;
        painted.set(code, look);
        map.setFeatureState({ source: ID, sourceLayer: 'area', id: code }, { colour, hatched: mark });
      }
      const visibility = isHatched ? 'visible' : 'none';
      if (map.getLayoutProperty(`${ID}-hatch`, 'visibility') !== visibility)
        map.setLayoutProperty(`${ID}-hatch`, 'visibility', visibility);
    },
    refresh() {
      if (stands(map)) map.refreshTiles(ID);
    },
    setTheme,
    remove() {
      for (const { id } of layers.toReversed()) map.removeLayer(id);
      map.removeSource(ID);
    },
  };
}
