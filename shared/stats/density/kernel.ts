/** A smoothing kernel: radially symmetric, of volume 1 over the plane. */
export type KernelName = 'gaussian' | 'quartic';

/** A kernel of one width. Lengths in the unit of the coordinates. */
export interface Kernel {
  name: KernelName;
  /** Standard deviation along either axis. */
  sigma: number;
  /** Distance from which on the kernel is 0, or as good as. */
  reach: number;
  /** K(d) by the square of the distance. */
  at(squared: number): number;
}

/** Beyond this many σ a gaussian is under 2e-16 of its height. */
const GAUSSIAN_REACH = 8.5;

/**
 * The kernel of standard deviation `sigma` along either axis: gaussian exp(−d²/2σ²) / 2πσ², or quartic
 * 3 (1 − d²/h²)² / πh² within its radius h = σ√8, which is the "search radius" of QGIS, CrimeStat and ArcGIS.
 */
export function createKernel(name: KernelName, sigma: number): Kernel {
  if (name === 'gaussian') {
    const height = 1 / (2 * Math.PI * sigma * sigma);
    const rate = -0.5 / (sigma * sigma);
    return { name, sigma, reach: GAUSSIAN_REACH * sigma, at: (squared) => height * Math.exp(rate * squared) };
  }
  const reach = quarticRadius(sigma);
  const height = 3 / (Math.PI * reach * reach);
  return { name, sigma, reach, at: (squared) => height * Math.max(0, 1 - squared / (reach * reach)) ** 2 };
}

/** Radius of the quartic kernel whose standard deviation along either axis is `sigma`. */
export function quarticRadius(sigma: number): number {
  return sigma * Math.SQRT2 * 2;
}
