/** The hand-drawn streets that the town has a name for, in kilometres east and north of the centre. */
import type { Line } from '../planar-map.ts';
import type { Point } from '../plane.ts';

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
