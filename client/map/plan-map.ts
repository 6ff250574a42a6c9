import type * as maplibregl from 'maplibre-gl';
import type { AreaLevel } from '../../shared/area-code.ts';
import { useView } from '../state/view.ts';
import { onRestored, stands } from './graphics.ts';
import { addPlanAreas, type PlanAreas } from './layers/plan-areas.ts';
import { addPlanBorders, type BorderLines, type PlanBorderLayer } from './layers/plan-borders.ts';
import { type Cursor, PlanCursors } from './layers/plan-cursors.ts';
import { addPlanMarks, type PlanMarks, type ZoneLabel } from './layers/plan-marks.ts';
import { quietStreets } from './layers/quiet-streets.ts';
import type { Pointable } from './pointer.ts';
import { followStrokes, type StrokeHandler } from './tools/strokes.ts';
import { Tooltip } from './tooltip.ts';

/** What a plan looks like just now. */
export interface PlanLook {
  /** The zone of each area of the ground, −1 for none. */
  zoneOf: Int32Array;
  /** Of each area: `#RRGGBB`, or empty where the ground shows. */
  colours: readonly string[];
  /** Areas that are hatched, such as those that a suggestion would move. */
  hatched: (area: number) => boolean;
  /** Areas that a ring is drawn around, such as those of a check. */
  lit: (area: number) => boolean;
}

interface Shown {
  level: AreaLevel;
  codes: readonly string[];
  borders: BorderLines;
}

/** Asks for what is under the pointer: its name, and what a click on it does. @param at longitude and latitude */
export type AskPlace = (at: [lon: number, lat: number]) => { name: string; click(): void } | undefined;

const NO_AREAS = () => false;

/** One plan on the map, until it is closed; it stays through themes and lost graphics contexts. */
export class PlanMap implements Pointable {
  private readonly map: maplibregl.Map;
  private readonly stops: (() => void)[];
  private readonly tooltip: Tooltip;
  private readonly cursors: PlanCursors;
  private readonly brush = document.createElement('div');
  private shown: Shown | undefined;
  private look: PlanLook | undefined;
  private labels: readonly ZoneLabel[] = [];
  private areas: PlanAreas | undefined;
  private borders: PlanBorderLayer | undefined;
  private marks: PlanMarks | undefined;
  private stopStrokes: (() => void) | undefined;
  private askPlace: AskPlace | undefined;

  /** @param map one whose style stands, with the built-in layers */
  constructor(map: maplibregl.Map) {
    this.map = map;
    this.tooltip = new Tooltip(map.getContainer());
    this.cursors = new PlanCursors(map);
    this.brush.className = 'plan-brush';
    this.brush.ariaHidden = 'true';
    this.brush.hidden = true;
    map.getContainer().append(this.brush);
    let { theme } = useView.getState();
    this.stops = [
      useView.subscribe((view) => {
        if (view.theme === theme || !stands(map)) return;
        theme = view.theme;
        for (const layer of [this.areas, this.borders, this.marks]) layer?.setTheme(theme);
      }),
      onRestored(map, () => {
        theme = useView.getState().theme;
        // MapLibre brings back sources and layers as they were, without the states of their places.
        this.takeOff();
        this.putOn();
      }),
    ];
  }

  /** Puts a plan's ground on the map, without any zone. @param codes of its areas, in the order of everything else */
  open(level: AreaLevel, codes: readonly string[], borders: BorderLines): void {
    this.close();
    this.shown = { level, codes, borders };
    this.putOn();
  }

  /** Shows zones; only what differs from before is touched, so that it can be called in every frame of a stroke. */
  show(look: PlanLook): void {
    this.look = look;
    if (!this.shown || !stands(this.map)) return;
    this.areas?.paint(this.shown.codes, look.colours, look.hatched);
    this.borders?.show(look.zoneOf, look.lit);
  }

  setLabels(labels: readonly ZoneLabel[]): void {
    this.labels = labels;
    this.marks?.setLabels(labels);
  }

  setLasso(ring: readonly (readonly [number, number])[]): void {
    this.marks?.setLasso(ring.map((place) => [...place]));
  }

  setCursors(cursors: readonly Cursor[]): void {
    this.cursors.set(cursors);
  }

  /** Strokes on the map go to the handler; `undefined` gives the map back. */
  takeStrokes(handler: StrokeHandler | undefined): void {
    this.stopStrokes?.();
    this.stopStrokes = handler && followStrokes(this.map, handler);
    if (handler) return;
    this.tooltip.hide();
    this.brush.hidden = true;
  }

  /** What is said of areas under the pointer while no tool is in hand. */
  ask(callback: AskPlace | undefined): void {
    this.askPlace = callback;
  }

  /** Says something beside the pointer; `undefined` for nothing. */
  tell(text: string | undefined, point: { x: number; y: number }): void {
    if (text) this.tooltip.show(text, point);
    else this.tooltip.hide();
  }

  /** Shows how far the brush reaches around a place, CSS pixels; `undefined` takes it off. */
  showBrush(at: readonly [number, number] | undefined, radius: number): void {
    this.brush.hidden = !at || radius === 0;
    if (!at) return;
    const { x, y } = this.map.project([...at]);
    this.brush.style.width = `${2 * radius}px`;
    this.brush.style.transform = `translate(${x - radius}px, ${y - radius}px)`;
  }

  /** How many metres a pixel of the map is at a latitude. */
  metresPerPixel(lat: number): number {
    return (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** this.map.getZoom());
  }

  at(point: { x: number; y: number }): { name: string; click(): void } | undefined {
    if (!this.shown || !this.askPlace || !stands(this.map)) return undefined;
    const { lng, lat } = this.map.unproject([point.x, point.y]);
    return this.askPlace([lng, lat]);
  }

  leave(): void {}

  /** Reads areas anew, after an import. */
  refresh(): void {
    this.areas?.refresh();
  }

  /** Takes the plan off the map. */
  close(): void {
    this.takeStrokes(undefined);
    this.askPlace = undefined;
    this.cursors.set([]);
    this.takeOff();
    this.shown = undefined;
    this.look = undefined;
    this.labels = [];
    if (stands(this.map)) quietStreets(this.map, false);
  }

  /** Takes all off and lets go of the map; to be called before that is removed. */
  remove(): void {
    for (const stop of this.stops) stop();
    this.close();
    this.cursors.remove();
    this.brush.remove();
  }

  private putOn(): void {
    // While the graphics context is lost nothing can be added; it is once that is back.
    if (!this.shown || !stands(this.map)) return;
    const { theme } = useView.getState();
    quietStreets(this.map, true);
    this.areas = addPlanAreas(this.map, this.shown.level, theme);
    this.borders = addPlanBorders(this.map, this.shown.borders, theme);
    this.marks = addPlanMarks(this.map, theme);
    this.marks.setLabels(this.labels);
    this.show(
      this.look ?? {
        zoneOf: new Int32Array(this.shown.codes.length).fill(-1),
        colours: [],
        hatched: NO_AREAS,
        lit: NO_AREAS,
      },
    );
  }

  private takeOff(): void {
    if (stands(this.map)) for (const layer of [this.marks, this.borders, this.areas]) layer?.remove();
    this.areas = undefined;
    this.borders = undefined;
    this.marks = undefined;
  }
}
