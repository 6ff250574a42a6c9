import { falseDiscoveryRate } from '../../../../shared/stats/false-discovery.ts';
import { shareDifferences, similarity } from '../../../../shared/stats/share-test.ts';
import { accepted } from '../outcome.ts';
import { expectAllNear, expectNear, type ReferenceCheck } from '../reference-file.ts';

export const check: ReferenceCheck = ({ tolerance, input, expected }) => {
  const chi = accepted(shareDifferences(input.base, input.test));
  const fisher = accepted(shareDifferences(input.base, input.test, { method: 'fisher' }));
  const empty: boolean[] = input.base.map((count: number, i: number) => count + input.test[i] === 0);
  /** p of the units that have an event in either period. */
  const tested = (p: ArrayLike<number>) => empty.map((none, i) => (none ? null : (p[i] ?? 0)));
  const hochberg = (p: ArrayLike<number>) =>
    accepted(
      falseDiscoveryRate(
        p,
        0.05,
        empty.map((none) => (none ? 1 : 0)),
      ),
    );
  const adjusted = hochberg(chi.p);
  // Benjamini and Yekutieli's, for tests that depend on each other in any way: Hochberg's times 1 + 1/2 + … + 1/m.
  let harmonic = 0;
  for (let k = 1; k <= adjusted.tested; k++) harmonic += 1 / k;
  const yekutieli = adjusted.adjusted.map((p) => Math.min(1, p * harmonic));

  expectAllNear(tested(chi.p), expected.p_chi2_n_minus_1, tolerance, 'p_chi2_n_minus_1');
  expectAllNear(fisher.p, expected.p_fisher, tolerance.fisher, 'p_fisher');
  expectAllNear(tested(adjusted.adjusted), expected.p_chi2_BH, tolerance, 'p_chi2_BH');
  expectAllNear(tested(yekutieli), expected.p_chi2_BY, tolerance, 'p_chi2_BY');
  expectAllNear(chi.difference, expected.share_diff_pct, { ...tolerance, abs: 1e-14 }, 'share_diff_pct');
  const scores = {
    S_raw: chi.p,
    S_BH: adjusted.adjusted,
    S_BY: yekutieli,
    S_fisher_BH: hochberg(fisher.p).adjusted,
  };
  for (const [name, p] of Object.entries(scores)) {
    if (!expected[name]) continue;
    const { standard, robust } = accepted(similarity(tested(p)));
    expectNear(standard, expected[name].S_standard, tolerance, `${name}, standard`);
    expectNear(robust, expected[name].S_robust, tolerance, `${name}, robust`);
  }
};
