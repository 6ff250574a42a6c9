/** The statistics library: pure functions over typed arrays, for the page's workers and the server's threads alike. */
export { bayesDetector } from './bayes-detector.ts';
export { choynowski, type ProbabilityMap } from './choynowski.ts';
export { type ContiguityOptions, contiguityNeighbours, type MultiPolygonCoordinates } from './contiguity.ts';
export { type Chart, type ChartPeriod, cusumChart, ewmaChart, rossiCusumChart } from './control-charts.ts';
export { type AdaptiveDensity, type AdaptiveOptions, adaptiveDensity } from './density/adaptive.ts';
export { likelihoodBandwidth, scottBandwidth, searchRadius } from './density/bandwidth.ts';
export { type Contour, type ContourRing, contours } from './density/contours.ts';
export type { DensityGrid, DensityPoints } from './density/grid.ts';
export type { KernelName } from './density/kernel.ts';
export { type Density, type DensityOptions, type EdgeCorrection, kernelDensity } from './density/kernel-density.ts';
export { meanSquareBandwidth } from './density/mean-square-bandwidth.ts';
export type { Ring } from './density/window.ts';
export {
  type BeforeAfter,
  type Difference,
  type DisplacementDifference,
  type DisplacementInput,
  harmWeightedDifference,
  type JudgedDifference,
  weightedDisplacementDifference,
} from './displacement.ts';
export { type EarlyWarning, type EarlyWarningOptions, earlyWarning } from './early-warning.ts';
export { type EarsOptions, ears } from './ears.ts';
export {
  EMERGING_CATEGORIES,
  EMERGING_RULES,
  type EmergingCategory,
  type EmergingRule,
} from './emerging-categories.ts';
export {
  type EmergingHotspots,
  type EmergingOptions,
  emergingHotspots,
  type SpaceTimeCube,
} from './emerging-hotspots.ts';
export { empiricalBayesRates, type GlobalRates, standardisedRates } from './empirical-bayes.ts';
export { type FalseDiscoveries, falseDiscoveryRate } from './false-discovery.ts';
export {
  type FarringtonOptions,
  type FarringtonPeriod,
  type FlexibleOptions,
  farrington,
  farringtonFlexible,
} from './farrington.ts';
export {
  confidenceClasses,
  GETIS_ORD_LEAST_INCIDENTS,
  GETIS_ORD_STATE,
  type GetisOrd,
  getisOrdG,
} from './getis-ord.ts';
export {
  type GlobalAutocorrelation,
  gearyC,
  globalMoran,
  globalMoranPermutation,
  type NullTest,
  type PermutationOptions,
  type PermutationTest,
} from './global-moran.ts';
export { type KnoxInput, type KnoxOptions, type KnoxTable, knoxTest } from './knox.ts';
export { type LocalRates, localEmpiricalBayesRates } from './local-empirical-bayes.ts';
export {
  LOCAL_MORAN_STATE,
  LOCAL_QUADRANT,
  type LocalMoran,
  type LocalMoranOptions,
  localMoran,
} from './local-moran.ts';
export { type LocalPermutations, localMoranPermutation } from './local-moran-permutation.ts';
export type { LongRun } from './long-run.ts';
export { mannKendall, type Trend } from './mann-kendall.ts';
export { type PredictionAccuracy, predictionAccuracyIndex, ranksWithin } from './prediction-accuracy.ts';
export { distanceBandWeights, kNearestWeights } from './proximity.ts';
export { createRandom, type Random } from './random.ts';
export type { Outcome, Refusal, StatsReason } from './result.ts';
export { done, refuse } from './result.ts';
export {
  type ScanCluster,
  type ScanInput,
  type ScanOptions,
  type ScanResult,
  scanStatistic,
} from './scan-statistic.ts';
export type { ScanMetric } from './scan-zones.ts';
export {
  type AndresenOptions,
  type AndresenS,
  andresenS,
  type ShareDifferences,
  type Similarity,
  shareDifferences,
  similarity,
} from './share-test.ts';
export {
  type SpaceTimeCluster,
  type SpaceTimeInput,
  type SpaceTimeOptions,
  type SpaceTimeResult,
  spaceTimeScan,
} from './space-time-scan.ts';
export {
  poissonRateRatio,
  poissonTwoSample,
  type RateRatio,
  type TwoCounts,
  type TwoPoissonTest,
} from './two-poisson.ts';
export type { WatchedPeriod } from './watched-series.ts';
export {
  contiguityWeights,
  inverseDistanceWeights,
  type Neighbours,
  neighboursFromLists,
  type PlanePoints,
  type SpatialWeights,
  type WeightStyle,
} from './weights.ts';
export { WINDOW_STATE, type WindowPoisson, windowPoisson } from './window-poisson.ts';
export { type WindowTwoPoisson, windowTwoPoisson } from './window-two-poisson.ts';
