/**
 * The hand-drawn land and water of the demonstration island, in kilometres east and north of its centre: what a
 * surveyor would sketch first. Everything else (bends, blocks, wards) is made from the plan by the seed.
 */
import type { Point } from '../plane.ts';

/** Where the centre lies: open sea in the Makassar Strait, tens of kilometres from any real island. WITA applies. */
export const CENTRE = { lon: 118.05, lat: -3.55 };

/** Counter-clockwise, from the eastern cape: a bay opens to the south, west of it a headland. */
export const COAST: readonly Point[] = [
  [5.7, 0.3],
  [5.35, 1.6],
  [4.75, 2.35],
  [4.5, 3.05],
  [3.2, 3.75],
  [2.2, 3.7],
  [1.2, 4.2],
  [-0.2, 4.05],
  [-1.5, 4.25],
  [-2.7, 3.5],
  [-4.0, 3.0],
  [-4.6, 2.2],
  [-5.5, 1.7],
  [-5.45, 0.5],
  [-5.05, -0.3],
  [-5.15, -1.4],
  [-4.8, -2.4],
  [-4.45, -3.35],
  [-3.75, -3.8],
  [-3.25, -3.3],
  [-3.2, -2.4],
  [-2.75, -1.65],
  [-2.4, -0.9],
  [-1.6, -0.5],
  [-0.95, -0.42],
  [-0.5, -0.2],
  [-0.2, -0.38],
  [0.35, -0.62],
  [0.85, -1.2],
  [1.05, -1.85],
  [1.5, -2.45],
  [2.3, -2.55],
  [3.1, -2.95],
  [4.2, -2.6],
  [4.85, -1.7],
  [5.45, -0.9],
];

export const ISLET: readonly Point[] = [
  [-0.75, -2.65],
  [-0.95, -2.4],
  [-1.35, -2.35],
  [-1.6, -2.6],
  [-1.5, -2.95],
  [-1.15, -3.15],
  [-0.85, -3.0],
];

/** From the mouth upstream; the last control points lie in the hills. */
export const RIVER: readonly Point[] = [
  [-0.52, -0.5],
  [-0.45, -0.15],
  [-0.2, 0.2],
  [-0.05, 0.55],
  [-0.35, 0.9],
  [-0.2, 1.25],
  [0.2, 1.45],
  [0.35, 1.8],
  [0.75, 2.05],
  [0.8, 2.4],
  [1.15, 2.6],
  [1.2, 2.95],
];

/** How many of the river's control points are cut into the land as a border; above that it is only drawn. */
export const RIVER_BORDER_POINTS = 8;

/** Woods on the hills and mangrove by the water, as rough outlines, kilometres. */
export const WOODS: readonly { name: string; class: string; outline: readonly Point[] }[] = [
  {
    name: 'Hutan Lindung Contoh',
    class: 'hutan',
    outline: [
      [-0.3, 1.95],
      [0.3, 2.05],
      [0.95, 1.85],
      [1.5, 2.1],
      [1.6, 2.6],
      [1.2, 2.85],
      [0.5, 2.95],
      [-0.1, 2.8],
      [-0.55, 2.4],
    ],
  },
  {
    name: 'Hutan Bukit Barat',
    class: 'hutan',
    outline: [
      [-1.6, 1.75],
      [-0.9, 1.8],
      [-0.75, 2.2],
      [-1.1, 2.7],
      [-1.75, 2.55],
      [-1.85, 2.1],
    ],
  },
  {
    name: 'Hutan Kota',
    class: 'hutan',
    outline: [
      [2.75, 1.6],
      [3.3, 1.55],
      [3.6, 1.85],
      [3.35, 2.3],
      [2.85, 2.25],
      [2.6, 1.95],
    ],
  },
  {
    name: 'Bukit Tanjung',
    class: 'hutan',
    outline: [
      [-4.65, -1.2],
      [-4.25, -1.05],
      [-4.1, -1.5],
      [-4.25, -2.1],
      [-4.6, -2.05],
      [-4.8, -1.6],
    ],
  },
];

/** The town square, kilometres. */
export const ALUN_ALUN: Point = [0.62, -0.08];

export const RESERVOIR: readonly Point[] = [
  [2.45, 2.3],
  [2.75, 2.38],
  [2.8, 2.55],
  [2.6, 2.62],
  [2.42, 2.5],
];

/** Piers and the breakwater: from the shore out, with half its width in metres. */
export const PIERS: readonly { from: Point; to: Point; half: number }[] = [
  { from: [1.06, -1.62], to: [0.68, -1.72], half: 14 },
  { from: [1.1, -1.86], to: [0.72, -1.98], half: 14 },
  { from: [1.3, -2.25], to: [0.7, -2.5], half: 9 },
  { from: [-0.98, -2.42], to: [-0.9, -2.22], half: 5 },
];
