import { AREA_LEVELS, type AreaLevel } from '../area-code.ts';

/** The finest band: full detail, as the area itself. */
export const FULL_BAND = 4;

/** Zoom from which each band is drawn; every area has a shape in every band. */
const BAND_FROM_ZOOM = [0, 7, 9, 11, 13] as const;

/** Number of bands. */
export const BAND_COUNT = BAND_FROM_ZOOM.length;

/** Simplification band drawn at a zoom: 0 for z ≤ 6, then 1 to 8, 2 to 10, 3 to 12, 4 from 13 on. */
export function bandOfZoom(zoom: number): number {
  return BAND_FROM_ZOOM.findLastIndex((from) => zoom >= from);
}

/** The greatest zoom a band is drawn at, or `undefined` for the full one: what its simplification must not be seen at. */
export function lastZoomOfBand(band: number): number | undefined {
  const next = BAND_FROM_ZOOM[band + 1];
  return next === undefined ? undefined : next - 1;
}

/** Zoom after which area tiles are not made anew: the map stretches this one. */
export const AREA_TILE_MAX_ZOOM = 14;

/** What an area tile shows at a zoom. */
export interface TileLevels {
  /** Levels whose surfaces are in layer `area`, widest first. */
  areas: AreaLevel[];
  /** Level whose outlines are in layer `border`, one wider than the surfaces. */
  border: AreaLevel | undefined;
}

/** Levels by zoom: provinsi to 5, kabupaten/kota 6–8, kecamatan 9–10, desa 11–12, RW over desa from 13. */
export function levelsOfZoom(zoom: number): TileLevels {
  if (zoom <= 5) return { areas: ['provinsi'], border: undefined };
  if (zoom <= 8) return { areas: ['kabkota'], border: 'provinsi' };
  if (zoom <= 10) return { areas: ['kecamatan'], border: 'kabkota' };
  if (zoom <= 12) return { areas: ['desa'], border: 'kecamatan' };
  return { areas: ['desa', 'rw'], border: 'kecamatan' };
}

/**
 * Zoom from which the areas of a level that is asked for by its name are drawn: farther away they are smaller than the
 * dots of a screen, and too many for one tile.
 */
export const LEVEL_FROM_ZOOM: Readonly<Record<AreaLevel, number>> = {
  provinsi: 0,
  kabkota: 3,
  kecamatan: 5,
  desa: 6,
  rw: 9,
};

/**
 * What the tile of one level shows at a zoom, whatever that zoom shows otherwise: surfaces of this level alone, and the
 * outlines of the zoom's own level where that is wider, else of the next wider one.
 */
export function levelsOfTile(level: AreaLevel, zoom: number): TileLevels {
  const widest = levelsOfZoom(zoom).areas[0] ?? level;
  const border = Math.min(AREA_LEVELS.indexOf(widest), AREA_LEVELS.indexOf(level) - 1);
  return { areas: zoom >= LEVEL_FROM_ZOOM[level] ? [level] : [], border: AREA_LEVELS[border] };
}
