import type * as maplibregl from 'maplibre-gl';
import { SURFACES, type Theme } from '../palette.ts';
import { paintChanges } from './style/built-in.ts';

/** Repaints the built-in layers in another theme: nothing is loaded again, nothing is lost. */
export function applyTheme(map: maplibregl.Map, from: Theme, to: Theme): void {
  wearTheme(map.getContainer(), to);
  for (const { layer, property, value } of paintChanges(from, to)) {
    if (map.getLayer(layer)) map.setPaintProperty(layer, property as 'fill-color', value as string);
  }
}

/** Gives the map's controls the colours of a theme. */
export function wearTheme(container: HTMLElement, theme: Theme): void {
  const { panel, text, dimmed, hairline, focus } = SURFACES[theme];
  for (const [name, colour] of Object.entries({ panel, text, dimmed, hairline, focus })) {
    container.style.setProperty(`--map-${name}`, colour);
  }
}
