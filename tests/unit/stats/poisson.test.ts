import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  logGamma,
  lowerGamma,
  poissonLowerTail,
  poissonMass,
  poissonQuantile,
  poissonUpperTail,
  upperGamma,
} from '../../../shared/stats/poisson.ts';

/** Values computed by mpmath with 60 digits, of which 15: n, mean, P(N ≥ n), P(N ≤ n), P(N = n). */
const TAILS = [
  [1, 0.005, 0.00498752080731769, 0.999987541588646, 0.00497506239596341],
  [3, 0.02, 1.31349244824067e-6, 0.999999993439116, 1.30693156440901e-6],
  [10, 3, 0.00110248813011548, 0.999707663049353, 0.000810151179468143],
  [100, 10, 5.39858972813958e-63, 1, 4.86464918206761e-63],
  [250, 200, 0.000362070458289693, 0.999715378599712, 7.74490580013302e-5],
  [1000, 1000, 0.504205244180216, 0.508409367168506, 0.0126146113487215],
  [1500, 1000, 3.15207933705421e-49, 1, 1.05485478421173e-49],
  [2, 1e-9, 4.99999999666667e-19, 1, 4.999999995e-19],
  [50_000, 49_000, 3.38475422807949e-6, 0.999996685989976, 7.07442045653494e-8],
  [400, 1.5, 0, 1, 0],
] as const;

/** Ours over the exact one, less 1. */
const error = (ours: number, exact: number) => (exact === ours ? 0 : ours / exact - 1);

describe('Poisson', () => {
  test.each(TAILS)('n %d, mean %d', (n, mean, upper, lower, mass) => {
    expect(error(poissonUpperTail(n, mean), upper)).toBeCloseTo(0, 12);
    expect(error(poissonLowerTail(n, mean), lower)).toBeCloseTo(0, 12);
    expect(error(poissonMass(n, mean), mass)).toBeCloseTo(0, 12);
  });

  test('the lower tail is as precise far out', () => {
    expect(error(poissonLowerTail(0, 300), Math.exp(-300))).toBeCloseTo(0, 12);
    expect(error(poissonLowerTail(1, 300), 301 * Math.exp(-300))).toBeCloseTo(0, 12);
  });

  test.each([
    [0.95, 2.5, 5],
    [0.999, 0.02, 1],
    [0.5, 1000, 1000],
    [0.025, 17.3, 10],
    [0.999999, 250, 329],
    [1 - 1e-12, 4, 25],
    [0, 4, 0],
    [0.9, 0, 0],
    [1, 4, Number.POSITIVE_INFINITY],
  ])('quantile of %d at mean %d is %d, as scipy has it', (share, mean, n) => {
    expect(poissonQuantile(share, mean)).toBe(n);
  });

  test('the tails meet in the mass, and the quantile is the least n that reaches its share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.double({ min: 1e-6, max: 2500, noNaN: true }), (n, mean) => {
        const mass = poissonMass(n, mean);
        expect(poissonUpperTail(n, mean) + poissonLowerTail(n, mean)).toBeCloseTo(1 + mass, 11);
        const share = poissonLowerTail(n, mean);
        if (share > 1e-200 && share < 0.999) expect(poissonQuantile(share, mean)).toBe(n);
      }),
    );
  });

  test('no events where none were expected', () => {
    expect(poissonUpperTail(0, 0)).toBe(1);
    expect(poissonUpperTail(1, 0)).toBe(0);
    expect(poissonLowerTail(0, 0)).toBe(1);
    expect(poissonMass(0, 0)).toBe(1);
    expect(poissonMass(2.5, 3)).toBe(0);
    expect(poissonLowerTail(-1, 3)).toBe(0);
    expect(poissonUpperTail(2.5, 3)).toBe(poissonUpperTail(3, 3));
  });

  test.each([
    ['a negative mean', () => poissonUpperTail(1, -1)],
    ['a mean that is not a number', () => poissonLowerTail(1, Number.NaN)],
    ['an infinite mean', () => poissonMass(1, Number.POSITIVE_INFINITY)],
    ['a count that is not a number', () => poissonUpperTail(Number.NaN, 1)],
    ['a share over 1', () => poissonQuantile(1.01, 1)],
    ['Γ at 0', () => logGamma(0)],
    ['a shape of 0', () => lowerGamma(0, 1)],
    ['a gamma variable below 0', () => upperGamma(1, -1)],
  ])('%s is refused', (_, call) => {
    expect(call).toThrow(RangeError);
  });
});

test.each([
  [0.001, 6.90717888538385],
  [0.5, 0.5723649429247],
  [1.5, -0.120782237635245],
  [3, Math.LN2],
  [9.99, 12.7793152143502],
  [10, 12.8018274800815],
  [171.5, 709.143163030928],
  [123456.75, 1323901.56157301],
])('ln Γ(%d) as mpmath has it', (x, exact) => {
  expect(error(logGamma(x), exact)).toBeCloseTo(0, 13);
});

test.each([
  [0.5, 0.1, 0.345279153981423, 0.654720846018577],
  [0.5, 20, 0.999999999746037, 2.53962858947086e-10],
  [2.5, 2.5, 0.584119813004492, 0.415880186995508],
  [33.3, 60, 0.999933598803487, 6.64011965125477e-5],
  [0.01, 0.0001, 0.917214347092254, 0.0827856529077459],
  [1000.5, 900, 0.000519483345934766, 0.999480516654065],
])('incomplete gamma of shape %d at %d as mpmath has it', (shape, x, lower, upper) => {
  expect(error(lowerGamma(shape, x), lower)).toBeCloseTo(0, 12);
  expect(error(upperGamma(shape, x), upper)).toBeCloseTo(0, 12);
});
