import {
  type Difference,
  harmWeightedDifference,
  type JudgedDifference,
  weightedDisplacementDifference,
} from '../../../../shared/stats/displacement.ts';
import { accepted } from '../outcome.ts';
import { expectNear, type ReferenceCheck } from '../reference-file.ts';

/**
 * The counts of both surroundings are under one nameless key, which keeps the last, the treated area's. The control's, by
 * the tests of ptools that the cases come from.
 */
const TREATED_SURROUNDINGS = '';
const CONTROL_SURROUNDINGS: Record<string, [number, number]> = { paper: [150, 140], displacement: [30, 30] };

export const check: ReferenceCheck = ({ tolerance, input, expected }) => {
  const near = (actual: number, figure: number | undefined, what: string) =>
    expectNear(actual, figure ?? null, tolerance, what);
  const nearDifference = (actual: Difference, figure?: number, error?: number) => {
    near(actual.estimate, figure, 'estimate');
    near(actual.standardError, error, 'standard error');
  };
  const nearJudged = (actual: JudgedDifference, figures: Record<string, number>) => {
    near(actual.z, figures.Z, 'z');
    near(actual.lower, figures.LowCI, 'lower');
    near(actual.upper, figures.HighCI, 'upper');
  };
  for (const [name, figures] of Object.entries<Record<string, number>>(expected.results)) {
    const { control, treated, time_weights, alpha, [TREATED_SURROUNDINGS]: treatedSurroundings } = input.cases[name];
    const controlSurroundings = CONTROL_SURROUNDINGS[name];
    const value = accepted(
      weightedDisplacementDifference(
        { control, treated, controlSurroundings, treatedSurroundings, timeWeights: time_weights },
        alpha,
      ),
    );
    nearDifference(value.local, figures.Est_Local, figures.SE_Local);
    nearDifference(value.displaced, figures.Est_Displace, figures.SE_Displace);
    nearDifference(value, figures.Est_Total, figures.SE_Total);
    nearJudged(value, figures);
  }
  const { est, se, weight, alpha } = input.harm;
  const differences = est.map((estimate: number, i: number) => ({
    estimate,
    standardError: se[i],
    weight: weight[i],
  }));
  const harm = accepted(harmWeightedDifference(differences, alpha));
  nearDifference(harm, expected.harm.HarmEst, expected.harm.SE_HarmEst);
  nearJudged(harm, expected.harm);
};
