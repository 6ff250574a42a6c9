import * as stats from '../../../shared/stats/index.ts';
import { accepted } from './outcome.ts';

/** A list of numbers that a call takes. */
type List = readonly number[];
/** A public function, called with lists and numbers; `good` are arguments that it accepts. */
interface Subject {
  lists: List[];
  numbers?: number[];
  call: (lists: List[], numbers: number[]) => unknown;
}

export const COUNTS = [3, 0, 5, 1, 2, 8, 0, 4, 1, 6, 2, 3];
export const HEADS = [30, 20, 50, 10, 25, 80, 10, 40, 10, 60, 20, 30];
const ALONG = COUNTS.map((_, i) => 10 * (i % 4));
const ACROSS = COUNTS.map((_, i) => 10 * Math.floor(i / 4) + (i % 3));
const SERIES = Array.from({ length: 60 }, (_, i) => (i * 7) % 5);

/** Neighbours in a row, as many places as asked for. */
function row(size: number) {
  const lists = Array.from({ length: size }, (_, i) => [i - 1, i + 1].filter((j) => j >= 0 && j < size));
  return accepted(stats.neighboursFromLists(lists));
}
const ROW = row(COUNTS.length);
const WEIGHTS = accepted(stats.contiguityWeights(ROW));
const ISLANDS = accepted(stats.contiguityWeights(accepted(stats.neighboursFromLists(COUNTS.map(() => [])))));
const points = ([x, y]: List[]) => ({ x: Float64Array.from(x ?? []), y: Float64Array.from(y ?? []) });
const GRID = { west: 0, south: 0, cellWidth: 5, cellHeight: 5, columns: 8, rows: 6 };
const ring = (flat: List = []) => [[0, 0, 40, 40].map((y, i) => [flat[i] ?? 40 * Number(i % 3 > 0), y] as const)];

const one = (call: (values: List, ...numbers: number[]) => unknown, good: List = COUNTS, numbers: number[] = []) => ({
  lists: [good],
  numbers,
  call: ([values = []]: List[], given: number[]) => call(values, ...given),
});

/** Every function of the public entry that judges something. */
export const SUBJECTS: Record<string, Subject> = {
  adaptiveDensity: {
    lists: [ALONG, ACROSS],
    numbers: [4, 4, 5],
    call: (xy, [bandwidth = 1, pilotBandwidth = 1, trim = 1]) =>
      stats.adaptiveDensity(points(xy), GRID, { bandwidth, pilotBandwidth, trim }),
  },
  andresenS: {
    lists: [COUNTS, HEADS],
    numbers: [1, 20, 0.85, 0.95],
    call: ([base = [], later = []], [seed = 1, samples, share, level]) =>
      stats.andresenS(base, later, { seed, samples, share, level }),
  },
  bayesDetector: one((counts, window, alpha) => stats.bayesDetector(counts, { window, alpha }), SERIES, [6, 0.05]),
  choynowski: { lists: [COUNTS, HEADS], call: ([cases = [], heads = []]) => stats.choynowski(cases, heads) },
  contiguityNeighbours: {
    lists: [[0, 10, 10, 0]],
    numbers: [1e-7],
    call: ([flat = []], [tolerance]) =>
      stats.contiguityNeighbours(flat.length === 0 ? [] : [[ring(flat)], [ring([10, 20, 20, 10])]], { tolerance }),
  },
  contiguityWeights: one((values) => stats.contiguityWeights(row(Math.max(1, values.length)))),
  contours: {
    lists: [COUNTS, [1, 3]],
    call: ([values = [], levels = []]) => stats.contours(values, { ...GRID, columns: 4, rows: 3 }, levels),
  },
  cusumChart: one(
    (counts, training = 1, reference, decision) => stats.cusumChart(counts, { training, reference, decision }),
    SERIES,
    [10, 0.5, 5],
  ),
  distanceBandWeights: {
    lists: [ALONG, ACROSS],
    numbers: [15],
    call: (xy, [metres = 1]) => stats.distanceBandWeights(points(xy), metres),
  },
  earlyWarning: one(
    (counts, perYear = 1, watched, training) => stats.earlyWarning(counts, { perYear, watched, training }),
    SERIES,
    [12, 2, 10],
  ),
  ears: one(
    (counts, baseline, leastSigma, alpha) => stats.ears(counts, { variant: 'C3', baseline, leastSigma, alpha }),
    SERIES,
    [7, 0.5, 0.01],
  ),
  emergingHotspots: one(
    (values, places = 1, steps = 1, timeLag, alpha, trendAlpha) =>
      stats.emergingHotspots({ places, steps, values, neighbours: row(5) }, { timeLag, alpha, trendAlpha }),
    SERIES.map((count, i) => count + (i % 3)),
    [5, 12, 1, 0.1, 0.1],
  ),
  empiricalBayesRates: {
    lists: [COUNTS, HEADS],
    call: ([cases = [], heads = []]) => [
      stats.empiricalBayesRates(cases, heads),
      stats.empiricalBayesRates(cases, heads, { family: 'binomial' }),
    ],
  },
  ewmaChart: one(
    (counts, training = 1, lambda, width) => stats.ewmaChart(counts, { training, lambda, width }),
    SERIES,
    [10, 0.2, 3],
  ),
  falseDiscoveryRate: {
    lists: [COUNTS.map((count) => count / 10), COUNTS.map(() => 0)],
    numbers: [0.05],
    call: ([p = [], state], [alpha = 1]) => stats.falseDiscoveryRate(p, alpha, state),
  },
  farrington: one(
    (counts, perYear = 1, years, halfWindow, alpha) => stats.farrington(counts, { perYear, years, halfWindow, alpha }),
    SERIES,
    [12, 3, 1, 0.05],
  ),
  farringtonFlexible: one(
    (counts, perYear = 1, years, halfWindow, alpha, seasons, recentLeftOut, reweightAbove, trendBelow) =>
      stats.farringtonFlexible(counts, {
        ...{ perYear, years, halfWindow, alpha, seasons, recentLeftOut, reweightAbove, trendBelow },
      }),
    SERIES,
    [12, 3, 1, 0.05, 3, 4, 2.58, 1],
  ),
  gearyC: one((values) => [stats.gearyC(values, WEIGHTS), stats.gearyC(values, ISLANDS)]),
  getisOrdG: one((values) =>
    [WEIGHTS, ISLANDS].flatMap((weights) => [true, false].map((star) => stats.getisOrdG(values, weights, { star }))),
  ),
  globalMoran: one((values) => [stats.globalMoran(values, WEIGHTS), stats.globalMoran(values, ISLANDS)]),
  globalMoranPermutation: one(
    (values, permutations = 1, seed = 1) => stats.globalMoranPermutation(values, WEIGHTS, { permutations, seed }),
    COUNTS,
    [9, 1],
  ),
  harmWeightedDifference: {
    lists: [
      [-3, 4],
      [1, 2],
      [5, 1],
    ],
    numbers: [0.05],
    call: ([estimates = [], errors = [], weights = []], [alpha]) =>
      stats.harmWeightedDifference(
        estimates.map((estimate, i) => ({ estimate, standardError: errors[i] ?? 0, weight: weights[i] ?? 0 })),
        { alpha },
      ),
  },
  inverseDistanceWeights: {
    lists: [ALONG, ACROSS],
    call: (xy) => stats.inverseDistanceWeights(ROW, points(xy)),
  },
  kNearestWeights: {
    lists: [ALONG, ACROSS],
    numbers: [3],
    call: (xy, [k = 1]) => stats.kNearestWeights(points(xy), k),
  },
  kernelDensity: {
    lists: [ALONG, ACROSS, COUNTS, [0, 40, 40, 0]],
    numbers: [4, 5],
    call: ([x = [], y = [], weights, flat], [bandwidth = 1, cellWidth = 1]) =>
      (['gaussian', 'quartic'] as const).flatMap((kernel) =>
        (['off', 'uniform', 'diggle'] as const).map((edge) =>
          stats.kernelDensity(
            { x, y, weights },
            { ...GRID, cellWidth },
            { kernel, bandwidth, edge, window: ring(flat) },
          ),
        ),
      ),
  },
  knoxTest: {
    lists: [ALONG, ACROSS, COUNTS, [0, 15, 30], [0, 2, 4]],
    numbers: [1, 9],
    call: ([x = [], y = [], time = [], spatialBreaks = [], temporalBreaks = []], [seed = 1, permutations]) =>
      stats.knoxTest({ x, y, time, spatialBreaks, temporalBreaks }, { seed, permutations }),
  },
  likelihoodBandwidth: {
    lists: [ALONG, ACROSS, [0, 40, 40, 0]],
    call: ([x = [], y = [], flat]) => stats.likelihoodBandwidth({ x, y }, ring(flat)),
  },
  localEmpiricalBayesRates: {
    lists: [COUNTS, HEADS],
    call: ([cases = [], heads = []]) =>
      [ROW, ISLANDS].flatMap((neighbours) =>
        (['own', 'focal'] as const).map((about) => stats.localEmpiricalBayesRates(cases, heads, neighbours, { about })),
      ),
  },
  localMoran: one((values) =>
    [WEIGHTS, ISLANDS].flatMap((weights) =>
      (['conditional', 'total'] as const).map((moments) => stats.localMoran(values, weights, { moments })),
    ),
  ),
  localMoranPermutation: one(
    (values, permutations = 1, seed = 1) => stats.localMoranPermutation(values, WEIGHTS, { permutations, seed }),
    COUNTS,
    [9, 1],
  ),
  mannKendall: one((series) => stats.mannKendall(series)),
  meanSquareBandwidth: {
    lists: [ALONG, ACROSS, [0, 40, 40, 0]],
    call: ([x = [], y = [], flat]) => stats.meanSquareBandwidth({ x, y }, ring(flat)),
  },
  neighboursFromLists: one((list) => stats.neighboursFromLists(list.length === 0 ? [] : [list, [0], [0]]), [1, 2]),
  poissonRateRatio: {
    lists: [
      [3, 5],
      [1, 2],
    ],
    numbers: [0.05],
    call: ([[k1 = 0, k2 = 0] = [], [n1 = 0, n2 = 0] = []], [alpha]) =>
      stats.poissonRateRatio({ counts: [k1, k2], exposures: [n1, n2] }, { alpha }),
  },
  poissonTwoSample: {
    lists: [
      [3, 5],
      [1, 2],
    ],
    call: ([[k1 = 0, k2 = 0] = [], [n1 = 0, n2 = 0] = []]) =>
      (['unpooled', 'pooled'] as const).map((variance) =>
        stats.poissonTwoSample({ counts: [k1, k2], exposures: [n1, n2] }, { variance }),
      ),
  },
  predictionAccuracyIndex: {
    lists: [COUNTS, HEADS, HEADS],
    call: ([observed = [], predicted = [], area = []]) => stats.predictionAccuracyIndex(observed, predicted, area),
  },
  rossiCusumChart: one(
    (counts, training = 1, reference, decision) => stats.rossiCusumChart(counts, { training, reference, decision }),
    SERIES,
    [10, 1.04, 2.26],
  ),
  scanStatistic: {
    lists: [ALONG, ACROSS, COUNTS, HEADS],
    numbers: [1, 9, 0.5, 30, 5],
    call: (
      [x = [], y = [], cases = [], population = []],
      [seed = 1, simulations, populationShare, maxRadius, maxClusters],
    ) =>
      (['euclidean', 'great-circle'] as const).map((metric) =>
        stats.scanStatistic(
          { x, y, cases, population, metric },
          { seed, simulations, populationShare, maxRadius, maxClusters },
        ),
      ),
  },
  scottBandwidth: { lists: [ALONG, ACROSS], call: (xy) => stats.scottBandwidth(points(xy)) },
  searchRadius: { lists: [ALONG, ACROSS], call: (xy) => stats.searchRadius(points(xy)) },
  shareDifferences: {
    lists: [COUNTS, HEADS],
    call: ([base = [], later = []]) =>
      (['chi-square', 'fisher'] as const).map((method) => stats.shareDifferences(base, later, { method })),
  },
  similarity: one(
    (p, alpha) => stats.similarity(p, { alpha }),
    COUNTS.map((count) => count / 10),
    [0.05],
  ),
  spaceTimeScan: {
    lists: [ALONG.slice(0, 5), ACROSS.slice(0, 5), SERIES],
    numbers: [12, 1, 9, 0.5, 30, 6, 5],
    call: (
      [x = [], y = [], counts = []],
      [periods = 1, seed = 1, simulations, caseShare, maxRadius, maxPeriods, maxClusters],
    ) =>
      stats.spaceTimeScan(
        { x, y, counts, periods },
        { seed, simulations, caseShare, maxRadius, maxPeriods, maxClusters },
      ),
  },
  standardisedRates: {
    lists: [COUNTS, HEADS],
    call: ([cases = [], heads = []]) => stats.standardisedRates(cases, heads),
  },
  weightedDisplacementDifference: {
    lists: [
      [20, 10],
      [20, 20],
      [5, 6],
      [2, 1],
      [1, 2, 1, 1],
    ],
    numbers: [0.05],
    call: ([treated = [], control = [], around = [], time = [], area = []], [alpha]) => {
      const pair = ([before = 0, after = 0]: List) => [before, after] as const;
      const [a = 0, b = 0, c = 0, d = 0] = area;
      return stats.weightedDisplacementDifference(
        {
          treated: pair(treated),
          control: pair(control),
          treatedSurroundings: pair(around),
          controlSurroundings: pair(around),
          timeWeights: pair(time),
          areaWeights: [a, b, c, d],
        },
        { alpha },
      );
    },
  },
  windowPoisson: {
    lists: [COUNTS, HEADS],
    numbers: [0.05],
    call: ([counts = [], expected = []], [alpha]) =>
      [ROW, ISLANDS].map((neighbours) => stats.windowPoisson(counts, expected, neighbours, { alpha })),
  },
  windowTwoPoisson: {
    lists: [COUNTS, COUNTS.toReversed()],
    numbers: [30, 60, 0.05],
    call: ([counts = [], baseline = []], [own = 1, other = 1, alpha]) =>
      [ROW, ISLANDS].map((neighbours) =>
        stats.windowTwoPoisson(counts, baseline, neighbours, { exposures: [own, other], alpha }),
      ),
  },
};
