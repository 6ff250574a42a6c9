import type { LongRun } from '../long-run.ts';
import { done, type Outcome, refuse } from '../result.ts';
import { type DensityGrid, type DensityPoints, refuseBandwidth, refuseGrid, refusePoints } from './grid.ts';
import { blankOutside, cellsInside, type Density, within } from './kernel-density.ts';
import { densityAtPoints } from './points.ts';
import { exactSum } from './sum.ts';
import { type Ring, studyWindow } from './window.ts';

export interface AdaptiveOptions extends LongRun {
  /** Bandwidth at a place of geometric mean density, in metres. */
  bandwidth: number;
  /** Bandwidth of the pilot density; that of the result when it is left out. */
  pilotBandwidth?: number;
  /** No point's bandwidth is above this many times the global one; 5 by default. */
  trim?: number;
  window?: readonly Ring[];
}

export interface AdaptiveDensity extends Density {
  /** Each used point's own bandwidth, metres. */
  bandwidths: Float64Array;
  /** Geometric mean of 1 / √pilot density, the density being that of a probability. */
  gamma: number;
}

/**
 * Adaptive gaussian kernel density without edge correction (I. Abramson, "On bandwidth variation in kernel estimates: a square
 * root law", Annals of Statistics 10, 1982; trimming after T. Davies, M. Hazelton's `sparr`): hᵢ = h₀/γ · min(f(xᵢ)^−½, trim · γ),
 * wide where events are few and narrow where they crowd. f is a fixed gaussian estimate without edge correction. Points weigh 1 each.
 *
 * Refuses what {@link kernelDensity} does, and `out-of-range` a trim that is not above 0.
 */
export function adaptiveDensity(
  points: DensityPoints,
  grid: DensityGrid,
  options: AdaptiveOptions,
): Outcome<AdaptiveDensity> {
  const { bandwidth, pilotBandwidth = bandwidth, trim = 5 } = options;
  const refused =
    refuseGrid(grid) ?? refuseBandwidth(bandwidth) ?? refuseBandwidth(pilotBandwidth) ?? refusePoints(points);
  if (refused) return refused;
  if (!(trim > 0)) return refuse('out-of-range', `trim is ${trim}; give a number above 0.`);
  const prepared = options.window ? studyWindow(options.window) : undefined;
  if (prepared && !prepared.ok) return prepared;
  const used = { ...(prepared ? within(points, prepared.value) : points), weights: undefined };
  const n = used.x.length;
  if (n === 0) return refuse('all-zero', 'No point is on the ground of the window.');
  const roots = densityAtPoints(used, pilotBandwidth).map((pilot) => Math.sqrt(n / pilot));
  const gamma = Math.exp(roots.reduce((sum, root) => sum + Math.log(root), 0) / n);
  const bandwidths = roots.map((root) => (bandwidth / gamma) * Math.min(root, trim * gamma));
  const values = exactSum(used, grid, 'gaussian', bandwidths, options);
  if (!values) return refuse('cancelled', 'Stopped before all points were summed.');
  const inside = cellsInside(grid, prepared?.value);
  const max = blankOutside(values, inside);
  return done({ grid, values, inside, max, outside: points.x.length - n, method: 'exact', bandwidths, gamma });
}
