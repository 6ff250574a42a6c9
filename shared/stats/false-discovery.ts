import { isChance } from './checks.ts';
import { ascendingOrder } from './order.ts';
import { done, type Outcome, refuse } from './result.ts';

/** What is significant when many places are tested at once. */
export interface FalseDiscoveries {
  /** Each place's adjusted p: the smallest alpha at which it would be significant; 1 where nothing was tested. */
  adjusted: Float64Array;
  /** 1 where adjusted ≤ alpha. */
  significant: Uint8Array;
  /** How many are significant. */
  count: number;
  /** How many were tested. */
  tested: number;
}

/**
 * Controls the share of false ones among the significant (Y. Benjamini, Y. Hochberg, "Controlling the false discovery
 * rate", J. R. Stat. Soc. B 57, 1995): with the m tested p in ascending order, adjusted(i) = min over j ≥ i of
 * m p(j) / j, at most 1. As R's p.adjust(method = "BH"). Sidedness is that of the p given. Holds for independent tests and
 * those that depend positively, as of overlapping neighbourhoods.
 *
 * @param p one a place, from 0 to 1
 * @param alpha the share, above 0 and below 1
 * @param state as the methods here return it: a place with another state than 0 has no p and is not tested
 *
 * Refuses no places, a p outside [0, 1] or NaN ('out-of-range'), and a `state` of another length.
 */
export function falseDiscoveryRate(
  p: ArrayLike<number>,
  alpha: number,
  state?: ArrayLike<number>,
): Outcome<FalseDiscoveries> {
  const size = p.length;
  if (size === 0) return refuse('no-areas', 'p: there are no places');
  if (!isChance(alpha)) return refuse('out-of-range', `alpha: ${alpha} is not above 0 and below 1`);
  if (state && state.length !== size)
    return refuse('length-mismatch', `state: ${state.length} states for ${size} places`);
  const tested = new Uint32Array(size);
  const testedP = new Float64Array(size);
  let count = 0;
  for (let place = 0; place < size; place++) {
    if (state && state[place] !== 0) continue;
    const value = p[place] ?? 0;
    if (!(value >= 0 && value <= 1)) return refuse('out-of-range', `p: ${value} of place ${place} is not from 0 to 1`);
    tested[count] = place;
    // Adding zero makes −0 the 0 that the order of bits takes it for.
    testedP[count++] = value + 0;
  }
  const order = ascendingOrder(testedP.subarray(0, count));
  const adjusted = new Float64Array(size).fill(1);
  const significant = new Uint8Array(size);
  let least = 1;
  let flagged = 0;
  for (let rank = count; rank > 0; rank--) {
    const at = order[rank - 1] ?? 0;
    least = Math.min(least, ((testedP[at] ?? 0) * count) / rank);
    const place = tested[at] ?? 0;
    adjusted[place] = least;
    if (least > alpha) continue;
    significant[place] = 1;
    flagged++;
  }
  return done({ adjusted, significant, count: flagged, tested: count });
}
