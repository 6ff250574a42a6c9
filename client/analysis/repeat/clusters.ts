import type { LongRun } from '../../../shared/stats/long-run.ts';
import { done, type Outcome } from '../../../shared/stats/result.ts';
import { scanStatistic } from '../../../shared/stats/scan-statistic.ts';
import { spaceTimeScan } from '../../../shared/stats/space-time-scan.ts';
import { onPlane } from '../plane.ts';

interface Search {
  draws: number;
  seed: number;
  /** No cluster holds more than this share of those at risk, 0…0.5, nor reaches farther than this in metres. */
  share: number;
  radiusM: number | null;
}

/** Where to look for clusters. Coordinates in degrees. */
export type ClustersInput = Search & { lon: Float64Array; lat: Float64Array } & (
    | {
        /** Areas, with their incidents and those who live there or whatever else is at risk, above 0. */
        method: 'poisson';
        count: Float64Array;
        atRisk: Float64Array;
      }
    | {
        /** Areas, with their incidents in the period and in the baseline. */
        method: 'baseline';
        count: Float64Array;
        baselineCount: Float64Array;
      }
    | {
        /** Incidents, with the step of time that each happened in, from 0. */
        method: 'space-time';
        step: Uint32Array;
        steps: number;
      }
  );

/** A circle with more incidents than it should have. */
export interface Cluster {
  lon: number;
  lat: number;
  radiusM: number;
  /** Indices into the input of the places or incidents within, the nearest to the middle first. */
  members: number[];
  /** First and last step, both included; null where the whole period is meant. */
  steps: [from: number, to: number] | null;
  observed: number;
  expected: number;
  /** Risk within over risk elsewhere; null where nothing happened elsewhere. */
  relativeRisk: number | null;
  /** One-sided, adjusted for all circles tried. */
  p: number;
}

export interface Clusters {
  clusters: Cluster[];
  /** Side of the squares that incidents were put together by, metres; null where areas were searched. */
  squareM: number | null;
}

/**
 * Clusters, the most likely first, none overlapping another:
 *
 * - `poisson`: Kulldorff's Poisson scan of areas by what is at risk in them;
 * - `baseline`: the same circles, the period against the baseline of each area, by permuting which incident was when: what is
 *   expected is not taken for known where it is only a few incidents of another time;
 * - `space-time`: the space-time permutation scan over the incidents themselves, which needs nobody at risk.
 *
 * Refuses as {@link scanStatistic} and {@link spaceTimeScan}.
 */
export function findClusters(input: ClustersInput, run: LongRun): Outcome<Clusters> {
  const { x, y, lonLat } = onPlane(input.lon, input.lat);
  const { seed, draws, share, radiusM } = input;
  const options = { ...run, seed, simulations: draws, maxRadius: radiusM ?? Infinity };
  const at = (i: number) => {
    const [lon, lat] = lonLat(x[i] as number, y[i] as number);
    return { lon, lat };
  };
  if (input.method === 'poisson') {
    const found = scanStatistic(
      { x, y, cases: input.count, population: input.atRisk },
      { ...options, populationShare: share },
    );
    if (!found.ok) return found;
    const clusters = found.value.clusters.map(({ centre, places, radius, observed, expected, relativeRisk, p }) => ({
      ...at(centre),
      ...{ radiusM: radius, members: places, steps: null, observed, expected, relativeRisk, p },
    }));
    return done({ clusters, squareM: null });
  }
  const inTime = { ...options, caseShare: share };
  if (input.method === 'baseline') {
    // An area without an incident at either time changes no circle but by being a middle: leaving it out saves most of the work.
    const areas = [...x.keys()].filter((i) => (input.count[i] ?? 0) + (input.baselineCount[i] ?? 0) > 0);
    const column = (values: Float64Array) => Float64Array.from(areas, (i) => values[i] as number);
    const counts = Float64Array.of(...column(input.baselineCount), ...column(input.count));
    const found = spaceTimeScan(
      { x: column(x), y: column(y), counts, periods: 2 },
      { ...inTime, maxPeriods: 1, prospective: true },
    );
    if (!found.ok) return found;
    const total = input.count.reduce((sum, count) => sum + count, 0);
    const clusters = found.value.clusters.map(({ centre, places, radius, observed, expected, p }) => ({
      ...at(areas[centre] as number),
      ...{ radiusM: radius, members: places.map((place) => areas[place] as number), steps: null },
      ...{ observed, expected, relativeRisk: riskWithin(observed, expected, total), p },
    }));
    return done({ clusters, squareM: null });
  }
  const { squareM, squareX, squareY, squareOf } = intoSquares(x, y);
  const counts = new Float64Array(squareX.length * input.steps);
  squareOf.forEach((square, i) => {
    const cell = (input.step[i] as number) * squareX.length + square;
    counts[cell] = (counts[cell] as number) + 1;
  });
  const found = spaceTimeScan({ x: squareX, y: squareY, counts, periods: input.steps }, inTime);
  if (!found.ok) return found;
  const clusters = found.value.clusters.map(({ centre, places, radius, from, to, observed, expected, p }): Cluster => {
    const [lon, lat] = lonLat(squareX[centre] as number, squareY[centre] as number);
    const rank = new Map(places.map((place, nearness) => [place, nearness]));
    const members = [...squareOf.keys()]
      .filter((i) => {
        const step = input.step[i] as number;
        return rank.has(squareOf[i] as number) && step >= from && step <= to;
      })
      .sort((a, b) => (rank.get(squareOf[a] as number) ?? 0) - (rank.get(squareOf[b] as number) ?? 0));
    const relativeRisk = riskWithin(observed, expected, x.length);
    return { lon, lat, radiusM: radius, members, steps: [from, to], observed, expected, relativeRisk, p };
  });
  return done({ clusters, squareM });
}

/** Observed over expected within, over the same elsewhere. */
function riskWithin(observed: number, expected: number, total: number): number | null {
  const elsewhere = (total - observed) / (total - expected);
  return elsewhere > 0 ? observed / expected / elsewhere : null;
}

/** More places than this are put together into larger squares: the work grows with the square of their number. */
const MOST_PLACES = 1_500;
const SMALLEST_SQUARE_M = 100;

/** Puts points together that lie in one square, as small as leaves no more than {@link MOST_PLACES}; each is at the mean of its points. */
function intoSquares(x: Float64Array, y: Float64Array) {
  for (let squareM = SMALLEST_SQUARE_M; ; squareM *= 2) {
    const squares = new Map<string, number>();
    const squareOf = Uint32Array.from(x, (east, i) => {
      const name = `${Math.floor(east / squareM)},${Math.floor((y[i] as number) / squareM)}`;
      const square = squares.get(name) ?? squares.size;
      squares.set(name, square);
      return square;
    });
    if (squares.size > MOST_PLACES) continue;
    return { squareM, squareOf, squareX: means(x, squareOf, squares.size), squareY: means(y, squareOf, squares.size) };
  }
}

function means(values: Float64Array, group: Uint32Array, groups: number): Float64Array {
  const sums = new Float64Array(groups);
  const counts = new Float64Array(groups);
  group.forEach((of, i) => {
    sums[of] = (sums[of] as number) + (values[i] as number);
    counts[of] = (counts[of] as number) + 1;
  });
  return sums.map((sum, of) => sum / (counts[of] as number));
}
