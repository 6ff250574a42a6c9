import { choynowski } from '../../../../shared/stats/choynowski.ts';
import { empiricalBayesRates, standardisedRates } from '../../../../shared/stats/empirical-bayes.ts';
import { globalMoran } from '../../../../shared/stats/global-moran.ts';
import { localEmpiricalBayesRates } from '../../../../shared/stats/local-empirical-bayes.ts';
import { contiguityWeights, neighboursFromLists } from '../../../../shared/stats/weights.ts';
import { accepted } from '../outcome.ts';
import { expectAllNear, expectNear, type ReferenceCheck } from '../reference-file.ts';

/** Empirical Bayes rates, the probability map and Moran's I of rates against R's spdep. */
export const check: ReferenceCheck = ({ input, expected, tolerance }) => {
  const { cases, population } = input;
  const neighbours = accepted(neighboursFromLists(input.neighbours));
  const near = (actual: ArrayLike<number>, figures: (number | null)[], what: string) =>
    expectAllNear(actual, figures, tolerance, what);

  const poisson = accepted(empiricalBayesRates(cases, population));
  near(poisson.raw, expected.raw, 'raw');
  expectNear(poisson.mean, expected.global.b, tolerance, 'global.b');
  expectNear(poisson.variance, expected.global.a, tolerance, 'global.a');
  near(poisson.rates, expected.global.estimate, 'global.estimate');
  const binomial = accepted(empiricalBayesRates(cases, population, { family: 'binomial' }));
  near(binomial.rates, expected.global_binomial.estimate, 'global_binomial.estimate');

  for (const [name, about] of [
    ['local', 'own'],
    ['local_geoda_variant', 'focal'],
  ] as const) {
    if (!expected[name]) continue;
    const local = accepted(localEmpiricalBayesRates(cases, population, neighbours, { about }));
    near(local.means, expected[name].m, `${name}.m`);
    near(local.variances, expected[name].a, `${name}.a`);
    // The file has null where the neighbourhood has no case, 0/0 there: "report 0".
    const estimates = expected[name].estimate.map((estimate: number | null) => estimate ?? 0);
    near(local.rates, estimates, `${name}.estimate`);
  }

  const map = accepted(choynowski(cases, population));
  near(map.expected, expected.expected_count, 'expected_count');
  near(map.atMost, expected.choynowski_probability, 'choynowski_probability');
  near(
    map.relativeRisk.map((risk) => 100 * risk),
    expected.relative_risk,
    'relative_risk',
  );

  const rowStandardised = accepted(contiguityWeights(neighbours, { style: 'row-standardised' }));
  const moran = accepted(globalMoran(accepted(standardisedRates(cases, population)), rowStandardised));
  expectNear(moran.statistic, expected.ebi_moran_I, tolerance, 'ebi_moran_I');
};
