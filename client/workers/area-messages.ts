import type { Comparison } from '../../shared/measures/comparison.ts';
import type { FigureAnswer, FigureQuestion } from '../../shared/measures/compute.ts';
import type { Asked, PlaceInput } from '../../shared/measures/figure.ts';
import type { Outcome } from '../../shared/stats/index.ts';

/** What the worker of area statistics is asked. */
export type AreaJob = FigureQuestion | { kind: 'comparison'; asked: Asked; input: PlaceInput };

/** What it answers to the job of that number: progress in between, one of the others at the end. */
export type AreaMessage =
  | { id: number; progress: [done: number, total: number] }
  | { id: number; outcome: Outcome<FigureAnswer> | Outcome<Comparison> }
  | { id: number; error: string };
