import { expect } from 'vitest';
import { getisOrdG } from '../../../../shared/stats/getis-ord.ts';
import { globalMoran } from '../../../../shared/stats/global-moran.ts';
import { contiguityWeights, neighboursFromLists, type SpatialWeights } from '../../../../shared/stats/weights.ts';
import { accepted } from '../outcome.ts';
import type { ReferenceCheck } from '../reference-file.ts';

/** Inputs without a statistic have a reason, or a state of the place: nothing undefined comes out as a figure. */
export const check: ReferenceCheck = ({ input, expected }) => {
  for (const [index, { x, neighbours }] of input.cases.entries()) {
    const weights = accepted(contiguityWeights(accepted(neighboursFromLists(neighbours))));
    const star = zOf(x, weights, true);
    const plain = zOf(x, weights, false);
    const wanted = expected.results[index];
    for (const key of Object.keys(wanted)) {
      if (key === 'gi_star_binary_z') expect(star).toEqual(wanted[key]);
      else if (key === 'gi_binary_z') expect(plain).toEqual(wanted[key]);
      else if (key === 'undefined_gi_star_indices') expect(undefinedIn(star)).toEqual(wanted[key]);
      else if (key === 'undefined_gi_indices') expect(undefinedIn(plain)).toEqual(wanted[key]);
      else if (key === 'global_moran_z') {
        const moran = globalMoran(x, weights);
        expect(moran.ok ? moran.value.randomisation.z : null).toBe(wanted[key]);
      } else {
        expect(wanted[key]).toBe('Gi* of an island is defined (self only)');
        expect(undefinedIn(star)).toEqual([]);
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
