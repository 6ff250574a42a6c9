import { describe, expect, test } from 'vitest';
import { judgeEffect, judgeHarm, sizesOf } from '../../../../../client/analysis/effect/judge.ts';
import { codesFor, codesWithin, sidesOf } from '../../../../../client/analysis/effect/sides.ts';
import { verdictOf } from '../../../../../client/analysis/effect/verdict.ts';
import { neighboursFromLists } from '../../../../../shared/stats/weights.ts';
import { accepted, refused } from '../../../stats/outcome.ts';

/** A row of desa, each beside the next, and one apart. */
const CODES = ['98.01.01.1001', '98.01.01.1002', '98.01.01.1003', '98.01.02.1001', '98.01.02.1002', '98.02.01.1001'];
const ROW = accepted(neighboursFromLists([[1], [0, 2], [1, 3], [2, 4], [3], []]));
const code = (...at: number[]) => at.map((index) => CODES[index] ?? '');

describe('sidesOf', () => {
  test('what touches the treated areas surrounds them; what touches the control alone surrounds that', () => {
    expect(sidesOf(CODES, { treated: code(0), control: code(4) }, ROW)).toEqual({
      ...{ treated: [0], control: [4] },
      ...{ surroundings: [1], controlSurroundings: [3] },
    });
  });

  test('no area is on two sides: treated goes before control, and the treated surroundings before those of the control', () => {
    const both = sidesOf(CODES, { treated: code(1, 1), control: code(1, 3) }, ROW);
    expect(both).toEqual({ treated: [1], control: [3], surroundings: [0, 2], controlSurroundings: [4] });
  });

  test('without neighbours nothing surrounds anything, and unknown codes are nowhere', () => {
    const sides = sidesOf(CODES, { treated: [...code(0), '99.01'], control: code(5) });
    expect(sides).toEqual({ treated: [0], control: [5], surroundings: [], controlSurroundings: [] });
  });
});

test('a wider area stands for all within it, a finer one for the one around it', () => {
  expect(codesFor('98.01.01', CODES)).toEqual(code(0, 1, 2));
  expect(codesFor('98.01.02.1001.RW003', CODES)).toEqual(code(3));
  expect(codesFor('98.0', CODES)).toEqual([]);
  expect(codesFor('98.02.01.1001', CODES)).toEqual(code(5));
});

test('a polygon drawn by hand takes the areas whose label it holds', () => {
  const areas = {
    code: CODES,
    lon: [116.1, 116.2, 116.3, 116.1, 116.2, 117],
    lat: [-8.5, -8.5, -8.5, -8.6, -8.6, -8.5],
  };
  const ring = [
    [116.05, -8.55],
    [116.25, -8.55],
    [116.25, -8.45],
    [116.05, -8.45],
    [116.05, -8.55],
  ];
  expect(codesWithin(areas, [ring])).toEqual(code(0, 1));
  expect(codesWithin(areas, [])).toEqual([]);
});

describe('judgeEffect', () => {
  const sides = sidesOf(CODES, { treated: code(0), control: code(4) }, ROW);
  const whole = { sides, days: { before: 28, after: 28 }, sizes: undefined, alpha: 0.05 };

  test("gives the published example's figures: treated 100 to 50, control 60 to 50, around them 20 to 15 and 10 to 15", () => {
    // A. Wheeler, J. Ratcliffe 2018: (50−100) − (50−60) = −40; (15−20) − (15−10) = −10; √(100+50+60+50+20+15+10+15).
    const changes = { before: [100, 20, 0, 10, 60, 7], after: [50, 15, 0, 15, 50, 7] };
    const effect = accepted(judgeEffect({ ...whole, changes }));
    expect(effect.counts).toEqual({
      ...{ treated: [100, 50], control: [60, 50] },
      ...{ surroundings: [20, 15], controlSurroundings: [10, 15] },
    });
    expect(effect.difference.estimate).toBe(-50);
    expect(effect.difference.standardError).toBeCloseTo(Math.sqrt(320), 12);
    expect([effect.local.estimate, effect.moved?.estimate, effect.without]).toEqual([-40, -10, 90]);
    const verdict = verdictOf(effect);
    expect(verdict).toMatchObject({ outcome: 'fewer', events: 40, around: 'unclear' });
    expect(verdict.share).toBeCloseTo(-40 / 90, 12);
    expect([verdict.from, verdict.to].map((bound) => bound.toFixed(1))).toEqual(['8.4', '71.6']);
  });

  test('a period before that was twice as long counts half', () => {
    const changes = { before: [100, 0, 0, 0, 80, 0], after: [50, 0, 0, 0, 40, 0] };
    const effect = accepted(judgeEffect({ ...whole, changes, days: { before: 56, after: 28 } }));
    expect(effect.difference.estimate).toBe(0);
    expect(effect.moved).toBeUndefined();
    expect(verdictOf(effect)).toMatchObject({ outcome: 'unclear', around: 'none', share: 0 });
  });

  test('a control four times as large counts a quarter, where sizes are asked for', () => {
    const changes = { before: [30, 0, 0, 0, 120, 0], after: [30, 0, 0, 0, 80, 0] };
    const effect = accepted(judgeEffect({ ...whole, changes, sizes: [1, 1, 1, 1, 4, 1] }));
    expect(effect.local.estimate).toBe(10);
    expect(effect.local.standardError).toBeCloseTo(Math.sqrt(60 + 200 / 16), 12);
    expect(verdictOf({ ...effect, local: { ...effect.local, lower: 2, upper: 18 } })).toMatchObject({
      ...{ outcome: 'more', events: 10, from: 2, to: 18 },
    });
  });

  test('more around the treated areas than around the control is displacement, fewer is a benefit that spread', () => {
    const around = (after: number) =>
      verdictOf(
        accepted(
          judgeEffect({ ...whole, changes: { before: [90, 40, 0, 40, 90, 0], after: [50, after, 0, 40, 90, 0] } }),
        ),
      ).around;
    expect([around(80), around(45), around(5)]).toEqual(['moved', 'unclear', 'spread']);
  });

  test('a fall that is made up for around it is no plain yes', () => {
    const outcome = (around: number) =>
      verdictOf(
        accepted(
          judgeEffect({ ...whole, changes: { before: [90, 40, 0, 40, 90, 0], after: [40, around, 0, 40, 90, 0] } }),
        ),
      ).outcome;
    expect([outcome(90), outcome(45)]).toEqual(['fewer-here', 'fewer']);
  });

  test('nothing anywhere is refused', () => {
    expect(refused(judgeEffect({ ...whole, changes: { before: [0, 0], after: [0, 0] } }))).toBe('all-zero');
  });

  test('harm adds the severities up by their weights, and their variances by the squares', () => {
    const low = { before: [40, 0, 0, 0, 40, 0], after: [20, 0, 0, 0, 40, 0] };
    const serious = { before: [10, 0, 0, 0, 10, 0], after: [4, 0, 0, 0, 10, 0] };
    const nothing = { before: [0], after: [0] };
    const harm = accepted(judgeHarm({ low, moderate: nothing, serious }, whole));
    expect(harm.estimate).toBe(-20 + 4 * -6);
    expect(harm.standardError).toBeCloseTo(Math.sqrt(140 + 16 * 34), 12);
    expect(refused(judgeHarm({ low: nothing }, whole))).toBe('no-areas');
  });
});

test('sizes are taken where every area of every side has one', () => {
  const sides = sidesOf(CODES, { treated: code(0), control: code(4) });
  const areas = { households: [100, null, 5, 5, 300, 5], km2: [1, 1, 1, 1, 2, 1] };
  expect(sizesOf(areas, 'none', sides)).toBeUndefined();
  expect(sizesOf(areas, 'households', sides)).toEqual([100, 0, 5, 5, 300, 5]);
  expect(sizesOf(areas, 'households', sidesOf(CODES, { treated: code(1), control: code(4) }))).toBeUndefined();
  expect(sizesOf(areas, 'km2', sides)).toEqual(areas.km2);
});
