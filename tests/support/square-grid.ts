import type { MultiPolygonCoordinates } from '../../shared/stats/contiguity.ts';

/** A square map of `side` × `side` square polygons, row by row, a hundredth of a degree each, as a survey grid has them. */
export function squareGrid(side: number): MultiPolygonCoordinates[] {
  // The corner of neighbours is one number: sums in another order would round to others.
  const lon = Array.from({ length: side + 1 }, (_, column) => 110 + column / 100);
  const lat = Array.from({ length: side + 1 }, (_, row) => -8 + row / 100);
  const polygons: MultiPolygonCoordinates[] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [west = 0, east = 0] = lon.slice(column, column + 2);
      const [south = 0, north = 0] = lat.slice(row, row + 2);
      const corners = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ];
      polygons.push([[corners]]);
    }
  }
  return polygons;
}
