import {
  contiguityWeights,
  done,
  falseDiscoveryRate,
  GETIS_ORD_LEAST_INCIDENTS,
  getisOrdG,
  LOCAL_QUADRANT,
  type LongRun,
  localMoran,
  localMoranPermutation,
  type Neighbours,
  type Outcome,
  poissonTwoSample,
  refuse,
  type SpatialWeights,
  type WeightStyle,
  windowPoisson,
  windowTwoPoisson,
} from '../stats/index.ts';
import { levelClass, levelClasses, RATIO_CLASSES, ratioClass } from './classes.ts';
import { ratesOf } from './counted.ts';
import { type Asked, FEW, noteCode, type PlaceFigure, type PlaceInput } from './figure.ts';

type Test = NonNullable<PlaceFigure['test']>;

/** What is significant: p corrected for the number of places, or as they are where that is switched off. */
function judged(p: Float64Array, state: ArrayLike<number>, { alpha, fdr }: Asked): Outcome<Test> {
  const discoveries = falseDiscoveryRate(p, alpha, state);
  if (!discoveries.ok) return discoveries;
  const { adjusted, tested } = discoveries.value;
  const deciding = fdr ? adjusted : p;
  const significant = Uint8Array.from(deciding, (value, place) => (state[place] === 0 && value <= alpha ? 1 : 0));
  return done({ p, adjusted, significant, found: significant.reduce((sum, one) => sum + one, 0), tested });
}

const deciding = (test: Test, { fdr }: Asked) => (fdr ? test.adjusted : test.p);

/**
 * More around a place than expected, exactly. By a baseline: the test of two counts, both scaled to the same total, so that a
 * rise everywhere is none anywhere. By households and the like: the tail of Poisson's distribution, expected in proportion.
 * The value is observed over expected in the window; of that the places without a denominator must be left out before.
 */
export function windowFigure(input: PlaceInput, asked: Asked): Outcome<PlaceFigure> {
  const { count, baselineCount, population, neighbours, days } = input;
  if (!neighbours) return refuse('no-neighbours', 'neighbours: they are not known');
  const total = sum(count);
  const before = sum(baselineCount);
  const byBaseline = asked.expected === 'baseline' && days.baseline > 0;
  const outcome = byBaseline
    ? before === 0
      ? refuse('all-zero', 'baseline: it has no incident')
      : total === 0
        ? refuse('all-zero', 'counts: there was no incident')
        : windowTwoPoisson(count, baselineCount, neighbours, { exposures: [total, before], alpha: asked.alpha })
    : population
      ? windowPoisson(count, expectedFrom(population, total), neighbours, { alpha: asked.alpha })
      : refuse('out-of-range', `per: no place has a figure of ${asked.per}`);
  if (!outcome.ok) return outcome;
  const { observed, expected, p, state } = outcome.value;
  const test = judged(p, state, asked);
  if (!test.ok) return test;
  const deciders = deciding(test.value, asked);
  const options = { low: false };
  const noteOf = (code: number, place: number) => {
    if (code !== 0) return noteCode('nothing-expected');
    if (expected[place] === 0) return noteCode('none-expected');
    return (observed[place] ?? 0) < FEW ? noteCode('few') : 0;
  };
  return done({
    scale: 'significance',
    value: observed.map((n, place) => (expected[place] ? n / expected[place] : 0)),
    cls: Int8Array.from(deciders, (value, place) =>
      state[place] === 0 ? levelClass(value, 1, asked.alpha, options) : -1,
    ),
    classes: levelClasses(asked.alpha, options),
    test: { ...test.value, n: observed },
    note: Uint8Array.from(state, noteOf),
    facts: { expectedBy: byBaseline ? 'baseline' : 'per', perWindow: sum(observed) / observed.length },
  });
}

function expectedFrom(population: Float64Array, total: number): Float64Array {
  const all = sum(population);
  return all > 0 ? population.map((own) => (own / all) * total) : population;
}

/** High or low values that lie together: Gi* of counts, or of smoothed rates where smoothing is asked for. */
export function getisFigure(input: PlaceInput, asked: Asked): Outcome<PlaceFigure> {
  const prepared = weighted(input, asked, 'binary');
  if (!prepared.ok) return prepared;
  const { values, weights } = prepared.value;
  const outcome = getisOrdG(values, weights);
  if (!outcome.ok) return outcome;
  const { z, p, state } = outcome.value;
  const test = judged(p, state, asked);
  if (!test.ok) return test;
  const deciders = deciding(test.value, asked);
  const options = { low: true };
  const perWindow = incidentsPerWindow(input.count, weights);
  return done({
    scale: 'significance',
    value: z,
    cls: Int8Array.from(z, (score, place) =>
      state[place] === 0 ? levelClass(deciders[place] ?? 1, score, asked.alpha, options) : -1,
    ),
    classes: levelClasses(asked.alpha, options),
    test: test.value,
    note: Uint8Array.from(state, (code) => (code === 0 ? 0 : noteCode('undefined'))),
    facts: { perWindow, normal: perWindow >= GETIS_ORD_LEAST_INCIDENTS },
  });
}

const QUADRANTS = ['none', 'high-high', 'low-high', 'low-low', 'high-low'] as const;

/**
 * Places among their like, and those unlike their neighbours: local Moran's I. p is of its normal tail, or of neighbours drawn
 * at random where `draws` says how often (as PySAL's `p_sim`, two-sided).
 */
export function moranFigure(input: PlaceInput, asked: Asked, run: LongRun = {}): Outcome<PlaceFigure> {
  const prepared = weighted(input, asked, 'row-standardised');
  if (!prepared.ok) return prepared;
  const { values, weights } = prepared.value;
  const outcome = localMoran(values, weights);
  if (!outcome.ok) return outcome;
  const { statistic, quadrant } = outcome.value;
  const { draws, seed } = asked;
  const tail = draws ? localMoranPermutation(values, weights, { permutations: draws, seed, ...run }) : outcome;
  if (!tail.ok) return tail;
  const { p, state } = tail.value;
  const test = judged(p, state, asked);
  if (!test.ok) return test;
  const { significant } = test.value;
  const perWindow = incidentsPerWindow(input.count, weights);
  return done({
    scale: 'quadrants',
    value: statistic,
    cls: Int8Array.from(quadrant, (code, place) =>
      state[place] !== 0 ? -1 : significant[place] === 1 ? code : LOCAL_QUADRANT.none,
    ),
    classes: QUADRANTS.map((name) => ({ kind: 'quadrant', name })),
    test: test.value,
    note: Uint8Array.from(state, (code) => (code === 0 ? 0 : noteCode(code === 1 ? 'no-neighbours' : 'undefined'))),
    facts: draws
      ? { perWindow, drawn: { draws, seed, leastP: 2 / (1 + draws) } }
      : { perWindow, normal: perWindow >= GETIS_ORD_LEAST_INCIDENTS },
  });
}

/** Period against baseline in each place by itself: ratio of the rates a day, exact p of two counts. */
export function changeFigure(input: PlaceInput, asked: Asked): Outcome<PlaceFigure> {
  const { count, baselineCount, days } = input;
  if (count.length === 0) return refuse('no-areas', 'count: there are no places');
  if (!(days.baseline > 0)) return refuse('empty-period', 'baseline: there is none');
  const exposures = [days.period, days.baseline] as const;
  const p = new Float64Array(count.length).fill(1);
  const state = new Uint8Array(count.length);
  const known = new Map<string, number>();
  for (const [place, own] of count.entries()) {
    const before = baselineCount[place] ?? 0;
    if (own + before === 0) {
      state[place] = 1;
      continue;
    }
    const key = `${own} ${before}`;
    let found = known.get(key);
    if (found === undefined) {
      const outcome = poissonTwoSample({ counts: [own, before], exposures });
      if (!outcome.ok) return outcome;
      found = outcome.value.conditionalP;
      known.set(key, found);
    }
    p[place] = found;
  }
  if (known.size === 0) return refuse('all-zero', 'counts: neither period has an incident');
  const test = judged(p, state, asked);
  if (!test.ok) return test;
  const ratios = count.map((own, place) => rateRatio(own, baselineCount[place] ?? 0, days));
  return done({
    scale: 'diverging',
    // Infinite, where the baseline has none, cannot be drawn in proportion: its class says it.
    value: ratios.map((ratio, place) => (state[place] === 0 && Number.isFinite(ratio) ? ratio : 0)),
    cls: Int8Array.from(ratios, (ratio, place) => (state[place] === 0 ? ratioClass(ratio) : -1)),
    classes: RATIO_CLASSES,
    test: { ...test.value, n: count.map((own, place) => own + (baselineCount[place] ?? 0)) },
    note: Uint8Array.from(count, (own, place) =>
      state[place] !== 0 ? noteCode('nothing-expected') : own + (baselineCount[place] ?? 0) < FEW ? noteCode('few') : 0,
    ),
    facts: {},
  });
}

/** Rate a day in the period over that in the baseline; infinite where the baseline has none. */
export function rateRatio(count: number, baseline: number, days: PlaceInput['days']): number {
  return baseline === 0 ? (count === 0 ? 1 : Infinity) : (count / baseline) * (days.baseline / days.period);
}

function weighted(
  input: PlaceInput,
  asked: Asked,
  style: Exclude<WeightStyle, 'inverse-distance'>,
): Outcome<{ values: Float64Array; weights: SpatialWeights }> {
  if (!input.neighbours) return refuse('no-neighbours', 'neighbours: they are not known');
  const weights = contiguityWeights(input.neighbours, { style });
  if (!weights.ok) return weights;
  if (asked.smoothing === 'none') return done({ values: input.count, weights: weights.value });
  const rates = ratesOf(input, asked);
  return rates.ok ? done({ values: rates.value.rates, weights: weights.value }) : rates;
}

/** How many incidents a place and its neighbours hold together, on average over all places. */
export function incidentsPerWindow(count: Float64Array, { starts, neighbours }: Neighbours): number {
  let all = sum(count);
  for (let place = 0; place + 1 < starts.length; place++)
    for (let at = starts[place] ?? 0; at < (starts[place + 1] ?? 0); at++) all += count[neighbours[at] ?? 0] ?? 0;
  return all / count.length;
}

const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
