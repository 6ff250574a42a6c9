import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMERGING_CATEGORIES, EMERGING_RULES, emergingCategory } from '../../../shared/stats/emerging-categories.ts';
import { emergingHotspots, type SpaceTimeCube } from '../../../shared/stats/emerging-hotspots.ts';
import { getisOrdG } from '../../../shared/stats/getis-ord.ts';
import { createRandom } from '../../../shared/stats/random.ts';
import { contiguityWeights, neighboursFromLists } from '../../../shared/stats/weights.ts';
import { accepted, refused } from './outcome.ts';
import { expectAllNear } from './reference-file.ts';

const SIDE = 12;
const STEPS = 20;
const PLACES = SIDE * SIDE;

const rook = accepted(
  neighboursFromLists(
    Array.from({ length: PLACES }, (_, place) =>
      [
        place % SIDE > 0 ? place - 1 : -1,
        place % SIDE < SIDE - 1 ? place + 1 : -1,
        place - SIDE,
        place + SIDE < PLACES ? place + SIDE : -1,
      ].filter((other) => other >= 0),
    ),
  ),
);

/** A cube of Poisson noise of mean 10 with more, or fewer, around one place by a rule of the step. */
function planted(middle: number, factor: (step: number) => number): SpaceTimeCube {
  const random = createRandom(9);
  const around = new Set([middle, ...rook.neighbours.subarray(rook.starts[middle], rook.starts[middle + 1])]);
  const values = new Float64Array(PLACES * STEPS);
  for (let step = 0, bin = 0; step < STEPS; step++)
    for (let place = 0; place < PLACES; place++, bin++)
      values[bin] = random.poisson(10 * (around.has(place) ? factor(step) : 1));
  return { places: PLACES, steps: STEPS, values, neighbours: rook };
}

const MIDDLE = 5 * SIDE + 5;

describe('what lies hidden in a cube is found under its name', () => {
  test.each([
    ['persistent hot', 'always-steady', () => 3],
    ['intensifying hot', 'always-rising', (step: number) => 2.5 + step / 5],
    ['diminishing hot', 'always-falling', (step: number) => 6.5 - step / 5],
    ['consecutive hot', 'run-at-end', (step: number) => (step >= 14 ? 4 : 1)],
    ['new hot', 'final-first', (step: number) => (step === 19 ? 5 : 1)],
    ['sporadic hot', 'on-and-off', (step: number) => (step % 7 === 5 ? 5 : 1)],
    ['oscillating hot', 'was-opposite', (step: number) => (step < 8 ? 0 : step % 7 === 5 ? 6 : 1)],
    ['historical hot', 'always-but-final', (step: number) => (step < 18 ? 4 : 0.8)],
    ['persistent cold', 'always-steady', () => 0],
    ['consecutive cold', 'run-at-end', (step: number) => (step >= 14 ? 0 : 1)],
    ['none', 'not-final', (step: number) => (step === 5 ? 5 : 1)],
    ['none', 'never', () => 1],
  ])('%s', (category, rule, factor) => {
    const found = accepted(emergingHotspots(planted(MIDDLE, factor), { timeLag: 0 }));
    expect(EMERGING_CATEGORIES[found.category[MIDDLE] ?? 0]).toBe(category);
    expect(EMERGING_RULES[found.rule[MIDDLE] ?? 0]).toBe(rule);
    // Far away from it little is found: the rate of false ones is held over the whole cube.
    expect(found.category.filter((code) => code > 0).length).toBeLessThan(25);
  });
});

test('z is Gi* over a neighbourhood in space and time', () => {
  const cube = planted(MIDDLE, () => 2);
  const lists = Array.from({ length: PLACES * STEPS }, (_, bin) => {
    const [step, place] = [Math.floor(bin / PLACES), bin % PLACES];
    const around = [place, ...rook.neighbours.subarray(rook.starts[place], rook.starts[place + 1])];
    return [0, 1, 2]
      .filter((back) => back <= step)
      .flatMap((back) => around.map((other) => other + (step - back) * PLACES))
      .filter((other) => other !== bin);
  });
  const weights = accepted(contiguityWeights(accepted(neighboursFromLists(lists))));
  const found = accepted(emergingHotspots(cube, { timeLag: 2 }));
  expectAllNear(found.z, [...accepted(getisOrdG(cube.values, weights)).z], { abs: 1e-10 }, 'z');
});

describe('categories', () => {
  const history = fc.array(fc.constantFrom(-1, 0, 1), { minLength: 1, maxLength: 30 });
  const trend = fc.record({
    z: fc.double({ min: -5, max: 5, noNaN: true }),
    p: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  test('of the opposite history are the opposite, by the same rule', () => {
    const turned = (text: string) => (text.endsWith('hot') ? text.replace('hot', 'cold') : text.replace('cold', 'hot'));
    fc.assert(
      fc.property(history, trend, (flags, { z, p }) => {
        const one = emergingCategory(flags, { z, p }, 0.1);
        const other = emergingCategory(
          flags.map((flag) => -flag),
          { z: -z, p },
          0.1,
        );
        // A history that is nearly always both can only be of one step.
        expect(other).toEqual({ ...one, category: turned(one.category) });
      }),
    );
  });

  test('a first hot step after cold ones fits oscillating too, and says so', () => {
    const flags = [0, -1, 0, 0, 0, 0, 0, 0, 0, 1];
    expect(emergingCategory(flags, { z: 0, p: 1 }, 0.1)).toEqual({
      category: 'new hot',
      rule: 'final-first',
      isAmbiguous: true,
    });
    expect(emergingCategory([...flags, 1], { z: 0, p: 1 }, 0.1)).toMatchObject({
      category: 'consecutive hot',
      isAmbiguous: true,
    });
  });
});

describe('what is refused', () => {
  const cube = planted(MIDDLE, () => 1);
  test.each([
    ['too-short', { ...cube, steps: 9, values: new Float64Array(PLACES * 9) }, {}],
    ['length-mismatch', { ...cube, steps: 21 }, {}],
    ['length-mismatch', { ...cube, places: 72, steps: 40 }, {}],
    ['no-areas', { ...cube, places: 0 }, {}],
    ['all-zero', { ...cube, values: new Float64Array(PLACES * STEPS) }, {}],
    ['not-finite', { ...cube, values: new Float64Array(PLACES * STEPS).fill(Number.NaN) }, {}],
    ['out-of-range', cube, { timeLag: -1 }],
    ['out-of-range', cube, { timeLag: STEPS }],
    ['out-of-range', cube, { alpha: 1 }],
    ['out-of-range', cube, { trendAlpha: 0 }],
  ] as const)('%s', (reason, broken, options) => {
    expect(refused(emergingHotspots(broken, options))).toBe(reason);
  });
});
