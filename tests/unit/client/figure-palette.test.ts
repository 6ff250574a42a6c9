import { describe, expect, test } from 'vitest';
import {
  DIVERGING,
  emergingLook,
  LISA_QUADRANTS,
  lisaLook,
  sequentialColours,
  ZONE_HUES,
} from '../../../client/figure-palette.ts';
import { SIGNALS, SURFACES, type Theme } from '../../../client/palette.ts';
import { ZONE_COLOURS } from '../../../shared/schemas/plan.ts';
import { EMERGING_CATEGORIES } from '../../../shared/stats/emerging-categories.ts';
import { apart, contrast, EYES, seen } from '../../support/eyes.ts';

const lightness = (hex: string) => seen(hex, EYES.common ?? [])[0];

describe.each(['dark', 'light'] as Theme[])('figures on the %s map', (theme) => {
  const { area, text, panel } = SURFACES[theme];

  test.each([2, 3, 4, 5, 6, 7])('%i classes from few to many go away from the ground, evenly', (classes) => {
    const colours = sequentialColours(theme, classes);
    expect(new Set(colours).size).toBe(classes);
    const steps = colours.slice(1).map((colour, i) => lightness(colour) - lightness(colours[i] ?? colour));
    for (const step of steps) expect(Math.sign(step)).toBe(theme === 'dark' ? 1 : -1);
    expect(Math.max(...steps.map(Math.abs))).toBeLessThan(2.2 * Math.min(...steps.map(Math.abs)));
    expect(contrast(colours.at(-1) ?? '', area)).toBeGreaterThan(7);
    expect(contrast(colours[0] ?? '', area)).toBeGreaterThan(1.2);
  });

  test.each(Object.keys(EYES))('classes are told apart by %s eyes', (eye) => {
    const { below, middle, above } = DIVERGING[theme];
    const ways = [sequentialColours(theme, 7), [...below.toReversed(), middle, ...above]];
    for (const colours of ways) {
      for (const [i, colour] of colours.entries()) {
        for (const other of colours.slice(i + 1))
          expect(apart(colour, other, eye), `${colour} and ${other}`).toBeGreaterThan(0.05);
      }
    }
  });

  test.each(Object.keys(EYES))('zones are told apart by %s eyes', (eye) => {
    const hues = ZONE_HUES[theme];
    expect(hues).toHaveLength(ZONE_COLOURS);
    for (const [i, hue] of hues.entries()) {
      for (const other of hues.slice(i + 1))
        expect(apart(hue, other, eye), `${hue} and ${other}`).toBeGreaterThan(eye === 'common' ? 0.16 : 0.095);
      expect(apart(hue, SIGNALS[theme].alert, 'common'), `${hue} and the alert`).toBeGreaterThan(0.1);
      expect(contrast(hue, area), hue).toBeGreaterThan(theme === 'dark' ? 2 : 1.8);
    }
  });

  test('the middle is the nearest to the ground, and both ends are equally far', () => {
    const { below, middle, above } = DIVERGING[theme];
    const away = (colour: string) => Math.abs(lightness(colour) - lightness(area));
    for (const side of [below, above]) {
      const [near, further, far] = side.map(away) as [number, number, number];
      expect(away(middle)).toBeLessThan(near);
      expect(near).toBeLessThan(further);
      expect(further).toBeLessThan(far);
      expect(contrast(side[2], area)).toBeGreaterThan(5);
    }
    for (const step of [0, 1, 2] as const) expect(Math.abs(away(below[step]) - away(above[step]))).toBeLessThan(0.05);
  });

  test('no two quadrants, and no two categories, look alike', () => {
    const looks = [
      LISA_QUADRANTS.map((quadrant) => lisaLook(theme, quadrant)),
      EMERGING_CATEGORIES.map((category) => emergingLook(theme, category)),
    ];
    for (const each of looks) expect(new Set(each.map(({ colour, mark }) => colour + mark)).size).toBe(each.length);
  });

  test('signs upon the far colours are seen', () => {
    for (const colour of [
      DIVERGING[theme].below[2],
      DIVERGING[theme].above[2],
      sequentialColours(theme, 5).at(-1) ?? '',
    ])
      expect(contrast(colour, panel)).toBeGreaterThan(4.5);
    expect(contrast(text, area)).toBeGreaterThan(7);
  });
});

test('hot and cold of one history bear one mark', () => {
  const hot = EMERGING_CATEGORIES.filter((name) => name.endsWith('hot'));
  expect(hot).toHaveLength(8);
  for (const category of hot) {
    const cold = EMERGING_CATEGORIES.find((name) => name === category.replace('hot', 'cold'));
    expect(cold && emergingLook('dark', cold).mark).toBe(emergingLook('dark', category).mark);
  }
});
