import { expect } from 'vitest';
import { getisOrdG } from '../../../../shared/stats/getis-ord.ts';
import { globalMoran } from '../../../../shared/stats/global-moran.ts';
import { contiguityWeights, neighboursFromLists, type SpatialWeights } from '../../../../shared/stats/weights.ts';
import { accepted } from '../outcome.ts';
import { expectAllNear, expectNear, type ReferenceCheck } from '../reference-file.ts';

/** Inputs without a statistic have a reason, or a state of the place: nothing undefined comes out as a figure. */
export const check: ReferenceCheck = ({ input, expected, tolerance: stated }) => {
  // "exact" is said of what is undefined; figures beside it may still round.
  const tolerance = stated === 'exact' ? { rel: 1e-12, abs: 1e-12 } : stated;
  expect(expected.results).toHaveLength(input.cases.length);
  for (const [index, { x, neighbours }] of input.cases.entries()) {
    const weights = accepted(contiguityWeights(accepted(neighboursFromLists(neighbours))));
    const star = zOf(x, weights, true);
    const plain = zOf(x, weights, false);
    const wanted = expected.results[index];
    for (const key of Object.keys(wanted)) {
      if (key === 'gi_star_binary_z') expectAllNear(star, wanted[key], tolerance, key);
      else if (key === 'gi_binary_z') expectAllNear(plain, wanted[key], tolerance, key);
      else if (key === 'undefined_gi_star_indices') expect(undefinedIn(star)).toEqual(wanted[key]);
      else if (key === 'undefined_gi_indices') expect(undefinedIn(plain)).toEqual(wanted[key]);
      else if (key === 'global_moran_z') {
        const moran = globalMoran(x, weights);
        expectNear(moran.ok ? moran.value.randomisation.z : null, wanted[key], tolerance, key);
      } else {
        expect(key).toBe('note');
        // What it says of islands: they have neighbours at least in themselves.
        if (wanted[key].startsWith('Gi* of an island is defined'))
          expect(undefinedIn(star).filter((place) => neighbours[place].length === 0)).toEqual([]);
      }
    }
  }
};

function zOf(x: readonly number[], weights: SpatialWeights, star: boolean): (number | null)[] {
  const outcome = getisOrdG(x, weights, { star });
  if (!outcome.ok) return x.map(() => null);
  return Array.from(outcome.value.z, (z, place) => (outcome.value.state[place] === 0 ? z : null));
}

const undefinedIn = (z: readonly (number | null)[]) => z.flatMap((figure, place) => (figure === null ? [place] : []));
