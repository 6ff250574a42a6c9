import { describe, expect, test } from 'vitest';
import { CATEGORY_COLOURS, SIGNALS, SURFACES, type Theme } from '../../../client/palette.ts';
import { apart, contrast, EYES } from '../../support/eyes.ts';

describe.each(['dark', 'light'] as Theme[])('the %s palette', (theme) => {
  const categories = Object.entries(CATEGORY_COLOURS[theme]);
  const { area, page, panel, raised, text, dimmed, markerInk } = SURFACES[theme];

  test.each(Object.keys(EYES))('tells the categories apart for %s eyes', (eye) => {
    const others = [...categories, ['alert', SIGNALS[theme].alert], ['waiting', SIGNALS[theme].waiting]] as const;
    for (const [i, [name, colour]] of categories.entries()) {
      for (const [other, otherColour] of others.slice(i + 1)) {
        expect(apart(colour, otherColour, eye), `${name} and ${other}`).toBeGreaterThan(0.065);
      }
    }
  });

  test('keeps markers and text legible', () => {
    for (const [name, colour] of categories) {
      expect(contrast(colour, area), `${name} on the area fill`).toBeGreaterThan(3);
      expect(contrast(colour, markerInk), `ink on ${name}`).toBeGreaterThan(3);
    }
    for (const surface of [page, panel, raised]) {
      expect(contrast(text, surface)).toBeGreaterThan(7);
      expect(contrast(dimmed, surface)).toBeGreaterThan(4.5);
      for (const signal of Object.values(SIGNALS[theme])) expect(contrast(signal, surface)).toBeGreaterThan(4.5);
    }
  });
});
