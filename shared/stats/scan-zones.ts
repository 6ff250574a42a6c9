/** How far places are from each other: in a plane, or on the sphere between [lon, lat] in degrees. */
export type ScanMetric = 'euclidean' | 'great-circle';

/** Candidates for a cluster: about each centre, the nearest place, the two nearest, and so on. */
export interface ScanZones {
  /** Places by distance from centre c (ties by index), as many as a zone may hold: members[starts[c]…starts[c + 1]). */
  members: Uint32Array;
  starts: Uint32Array;
}

const EARTH_RADIUS = 6_371_008.8;

/** Distance of two places: in the unit of the coordinates, or in metres on the sphere. */
export function scanDistance(x1: number, y1: number, x2: number, y2: number, metric: ScanMetric): number {
  if (metric === 'euclidean') return Math.sqrt((x1 - x2) ** 2 + (y1 - y2) ** 2);
  const radians = Math.PI / 180;
  const half =
    Math.sin(((y2 - y1) * radians) / 2) ** 2 +
    Math.cos(y1 * radians) * Math.cos(y2 * radians) * Math.sin(((x2 - x1) * radians) / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
}

/**
 * Circular zones about every place: nearest places are added as long as the sum of their sizes is at most `largest` and
 * their distance at most `radius`.
 */
export function circularZones(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  sizes: ArrayLike<number>,
  { largest, radius, metric }: { largest: number; radius: number; metric: ScanMetric },
): ScanZones {
  const n = x.length;
  const starts = new Uint32Array(n + 1);
  const parts: Uint32Array[] = [];
  const distance = new Float64Array(n);
  for (let centre = 0; centre < n; centre++) {
    const near: number[] = [];
    for (let i = 0; i < n; i++) {
      distance[i] = scanDistance(x[centre] as number, y[centre] as number, x[i] as number, y[i] as number, metric);
      if ((distance[i] as number) <= radius) near.push(i);
    }
    near.sort((a, b) => (distance[a] as number) - (distance[b] as number) || a - b);
    let size = 0;
    let count = 0;
    while (count < near.length) {
      size += sizes[near[count] as number] as number;
      if (size > largest) break;
      count++;
    }
    parts.push(Uint32Array.from(near.slice(0, count)));
    starts[centre + 1] = (starts[centre] as number) + count;
  }
  const members = new Uint32Array(starts[n] as number);
  parts.forEach((part, centre) => {
    members.set(part, starts[centre]);
  });
  return { members, starts };
}

/**
 * Kulldorff's log likelihood ratio of a zone with `observed` cases where `expected` were, of `total` in all:
 * c ln(c/μ) + (C − c) ln((C − c)/(C − μ)) where c > μ, else 0.
 */
export function scanLikelihood(observed: number, expected: number, total: number): number {
  if (!(observed > expected) || expected <= 0 || expected >= total) return 0;
  const rest = total - observed;
  return observed * Math.log(observed / expected) + (rest > 0 ? rest * Math.log(rest / (total - expected)) : 0);
}

/**
 * Whether a zone may have a higher ratio than `best`, without a logarithm: the ratio is at most (c − μ)² C / (μ (C − μ)).
 */
export function mayExceed(best: number, observed: number, expected: number, total: number): boolean {
  const gap = observed - expected;
  return gap > 0 && gap * gap * total > best * expected * (total - expected);
}

/** p of a cluster: (1 + simulations whose greatest ratio is as great) / (simulations + 1), one-sided. */
export function scanP(likelihood: number, greatest: Float64Array): number {
  let asGreat = 1;
  for (const one of greatest) if (one >= likelihood * (1 - 1e-12)) asGreat++;
  return asGreat / (greatest.length + 1);
}
