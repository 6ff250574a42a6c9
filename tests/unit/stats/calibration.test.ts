import { beforeAll, describe, expect, test } from 'vitest';
import { contiguityNeighbours } from '../../../shared/stats/contiguity.ts';
import { falseDiscoveryRate } from '../../../shared/stats/false-discovery.ts';
import { GETIS_ORD_LEAST_INCIDENTS, getisOrdG } from '../../../shared/stats/getis-ord.ts';
import { createRandom } from '../../../shared/stats/random.ts';
import { contiguityWeights, type SpatialWeights } from '../../../shared/stats/weights.ts';
import { windowPoisson } from '../../../shared/stats/window-poisson.ts';
import { windowTwoPoisson } from '../../../shared/stats/window-two-poisson.ts';
import { squareGrid } from '../../support/square-grid.ts';
import { accepted } from './outcome.ts';

const SIDE = 290;
const SIZE = SIDE * SIDE;
const ALPHA = 0.05;
/** The windows that hold one place: what a single false find can raise. */
const ONE_FIND = 9;

let weights: SpatialWeights;
beforeAll(() => {
  weights = accepted(contiguityWeights(accepted(contiguityNeighbours(squareGrid(SIDE)))));
});

/** How many places each method flags at 5 %. */
function flags(counts: Float64Array, expected: Float64Array): { gi: number; window: number } {
  const gi = accepted(getisOrdG(counts, weights));
  const window = accepted(windowPoisson(counts, expected, weights, { alpha: ALPHA }));
  return {
    gi: accepted(falseDiscoveryRate(gi.p, ALPHA, gi.state)).count,
    window: window.discoveries.count,
  };
}

function simulate(means: Float64Array, seed: number): Float64Array {
  const random = createRandom(seed);
  return means.map((mean) => random.poisson(mean));
}

describe('84,100 areas without any clustering', () => {
  // How many Gi* flags grows as incidents get rarer: its tail is the normal one, theirs is not.
  test.each([
    [0.005, 3000],
    [0.02, 900],
    [0.1, 150],
    [0.5, 10],
  ])('a mean of %d incidents: Gi* finds more than %d, the exact window none', (mean, atLeast) => {
    const means = new Float64Array(SIZE).fill(mean);
    const { gi, window } = flags(simulate(means, 1), means);
    expect(gi).toBeGreaterThan(atLeast);
    expect(window).toBeLessThanOrEqual(ONE_FIND);
  });

  test.each([1, 2, 3])('Gi* finds nothing either from as many incidents on as it asks for, seed %d', (seed) => {
    const means = new Float64Array(SIZE).fill(GETIS_ORD_LEAST_INCIDENTS / 9);
    expect(flags(simulate(means, seed), means).gi).toBeLessThanOrEqual(ONE_FIND);
  });

  test('the same risk everywhere over an uneven population: Gi* of counts calls the towns hot, the exact window nothing', () => {
    const random = createRandom(2);
    // Towns of a few cells on a thin countryside, with as many incidents a head everywhere.
    const means = new Float64Array(SIZE).fill(0.25);
    for (let town = 0; town < 60; town++) {
      const middle = random.below(SIZE);
      for (const step of [0, 1, SIDE, SIDE + 1]) means[(middle + step) % SIZE] = 4;
    }
    const { gi, window } = flags(simulate(means, 3), means);
    expect(gi).toBeGreaterThan(300);
    expect(window).toBeLessThanOrEqual(ONE_FIND);
  });
});

test('the exact window finds the cluster that is there', () => {
  const means = new Float64Array(SIZE).fill(0.02);
  const counts = simulate(means, 4);
  const middle = 100 * SIDE + 100;
  for (const step of [0, 1, SIDE]) counts[middle + step] = 3;
  const { discoveries, p } = accepted(windowPoisson(counts, means, weights, { alpha: ALPHA }));
  expect(discoveries.significant[middle]).toBe(1);
  expect(discoveries.count).toBeLessThanOrEqual(16);
  expect(p[middle]).toBeLessThan(1e-9);
});

describe('a baseline of the same rare incidents', () => {
  test.each([
    [0.02, 0],
    [0.1, 0],
    [0.5, 100],
    [2, 100],
  ])('a mean of %d: compared exactly it raises none; taken for what is expected, more than %d', (mean, more) => {
    const means = new Float64Array(SIZE).fill(mean);
    const [counts, baseline] = [simulate(means, 5), simulate(means, 6)];
    const exact = accepted(windowTwoPoisson(counts, baseline, weights, { exposures: [28, 28], alpha: ALPHA }));
    expect(exact.discoveries.count).toBeLessThanOrEqual(ONE_FIND);
    const asKnown = accepted(windowPoisson(counts, baseline, weights, { alpha: ALPHA }));
    expect(asKnown.discoveries.count).toBeGreaterThanOrEqual(more);
  });

  test('what is new since then is found', () => {
    const means = new Float64Array(SIZE).fill(0.1);
    const [counts, baseline] = [simulate(means, 7), simulate(means, 8)];
    const middle = 100 * SIDE + 100;
    for (const step of [0, 1, SIDE, SIDE + 1]) counts[middle + step] = 8;
    const { discoveries } = accepted(
      windowTwoPoisson(counts, baseline, weights, { exposures: [28, 28], alpha: ALPHA }),
    );
    expect(discoveries.significant[middle]).toBe(1);
    expect(discoveries.count).toBeLessThanOrEqual(25);
  });
});
