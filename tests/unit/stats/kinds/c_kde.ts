import { expect } from 'vitest';
import { adaptiveDensity } from '../../../../shared/stats/density/adaptive.ts';
import { likelihoodBandwidth, scottBandwidth, searchRadius } from '../../../../shared/stats/density/bandwidth.ts';
import { edgeMass } from '../../../../shared/stats/density/edge.ts';
import type { DensityGrid, DensityPoints } from '../../../../shared/stats/density/grid.ts';
import { type KernelName, quarticRadius } from '../../../../shared/stats/density/kernel.ts';
import { type DensityOptions, kernelDensity } from '../../../../shared/stats/density/kernel-density.ts';
import { meanSquareBandwidth } from '../../../../shared/stats/density/mean-square-bandwidth.ts';
import { studyWindow } from '../../../../shared/stats/density/window.ts';
import { accepted } from '../outcome.ts';
import {
  expectAllNear,
  expectNear,
  type ReferenceCheck,
  type ReferenceFile,
  type Tolerance,
} from '../reference-file.ts';

type Matrix = (number | null)[][];

export const check: ReferenceCheck = (file) => {
  const { input, expected } = file;
  const points: DensityPoints = {
    x: input.points.map(([x]: [number]) => x),
    y: input.points.map(([, y]: [number, number]) => y),
  };
  const [west, south, east, north] = input.window_bbox;
  const grid: DensityGrid = {
    west,
    south,
    cellWidth: (east - west) / input.nx,
    cellHeight: (north - south) / input.ny,
    columns: input.nx,
    rows: input.ny,
  };
  for (const kernel of ['gaussian', 'quartic'] as const) {
    if (!(kernel in expected)) continue;
    expect(expected[kernel].sigma).toBe(input.sigma);
    checkKernel(kernel, points, grid, file);
  }
  if (expected.quartic) expectNear(quarticRadius(input.sigma), expected.quartic.radius_h, { rel: 1e-15 }, 'radius');
  if (expected.bandwidth_selectors) checkBandwidths(points, file);
  if (expected.adaptive_abramson_sparr) checkAdaptive(points, grid, file);
};

function checkKernel(kernel: KernelName, points: DensityPoints, grid: DensityGrid, file: ReferenceFile): void {
  const { tolerance, input } = file;
  const expected = file.expected[kernel];
  const density = (options: Partial<DensityOptions>) =>
    accepted(kernelDensity(points, grid, { kernel, bandwidth: input.sigma, ...options }));
  const exactly = (options: Partial<DensityOptions>, theirs: Matrix, what: string) =>
    expectAllNear(density(options).values, theirs.flat(), tolerance.exact, `${kernel}, ${what}`);
  exactly({}, expected.numpy_exact_uncorrected, 'numpy');
  expect(expected.uncorrected_crosscheck).toEqual(expect.any(String));
  for (const edge of ['uniform', 'diggle'] as const) {
    const theirs = expected[`numpy_exact_edge_${edge}`];
    if (theirs) exactly({ edge, window: input.window_polygons }, theirs, `numpy, ${edge}`);
  }
  const binned = ontoPixels(points, grid, Number(/(\d+)x finer/.exec(tolerance.fft.reason)?.[1]));
  const methods = kernel === 'gaussian' ? (['exact', 'lattice'] as const) : (['exact'] as const);
  for (const method of methods) {
    for (const [edge, key] of [
      ['off', 'spatstat_fft_uncorrected'],
      ['uniform', 'spatstat_fft_edge_uniform'],
      ['diggle', 'spatstat_fft_edge_diggle'],
    ] as const) {
      const options = { kernel, bandwidth: input.sigma, edge, window: input.window_polygons, method };
      const { values, inside } = accepted(kernelDensity(binned, grid, options));
      nearFft(blank(values, inside), expected[key].flat(), tolerance.fft, `${kernel}, ${key}, ${method}`);
    }
  }
}

/** The points moved as spatstat moves them: to the centre of the nearest of its finer × finer pixels a cell, halves to the even one. */
function ontoPixels({ x, y }: DensityPoints, grid: DensityGrid, finer: number): DensityPoints {
  const move = (place: number, edge: number, size: number, count: number) => {
    const at = (place - (edge + size / 2)) / size;
    const pixel = Math.abs(at % 1) === 0.5 ? 2 * Math.round(at / 2) : Math.round(at);
    return edge + (Math.min(count - 1, Math.max(0, pixel)) + 0.5) * size;
  };
  return {
    x: Array.from(x, (place) => move(place, grid.west, grid.cellWidth / finer, grid.columns * finer)),
    y: Array.from(y, (place) => move(place, grid.south, grid.cellHeight / finer, grid.rows * finer)),
  };
}

function checkBandwidths(points: DensityPoints, { input, expected, tolerance }: ReferenceFile): void {
  const theirs = expected.bandwidth_selectors;
  const near = (actual: number, figure: number, what: string) => expectNear(actual, figure, tolerance.exact, what);
  const scott = accepted(scottBandwidth(points));
  near(scott.x, theirs.bw_scott_xy[0], 'Scott, x');
  near(scott.y, theirs.bw_scott_xy[1], 'Scott, y');
  near(scott.both, theirs.bw_scott_iso, 'Scott');
  near(accepted(searchRadius(points)), theirs.arcgis_style_search_radius, 'search radius');
  near(accepted(likelihoodBandwidth(points, input.window_polygons)), theirs.bw_ppl, 'likelihood');
  near(accepted(meanSquareBandwidth(points, input.window_polygons)), theirs.bw_diggle, 'mean square');
}

function checkAdaptive(points: DensityPoints, grid: DensityGrid, { input, expected }: ReferenceFile): void {
  const theirs = expected.adaptive_abramson_sparr;
  const { numpy, sparr } = theirs.tolerance;
  expect(sparr.reason).toEqual(expect.any(String));
  const options = { bandwidth: theirs.h0, pilotBandwidth: theirs.pilot_h, trim: theirs.trim };
  const density = accepted(adaptiveDensity(points, grid, options));
  expectAllNear(density.bandwidths, theirs.h_i_numpy, numpy, 'h_i, numpy');
  expectAllNear(density.values, theirs.numpy_exact_density_no_edge.flat(), numpy, 'adaptive, numpy');
  const largest = Math.max(...theirs.h_i);
  expectAllNear(density.bandwidths, theirs.h_i, { abs: sparr.rel_of_max * largest }, 'h_i, sparr');
  const windowed = accepted(adaptiveDensity(points, grid, { ...options, window: input.window_polygons }));
  const cells: (number | null)[] = theirs.density_intensity_no_edge.flat();
  const abs = sparr.rel_of_max * Math.max(...cells.map((cell) => cell ?? 0));
  nearWhereBoth(blank(windowed.values, windowed.inside), cells, { abs }, 'adaptive, sparr');
  // sparr's pilot is a probability on the window alone: what of it lies beyond is shared out again.
  const window = accepted(studyWindow(input.window_polygons));
  const mass = edgeMass(window, 'gaussian', theirs.pilot_h, grid, 1);
  const kept = input.points.reduce((sum: number, [x, y]: [number, number]) => sum + mass.at(x, y), 0) / points.x.length;
  expectNear(density.gamma * Math.sqrt(kept), theirs.gamma, { rel: sparr.rel_of_max }, 'gamma');
}

/** null outside, as in the file. */
const blank = (values: Float64Array, inside: Uint8Array) =>
  [...values].map((value, cell) => (inside[cell] === 1 ? value : null));

function nearFft(
  actual: (number | null)[],
  theirs: (number | null)[],
  { rel, abs_of_max }: { rel: number; abs_of_max: number },
  what: string,
): void {
  const abs = abs_of_max * Math.max(...theirs.map((value) => value ?? 0));
  nearWhereBoth(actual, theirs, { rel, abs }, what);
}

/** Software on a fine grid of pixels calls some cells on the border outside: few, and there the rest must agree. */
function nearWhereBoth(actual: (number | null)[], theirs: (number | null)[], tolerance: Tolerance, what: string): void {
  expect(actual.length).toBe(theirs.length);
  const differ = actual.filter((value, cell) => (value === null) !== (theirs[cell] === null)).length;
  expect(differ, `${what}: cells inside for one only`).toBeLessThanOrEqual(actual.length / 100);
  theirs.forEach((value, cell) => {
    const ours = actual[cell] ?? null;
    if (ours !== null && value !== null) expectNear(ours, value, tolerance, `${what}[${cell}]`);
  });
}
