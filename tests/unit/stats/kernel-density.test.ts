import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adaptiveDensity } from '../../../shared/stats/density/adaptive.ts';
import { likelihoodBandwidth, scottBandwidth, searchRadius } from '../../../shared/stats/density/bandwidth.ts';
import { edgeMass } from '../../../shared/stats/density/edge.ts';
import type { DensityGrid } from '../../../shared/stats/density/grid.ts';
import { type DensityOptions, kernelDensity } from '../../../shared/stats/density/kernel-density.ts';
import { meanSquareBandwidth } from '../../../shared/stats/density/mean-square-bandwidth.ts';
import { densityAtPoints } from '../../../shared/stats/density/points.ts';
import { type Ring, studyWindow } from '../../../shared/stats/density/window.ts';
import { createRandom } from '../../../shared/stats/random.ts';
import { accepted, refused } from './outcome.ts';

const GRID: DensityGrid = { west: 1000, south: -500, cellWidth: 50, cellHeight: 40, columns: 80, rows: 100 };
const SQUARE: Ring = [
  [1000, -500],
  [5000, -500],
  [5000, 3500],
  [1000, 3500],
];
const kernels = fc.constantFrom('gaussian' as const, 'quartic' as const);

/** Points of a seed, at least `margin` from the border of the grid. */
function strewn(n: number, seed: number, margin: number) {
  const random = createRandom(seed);
  const place = (from: number) =>
    Float64Array.from({ length: n }, () => from + margin + random.uniform() * (4000 - 2 * margin));
  return { x: place(1000), y: place(-500) };
}

const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0) * GRID.cellWidth * GRID.cellHeight;
const density = (points: ReturnType<typeof strewn>, options: Partial<DensityOptions> = {}) =>
  accepted(kernelDensity(points, GRID, { kernel: 'gaussian', bandwidth: 150, ...options }));

describe('kernelDensity', () => {
  test('its sum over the ground is the number of points, well inside without correction', () => {
    fc.assert(
      fc.property(kernels, fc.integer({ min: 100, max: 220 }), fc.nat(), (kernel, bandwidth, seed) => {
        expect(total(density(strewn(30, seed, 1400), { kernel, bandwidth }).values)).toBeCloseTo(30, 2);
      }),
      { numRuns: 20 },
    );
  });

  test('up to the border it is so by Diggle, and too little without correction', () => {
    const points = strewn(400, 7, 0);
    expect(total(density(points, { edge: 'diggle' }).values)).toBeCloseTo(400, 0);
    expect(total(density(points).values)).toBeLessThan(395);
    // An even density stays even to the border by the uniform correction.
    const { x, y } = strewn(40_000, 8, 0);
    const even = density({ x, y }, { edge: 'uniform', bandwidth: 300 });
    const mean = 40_000 / 16e6;
    expect(Math.min(...even.values)).toBeGreaterThan(mean * 0.8);
    expect(even.max).toBeLessThan(mean * 1.2);
  });

  test('the lattice is as near to the exact sum as it says', () => {
    for (const bandwidth of [60, 150, 700]) {
      const points = strewn(500, bandwidth, 0);
      const exact = density(points, { bandwidth, method: 'exact' });
      const lattice = density(points, { bandwidth, method: 'lattice' });
      const height = 1 / (2 * Math.PI * bandwidth ** 2);
      let worst = 0;
      exact.values.forEach((value, cell) => {
        worst = Math.max(worst, Math.abs(value - (lattice.values[cell] ?? 0)));
      });
      expect(worst).toBeLessThan(5e-4 * height * 5);
      expect(worst / exact.max).toBeLessThan(5e-4);
    }
  });

  test('many points are summed on a lattice, few exactly', () => {
    expect(density(strewn(50, 1, 0)).method).toBe('exact');
    expect(density(strewn(60_000, 1, 0), { bandwidth: 500 }).method).toBe('lattice');
  });

  test('the order of the points is no matter, and a weight of two is two points', () => {
    fc.assert(
      fc.property(kernels, fc.nat(), (kernel, seed) => {
        const { x, y } = strewn(20, seed, 0);
        const one = density({ x, y }, { kernel });
        const turned = density({ x: x.toReversed(), y: y.toReversed() }, { kernel });
        const doubled = density({ x, y, weights: new Float64Array(20).fill(2) } as never, { kernel });
        // Asked once for all cells: thousands of questions would take longer than all sums.
        const off = (values: Float64Array, times: number) =>
          one.values.reduce((most, value, cell) => Math.max(most, Math.abs((values[cell] ?? 0) - times * value)), 0);
        expect(one.max).toBeGreaterThan(0);
        expect(off(turned.values, 1)).toBeLessThanOrEqual(1e-12 * one.max);
        expect(off(doubled.values, 2)).toBeLessThanOrEqual(1e-12 * one.max);
      }),
      { numRuns: 10 },
    );
  });

  test('off the ground there is nothing, and points there do not count', () => {
    const hole: Ring = [
      [2000, 500],
      [3000, 500],
      [3000, 1500],
      [2000, 1500],
    ];
    const points = { x: Float64Array.of(2500, 4000), y: Float64Array.of(1000, 2000) };
    const one = density(points, { window: [SQUARE, hole], edge: 'diggle' });
    expect(one.outside).toBe(1);
    expect(one.inside.reduce((a, b) => a + b)).toBe(8000 - 20 * 25);
    expect(one.values.every((value, cell) => one.inside[cell] === 1 || value === 0)).toBe(true);
    expect(total(one.values)).toBeCloseTo(1, 2);
  });

  test('stops when asked', () => {
    const points = strewn(50, 1, 0);
    const outcome = kernelDensity(points, GRID, { kernel: 'quartic', bandwidth: 100, cancelled: () => true });
    expect(refused(outcome)).toBe('cancelled');
  });

  const good = strewn(5, 1, 0);
  test.each([
    ['all-zero', { x: [], y: [] }, {}, {}],
    ['all-zero', { ...good, weights: [0, 0, 0, 0, 0] }, {}, {}],
    ['all-zero', { x: [0], y: [0] }, {}, { edge: 'uniform' }],
    ['length-mismatch', { x: [1], y: [] }, {}, {}],
    ['not-finite', { x: [Number.NaN], y: [1] }, {}, {}],
    ['negative-count', { x: [1], y: [1], weights: [-1] }, {}, {}],
    ['out-of-range', good, {}, { bandwidth: 0 }],
    ['out-of-range', good, {}, { bandwidth: Number.NaN }],
    ['out-of-range', good, {}, { kernel: 'quartic', method: 'lattice' }],
    ['out-of-range', good, { columns: 0 }, {}],
    ['out-of-range', good, { columns: 1e5, rows: 1e5 }, {}],
    ['out-of-range', good, { cellWidth: -1 }, {}],
    ['not-finite', good, { west: Number.NaN }, {}],
    ['no-areas', good, {}, { window: [] }],
    [
      'not-finite',
      good,
      {},
      {
        window: [
          [
            [0, 0],
            [1, 1],
            [Number.NaN, 2],
          ],
        ],
      },
    ],
    [
      'no-variance',
      good,
      {},
      {
        window: [
          [
            [0, 0],
            [1, 1],
            [2, 2],
          ],
        ],
      },
    ],
  ] as const)('%s', (reason, points, grid, options) => {
    const all = { kernel: 'gaussian', bandwidth: 100, ...options } as DensityOptions;
    expect(refused(kernelDensity(points, { ...GRID, ...grid }, all))).toBe(reason);
  });
});

describe('edgeMass', () => {
  /** The same square with a corner more on one side: no longer known for a rectangle. */
  const cornered: Ring = [...SQUARE, [1000, 1000]];
  const places = fc.tuple(
    fc.double({ min: 1000, max: 5000, noNaN: true }),
    fc.double({ min: -500, max: 3500, noNaN: true }),
  );

  test('along the border as by the product of normal distributions', () => {
    const closed = edgeMass(accepted(studyWindow([SQUARE])), 'gaussian', 300, GRID, 1);
    const border = edgeMass(accepted(studyWindow([cornered])), 'gaussian', 300, GRID, 1);
    fc.assert(
      fc.property(places, ([x, y]) => {
        expect(border.at(x, y)).toBeCloseTo(closed.at(x, y), 6);
      }),
    );
    expect(border.at(1000, 1200)).toBeCloseTo(0.5, 8);
    expect(border.at(3000, -500)).toBeCloseTo(0.5, 8);
  });

  test('of a quartic as by adding up a fine grid', () => {
    const mass = edgeMass(accepted(studyWindow([SQUARE.toReversed()])), 'quartic', 300, GRID, 1);
    const radius = 300 * Math.sqrt(8);
    for (const [x, y] of [
      [1100, 0],
      [4900, 3400],
      [1000, 1000],
      [3000, 1500],
    ] as const) {
      let sum = 0;
      const step = radius / 400;
      for (let dx = -radius + step / 2; dx < radius; dx += step)
        for (let dy = -radius + step / 2; dy < radius; dy += step) {
          const onGround = x + dx > 1000 && x + dx < 5000 && y + dy > -500 && y + dy < 3500;
          const rest = 1 - (dx * dx + dy * dy) / radius ** 2;
          if (onGround && rest > 0) sum += ((3 * rest * rest) / (Math.PI * radius ** 2)) * step * step;
        }
      expect(mass.at(x, y)).toBeCloseTo(sum, 3);
    }
  });

  test.each(['gaussian', 'quartic'] as const)('for many places on a lattice, within 1e-3 (%s)', (kernel) => {
    const window = accepted(studyWindow([cornered]));
    const exact = edgeMass(window, kernel, 400, GRID, 1);
    const lattice = edgeMass(window, kernel, 400, GRID, 1e6);
    fc.assert(
      fc.property(places, ([x, y]) => {
        expect(Math.abs(lattice.at(x, y) - exact.at(x, y))).toBeLessThan(1e-3);
      }),
    );
    const cells = exact.onGrid(GRID);
    lattice.onGrid(GRID).forEach((mass, cell) => {
      expect(Math.abs(mass - (cells[cell] ?? 0))).toBeLessThan(1e-3);
    });
  });
});

describe('adaptiveDensity', () => {
  test('widens where points are few: bandwidths fall with the density, and about the global one', () => {
    const cloud = strewn(60, 3, 1900);
    const points = { x: [...cloud.x, 1200], y: [...cloud.y, -300] };
    const { bandwidths, values, max } = accepted(adaptiveDensity(points, GRID, { bandwidth: 200, trim: 1e9 }));
    expect(bandwidths.at(-1)).toBe(Math.max(...bandwidths));
    const mean = Math.exp(bandwidths.reduce((sum, h) => sum + Math.log(h), 0) / 61);
    expect(mean).toBeCloseTo(200, 6);
    expect([...values].every((value) => value >= 0 && value <= max)).toBe(true);
  });

  test('many points have their pilot density from a lattice, to the promised precision', () => {
    const { x, y } = strewn(5_200, 4, 0);
    const few = { x: x.subarray(0, 5_000), y: y.subarray(0, 5_000) };
    const rest = Float64Array.from({ length: 200 }, (_, i) => 1e6 + 1e5 * i);
    const exact = densityAtPoints(few, 200);
    const lattice = densityAtPoints({ x, y }, 200);
    expect(rest.length + few.x.length).toBe(x.length);
    const ratio = lattice.subarray(0, 5_000).map((value, i) => value / (exact[i] ?? 0));
    // 4 % more points are 4 % more density, more or less.
    expect(ratio.reduce((a, b) => a + b) / 5_000).toBeCloseTo(1.04, 1);
    expect(Math.min(...ratio)).toBeGreaterThan(0.999);
  });

  test.each([
    ['out-of-range', { bandwidth: 100, trim: 0 }],
    ['out-of-range', { bandwidth: -1 }],
    ['out-of-range', { bandwidth: 1, pilotBandwidth: 0 }],
    ['all-zero', { bandwidth: 1, window: [SQUARE.map(([x, y]) => [x + 1e6, y] as const)] }],
    ['cancelled', { bandwidth: 1, cancelled: () => true }],
  ] as const)('%s', (reason, options) => {
    expect(refused(adaptiveDensity(strewn(4, 1, 0), GRID, options))).toBe(reason);
  });
});

describe('bandwidths', () => {
  test('grow with the unit of the coordinates', () => {
    const { x, y } = strewn(60, 5, 0);
    const larger = { x: x.map((value) => value * 3), y: y.map((value) => value * 3) };
    const ring = [SQUARE];
    const largerRing = [SQUARE.map(([east, north]) => [east * 3, north * 3] as const)];
    const pairs = [
      [accepted(scottBandwidth({ x, y })).both, accepted(scottBandwidth(larger)).both],
      [accepted(searchRadius({ x, y })), accepted(searchRadius(larger))],
      [accepted(likelihoodBandwidth({ x, y }, ring)), accepted(likelihoodBandwidth(larger, largerRing))],
      [accepted(meanSquareBandwidth({ x, y }, ring)), accepted(meanSquareBandwidth(larger, largerRing))],
    ] as const;
    for (const [one, three] of pairs) expect(three / one).toBeCloseTo(3, 9);
  });

  const one = { x: [5000, 5000, 5000], y: [100, 100, 100] };
  test.each([
    ['too-short', scottBandwidth({ x: [1], y: [1] })],
    ['no-variance', scottBandwidth({ x: [1, 1], y: [1, 2] })],
    ['no-variance', searchRadius(one)],
    ['no-variance', likelihoodBandwidth(one, [SQUARE])],
    ['too-short', likelihoodBandwidth({ x: [0], y: [0] }, [SQUARE])],
    ['too-short', meanSquareBandwidth({ x: [0], y: [0] }, [SQUARE])],
    ['no-areas', meanSquareBandwidth(one, [])],
    ['not-finite', searchRadius({ x: [1, Number.NaN], y: [1, 2] })],
    ['cancelled', likelihoodBandwidth(strewn(5, 1, 0), [SQUARE], { cancelled: () => true })],
  ] as const)('%s', (reason, outcome) => {
    expect(refused(outcome)).toBe(reason);
  });
});
