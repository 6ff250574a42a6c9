/**
 * Pairs the zones of two divisions of one ground: those that share most areas first, each with one at most.
 * @param before the zone of each area, −1: none @param after likewise
 * @param mayPair whether two zones may be paired at all
 * @returns the zone before of each zone after that has one
 */
export function matchZones(
  before: Int32Array,
  after: Int32Array,
  mayPair: (before: number, after: number) => boolean = () => true,
): Map<number, number> {
  const shared = new Map<string, { one: number; other: number; count: number }>();
  for (const [area, other] of after.entries()) {
    const one = before[area] ?? -1;
    if (one < 0 || other < 0 || !mayPair(one, other)) continue;
    const key = `${one} ${other}`;
    const pair = shared.get(key) ?? { one, other, count: 0 };
    shared.set(key, pair);
    pair.count++;
  }
  const taken = new Set<number>();
  const matched = new Map<number, number>();
  const pairs = [...shared.values()].sort((a, b) => b.count - a.count || a.one - b.one || a.other - b.other);
  for (const { one, other } of pairs) {
    if (taken.has(one) || matched.has(other)) continue;
    taken.add(one);
    matched.set(other, one);
  }
  return matched;
}
