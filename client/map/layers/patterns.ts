import type * as maplibregl from 'maplibre-gl';

/** CSS pixels of a pattern's tile; divisible by 4, so that it repeats without a seam. */
const SIDE = 8;

/**
 * Adds the picture `figure-hatch` (lines at 45°) or `figure-dots` for `fill-pattern`, or renews it in another colour.
 * @param ink CSS colour as `#RRGGBB`
 */
export function addPattern(map: maplibregl.Map, kind: 'hatch' | 'dots', ink: string): void {
  const ratio = Math.max(1, Math.round(map.getPixelRatio()));
  const image = patternPicture(kind, ink, ratio);
  const id = `figure-${kind}`;
  if (map.hasImage(id)) map.updateImage(id, image);
  else map.addImage(id, image, { pixelRatio: ratio });
}

/** The pattern's pixels: rows of red, green, blue and opacity. */
export function patternPicture(
  kind: 'hatch' | 'dots',
  ink: string,
  ratio: number,
): { width: number; height: number; data: Uint8ClampedArray } {
  const side = SIDE * ratio;
  const data = new Uint8ClampedArray(side * side * 4);
  const rgb = [1, 3, 5].map((at) => Number.parseInt(ink.slice(at, at + 2), 16));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const cover = (kind === 'hatch' ? hatchAt : dotAt)((x + 0.5) / ratio, (y + 0.5) / ratio);
      data.set([...rgb, Math.round(255 * Math.min(1, Math.max(0, cover)))], (y * side + x) * 4);
    }
  }
  return { width: side, height: side, data };
}

/** How much of a pixel a line from the lower left to the upper right covers, about 1.4 pixels wide. */
function hatchAt(x: number, y: number): number {
  const along = (x + y) % SIDE;
  return 1.2 - Math.min(along, SIDE - along) * Math.SQRT1_2;
}

/** How much of a pixel the dots cover that stand at the corners of a square and in its middle. */
function dotAt(x: number, y: number): number {
  const off = (value: number, at: number) => Math.min(Math.abs(value - at), SIDE - Math.abs(value - at));
  const corner = Math.hypot(off(x, 0), off(y, 0));
  const middle = Math.hypot(off(x, SIDE / 2), off(y, SIDE / 2));
  return 1.9 - Math.min(corner, middle);
}
