import type { EmergingCategory } from '../shared/stats/emerging-categories.ts';
import type { Theme } from './palette.ts';

/** How a place is told from others beside its colour: the outline of what is significant, or a pattern. Empty for neither. */
export type Mark = '' | 'outline' | 'hatch' | 'dots';

/** What a class of places looks like on the map, in its legend and in charts. */
export interface Look {
  /** CSS colour as `#RRGGBB`; empty where the ground shows. */
  colour: string;
  mark: Mark;
}

/** Viridis (S. van der Walt, N. Smith 2015) at even steps: perceptually even, and even for colour-blind eyes and in grey. */
const VIRIDIS = [
  '#440154',
  '#472D7B',
  '#3B528B',
  '#2C728E',
  '#21918C',
  '#28AE80',
  '#5EC962',
  '#ADDC30',
  '#FDE725',
] as const;

/** The part of viridis that stands off a theme's ground, from few to many: to bright on the dark map, to dark on the light one. */
const SEQUENTIAL_ENDS: Record<Theme, readonly [few: number, many: number]> = { dark: [0.2, 1], light: [0.94, 0.02] };

/**
 * Colours of classes from few to many, going away from the ground of the theme.
 * @param classes how many: 1 to 9
 */
export function sequentialColours(theme: Theme, classes: number): string[] {
  const [few, many] = SEQUENTIAL_ENDS[theme];
  if (classes === 1) return [viridisAt((few + many) / 2)];
  return Array.from({ length: classes }, (_, i) => viridisAt(few + ((many - few) * i) / (classes - 1)));
}

/** Viridis at a share of its way, 0 to 1, between its steps by their parts of red, green and blue. */
function viridisAt(share: number): string {
  const at = share * (VIRIDIS.length - 1);
  const low = VIRIDIS[Math.floor(at)] ?? VIRIDIS[0];
  const high = VIRIDIS[Math.ceil(at)] ?? low;
  const part = (hex: string, from: number) => Number.parseInt(hex.slice(from, from + 2), 16);
  const mixed = [1, 3, 5].map((from) => Math.round(part(low, from) + (part(high, from) - part(low, from)) * (at % 1)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`.toUpperCase();
}

/** Two ways from a real middle (no change, as expected): each from the middle's side to the far end. */
export interface Diverging {
  below: readonly [near: string, further: string, far: string];
  middle: string;
  above: readonly [near: string, further: string, far: string];
}

/** Blue below and orange above, apart for every eye; red and amber stay what they are, a signal. */
export const DIVERGING: Record<Theme, Diverging> = {
  dark: {
    below: ['#3B658D', '#4F9AD6', '#A6D8FF'],
    middle: '#4B566A',
    above: ['#87583A', '#CF7B3C', '#FFBE8A'],
  },
  light: {
    below: ['#A9CBEA', '#4F8ECD', '#174C8A'],
    middle: '#DDE2E9',
    above: ['#F3C9A2', '#D17A30', '#8A4100'],
  },
};

export const LISA_QUADRANTS = ['high-high', 'low-low', 'high-low', 'low-high'] as const;
export type LisaQuadrant = (typeof LISA_QUADRANTS)[number];

/** Quadrants of local Moran's I: clusters full, places unlike their neighbours paler and hatched. */
export function lisaLook(theme: Theme, quadrant: LisaQuadrant): Look {
  const { below, above } = DIVERGING[theme];
  const looks: Record<LisaQuadrant, Look> = {
    'high-high': { colour: above[2], mark: '' },
    'low-low': { colour: below[2], mark: '' },
    'high-low': { colour: above[1], mark: 'hatch' },
    'low-high': { colour: below[1], mark: 'hatch' },
  };
  return looks[quadrant];
}

/** How the histories of emerging hotspots are grouped: places of one group bear one mark. */
type EmergingGroup = 'lasting' | 'recent' | 'intermittent' | 'past';

type History =
  Exclude<EmergingCategory, 'none'> extends infer Name ? (Name extends `${infer Word} hot` ? Word : never) : never;

/** The group of a history, and how far from the middle its colour lies. */
const HISTORIES: Record<History, readonly [group: EmergingGroup, step: 0 | 1 | 2]> = {
  intensifying: ['lasting', 2],
  persistent: ['lasting', 1],
  diminishing: ['lasting', 0],
  new: ['recent', 2],
  consecutive: ['recent', 1],
  oscillating: ['intermittent', 2],
  sporadic: ['intermittent', 1],
  historical: ['past', 0],
};

/** One pattern for each group; what is past is an outline over the palest colour. */
const GROUP_MARKS: Record<EmergingGroup, Mark> = {
  lasting: '',
  recent: 'dots',
  intermittent: 'hatch',
  past: 'outline',
};

/** Hot in orange, cold in blue; what lasts is plain, what is recent dotted, what comes and goes hatched. */
export function emergingLook(theme: Theme, category: EmergingCategory): Look {
  if (category === 'none') return { colour: '', mark: '' };
  const [history, side] = category.split(' ') as [History, 'hot' | 'cold'];
  const [group, step] = HISTORIES[history];
  return { colour: DIVERGING[theme][side === 'hot' ? 'above' : 'below'][step], mark: GROUP_MARKS[group] };
}

/** How much of a plan's colours covers the map: streets and names are still read through them. */
export const PLAN_OPACITY = 0.65;

/**
 * Colours of patrol zones by their number in a plan, those that follow each other far apart. Found by search, so that any two
 * stay apart (OKLab ≥ 0.095) for protan, deutan and tritan eyes too; tests/unit/client/figure-palette.test.ts keeps them so.
 */
export const ZONE_HUES: Record<Theme, readonly string[]> = {
  dark: [
    '#E53D8D',
    '#61FCB4',
    '#BECEFF',
    '#F3D141',
    '#424FDA',
    '#EC966B',
    '#3BC5B8',
    '#983096',
    '#958607',
    '#B789FE',
    '#B5240D',
    '#3B8DB7',
  ],
  light: [
    '#D93B7F',
    '#06750B',
    '#8554ED',
    '#574006',
    '#9E9FFE',
    '#FB8484',
    '#01CFC8',
    '#7F005D',
    '#DCB207',
    '#1591B9',
    '#928B27',
    '#0E33AA',
  ],
};
