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
  const order = new NearestFirst(n);
  for (let centre = 0; centre < n; centre++) {
    let farthest = 0;
    for (let i = 0; i < n; i++) {
      const away = scanDistance(x[centre] as number, y[centre] as number, x[i] as number, y[i] as number, metric);
      distance[i] = away;
      if (away <= radius) farthest = Math.max(farthest, away);
    }
    const near = order.within(distance, radius, farthest);
    let size = 0;
    let count = 0;
    while (count < near.length) {
      size += sizes[near[count] as number] as number;
      if (size > largest) break;
      count++;
    }
    parts.push(near.slice(0, count));
    starts[centre + 1] = (starts[centre] as number) + count;
  }
  const members = new Uint32Array(starts[n] as number);
  parts.forEach((part, centre) => {
    members.set(part, starts[centre]);
  });
  return { members, starts };
}

/** Buckets hold a few places each; where one holds more than this, comparing sorts faster. */
const FULL_BUCKET = 48;

/** Sorts places by distance, ties by index, in buffers that are used over and over. */
class NearestFirst {
  private readonly places: number;
  /**
   * Distance and index in one number, which sorts far faster than pairs: the index in the lowest bits of 53, so that
   * distances apart by no more than rounding tie.
   */
  private readonly keys: Float64Array;
  private readonly sorted: Float64Array;
  private readonly bucket: Uint32Array;
  private readonly ends: Uint32Array;
  private readonly indices: number;
  private readonly steps: number;

  constructor(places: number) {
    this.places = places;
    this.keys = new Float64Array(places);
    this.sorted = new Float64Array(places);
    this.bucket = new Uint32Array(places);
    this.ends = new Uint32Array(places + 2);
    this.indices = 2 ** Math.ceil(Math.log2(places + 1));
    this.steps = 2 ** 52 / this.indices;
  }

  /** Places within the radius. @param farthest distance of the farthest of them */
  within(distance: Float64Array, radius: number, farthest: number): Uint32Array {
    const { places, keys, sorted, bucket, ends, indices, steps } = this;
    ends.fill(0);
    let within = 0;
    let fullest = 0;
    for (let i = 0; i < places; i++) {
      const away = distance[i] as number;
      if (away > radius) continue;
      const step = Math.floor(farthest > 0 ? (away / farthest) * steps : 0);
      // Places over a plane: as many lie in each of the rings of one area.
      const ring = Math.floor((step / steps) ** 2 * places);
      keys[within] = step * indices + i;
      bucket[within++] = ring;
      const held = (ends[ring + 1] as number) + 1;
      ends[ring + 1] = held;
      if (held > fullest) fullest = held;
    }
    if (fullest > FULL_BUCKET) return Uint32Array.from(keys.subarray(0, within).sort(), (key) => key % indices);
    for (let ring = 0; ring <= places; ring++) ends[ring + 1] = (ends[ring + 1] as number) + (ends[ring] as number);
    for (let k = 0; k < within; k++) {
      const ring = bucket[k] as number;
      sorted[ends[ring] as number] = keys[k] as number;
      ends[ring] = (ends[ring] as number) + 1;
    }
    // Within a ring there is little left to sort: by insertion, over all of them at once.
    for (let k = 1; k < within; k++) {
      const key = sorted[k] as number;
      let at = k;
      for (; at > 0 && (sorted[at - 1] as number) > key; at--) sorted[at] = sorted[at - 1] as number;
      sorted[at] = key;
    }
    const near = new Uint32Array(within);
    for (let k = 0; k < within; k++) near[k] = (sorted[k] as number) % indices;
    return near;
  }
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
