/** Where people live on the demonstration island, and in what kind of neighbourhood. */
import type { Point } from '../plane.ts';

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
