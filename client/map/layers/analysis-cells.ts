import type * as maplibregl from 'maplibre-gl';
import { type Cell, cellRing } from '../../../shared/geo/grid.ts';
import type { Grid } from '../../../shared/schemas/hotspot.ts';
import type { Theme } from '../../palette.ts';
import { serveCells } from '../cell-source.ts';
import { CELL_LAYER } from '../cell-tiles.ts';
import { addPaintedPlaces, type PaintedPlaces } from './painted-places.ts';

const ID = 'analysis-cells';
/** A pixel is farther than a unit of such a tile, also for the smallest cells. */
const MAX_ZOOM = 14;

export interface AnalysisCells extends PaintedPlaces {
  /** Their names, in order. */
  names: readonly string[];
  /** Whether these are its cells, in this order. */
  holds(grid: Grid, q: readonly number[], r: readonly number[]): boolean;
}

/** Name of a cell, as `focus` and picks have it. */
export function cellName({ q, r }: Cell): string {
  return `${q},${r}`;
}

/** Adds the cells of a grid, to be painted by {@link cellName}. */
export function addAnalysisCells(
  map: maplibregl.Map,
  grid: Grid,
  q: readonly number[],
  r: readonly number[],
  theme: Theme,
): AnalysisCells {
  const { tiles, release } = serveCells(grid, q, r);
  map.addSource(ID, { type: 'vector', tiles: [tiles], maxzoom: MAX_ZOOM, promoteId: 'cell' });
  const shapeOf = async (name: string) => {
    const [column = 0, row = 0] = name.split(',').map(Number);
    return cellFeature(grid, column, row);
  };
  const places = addPaintedPlaces(
    map,
    { id: ID, source: ID, sourceLayer: CELL_LAYER, promoted: 'cell', shapeOf },
    theme,
  );
  const key = keyOf(grid);
  return {
    ...places,
    names: q.map((column, i) => cellName({ q: column, r: r[i] ?? 0 })),
    holds: (otherGrid, otherQ, otherR) => keyOf(otherGrid) === key && same(q, otherQ) && same(r, otherR),
    remove() {
      places.remove();
      map.removeSource(ID);
      release();
    },
  };
}

function cellFeature(grid: Grid, q: number, r: number): GeoJSON.Feature<GeoJSON.Polygon> {
  return {
    type: 'Feature',
    properties: { cell: cellName({ q, r }) },
    geometry: { type: 'Polygon', coordinates: [cellRing(grid, { q, r })] },
  };
}

function keyOf({ shape, metres, lon, lat }: Grid): string {
  return [shape, metres, lon, lat].join();
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}
