/** Greater Jakarta: units everywhere in it, viewers of a kecamatan (about 5 km) up to a kota (about 20 km). */
const WEST = 106.65;
const SOUTH = -6.4;
const SIZE = 0.45;
const KECAMATAN = 0.045;
const KOTA = 0.18;

export type Window = [number, number, number, number];

export interface Scene {
  /** Longitude and latitude of each unit, by turns. */
  places: number[];
  windows: Window[];
}

/** Units and windows at random places, windows of random size between kecamatan and kota. */
export function makeScene(random: () => number, units: number, viewers: number): Scene {
  const places = Array.from({ length: units * 2 }, (_, index) => (index % 2 === 0 ? WEST : SOUTH) + random() * SIZE);
  const windows = Array.from({ length: viewers }, (): Window => {
    const size = KECAMATAN * (KOTA / KECAMATAN) ** random();
    const west = WEST + random() * (SIZE - size);
    const south = SOUTH + random() * (SIZE - size);
    return [west, south, west + size, south + size];
  });
  return { places, windows };
}

/** Zoom of a map that shows such a window. */
export const SCENE_ZOOM = 13;
/** One second's way at 36 km/h, degrees. */
export const STEP = 0.00009;
