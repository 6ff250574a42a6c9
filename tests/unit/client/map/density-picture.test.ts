import { expect, test } from 'vitest';
import { contourFeatures } from '../../../../client/map/layers/analysis-density.ts';
import { densityPicture } from '../../../../client/map/layers/density-picture.ts';
import { metresPerDegree } from '../../../../shared/geo/grid.ts';

const origin = { lon: 110, lat: -7 };
const grid = { west: -2000, south: -1000, cellWidth: 1000, cellHeight: 1000, columns: 4, rows: 2 };
// Row 0 is the southernmost.
const values = [0, 0, 10, 10, 0, 0, 0, 0];
const classes = [
  { from: 2, colour: '#102030' },
  { from: 8, colour: '#FFEEDD' },
];

/** The colour at shares of the width from the west and of the height from the north. */
function at(picture: ReturnType<typeof densityPicture>, right: number, down: number): number[] {
  const pixel = Math.floor(down * picture.height) * picture.width + Math.floor(right * picture.width);
  return [...picture.data.subarray(pixel * 4, pixel * 4 + 4)];
}

test('high values lie where they are, north up, in the colour of their class', () => {
  const picture = densityPicture({ grid, origin, values }, classes);
  expect(picture.width).toBe(2 * picture.height);
  expect(at(picture, 0.9, 0.95)).toEqual([0xff, 0xee, 0xdd, 255]);
  expect(at(picture, 0.1, 0.95)).toEqual([0, 0, 0, 0]);
  expect(at(picture, 0.9, 0.05)).toEqual([0, 0, 0, 0]);
  // Half way between the middles of two cells of 0 and 10 lies 5.
  expect(at(picture, 0.5, 0.95)).toEqual([0x10, 0x20, 0x30, 255]);
});

test('its edges are those of the grid', () => {
  const { east, north } = metresPerDegree(origin);
  const { bounds } = densityPicture({ grid, origin, values }, classes);
  expect(bounds).toEqual([110 - 2000 / east, -7 - 1000 / north, 110 + 2000 / east, -7 + 1000 / north]);
});

test('rows are even in mercator, so that a tall picture does not slip', () => {
  // From 60° south to the equator on a plane about the equator: rows south are stretched.
  const tall = { west: 0, south: -60, cellWidth: 1, cellHeight: 1, columns: 1, rows: 60 };
  const { north } = metresPerDegree({ lat: 0 });
  const degrees = { ...tall, south: -60 * north, cellHeight: north };
  const picture = densityPicture(
    { grid: degrees, origin: { lon: 0, lat: 0 }, values: Array.from({ length: 60 }, (_, row) => row) },
    // From 30° south on.
    [{ from: 29.5, colour: '#FFFFFF' }],
  );
  const filled = Array.from({ length: picture.height }, (_, y) => picture.data[y * picture.width * 4 + 3]);
  const share = filled.filter((opacity) => opacity === 255).length / picture.height;
  const ordinate = (lat: number) => Math.asinh(Math.tan((lat * Math.PI) / 180));
  expect(share).toBeCloseTo(ordinate(30) / ordinate(60), 2);
});

test('contours become lines in degrees with their level written on them', () => {
  const { east, north } = metresPerDegree(origin);
  const ring: [number, number][] = [
    [0, 0],
    [east, 0],
    [east, north],
    [0, 0],
  ];
  const { features } = contourFeatures(origin, {
    contours: [{ level: 2.5, polygons: [[ring]] }],
    label: (level) => `${level} per km²`,
  });
  expect(features[0]?.properties).toEqual({ label: '2.5 per km²' });
  expect(features[0]?.geometry.coordinates[0]).toEqual([
    [110, -7],
    [111, -7],
    [111, -6],
    [110, -7],
  ]);
});
