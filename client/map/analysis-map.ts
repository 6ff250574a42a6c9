import type * as maplibregl from 'maplibre-gl';
import type { AreaLevel } from '../../shared/area-code.ts';
import type { Grid } from '../../shared/schemas/hotspot.ts';
import type { Mark } from '../figure-palette.ts';
import { useView } from '../state/view.ts';
import { onRestored, stands } from './graphics.ts';
import { type AnalysisAreas, addAnalysisAreas } from './layers/analysis-areas.ts';
import { type AnalysisCells, addAnalysisCells } from './layers/analysis-cells.ts';
import { type AnalysisDensity, addAnalysisDensity, type Contours } from './layers/analysis-density.ts';
import { type AnalysisShapes, addAnalysisShapes, type Circle, type Pair } from './layers/analysis-shapes.ts';
import type { DensitySurface, SurfaceClass } from './layers/density-picture.ts';
import type { PaintedPlaces } from './layers/painted-places.ts';
import { quietStreets } from './layers/quiet-streets.ts';
import type { Pointable } from './pointer.ts';

/** What the pointer tells of the place at this index of those that were shown last, such as `Ampenan · 12`. */
export type Tell = (index: number) => string;

/**
 * The figures of the analysis room on one map. Areas, cells and the density replace one another; all of it stays until
 * {@link clear}, through themes and lost graphics contexts.
 */
export class AnalysisMap implements Pointable {
  private readonly map: maplibregl.Map;
  private readonly stops: (() => void)[];
  /** Shows what is shown once more; for when the graphics context was lost. */
  private shown: (() => void) | undefined;
  private areas: AnalysisAreas | undefined;
  private cells: AnalysisCells | undefined;
  private density: AnalysisDensity | undefined;
  private shapes: AnalysisShapes | undefined;
  private circles: readonly Circle[] = [];
  private pairs: readonly Pair[] = [];
  private focused: string | undefined;
  private picked: ((place: string) => void) | undefined;
  private ids: readonly string[] = [];
  private indexes = new Map<string, number>();
  private tell: Tell | undefined;

  /** @param map one whose style stands, with the built-in layers */
  constructor(map: maplibregl.Map) {
    this.map = map;
    let { theme } = useView.getState();
    this.stops = [
      useView.subscribe((view) => {
        if (view.theme === theme || !stands(map)) return;
        theme = view.theme;
        for (const layer of [this.places, this.density, this.shapes]) layer?.setTheme(theme);
      }),
      onRestored(map, () => {
        theme = useView.getState().theme;
        this.showAnew();
      }),
    ];
  }

  /**
   * Fills the areas of a level, and nothing else.
   * @param codes areas in any order @param colours of each: `#RRGGBB`, or empty to let the ground show
   * @param marked of each: significance and groups, that are not by colour alone @param tell what the pointer says of one
   */
  showAreas(
    level: AreaLevel,
    codes: readonly string[],
    colours: readonly string[],
    marked: readonly Mark[],
    tell?: Tell,
  ): void {
    this.shown = () => this.showAreas(level, codes, colours, marked, tell);
    if (!stands(this.map)) return;
    this.hide(this.areas?.level === level ? this.areas : undefined);
    this.areas ??= addAnalysisAreas(this.map, level, this.theme);
    this.paint(this.areas, codes, colours, marked, tell);
  }

  /** Fills the cells of a grid by column and row, and nothing else. Parameters as of {@link showAreas}. */
  showCells(
    grid: Grid,
    q: readonly number[],
    r: readonly number[],
    colours: readonly string[],
    marked: readonly Mark[],
    tell?: Tell,
  ): void {
    this.shown = () => this.showCells(grid, q, r, colours, marked, tell);
    if (!stands(this.map)) return;
    this.hide(this.cells?.holds(grid, q, r) ? this.cells : undefined);
    this.cells ??= addAnalysisCells(this.map, grid, q, r, this.theme);
    this.paint(this.cells, this.cells.names, colours, marked, tell);
  }

  /**
   * Shows a surface in classes, and its contours.
   * @param classes where each begins and its colour, the least first; what is below the first lets the ground show
   */
  showDensity(surface: DensitySurface, classes: readonly SurfaceClass[], contours: Contours): void {
    this.shown = () => this.showDensity(surface, classes, contours);
    if (!stands(this.map)) return;
    this.hide();
    this.ids = [];
    this.indexes = new Map();
    quietStreets(this.map, true);
    this.density = addAnalysisDensity(this.map, surface, classes, contours, this.theme);
  }

  /** Draws the circles of clusters above the figures; none takes them off. */
  showShapes(circles: readonly Circle[]): void {
    this.circles = circles;
    this.drawShapes();
  }

  /** Draws near repeats as lines above the figures; none takes them off. */
  showPairs(pairs: readonly Pair[]): void {
    this.pairs = pairs;
    this.drawShapes();
  }

  /** Rings a place, an area's code or `q,r` of a cell, as lists and charts point at it; `undefined` for none. */
  focus(place: string | undefined): void {
    this.focused = place;
    if (stands(this.map)) this.places?.point('focus', place);
  }

  /** Clicks go to `callback` with an area's code, `q,r` of a cell or a circle's name. Returns the way to stop it. */
  onPick(callback: (place: string) => void): () => void {
    this.picked = callback;
    return () => {
      if (this.picked === callback) this.picked = undefined;
    };
  }

  /** The circle or painted place at a point of the canvas, for whoever follows the pointer; outlines it until {@link leave}. */
  at(point: { x: number; y: number }): { name: string; click(): void } | undefined {
    if (!stands(this.map)) return undefined;
    const place = this.places?.idsAt([point.x, point.y]).find((id) => this.indexes.has(id));
    this.places?.point('hover', place);
    const circle = this.shapes?.nameAt([point.x, point.y]);
    if (circle) return { name: circle.label, click: () => this.picked?.(circle.name) };
    if (place === undefined) return undefined;
    const name = this.tell?.(this.indexes.get(place) ?? 0) ?? place;
    return { name, click: () => this.picked?.(place) };
  }

  /** The pointer is elsewhere. */
  leave(): void {
    if (stands(this.map)) this.places?.point('hover', undefined);
  }

  /** Reads areas anew, after an import. */
  refresh(): void {
    this.areas?.refresh();
  }

  /** Takes all figures off the map. */
  clear(): void {
    this.shown = undefined;
    this.circles = [];
    this.pairs = [];
    this.focused = undefined;
    this.ids = [];
    this.indexes = new Map();
    // While the graphics context is lost nothing can be taken off; `showAnew` will.
    if (!stands(this.map)) return;
    this.hide();
    this.drawShapes();
    quietStreets(this.map, false);
  }

  /** Takes all off and lets go of the map; to be called before that is removed. */
  remove(): void {
    for (const stop of this.stops) stop();
    this.clear();
  }

  private get theme() {
    return useView.getState().theme;
  }

  private get places(): PaintedPlaces | undefined {
    return this.areas ?? this.cells;
  }

  private paint(
    places: PaintedPlaces,
    ids: readonly string[],
    colours: readonly string[],
    marked: readonly Mark[],
    tell: Tell | undefined,
  ): void {
    if (ids !== this.ids) this.indexes = new Map(ids.map((id, i) => [id, i]));
    this.ids = ids;
    this.tell = tell;
    quietStreets(this.map, true);
    places.paint(ids, colours, marked);
    places.point('focus', this.focused);
  }

  private drawShapes(): void {
    if (!stands(this.map)) return;
    if (this.circles.length + this.pairs.length === 0) {
      this.shapes?.remove();
      this.shapes = undefined;
      return;
    }
    this.shapes ??= addAnalysisShapes(this.map, this.theme);
    this.shapes.setCircles(this.circles);
    this.shapes.setPairs(this.pairs);
  }

  /** Takes off what fills the map, unless it is what is to stay. */
  private hide(staying?: PaintedPlaces): void {
    this.density?.remove();
    this.density = undefined;
    if (this.areas !== staying) {
      this.areas?.remove();
      this.areas = undefined;
    }
    if (this.cells !== staying) {
      this.cells?.remove();
      this.cells = undefined;
    }
  }

  /** MapLibre brings back sources and layers as they were when the context was lost, without the states of their places. */
  private showAnew(): void {
    this.hide();
    this.shapes?.remove();
    this.shapes = undefined;
    this.drawShapes();
    if (this.shown) this.shown();
    else quietStreets(this.map, false);
  }
}
