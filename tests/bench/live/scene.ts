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

/** Kota of 13 km side by side, ten in a row. */
const GRANT = 0.12;
const IN_A_ROW = 10;
/** Vertices of each side of a border, and how far they stray, degrees. */
const SIDE_VERTICES = 50;
const STRAY = 0.005;

/**
 * Units everywhere in as many kota side by side as there are grants, and viewers who look at a kecamatan or up to the
 * whole of their own kota: viewer `i` has grant `i % grants`. Neighbours share their ragged border.
 */
export function makeGrantScene(
  random: () => number,
  units: number,
  viewers: number,
  grants: number,
): Scene & { grants: Ring[] } {
  const rows = Math.ceil(grants / IN_A_ROW);
  const at = (column: number, row: number): [number, number] => [WEST + column * GRANT, SOUTH + row * GRANT];
  // Each border once, from its lesser corner to its greater one, without the latter.
  const side = (column: number, row: number, [dx, dy]: [number, number]): Ring =>
    Array.from({ length: SIDE_VERTICES }, (_, index) => {
      const [lon, lat] = at(column + (dx * index) / SIDE_VERTICES, row + (dy * index) / SIDE_VERTICES);
      const stray = index === 0 ? 0 : (random() - 0.5) * 2 * STRAY;
      return [lon + dy * stray, lat + dx * stray];
    });
  const along = Array.from({ length: rows + 1 }, (_, row) =>
    Array.from({ length: IN_A_ROW }, (_, column) => side(column, row, [1, 0])),
  );
  const up = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: IN_A_ROW + 1 }, (_, column) => side(column, row, [0, 1])),
  );
  const places = Array.from({ length: units }, () => at(random() * IN_A_ROW, random() * rows)).flat();
  const rings = Array.from({ length: grants }, (_, grant): Ring => {
    const [column, row] = [grant % IN_A_ROW, Math.floor(grant / IN_A_ROW)];
    const back = (ring: Ring | undefined, corner: [number, number]): Ring => [
      corner,
      ...(ring ?? []).slice(1).reverse(),
    ];
    return [
      ...(along[row]?.[column] ?? []),
      ...(up[row]?.[column + 1] ?? []),
      ...back(along[row + 1]?.[column], at(column + 1, row + 1)),
      ...back(up[row]?.[column], at(column, row + 1)),
    ];
  });
  const windows = Array.from({ length: viewers }, (_, index): Window => {
    const grant = index % grants;
    const [west, south] = at(grant % IN_A_ROW, Math.floor(grant / IN_A_ROW));
    const size = KECAMATAN * (GRANT / KECAMATAN) ** random();
    const [x, y] = [west + random() * (GRANT - size), south + random() * (GRANT - size)];
    return [x, y, x + size, y + size];
  });
  return { places, windows, grants: rings };
}
