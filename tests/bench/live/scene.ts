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

/** A ring of longitude and latitude. */
export type Ring = [number, number][];

/** Vertices of a grant's border. */
const VERTICES = 200;

/**
 * The same units; grants of the size of a kota with ragged borders, and viewers who look at a part of their own: viewer
 * `i` has grant `i % grants`.
 */
export function makeGrantScene(
  random: () => number,
  units: number,
  viewers: number,
  grants: number,
): Scene & { grants: Ring[] } {
  const { places } = makeScene(random, units, 0);
  const centres = Array.from({ length: grants }, () => {
    const [x, y] = [random(), random()].map((part) => KOTA / 2 + part * (SIZE - KOTA));
    return [WEST + (x ?? 0), SOUTH + (y ?? 0)] as const;
  });
  const rings = centres.map(([lon, lat]): Ring => {
    const phase = random() * 7;
    return Array.from({ length: VERTICES }, (_, index): [number, number] => {
      const angle = (index / VERTICES) * 2 * Math.PI;
      const radius = (KOTA / 2) * (0.85 + 0.15 * Math.sin(angle * 5 + phase) + 0.02 * random());
      return [lon + Math.cos(angle) * radius, lat + Math.sin(angle) * radius];
    });
  });
  const windows = Array.from({ length: viewers }, (_, index): Window => {
    const [lon = 0, lat = 0] = centres[index % grants] ?? [];
    const size = KECAMATAN * (KOTA / KECAMATAN) ** random();
    const [west, south] = [lon, lat].map((centre) => centre - size / 2 + (random() - 0.5) * (KOTA - size));
    return [west ?? 0, south ?? 0, (west ?? 0) + size, (south ?? 0) + size];
  });
  return { places, windows, grants: rings };
}
