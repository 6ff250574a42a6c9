import { done, empiricalBayesRates, localEmpiricalBayesRates, type Outcome, refuse } from '../stats/index.ts';
import { classesOf, classOf, quantileBreaks } from './classes.ts';
import { type Asked, FEW, noteCode, type PlaceFigure, type PlaceInput } from './figure.ts';

/** Of what a rate is given: 1,000 households, one polling station, one km². */
const RATE_UNITS = { households: 1000, tps: 1, km2: 1 } as const;

/** Incidents per place. */
export function countFigure({ count }: PlaceInput): Outcome<PlaceFigure> {
  if (count.length === 0) return refuse('no-areas', 'count: there are no places');
  const breaks = quantileBreaks(count, { whole: true });
  return done({
    scale: 'sequential',
    value: count,
    cls: Int8Array.from(count, (value) => classOf(value, breaks)),
    classes: classesOf(breaks, { whole: true }),
    test: undefined,
    note: new Uint8Array(count.length),
    facts: {},
  });
}

/** Rates drawn towards their mean as `smoothing` says; places without a denominator have none. */
export function ratesOf(
  input: Pick<PlaceInput, 'count' | 'population' | 'neighbours'>,
  { smoothing, per }: Pick<Asked, 'smoothing' | 'per'>,
): Outcome<{ rates: Float64Array; withoutRate: Uint8Array; mean: number | undefined }> {
  const { count, population, neighbours } = input;
  if (!population) return refuse('out-of-range', `per: no place has a figure of ${per}`);
  const unit = RATE_UNITS[per];
  const global = empiricalBayesRates(count, population);
  if (!global.ok) return global;
  const { raw, withoutRate, mean } = global.value;
  if (smoothing === 'none') return done({ rates: raw.map((rate) => rate * unit), withoutRate, mean: mean * unit });
  if (smoothing === 'global')
    return done({ rates: global.value.rates.map((rate) => rate * unit), withoutRate, mean: mean * unit });
  if (!neighbours) return refuse('no-neighbours', 'smoothing: local rates need the neighbours of places');
  const local = localEmpiricalBayesRates(count, population, neighbours);
  if (!local.ok) return local;
  return done({ rates: local.value.rates.map((rate) => rate * unit), withoutRate, mean: mean * unit });
}

/** Incidents by households, polling stations or area. A rate of fewer incidents than {@link FEW} says so. */
export function rateFigure(input: PlaceInput, asked: Asked): Outcome<PlaceFigure> {
  const outcome = ratesOf(input, asked);
  if (!outcome.ok) return outcome;
  const { rates, withoutRate, mean } = outcome.value;
  const breaks = quantileBreaks(
    rates.filter((_, place) => withoutRate[place] === 0),
    { whole: false },
  );
  return done({
    scale: 'sequential',
    value: rates,
    cls: Int8Array.from(rates, (rate, place) => (withoutRate[place] === 1 ? -1 : classOf(rate, breaks))),
    classes: classesOf(breaks, { whole: false }),
    test: undefined,
    note: Uint8Array.from(rates, (_, place) =>
      withoutRate[place] === 1
        ? noteCode('no-denominator')
        : (input.count[place] ?? 0) > 0 && (input.count[place] ?? 0) < FEW
          ? noteCode('few')
          : 0,
    ),
    facts: mean === undefined ? {} : { mean },
  });
}
