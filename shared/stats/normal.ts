/**
 * The standard normal distribution in double accuracy.
 *
 * Tails after W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), in the
 * form of his ANORM (ACM TOMS 715, 1993); quantile after M. J. Wichura, "Algorithm AS 241", Applied Statistics 37
 * (1988), PPND16.
 */
const SQRT_32 = 5.656854249492381;
const INVERSE_SQRT_2PI = 0.3989422804014327;

/** P(Z ≤ z). Relative error about 1e-15 in the lower tail too, down to z = −37.5; subnormal, then 0 below. NaN gives NaN. */
export function normalCdf(z: number): number {
  return normalTail(-z);
}

/** P(Z ≥ z), one-sided. Relative error about 1e-15 in the far tail too, up to z = 37.5; subnormal, then 0 above. NaN gives NaN. */
export function normalTail(z: number): number {
  const size = Math.abs(z);
  if (size <= 0.67448975) return 0.5 - centre(z);
  const tail = size <= SQRT_32 ? shoulder(size) : far(size);
  return z > 0 ? tail : 1 - tail;
}

/** P(|Z| ≥ |z|), two-sided. */
export function normalTwoSided(z: number): number {
  return 2 * normalTail(Math.abs(z));
}

/** Φ(z) − ½ for |z| ≤ 0.674. */
function centre(z: number): number {
  const t = z * z;
  const above =
    (((0.06568233791820745 * t + 2.2352520354606837) * t + 161.02823106855587) * t + 1067.6894854603709) * t +
    18154.98125334356;
  const below = (((t + 47.202581904688245) * t + 976.0985517377767) * t + 10260.932208618979) * t + 45507.78933502673;
  return (z * above) / below;
}

/** The tail for 0.674 ≤ z ≤ √32. */
function shoulder(z: number): number {
  let above = 1.0765576773720192e-8 * z;
  let below = z;
  for (let i = 0; i < 7; i++) {
    above = (above + (SHOULDER_ABOVE[i] ?? 0)) * z;
    below = (below + (SHOULDER_BELOW[i] ?? 0)) * z;
  }
  return (bell(z) * (above + 9842.714838383978)) / (below + 19685.429676859992);
}

const SHOULDER_ABOVE = [
  0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726, 6848.190450536283,
  11602.65143764735,
];
const SHOULDER_BELOW = [
  22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097, 34900.95272114598,
  38912.00328609327,
];

/** The tail beyond √32. */
function far(z: number): number {
  if (z > 38.5) return 0;
  const t = 1 / (z * z);
  const above =
    ((((0.023073441764940174 * t + 0.215898534057957) * t + 0.12740116116024736) * t + 0.022235277870649807) * t +
      0.0014216191932278934) *
      t +
    2.9112874951168793e-5;
  const below =
    ((((t + 1.284260096144911) * t + 0.4682382124808651) * t + 0.06598813786892856) * t + 0.0037823963320275824) * t +
    7.297515550839662e-5;
  return (bell(z) * (INVERSE_SQRT_2PI - (t * above) / below)) / z;
}

/** exp(−z²/2) with the square taken in two parts, so that rounding of a large square does not grow. */
function bell(z: number): number {
  const rough = Math.trunc(z * 16) / 16;
  return Math.exp(-rough * rough * 0.5) * Math.exp(-(z - rough) * (z + rough) * 0.5);
}

/** The z with P(Z ≤ z) = p, 0 < p < 1: −Infinity at 0, Infinity at 1, NaN outside. Relative error about 1e-16. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE_ABOVE, r)) / polynomial(CENTRE_BELOW, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-Math.log(tail));
  const z =
    r <= 5
      ? polynomial(NEAR_ABOVE, r - 1.6) / polynomial(NEAR_BELOW, r - 1.6)
      : polynomial(FAR_ABOVE, r - 5) / polynomial(FAR_BELOW, r - 5);
  return q < 0 ? -z : z;
}

/** The polynomial with these coefficients, the highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

const CENTRE_ABOVE = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
];
const CENTRE_BELOW = [
  5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
];
const NEAR_ABOVE = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const NEAR_BELOW = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const FAR_ABOVE = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
  1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const FAR_BELOW = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
  0.1369298809227358, 0.599832206555888, 1,
];
