import { lengthOf } from '../../shared/calendar/days.ts';
import type { PlaceInput } from '../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import type { AreaNeighbours, CountedPoints, CountSeries } from '../../shared/schemas/hotspot.ts';
import type { Neighbours } from '../../shared/stats/index.ts';
import {
  type Counts,
  cubeOf,
  cubeOfPoints,
  keysOf,
  neighboursOfAreas,
  neighboursOfCells,
  populationOf,
} from './places.ts';

/** Who touches whom: of areas by the level's list, of cells by the grid itself. */
export type NeighbourSource = { by: 'list'; list: AreaNeighbours } | { by: 'grid' };

/** Counts by step: of areas as the server answers them, of cells from the incidents themselves. */
export type StepSource =
  | { by: 'series'; series: Pick<CountSeries, 'steps' | 'code' | 'place' | 'step' | 'count'> }
  | {
      by: 'points';
      points: Pick<CountedPoints['points'], 'lon' | 'lat' | 'occurredAt'>;
      /** Unix time (ms) at which the first step begins. */
      from: number;
      stepDays: number;
      steps: number;
    };

/**
 * What a measure is computed from, as the server answered it. The worker makes its columns: for tens of thousands of cells that takes
 * longer than a page may stand still.
 */
export interface PlaceSource {
  spec: Pick<AnalysisSpec, 'per' | 'period' | 'baseline'>;
  counts: Counts;
  /** Undefined where the measure does without. */
  neighbours: NeighbourSource | undefined;
  steps: StepSource | undefined;
}

/** The columns of a source. */
export function inputOf({ spec, counts, neighbours, steps }: PlaceSource): PlaceInput {
  const { count, baselineCount } = 'areas' in counts ? counts.areas : counts.cells;
  return {
    count: Float64Array.from(count),
    baselineCount: Float64Array.from(baselineCount),
    population: populationOf(counts, spec.per),
    neighbours: neighbours && neighboursOf(counts, neighbours),
    series: steps && stepsByPlace(counts, steps),
    days: { period: lengthOf(spec.period), baseline: spec.baseline ? lengthOf(spec.baseline) : 0 },
  };
}

/** Which places of the counts touch; undefined where a list is of other places than these. */
export function neighboursOf(counts: Counts, source: NeighbourSource): Neighbours | undefined {
  if (source.by === 'list') return neighboursOfAreas(keysOf(counts), source.list);
  return 'cells' in counts ? neighboursOfCells(counts) : undefined;
}

/** Counts of each place by step, `step * places + place`. */
export function stepsByPlace(counts: Counts, source: StepSource): { steps: number; values: Float64Array } | undefined {
  if (source.by === 'series') return cubeOf(keysOf(counts), source.series);
  return 'cells' in counts ? cubeOfPoints(counts, source, source) : undefined;
}
