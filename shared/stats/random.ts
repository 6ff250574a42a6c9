import { logGamma } from './poisson.ts';

/** A stream of random numbers that a seed repeats, for Monte Carlo tests whose answer must be found again. */
export interface Random {
  /** A number in [0, 1) in steps of 2⁻⁵³. */
  uniform(): number;
  /** A whole number from 0 to n − 1, each equally likely; n a whole number from 1 to 2³². */
  below(n: number): number;
  /** Puts the elements into an order of which each is equally likely (Fisher–Yates), in place. */
  shuffle(items: Shuffled): void;
  /** A draw of Poisson's distribution with this mean (finite, ≥ 0). */
  poisson(mean: number): number;
}

/** What can be shuffled: anything with numbered elements. */
interface Shuffled {
  readonly length: number;
  [index: number]: unknown;
}

/**
 * xoshiro128** 1.1 (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47, 2021),
 * its state filled from the seed by SplitMix32. A seed is a whole number; only its lowest 32 bits count.
 */
export function createRandom(seed: number): Random {
  let filling = seed | 0;
  const fill = () => {
    filling = (filling + 0x9e3779b9) | 0;
    let mixed = Math.imul(filling ^ (filling >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
  let a = fill();
  let b = fill();
  let c = fill();
  let d = fill();

  /** 32 random bits as a whole number from 0. */
  const next = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  };
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
  const below = (n: number) => {
    // What lies over the last whole multiple of n is drawn again, else small numbers would be likelier.
    const fair = 4294967296 - (4294967296 % n);
    let drawn = next();
    while (drawn >= fair) drawn = next();
    return drawn % n;
  };
  return {
    uniform,
    below,
    shuffle(items) {
      for (let last = items.length - 1; last > 0; last--) {
        const other = below(last + 1);
        const kept = items[last];
        items[last] = items[other];
        items[other] = kept;
      }
    },
    poisson: (mean) => (mean < 10 ? smallPoisson(mean, uniform) : largePoisson(mean, uniform)),
  };
}

/** Inversion: the distribution is summed until it passes a uniform number. */
function smallPoisson(mean: number, uniform: () => number): number {
  const drawn = uniform();
  let count = 0;
  let probability = Math.exp(-mean);
  let sum = probability;
  // Rounding leaves the sum just short of 1: where nothing more is added, the tail is exhausted.
  while (drawn >= sum && (probability > 1e-18 || count < mean)) {
    count++;
    probability *= mean / count;
    sum += probability;
  }
  return count;
}

/** W. Hörmann, "The transformed rejection method for generating Poisson random variables" (1993), PTRS. */
function largePoisson(mean: number, uniform: () => number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const distance = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / distance + b) * u + mean + 0.43);
    if (distance >= 0.07 && v <= squeeze) return count;
    if (count < 0 || (distance < 0.013 && v > distance)) continue;
    const accepted = Math.log((v * inverseAlpha) / (a / (distance * distance) + b));
    if (accepted <= count * Math.log(mean) - mean - logGamma(count + 1)) return count;
  }
}
