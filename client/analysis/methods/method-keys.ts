import type { Measure } from '../../../shared/schemas/analysis.ts';

/** What the page of methods explains, in its order, by its three parts. */
export const METHOD_PARTS = {
  counting: ['counts', 'left-out', 'places', 'rates', 'bayes', 'baseline', 'ramadan', 'suppression', 'repeatable'],
  maps: ['window', 'fdr', 'getis', 'moran', 'global-moran', 'density', 'emerging'],
  tests: ['change', 'since', 'displacement', 'knox', 'scan', 'accuracy', 'warning', 'similarity'],
} as const;
export type MethodPart = keyof typeof METHOD_PARTS;
export type MethodKey = (typeof METHOD_PARTS)[MethodPart][number];

/** Which entry explains what a map shows. */
export const METHOD_OF_MEASURE: Record<Measure, MethodKey> = {
  count: 'counts',
  rate: 'rates',
  window: 'window',
  getis: 'getis',
  moran: 'moran',
  density: 'density',
  emerging: 'emerging',
  change: 'change',
};

/** The element that explains a figure. */
export const anchorOf = (key: MethodKey) => `metode-${key}`;
