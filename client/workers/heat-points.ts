import { HEAT_RADIUS_PIXELS } from '../incidents/heat.ts';
import type { Row } from './tally.ts';

/** Pixels of the world at zoom 0. */
const WORLD = 512;
/** MapLibre's kernel is a bell whose radius is three standard deviations, 0.4 high for a weight of 1. */
const DEVIATION = HEAT_RADIUS_PIXELS / 3;
const HEIGHT = 0.3989;
/** What an even spread in a cell of two deviations a side adds up to under the bell, per point. */
const SPREAD = (2 * Math.PI) / 4;
const ZOOMS = [4, 6, 8, 10, 12, 14, 16, 18] as const;
/** Share of the occupied cells that may be as bright as the brightest. */
const BRIGHTEST = 0.02;
/** Fewer incidents about one place than this never reach the brightest colour: a single one is no concentration. */
const LEAST_PEAK = 6;

/** The points of the heat and how the map is to weigh them. */
export interface HeatPoints {
  /** GeoJSON. */
  text: string;
  shown: number;
  /** Found by patrols, and so not counted. */
  leftOut: number;
  /** Zoom and the intensity at which the densest places are just the brightest. */
  intensities: [zoom: number, intensity: number][];
}

/** Makes the heat of the incidents that count in it. */
export function heatPoints(rows: Iterable<Row>): HeatPoints {
  const features: string[] = [];
  const counted: Row[] = [];
  let leftOut = 0;
  for (const row of rows) {
    if (!row.heat) {
      leftOut++;
      continue;
    }
    counted.push(row);
    features.push(
      `{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[${row.lon},${row.lat}]}}`,
    );
  }
  return {
    text: `{"type":"FeatureCollection","features":[${features.join(',')}]}`,
    shown: counted.length,
    leftOut,
    intensities: ZOOMS.map((zoom) => [zoom, 1 / (HEIGHT * SPREAD * peakAt(counted, zoom))]),
  };
}

/** How many incidents the densest cells hold; cells are two deviations a side at this zoom. */
function peakAt(rows: readonly Row[], zoom: number): number {
  const cells = new Map<number, number>();
  const across = (WORLD * 2 ** zoom) / (2 * DEVIATION);
  for (const { x, y } of rows) {
    const cell = Math.floor(y * across) * 2 ** 26 + Math.floor(x * across);
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  const counts = [...cells.values()].sort((a, b) => b - a);
  return Math.max(LEAST_PEAK, counts[Math.floor(counts.length * BRIGHTEST)] ?? 0);
}
