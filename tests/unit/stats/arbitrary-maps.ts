import fc from 'fast-check';
import {
  contiguityWeights,
  neighboursFromLists,
  type SpatialWeights,
  type WeightStyle,
} from '../../../shared/stats/weights.ts';
import { accepted } from './outcome.ts';

/** A small map: values of places, and who touches whom, islands among them. */
export interface SmallMap {
  values: number[];
  lists: number[][];
}

/** Counts, rates, far values and long decimals. */
const figure = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(0, 1e-12, 1e12, 1e60, -1e-200, 0.1),
);

/** Maps of 1 to 12 places with symmetric neighbours. */
export const smallMap: fc.Arbitrary<SmallMap> = fc
  .array(figure, { minLength: 1, maxLength: 12 })
  .chain((values) =>
    fc
      .array(fc.tuple(fc.nat(values.length - 1), fc.nat(values.length - 1)), { maxLength: 30 })
      .map((pairs) => ({ values, lists: listsOf(values.length, pairs) })),
  );

/** The same places in another order, as the new index of each. */
export const mapAndOrder = smallMap.chain((map) =>
  fc
    .shuffledSubarray(
      map.values.map((_, place) => place),
      { minLength: map.values.length },
    )
    .map((order) => ({ map, order })),
);

/** The map whose place i is place order[i] of another. */
export function reordered({ values, lists }: SmallMap, order: readonly number[]): SmallMap {
  const place = new Map(order.map((from, to) => [from, to]));
  return {
    values: order.map((from) => values[from] ?? 0),
    lists: order.map((from) => (lists[from] ?? []).map((other) => place.get(other) ?? 0)),
  };
}

/** The weights of a small map. */
export function weightsOf(
  { lists }: SmallMap,
  style: Exclude<WeightStyle, 'inverse-distance'> = 'binary',
): SpatialWeights {
  return accepted(contiguityWeights(accepted(neighboursFromLists(lists)), { style }));
}

function listsOf(size: number, pairs: readonly (readonly [number, number])[]): number[][] {
  const sets = Array.from({ length: size }, () => new Set<number>());
  for (const [a, b] of pairs) {
    if (a === b) continue;
    sets[a]?.add(b);
    sets[b]?.add(a);
  }
  return sets.map((set) => [...set]);
}
