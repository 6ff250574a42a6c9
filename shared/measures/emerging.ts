import {
  done,
  EMERGING_CATEGORIES,
  emergingHotspots,
  GETIS_ORD_LEAST_INCIDENTS,
  type Outcome,
  refuse,
} from '../stats/index.ts';
import type { Asked, PlaceFigure, PlaceInput } from './figure.ts';
import { incidentsPerWindow } from './inference.ts';

/** What history each place has as a hot or cold spot; the value is the trend of its z. */
export function emergingFigure(input: PlaceInput, { alpha }: Asked): Outcome<PlaceFigure> {
  const { series, neighbours, count } = input;
  if (!neighbours) return refuse('no-neighbours', 'neighbours: they are not known');
  if (!series) return refuse('too-short', 'series: there is none');
  const { steps, values } = series;
  const outcome = emergingHotspots({ places: count.length, steps, values, neighbours }, { alpha, trendAlpha: alpha });
  if (!outcome.ok) return outcome;
  const { category, trend } = outcome.value;
  const perWindow = incidentsPerWindow(count, neighbours) / steps;
  return done({
    scale: 'emerging',
    value: trend.z,
    cls: Int8Array.from(category),
    classes: EMERGING_CATEGORIES.map((name) => ({ kind: 'category', name })),
    test: undefined,
    note: new Uint8Array(count.length),
    facts: {
      steps,
      incidents: values.reduce((all, one) => all + one, 0),
      perWindow,
      normal: perWindow >= GETIS_ORD_LEAST_INCIDENTS,
    },
  });
}
