import type * as maplibregl from 'maplibre-gl';
import type { Selection, Tool } from '../state/view.ts';
import type { AreaHighlight } from './layers/area-highlight.ts';
import type { PlaceLayer } from './layers/places.ts';
import type { UnitLayer } from './layers/units/unit-layer.ts';
import { Tooltip } from './tooltip.ts';

/** Names under the pointer are looked up at most this often. */
const LOOK_MS = 60;

/** A layer that knows what it draws; the pointer asks the uppermost first. */
export interface Pointable {
  /**
   * What is drawn at a point of the canvas, CSS pixels: its name, and what a click on it does.
   * `undefined` where there is nothing of this layer.
   */
  at(point: { x: number; y: number }): { name: string; click(): void } | undefined;
}

export interface PointerParts {
  units: UnitLayer;
  incidents: Pointable | undefined;
  places: PlaceLayer;
  areas: AreaHighlight;
  /** The figures of the analysis room, or the plan of the planner's, while there are any. */
  figures(): (Pointable & { leave(): void }) | undefined;
  /** Callsign of a unit. */
  callsign(unit: number): string;
  tool(): Tool;
  select(selection: Selection | undefined): void;
  pick(place: { lon: number; lat: number }): void;
  pickArea(area: { code: string; name: string }): void;
}

/** Selects by click and tells names by hovering: units over incidents over places over figures over areas. Returns the way to stop it. */
export function followPointer(map: maplibregl.Map, parts: PointerParts): () => void {
  const { units, incidents, places, areas, select } = parts;
  const tooltip = new Tooltip(map.getContainer());
  let looked = -Infinity;

  const unitAt = (point: maplibregl.Point) => {
    const id = units.unitAt(point);
    return id === undefined ? undefined : { name: parts.callsign(id), click: () => select({ kind: 'unit', id }) };
  };
  const placeAt = (point: maplibregl.Point) => {
    const place = places.placeAt(point);
    return place && { name: place.name, click: () => select({ kind: 'place', id: place.id }) };
  };
  const topmost = (point: maplibregl.Point) =>
    unitAt(point) ?? incidents?.at(point) ?? placeAt(point) ?? parts.figures()?.at(point);

  const leave = () => {
    tooltip.hide();
    areas.setHovered(undefined);
    parts.figures()?.leave();
    map.getContainer().classList.remove('map-pointing');
  };
  const move = ({ point }: maplibregl.MapMouseEvent) => {
    const now = performance.now();
    const picksAreas = parts.tool() === 'pick-area';
    if ((parts.tool() !== 'select' && !picksAreas) || map.isMoving()) return leave();
    if (now - looked < LOOK_MS) return;
    looked = now;
    const top = picksAreas ? undefined : topmost(point);
    const area = areas.areaAt(point);
    map.getContainer().classList.toggle('map-pointing', top !== undefined);
    areas.setHovered(top ? undefined : area?.code);
    const name = top?.name || area?.name;
    if (name) tooltip.show(name, point);
    else tooltip.hide();
  };
  const click = ({ point, lngLat }: maplibregl.MapMouseEvent) => {
    const tool = parts.tool();
    if (tool === 'pick-place') return parts.pick({ lon: lngLat.lng, lat: lngLat.lat });
    if (tool === 'pick-area') {
      const area = areas.areaAt(point);
      if (area) parts.pickArea(area);
      return;
    }
    if (tool !== 'select') return;
    const top = topmost(point);
    if (top) return top.click();
    const area = areas.areaAt(point);
    select(area ? { kind: 'area', code: area.code } : undefined);
  };

  map.on('mousemove', move);
  map.on('mouseout', leave);
  map.on('movestart', leave);
  map.on('click', click);
  return () => {
    map.off('mousemove', move);
    map.off('mouseout', leave);
    map.off('movestart', leave);
    map.off('click', click);
  };
}
