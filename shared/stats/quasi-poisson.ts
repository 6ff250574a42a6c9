/** A fitted quasi-Poisson model with log link. */
export interface QuasiPoissonFit {
  /** One per column of the design. */
  readonly coefficients: Float64Array;
  /** Fitted means μ, one per observation. */
  readonly fitted: Float64Array;
  /** Diagonal of the hat matrix, one per observation, 0…1. */
  readonly leverage: Float64Array;
  /** (XᵀWX)⁻¹, columns × columns: covariance of the coefficients before it is multiplied by the dispersion. */
  readonly covariance: Float64Array;
  /** Pearson's X² over the degrees of freedom; not held above 1. */
  readonly dispersion: number;
  /** Observations less columns. */
  readonly degrees: number;
}

/** Largest number of steps, and the relative change of the deviance at which they end: those of R's `glm.fit`. */
const STEPS = 25;
const EPSILON = 1e-8;

/**
 * Fits log E(y) = Xβ with Var(y) = φ E(y) by iteratively reweighted least squares (McCullagh & Nelder, *Generalized Linear
 * Models*, 2.5), from μ = y + 0.1.
 *
 * `counts`: y ≥ 0, one per observation. `design`: X, row after row, `columns` numbers in each. `weights`: prior weights above
 * 0, or none. Gives `undefined` when the steps do not converge, a column depends on the others, or there are no more
 * observations than columns.
 */
export function fitQuasiPoisson(
  counts: Float64Array,
  design: Float64Array,
  columns: number,
  weights?: Float64Array,
): QuasiPoissonFit | undefined {
  const n = counts.length;
  const degrees = n - columns;
  if (degrees <= 0) return undefined;
  const fitted = counts.map((count) => count + 0.1);
  const predictor = fitted.map(Math.log);
  const working = new Float64Array(n);
  let deviance = devianceOf(counts, fitted, weights);
  for (let step = 0; step < STEPS; step++) {
    for (let i = 0; i < n; i++) working[i] = at(fitted, i) * (weights ? at(weights, i) : 1);
    const solved = solveWeighted(design, columns, counts, fitted, predictor, working);
    if (!solved) return undefined;
    for (let i = 0; i < n; i++) {
      predictor[i] = dot(design, i * columns, solved.coefficients);
      fitted[i] = Math.exp(at(predictor, i));
    }
    const before = deviance;
    deviance = devianceOf(counts, fitted, weights);
    if (!Number.isFinite(deviance)) return undefined;
    if (Math.abs(deviance - before) / (Math.abs(deviance) + 0.1) >= EPSILON) continue;
    const leverage = new Float64Array(n);
    let pearson = 0;
    for (let i = 0; i < n; i++) {
      const row = design.subarray(i * columns, (i + 1) * columns);
      leverage[i] = Math.min(1, at(working, i) * quadratic(solved.covariance, row));
      pearson += at(working, i) * (at(counts, i) / at(fitted, i) - 1) ** 2;
    }
    return { ...solved, fitted, leverage, dispersion: pearson / degrees, degrees };
  }
  return undefined;
}

/** xᵀ V x of a symmetric matrix, row after row: the variance of x·β before the dispersion. */
export function quadratic(matrix: Float64Array, x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] ?? 0) * dot(matrix, i * x.length, x);
  return sum;
}

/** One step: least squares of the working response under the working weights, by Cholesky of the scaled normal equations. */
function solveWeighted(
  design: Float64Array,
  columns: number,
  counts: Float64Array,
  fitted: Float64Array,
  predictor: Float64Array,
  working: Float64Array,
): { coefficients: Float64Array; covariance: Float64Array } | undefined {
  const normal = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  for (let i = 0; i < counts.length; i++) {
    const weight = at(working, i);
    const response = at(predictor, i) + at(counts, i) / at(fitted, i) - 1;
    for (let a = 0; a < columns; a++) {
      const part = weight * at(design, i * columns + a);
      if (part === 0) continue;
      right[a] = at(right, a) + part * response;
      for (let b = 0; b <= a; b++)
        normal[a * columns + b] = at(normal, a * columns + b) + part * at(design, i * columns + b);
    }
  }
  const covariance = invert(normal, columns);
  if (!covariance) return undefined;
  const coefficients = right.map((_, a) => dot(covariance, a * columns, right));
  return { coefficients, covariance };
}

/**
 * Inverse of a symmetric positive definite matrix of which the lower triangle is given. Its diagonal is brought to 1 first,
 * since a season without a count weighs next to nothing beside the others. `undefined` when it is singular.
 */
function invert(matrix: Float64Array, size: number): Float64Array | undefined {
  const scale = Float64Array.from({ length: size }, (_, a) => 1 / Math.sqrt(at(matrix, a * size + a)));
  const factor = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = at(matrix, a * size + b) * at(scale, a) * at(scale, b);
      for (let k = 0; k < b; k++) sum -= at(factor, a * size + k) * at(factor, b * size + k);
      if (a === b && !(sum > 1e-11)) return undefined;
      factor[a * size + b] = a === b ? Math.sqrt(sum) : sum / at(factor, b * size + b);
    }
  }
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const x = new Float64Array(size);
    for (let a = 0; a < size; a++) {
      let sum = a === column ? 1 : 0;
      for (let k = 0; k < a; k++) sum -= at(factor, a * size + k) * at(x, k);
      x[a] = sum / at(factor, a * size + a);
    }
    for (let a = size - 1; a >= 0; a--) {
      let sum = at(x, a);
      for (let k = a + 1; k < size; k++) sum -= at(factor, k * size + a) * at(x, k);
      x[a] = sum / at(factor, a * size + a);
    }
    for (let a = 0; a < size; a++) inverse[a * size + column] = at(x, a) * at(scale, a) * at(scale, column);
  }
  return inverse;
}

/** Poisson deviance 2 Σ w (y ln(y/μ) − (y − μ)). */
function devianceOf(counts: Float64Array, fitted: Float64Array, weights?: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const y = at(counts, i);
    const mean = at(fitted, i);
    sum += (weights ? at(weights, i) : 1) * ((y > 0 ? y * Math.log(y / mean) : 0) - (y - mean));
  }
  return 2 * sum;
}

function dot(rows: Float64Array, start: number, x: ArrayLike<number>): number {
  let sum = 0;
  for (let a = 0; a < x.length; a++) sum += at(rows, start + a) * (x[a] ?? 0);
  return sum;
}

/** An element that is there; the fallback only satisfies the compiler. */
const at = (values: Float64Array, index: number): number => values[index] ?? 0;
