import { expect } from 'vitest';
import { predictionAccuracyIndex, ranksWithin } from '../../../../shared/stats/prediction-accuracy.ts';
import { accepted } from '../outcome.ts';
import { expectAllNear, expectNear, type ReferenceCheck } from '../reference-file.ts';

export const check: ReferenceCheck = ({ tolerance, input, expected }) => {
  const value = accepted(predictionAccuracyIndex(input.observed, input.predicted, input.area));
  expect([...value.order]).toEqual(expected.order);
  expect([...value.count]).toEqual(expected.cum_count);
  expectAllNear(value.area, expected.cum_area, tolerance, 'cum_area');
  expectAllNear(value.hitRate, expected.hit_rate, tolerance, 'hit_rate');
  expectAllNear(value.areaFraction, expected.area_fraction, tolerance, 'area_fraction');
  expectAllNear(value.pai, expected.pai, tolerance, 'pai');
  expectAllNear(value.pei, expected.pei, tolerance, 'pei');
  expectAllNear(value.rri, expected.rri, tolerance, 'rri');
  for (const limit of expected.at_area_limits) {
    const ranks = ranksWithin(value, limit.area_fraction_limit);
    expect(ranks).toBe(limit.units_flagged);
    expectNear(value.areaFraction[ranks - 1], limit.area_fraction, tolerance, 'area_fraction');
    expectNear(value.hitRate[ranks - 1], limit.hit_rate, tolerance, 'hit_rate');
    expectNear(value.pai[ranks - 1], limit.pai, tolerance, 'pai');
    expectNear(value.pei[ranks - 1], limit.pei, tolerance, 'pei');
    expectNear(value.rri[ranks - 1], limit.rri, tolerance, 'rri');
  }
};
