import { deviations, refuseDraws } from './checks.ts';
import type { PermutationOptions } from './global-moran.ts';
import { AT_MEAN, LOCAL_MORAN_STATE, refuseLocal } from './local-moran.ts';
import { createRandom } from './random.ts';
import { done, type Outcome, refuse } from './result.ts';
import type { SpatialWeights } from './weights.ts';

/** So many places are drawn for before it is asked whether to stop. */
const PLACES_A_ROUND = 1000;

/** What orders drawn at random say of each place's I. */
export interface LocalPermutations {
  /** How many draws have a lag Σ_j w_ij x_j at least, and at most, as great as the place's own; 0 without neighbours. */
  atLeast: Uint32Array;
  atMost: Uint32Array;
  /**
   * Two-sided: min(1, 2 (1 + the lesser of atLeast and atMost) / (1 + permutations)); 1 where
   * `state` is not 0.
   */
  p: Float64Array;
  /** A code of {@link LOCAL_MORAN_STATE}: noNeighbours, atMean or defined. */
  state: Uint8Array;
  permutations: number;
  seed: number;
}

/**
 * Local Moran's I against neighbours drawn at random from all other places, its own value kept (Anselin 1995, section 4):
 * for values whose I is not about normal. All places share the draws, as in PySAL; each place's p is right, those of
 * different places depend on one another. The same seed gives the same p, and the least p that can come out is
 * 2 / (1 + permutations): for {@link falseDiscoveryRate} over many places it must be far below alpha / places. Takes
 * places × permutations × neighbours steps. Refusals as {@link localMoran}, and a number of permutations that is not
 * whole and above 0, and where `cancelled` said so ('cancelled').
 */
export function localMoranPermutation(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  { permutations = 999, seed, onProgress, cancelled }: PermutationOptions,
): Outcome<LocalPermutations> {
  const undrawable = refuseDraws('permutations', permutations, seed);
  if (undrawable) return undrawable;
  const refusal = refuseLocal(values, weights);
  if (refusal) return refusal;
  const { size, starts, neighbours } = weights;
  const { scaled } = deviations(values);
  const draws = drawOthers(weights, permutations, seed);
  const result: LocalPermutations = {
    atLeast: new Uint32Array(size),
    atMost: new Uint32Array(size),
    p: new Float64Array(size).fill(1),
    state: new Uint8Array(size),
    permutations,
    seed,
  };
  for (let place = 0; place < size; place++) {
    if (place % PLACES_A_ROUND === 0) {
      if (cancelled?.()) return refuse('cancelled', `stopped after ${place} of ${size} places`);
      onProgress?.(place, size);
    }
    const from = starts[place] ?? 0;
    const count = (starts[place + 1] ?? 0) - from;
    if (count === 0) {
      result.state[place] = LOCAL_MORAN_STATE.noNeighbours;
      continue;
    }
    const row = weights.weights.subarray(from, from + count);
    let [observed, sum] = [0, 0];
    for (let k = 0; k < count; k++) {
      observed += (row[k] ?? 0) * (scaled[neighbours[from + k] ?? 0] ?? 0);
      sum += row[k] ?? 0;
    }
    // Lags of the same values in another order of addition differ by rounding alone.
    const rounding = 1e-13 * sum;
    let [most, least] = [0, 0];
    for (let draw = 0; draw < permutations; draw++) {
      const first = draw * draws.width;
      let lag = 0;
      for (let k = 0; k < count; k++) {
        const other = draws.others[first + k] ?? 0;
        lag += (row[k] ?? 0) * (scaled[other < place ? other : other + 1] ?? 0);
      }
      if (lag >= observed - rounding) most++;
      if (lag <= observed + rounding) least++;
    }
    result.atLeast[place] = most;
    result.atMost[place] = least;
    // The lag of a place at the mean may be judged, its I is 0 whatever the neighbours are.
    if (Math.abs(scaled[place] ?? 0) < AT_MEAN) result.state[place] = LOCAL_MORAN_STATE.atMean;
    else result.p[place] = Math.min(1, (2 * (1 + Math.min(least, most))) / (1 + permutations));
  }
  onProgress?.(size, size);
  return done(result);
}

/** For each permutation, as many different numbers of other places, from 0 to size − 2, as a place has neighbours at most. */
function drawOthers({ size, starts }: SpatialWeights, permutations: number, seed: number) {
  let width = 0;
  for (let place = 0; place < size; place++) width = Math.max(width, (starts[place + 1] ?? 0) - (starts[place] ?? 0));
  const random = createRandom(seed);
  const pool = Uint32Array.from({ length: size - 1 }, (_, index) => index);
  const others = new Uint32Array(permutations * width);
  for (let draw = 0; draw < permutations; draw++) {
    for (let k = 0; k < width; k++) {
      const at = k + random.below(pool.length - k);
      const chosen = pool[at] ?? 0;
      pool[at] = pool[k] ?? 0;
      pool[k] = chosen;
      others[draw * width + k] = chosen;
    }
  }
  return { others, width };
}
