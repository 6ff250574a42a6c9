import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, test } from 'vitest';
import { anchor, inSlots } from '../../../../client/map/anchors.ts';
import { builtInStyle, layersBySlot, paintChanges } from '../../../../client/map/style/built-in.ts';

const addresses = { origin: 'http://ronda.test', fonts: { regular: '/regular.woff2', semibold: '/semibold.woff2' } };

describe.each(['dark', 'light'] as const)('the built-in style, %s', (theme) => {
  const style = builtInStyle(theme, addresses);

  test('is valid', () => {
    expect(validateStyleMin(style)).toEqual([]);
  });

  test('points nowhere but to this server, and needs no glyphs', () => {
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
    const addressesIn = JSON.stringify(style).match(/https?:\/\/[^"/]+/g) ?? [];
    expect(new Set(addressesIn)).toEqual(new Set(['http://ronda.test']));
  });

  test('keeps its slots in order, base below areas below streets below borders below names', () => {
    const at = (id: string) => style.layers.findIndex((layer) => layer.id === id);
    expect(at('base-world-land')).toBeLessThan(at('area-fill'));
    expect(at('area-fill')).toBeLessThan(at('base-street-primary'));
    expect(at('base-street-primary')).toBeLessThan(at('area-line-border'));
    expect(at('area-line-border')).toBeLessThan(at(anchor('heat')));
    expect(at('area-label-desa')).toBeLessThan(at(anchor('incident')));
    expect(at(anchor('incident'))).toBeLessThan(at(anchor('unit')));
  });
});

test('changing theme touches paint alone, and gives exactly the other theme', () => {
  const changes = paintChanges('dark', 'light');
  expect(changes.length).toBeGreaterThan(10);
  const dark = layersBySlot('dark');
  for (const layer of Object.values(dark).flat()) {
    const paint: Record<string, unknown> = { ...layer.paint };
    for (const { layer: id, property, value } of changes) if (id === layer.id) paint[property] = value;
    Object.assign(layer, { paint });
  }
  expect(inSlots(dark)).toEqual(inSlots(layersBySlot('light')));
  expect(paintChanges('dark', 'dark')).toEqual([]);
});
