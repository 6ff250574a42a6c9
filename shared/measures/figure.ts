import type { AnalysisSpec } from '../schemas/analysis.ts';
import type { Contour, DensityGrid, EmergingCategory, Neighbours } from '../stats/index.ts';

/** What a measure is computed from: columns of equal length, one entry a place. */
export interface PlaceInput {
  count: Float64Array;
  /** Zeros without a baseline. */
  baselineCount: Float64Array;
  /** Households, polling stations or km², as the spec's `per` says; 0 where it is not known, undefined where it is of no place. */
  population: Float64Array | undefined;
  /** Undefined where the measure does without. */
  neighbours: Neighbours | undefined;
  /** Counts by step, `step * places + place`; undefined where the measure does without. */
  series: { steps: number; values: Float64Array } | undefined;
  /** Days of period and baseline. */
  days: { period: number; baseline: number };
}

/** Of the spec what the computation depends on. */
export type Asked = Pick<
  AnalysisSpec,
  'measure' | 'per' | 'expected' | 'smoothing' | 'alpha' | 'fdr' | 'draws' | 'bandwidthM' | 'seed'
>;

/** Why a place has no figure, or one to be taken with care; a code is an index here. */
export const NOTES = [
  'none',
  /** Rests on fewer incidents than {@link FEW}. */
  'few',
  'no-denominator',
  'no-neighbours',
  /** Neither expected nor observed: nothing to judge. */
  'nothing-expected',
  /** The same for every order of the values: the method has nothing to say. */
  'undefined',
  /** Something happened where nothing was expected: no ratio says how much more. */
  'none-expected',
] as const;
export type Note = (typeof NOTES)[number];
export const FEW = 5;
export const noteCode = (note: Note) => NOTES.indexOf(note);

/** What one colour means. */
export type FigureClass =
  /** Values from and to, both included; `to` is null for no upper end. */
  | { kind: 'range'; from: number; to: number | null }
  /** Significantly high or low at this p; side 0 for neither. */
  | { kind: 'level'; side: -1 | 0 | 1; p: number }
  | { kind: 'quadrant'; name: 'none' | 'high-high' | 'low-high' | 'low-low' | 'high-low' }
  | { kind: 'category'; name: EmergingCategory };

/** Which family of colours the classes take. */
export type Scale = 'sequential' | 'diverging' | 'significance' | 'quadrants' | 'emerging';

/** A measure of each place. */
export interface PlaceFigure {
  scale: Scale;
  /** In the measure's unit; 0 where `cls` is −1, and where a ratio is infinite. */
  value: Float64Array;
  /** Index into `classes`; −1 for no figure. */
  cls: Int8Array;
  classes: FigureClass[];
  /** As the method gives them, and corrected for the number of places. Undefined where nothing is tested. */
  test:
    | {
        p: Float64Array;
        adjusted: Float64Array;
        significant: Uint8Array;
        found: number;
        tested: number;
        /** Incidents that each p rests on, where the test is one of counts. */
        n?: Float64Array;
      }
    | undefined;
  /** Index into {@link NOTES}. */
  note: Uint8Array;
  facts: Facts;
}

/** What the screen says of how a figure came about. */
export interface Facts {
  /** Incidents that a place with its neighbours holds on average, and whether that is enough for the normal tail. */
  perWindow?: number;
  normal?: boolean;
  /** Local Moran by orders drawn at random: how many, from which seed, and the least p that can come out of them. */
  drawn?: { draws: number; seed: number; leastP: number };
  /** Exact window: what is expected by. */
  expectedBy?: 'baseline' | 'per';
  /** Empirical Bayes: rate of all places together, in the unit of the values. */
  mean?: number;
  /** Emerging: steps of the cube, and the incidents in it. */
  steps?: number;
  incidents?: number;
}

/** A density over the plane about (lon, lat), see `shared/geo/grid.ts`. */
export interface DensityFigure {
  grid: DensityGrid;
  origin: { lon: number; lat: number };
  /** Incidents per km², row-major, row 0 the southernmost. */
  values: Float64Array;
  max: number;
  /** Incidents per km² at which each class begins, and its outlines in metres of the plane. */
  contours: Contour[];
  /** Metres, and whether it was the rule of thumb's. */
  bandwidth: number;
  byRule: boolean;
  points: number;
}
