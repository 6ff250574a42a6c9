/** Zoom → radius of a symbol in CSS pixels: dots from afar, symbols with nose and marks from near. */
const SIZES = [
  [7, 4],
  [10, 5.5],
  [12, 7.5],
  [14, 11.5],
  [16, 14.5],
  [18, 17],
] as const;

/** Symbols at least this large have shape, nose, inner sign and marks. */
const DETAIL_RADIUS = 5.4;
/** With so many units in the window symbols are full size, and with so many they are as small as they get. */
const FEW = 300;
const MANY = 5000;
const CROWDED = 0.4;
const LEAST_RADIUS = 3;

/** Radius of a unit's symbol in CSS pixels where `count` units share the window: smaller in a crowd, so that each is still seen. */
export function unitRadius(zoom: number, count: number): number {
  const crowd = Math.min(1, Math.max(0, Math.log(count / FEW) / Math.log(MANY / FEW)));
  return Math.max(LEAST_RADIUS, radiusAt(zoom) * (1 - crowd * (1 - CROWDED)));
}

/** Whether symbols of this radius are drawn in full; dots otherwise. */
export function isDetailed(radius: number): boolean {
  return radius >= DETAIL_RADIUS;
}

function radiusAt(zoom: number): number {
  let [zoomBelow, below]: readonly [number, number] = SIZES[0];
  for (const [zoomAbove, above] of SIZES) {
    if (zoom <= zoomAbove) {
      const part = zoomAbove === zoomBelow ? 1 : Math.max(0, (zoom - zoomBelow) / (zoomAbove - zoomBelow));
      return below + (above - below) * part;
    }
    zoomBelow = zoomAbove;
    below = above;
  }
  return below;
}
