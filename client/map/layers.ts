import type * as maplibregl from 'maplibre-gl';
import type { LiveClient } from '../live/client.ts';
import type { Theme } from '../palette.ts';
import { type Selection, useView, type ViewState } from '../state/view.ts';
import { type AreaHighlight, addAreaHighlight } from './layers/area-highlight.ts';
import { addJurisdiction, type JurisdictionLayer } from './layers/jurisdiction.ts';
import { addPlaces, type PlaceLayer } from './layers/places.ts';
import { addShapePreview, type ShapePreview } from './layers/shape-preview.ts';
import { addTrail } from './layers/trail.ts';
import { addUnitCounts } from './layers/unit-counts.ts';
import { addUnits, type UnitLayer } from './layers/units/unit-layer.ts';
import { addMeasure, type MeasureTool } from './tools/measure.ts';

/** All layers of ours on the map, spoken to together. */
export interface Layers {
  units: UnitLayer;
  places: PlaceLayer;
  areas: AreaHighlight;
  measure: MeasureTool;
  jurisdiction: JurisdictionLayer;
  preview: ShapePreview;
  /** @param withTrail whether a selected unit's way is shown */
  select(selection: Selection | undefined, withTrail: boolean): void;
  show(layers: ViewState['layers']): void;
  setTheme(theme: Theme): void;
  remove(): void;
}

/** Adds every layer between the anchors of the built-in style. */
export function addLayers(map: maplibregl.Map, live: LiveClient, theme: Theme): Layers {
  const jurisdiction = addJurisdiction(map, theme);
  const preview = addShapePreview(map, theme);
  const areas = addAreaHighlight(map, theme);
  const places = addPlaces(map, theme);
  const trail = addTrail(map, live.units, theme);
  const counts = addUnitCounts(map, live.units, theme);
  const units = addUnits(map, live, theme);
  const measure = addMeasure(map, theme, () => useView.getState().set({ tool: 'select' }));
  const all = [jurisdiction, preview, areas, places, trail, counts, units, measure];
  return {
    units,
    places,
    areas,
    measure,
    jurisdiction,
    preview,
    select(selection, withTrail) {
      const unit = selection?.kind === 'unit' ? selection.id : -1;
      units.setSelected(unit);
      trail.setUnit(withTrail ? unit : -1);
      areas.setSelected(selection?.kind === 'area' ? selection.code : undefined);
    },
    show(shown) {
      areas.setVisible(shown.areas);
      places.setVisible(shown.places);
      units.setVisible(shown.units);
      counts.setVisible(shown.units);
    },
    setTheme(next) {
      for (const layer of all) layer.setTheme(next);
    },
    remove() {
      for (const layer of all) layer.remove();
    },
  };
}
