import { metresPerDegree } from '../geo/grid.ts';
import {
  contours,
  type DensityGrid,
  done,
  kernelDensity,
  type LongRun,
  type Outcome,
  refuse,
  scottBandwidth,
} from '../stats/index.ts';
import type { DensityFigure } from './figure.ts';

/** Cells along the longer side. */
const CELLS = 320;
/** Standard deviations of the kernel beyond the outermost incidents. */
const MARGIN = 3;
const LEAST_BANDWIDTH_M = 50;
/** Shares of the peak at which classes begin. */
const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9];
const PER_KM2 = 1_000_000;

/**
 * How densely incidents lie, per km²: gaussian kernel, without edge correction, on a plane about the middle of them.
 * @param lon degrees @param lat degrees @param bandwidthM standard deviation of the kernel, metres; null for Scott's rule
 */
export function densityFigure(
  { lon, lat }: { lon: Float64Array; lat: Float64Array },
  bandwidthM: number | null,
  run: LongRun = {},
): Outcome<DensityFigure> {
  if (lon.length === 0) return refuse('all-zero', 'points: there is no incident');
  const origin = { lon: middle(lon), lat: middle(lat) };
  const { east, north } = metresPerDegree(origin);
  const points = {
    x: lon.map((degrees) => (degrees - origin.lon) * east),
    y: lat.map((degrees) => (degrees - origin.lat) * north),
  };
  const rule = bandwidthM === null ? scottBandwidth(points) : undefined;
  if (rule && !rule.ok) return rule;
  const bandwidth = bandwidthM ?? Math.max(LEAST_BANDWIDTH_M, rule?.value.both ?? LEAST_BANDWIDTH_M);
  const grid = gridAround(points, MARGIN * bandwidth);
  const density = kernelDensity(points, grid, { kernel: 'gaussian', bandwidth, edge: 'off', ...run });
  if (!density.ok) return density;
  const values = density.value.values.map((value) => value * PER_KM2);
  const max = density.value.max * PER_KM2;
  const outlines = contours(
    values,
    grid,
    SHARES.map((share) => Number((share * max).toPrecision(2))),
  );
  if (!outlines.ok) return outlines;
  return done({
    grid,
    origin,
    values,
    max,
    contours: outlines.value,
    bandwidth,
    byRule: bandwidthM === null,
    points: lon.length,
  });
}

function gridAround({ x, y }: { x: Float64Array; y: Float64Array }, margin: number): DensityGrid {
  const [west, east] = ends(x, margin);
  const [south, north] = ends(y, margin);
  const cell = Math.max(east - west, north - south) / CELLS;
  const columns = Math.max(1, Math.ceil((east - west) / cell));
  const rows = Math.max(1, Math.ceil((north - south) / cell));
  return { west, south, cellWidth: cell, cellHeight: cell, columns, rows };
}

function ends(values: Float64Array, margin: number): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least - margin, most + margin];
}

function middle(values: Float64Array): number {
  const [least, most] = ends(values, 0);
  return (least + most) / 2;
}
