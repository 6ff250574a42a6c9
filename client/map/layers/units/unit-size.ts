/** Zoom → radius of a symbol in CSS pixels: dots from afar, symbols with nose and marks from near. */
const SIZES = [
  [7, 4],
  [10, 5.5],
  [12, 7.5],
  [14, 11.5],
  [16, 14.5],
  [18, 17],
] as const;

/** From this zoom symbols have nose, inner sign and marks. */
const DETAIL_ZOOM = 11.5;

/** Radius of a unit's symbol in CSS pixels. */
export function unitRadius(zoom: number): number {
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

/** 0 where symbols are dots, 1 where they are drawn in full. */
export function unitDetail(zoom: number): number {
  return zoom >= DETAIL_ZOOM ? 1 : 0;
}
