import { done, type Outcome, refuse } from '../stats/index.ts';
import { type Breaks, quantileBreaks } from './classes.ts';
import type { PlaceInput } from './figure.ts';

/** Counts by step, `step * places + place`, and classes that are the same for all steps. */
export interface Played {
  steps: number;
  values: Float64Array;
  breaks: Breaks;
}

/** What is played of the steps of an input. Refuses `too-short` where it has none. */
export function played({ series }: Pick<PlaceInput, 'series'>): Outcome<Played> {
  if (!series) return refuse('too-short', 'series: there is none');
  return done({ ...series, breaks: quantileBreaks(series.values, { whole: true }) });
}
