import regular from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url';
import semibold from '@fontsource/noto-sans/files/noto-sans-latin-600-normal.woff2?url';
import type { MapOptions } from 'maplibre-gl';
import type { Theme } from '../palette.ts';
import { builtInStyle } from './style/built-in.ts';

/** What all maps of the page are made with: the built-in style, and north up, as on the wall map. */
export function mapOptions(theme: Theme): Omit<MapOptions, 'container'> {
  const absolute = (path: string) => new URL(path, location.href).href;
  return {
    maxZoom: 20,
    maxPitch: 0,
    // Turning and tilting only ever happen by accident here.
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    style: builtInStyle(theme, {
      origin: location.origin,
      fonts: { regular: absolute(regular), semibold: absolute(semibold) },
    }),
  };
}
