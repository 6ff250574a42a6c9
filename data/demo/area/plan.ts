/**
 * The hand-drawn plan of the demonstration island, in kilometres east and north of its centre: what a surveyor would
 * sketch first. Everything else (bends, blocks, wards) is made from it by the seed.
 */
import type { Line } from './planar-map.ts';
import type { Point } from './plane.ts';

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

export interface PlannedStreet {
  name: string;
  class: Line['class'];
  through: readonly Point[];
}

/** Borders of the kecamatan, in this order after the river. */
export const FIRST_STREETS: readonly PlannedStreet[] = [
  {
    name: 'Jalan Lingkar Utara',
    class: 'primary',
    through: [
      [-5.9, 0.95],
      [-4.4, 1.05],
      [-2.9, 1.45],
      [-1.4, 1.35],
      [0.2, 1.62],
      [1.9, 1.35],
      [3.4, 1.25],
      [4.6, 0.95],
      [6, 0.9],
    ],
  },
  {
    name: 'Jalan Melati Raya',
    class: 'primary',
    through: [
      [1.55, -2.9],
      [1.75, -2.0],
      [1.95, -1.1],
      [1.8, -0.1],
      [1.85, 0.7],
      [1.7, 1.8],
    ],
  },
];

export const STREETS: readonly PlannedStreet[] = [
  {
    name: 'Jalan Samudra Raya',
    class: 'primary',
    through: [
      [-5.9, -0.15],
      [-4.2, 0.2],
      [-2.4, 0.1],
      [-1.1, 0.4],
      [0.1, 0.32],
      [0.9, 0.1],
      [1.85, 0.1],
      [3.3, -0.1],
      [4.6, 0.0],
      [6.1, -0.35],
    ],
  },
  {
    name: 'Jalan Pesisir',
    class: 'secondary',
    through: [
      [-0.7, 0.0],
      [-0.1, -0.05],
      [0.45, -0.3],
      [1.0, -0.75],
      [1.35, -1.5],
      [1.95, -1.95],
    ],
  },
  {
    name: 'Jalan Tanjung',
    class: 'secondary',
    through: [
      [-2.5, 0.3],
      [-2.95, -0.5],
      [-3.7, -1.2],
      [-3.9, -2.2],
      [-3.75, -3.1],
      [-3.85, -4.1],
    ],
  },
  {
    name: 'Jalan Kenanga',
    class: 'secondary',
    through: [
      [0.6, -1.2],
      [0.72, -0.5],
      [0.85, 0.2],
      [0.8, 0.9],
      [0.95, 1.7],
    ],
  },
  {
    name: 'Jalan Cempaka',
    class: 'secondary',
    through: [
      [-1.75, -0.8],
      [-1.65, 0.2],
      [-1.9, 0.9],
      [-1.8, 1.6],
    ],
  },
  {
    name: 'Jalan Lingkar Timur',
    class: 'primary',
    through: [
      [3.35, -3.3],
      [3.45, -2.2],
      [3.4, -1.0],
      [3.4, 0.0],
      [3.55, 0.8],
      [3.5, 1.6],
    ],
  },
  {
    name: 'Jalan Flamboyan',
    class: 'secondary',
    through: [
      [1.6, -1.28],
      [2.5, -1.25],
      [3.4, -1.25],
      [4.3, -1.1],
      [5.8, -1.2],
    ],
  },
  {
    name: 'Jalan Bukit Hijau',
    class: 'secondary',
    through: [
      [-2.2, 1.1],
      [-2.1, 1.9],
      [-2.6, 2.6],
      [-2.3, 3.2],
      [-2.6, 4.1],
    ],
  },
  {
    name: 'Jalan Pantai Utara',
    class: 'secondary',
    through: [
      [-4.9, 2.3],
      [-3.9, 2.25],
      [-2.5, 2.75],
      [-1.0, 3.05],
      [0.4, 3.2],
      [1.7, 3.0],
      [3.0, 2.75],
      [4.2, 2.1],
      [5.6, 1.9],
    ],
  },
  {
    name: 'Jalan Waduk',
    class: 'secondary',
    through: [
      [2.0, 1.2],
      [2.25, 2.0],
      [2.1, 2.6],
      [2.3, 3.3],
      [2.2, 4.1],
    ],
  },
];

export type Quarter = 'old' | 'grid' | 'harbour' | 'suburb' | 'village' | 'hill';

/** People live around these: centre, spread in kilometres, households a square kilometre at the centre. */
const SETTLEMENTS: readonly { at: Point; spread: number; dense: number; quarter: Quarter }[] = [
  { at: [0.55, -0.1], spread: 0.6, dense: 7000, quarter: 'old' },
  { at: [2.65, -0.65], spread: 0.75, dense: 3600, quarter: 'grid' },
  { at: [1.5, -1.7], spread: 0.45, dense: 2200, quarter: 'harbour' },
  { at: [-1.5, 0.35], spread: 0.75, dense: 3000, quarter: 'suburb' },
  { at: [1.3, 0.8], spread: 0.6, dense: 2600, quarter: 'suburb' },
  { at: [2.7, 0.6], spread: 0.5, dense: 1800, quarter: 'suburb' },
  { at: [-3.75, -2.1], spread: 0.35, dense: 1500, quarter: 'village' },
  { at: [-4.4, 0.3], spread: 0.4, dense: 1400, quarter: 'village' },
  { at: [-3.9, 2.3], spread: 0.35, dense: 1300, quarter: 'village' },
  { at: [-1.4, 3.2], spread: 0.4, dense: 1400, quarter: 'village' },
  { at: [2.3, 3.0], spread: 0.35, dense: 1300, quarter: 'village' },
  { at: [4.0, 2.1], spread: 0.35, dense: 1300, quarter: 'village' },
  { at: [4.5, -0.3], spread: 0.45, dense: 1400, quarter: 'village' },
  { at: [3.7, -2.1], spread: 0.4, dense: 1400, quarter: 'village' },
  { at: [-1.15, -2.7], spread: 0.25, dense: 1800, quarter: 'village' },
];

/** Households a square kilometre at a point in metres. */
export function density([x, y]: Point): number {
  const [kx, ky] = [x / 1000, y / 1000];
  const hill = hilliness([x, y]);
  const spread = SETTLEMENTS.reduce(
    (sum, { at, spread, dense }) =>
      sum + dense * Math.exp(-((kx - at[0]) ** 2 + (ky - at[1]) ** 2) / (2 * spread ** 2)),
    0,
  );
  return spread + 90 * (1 - hill);
}

/** 0 on the plain, 1 on the hills' tops. */
export function hilliness([x, y]: Point): number {
  const tops: readonly [number, number, number][] = [
    [0.5, 2.5, 0.7],
    [-0.9, 2.2, 0.5],
    [3.2, 1.9, 0.35],
    [-4.3, -1.6, 0.4],
  ];
  return Math.min(
    1,
    tops.reduce((sum, [tx, ty, s]) => sum + Math.exp(-((x / 1000 - tx) ** 2 + (y / 1000 - ty) ** 2) / (2 * s * s)), 0),
  );
}

/** The kind of neighbourhood at a point in metres: decides how streets bend and how fine blocks are. */
export function quarterAt(point: Point): Quarter {
  const [x, y] = [point[0] / 1000, point[1] / 1000];
  if (x > 1.9 && x < 3.45 && y > -1.95 && y < 0.05) return 'grid';
  if (density(point) < 450) return hilliness(point) > 0.45 ? 'hill' : 'village';
  let best: { quarter: Quarter; pull: number } = { quarter: 'village', pull: 0 };
  for (const { at, spread, dense, quarter } of SETTLEMENTS) {
    const pull = dense * Math.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / (2 * spread ** 2));
    if (pull > best.pull) best = { quarter, pull };
  }
  return best.quarter;
}

export interface QuarterStyle {
  /** Largest aside of a street, as a fraction of its length. */
  bend: number;
  /** Blocks are cut until they are smaller than this, square metres. */
  block: number;
  /** Direction of a planned grid, radians; absent where streets follow the shape of the land. */
  angle?: number;
  /** How far cuts may leave the best direction, radians. */
  wander: number;
}

export const QUARTERS: Record<Quarter, QuarterStyle> = {
  old: { bend: 0.14, block: 9_000, wander: 0.35 },
  grid: { bend: 0, block: 13_000, angle: 0.03, wander: 0 },
  harbour: { bend: 0.03, block: 26_000, wander: 0.08 },
  suburb: { bend: 0.12, block: 20_000, wander: 0.2 },
  village: { bend: 0.16, block: 60_000, wander: 0.25 },
  hill: { bend: 0.3, block: 600_000, wander: 0.3 },
};

/** The four kecamatan and a point inside each, kilometres. */
export const KECAMATAN: readonly { name: string; inside: Point }[] = [
  { name: 'Contoh Kota', inside: [0.9, 0.5] },
  { name: 'Contoh Barat', inside: [-1.6, 0.3] },
  { name: 'Contoh Timur', inside: [3.0, 0.3] },
  { name: 'Contoh Utara', inside: [-1.0, 2.6] },
];

export const COUNTS = { desa: 24, rw: 180 };

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
