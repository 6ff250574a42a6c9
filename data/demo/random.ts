/** A seeded stream of random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** Whole number in [0, count). */
  below(count: number): number;
  /** Standard normal. */
  normal(): number;
  /** One of the items; throws for an empty list. */
  pick<T>(items: readonly T[]): T;
  /** One of the items, each as likely as its weight; throws for an empty list. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  /** A stream of its own for a part of the work, so that parts do not disturb one another. */
  fork(label: string): Random;
}

/** Mulberry32 behind the interface above. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const random: Random = {
    next,
    between: (from, to) => from + (to - from) * next(),
    below: (count) => Math.floor(next() * count),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('pick from an empty list');
      return item;
    },
    weighted(items) {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      const last = items.at(-1);
      if (!last) throw new RangeError('pick from an empty list');
      return last[0];
    },
    fork(label) {
      let hash = seed ^ 0x811c9dc5;
      for (const character of label) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
      return seededRandom(hash);
    },
  };
  return random;
}
