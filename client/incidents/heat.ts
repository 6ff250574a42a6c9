import type { Theme } from '../palette.ts';

/** Distance at which an incident's weight has faded out, CSS pixels: the legend states it as the method's. */
export const HEAT_RADIUS_PIXELS = 28;

/**
 * Densities (1 is the map's brightest) and their colours: viridis, perceptually even and safe for colour-blind eyes,
 * going away from the ground: to bright on the dark map, to dark on the light one. The lowest fade in, so that an empty
 * map stays the map.
 */
export const HEAT_RAMPS: Record<Theme, readonly (readonly [density: number, colour: string])[]> = {
  dark: [
    [0, 'rgba(70,51,127,0)'],
    [0.08, 'rgba(70,51,127,0.45)'],
    [0.2, 'rgba(58,82,139,0.75)'],
    [0.4, '#21918c'],
    [0.6, '#35b779'],
    [0.8, '#90d743'],
    [1, '#fde725'],
  ],
  light: [
    [0, 'rgba(189,223,38,0)'],
    [0.08, 'rgba(189,223,38,0.45)'],
    [0.2, 'rgba(94,201,98,0.75)'],
    [0.4, '#21918c'],
    [0.6, '#2c728e'],
    [0.8, '#3b528b'],
    [1, '#440154'],
  ],
};
