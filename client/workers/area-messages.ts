import type { FigureAnswer, FigureQuestion } from '../../shared/measures/compute.ts';
import type { Asked } from '../../shared/measures/figure.ts';
import type { Played } from '../../shared/measures/played.ts';
import type { Outcome } from '../../shared/stats/index.ts';
import type { OrderedComparison } from '../analysis/compare/name-order.ts';
import type { PlaceSource } from '../analysis/place-source.ts';

/** What the worker of area statistics is asked: a measure, a comparison, or the counts by step that are played. */
export type AreaJob =
  | Extract<FigureQuestion, { kind: 'density' }>
  | { kind: 'places' | 'comparison'; asked: Asked; source: PlaceSource }
  | { kind: 'steps'; source: PlaceSource };

/** What it answers to the job of that number: progress in between, one of the others at the end. */
export type AreaMessage =
  | { id: number; progress: [done: number, total: number] }
  | { id: number; outcome: Outcome<FigureAnswer> | Outcome<OrderedComparison> | Outcome<Played> }
  | { id: number; error: string };
