import type { LongRun, Outcome } from '../stats/index.ts';
import { countFigure, rateFigure } from './counted.ts';
import { densityFigure } from './density.ts';
import { emergingFigure } from './emerging.ts';
import type { Asked, DensityFigure, PlaceFigure, PlaceInput } from './figure.ts';
import { changeFigure, getisFigure, moranFigure, windowFigure } from './inference.ts';
import { amongAll, amongPlaces, ratedPlaces } from './rated.ts';

/** What is to be computed: a measure of places, or the density of points (degrees). */
export type FigureQuestion =
  | { kind: 'places'; asked: Asked; input: PlaceInput }
  | { kind: 'density'; asked: Asked; lon: Float64Array; lat: Float64Array };

export type FigureAnswer = { kind: 'places'; figure: PlaceFigure } | { kind: 'density'; figure: DensityFigure };

/** Computes the measure that is asked for; the reason where there is none. */
export function computeFigure(question: FigureQuestion, run: LongRun = {}): Outcome<FigureAnswer> {
  if (question.kind === 'density') {
    const outcome = densityFigure(question, question.asked.bandwidthM, run);
    return outcome.ok ? { ok: true, value: { kind: 'density', figure: outcome.value } } : outcome;
  }
  const outcome = placesFigure(question.input, question.asked, run);
  return outcome.ok ? { ok: true, value: { kind: 'places', figure: outcome.value } } : outcome;
}

function placesFigure(input: PlaceInput, asked: Asked, run: LongRun): Outcome<PlaceFigure> {
  const rated = ratedPlaces(input, asked);
  if (rated) {
    const outcome = placesFigure(amongPlaces(input, rated), asked, run);
    return outcome.ok ? { ok: true, value: amongAll(outcome.value, rated, input.count.length) } : outcome;
  }
  switch (asked.measure) {
    case 'rate':
      return rateFigure(input, asked);
    case 'window':
      return windowFigure(input, asked);
    case 'getis':
      return getisFigure(input, asked);
    case 'moran':
      return moranFigure(input, asked, run);
    case 'emerging':
      return emergingFigure(input, asked);
    case 'change':
      return changeFigure(input, asked);
    default:
      return countFigure(input);
  }
}
