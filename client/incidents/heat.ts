/** Distance at which an incident's weight has faded out, CSS pixels: the legend states it as the method's. */
export const HEAT_RADIUS_PIXELS = 28;

/**
 * Densities (1 is the map's brightest) and their colours: viridis, perceptually even and safe for colour-blind eyes.
 * The lowest fade in, so that an empty map stays the map.
 */
export const HEAT_RAMP: readonly (readonly [number, string])[] = [
  [0.08, 'rgba(70,51,127,0.45)'],
  [0.2, 'rgba(58,82,139,0.75)'],
  [0.4, '#21918c'],
  [0.6, '#35b779'],
  [0.8, '#90d743'],
  [1, '#fde725'],
];
