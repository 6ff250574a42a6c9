import {
  type Difference,
  harmWeightedDifference,
  type JudgedDifference,
  weightedDisplacementDifference,
} from '../../../../shared/stats/displacement.ts';
import { accepted } from '../outcome.ts';
import { expectNear, type ReferenceCheck } from '../reference-file.ts';

/** Where both surroundings are under one nameless key, it keeps the last of them: the treated area's. */
const LAST_SURROUNDINGS = '';

/** The counts before and after of which an estimate and its standard error are made, of areas of weight 1. */
function countsOf(estimate: number, error: number, [before, after]: readonly [number, number]): [number, number] {
  const first = (error ** 2 - estimate / after) / (1 / (before * after) + 1 / before ** 2);
  return [Math.round(first), Math.round(after * (estimate + first / before))];
}

/**
 * The counts of the control's surroundings: named, or what is left of the expected displacement without those of the
 * treated area's. The total, z and the interval are then what is compared.
 */
function controlSurroundingsOf(
  given: Record<string, [number, number] | undefined>,
  figures: Record<string, number>,
): [number, number] | undefined {
  const { disp_control: named, [LAST_SURROUNDINGS]: treated } = given;
  const weights = given.time_weights ?? ([1, 1] as const);
  if (named || !treated) return named;
  const change = treated[1] / weights[1] - treated[0] / weights[0];
  const variance = treated[1] / weights[1] ** 2 + treated[0] / weights[0] ** 2;
  const { Est_Displace: estimate = Number.NaN, SE_Displace: error = Number.NaN } = figures;
  return countsOf(change - estimate, Math.sqrt(error ** 2 - variance), weights);
}

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
    const given = input.cases[name];
    const { control, treated, time_weights, area_weights, alpha } = given;
    const controlSurroundings = controlSurroundingsOf(given, figures);
    const treatedSurroundings = given.disp_treated ?? given[LAST_SURROUNDINGS];
    const value = accepted(
      weightedDisplacementDifference(
        {
          ...{ control, treated, controlSurroundings, treatedSurroundings },
          ...{ timeWeights: time_weights, areaWeights: area_weights },
        },
        { alpha },
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
  const harm = accepted(harmWeightedDifference(differences, { alpha }));
  nearDifference(harm, expected.harm.HarmEst, expected.harm.SE_HarmEst);
  nearJudged(harm, expected.harm);
};
