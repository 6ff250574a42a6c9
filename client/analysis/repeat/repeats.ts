import { bandOf, closePairs } from '../../../shared/stats/close-pairs.ts';
import { falseDiscoveryRate } from '../../../shared/stats/false-discovery.ts';
import { type KnoxTable, knoxTest } from '../../../shared/stats/knox.ts';
import type { LongRun } from '../../../shared/stats/long-run.ts';
import { done, type Outcome } from '../../../shared/stats/result.ts';
import { onPlane } from '../plane.ts';

export interface RepeatsInput {
  /** Incidents: degrees, and the local day that each happened on, as days since any one. */
  lon: Float64Array;
  lat: Float64Array;
  day: Int32Array;
  /** Upper ends of the bands, ascending: metres, and days. A band ends just before its upper end. */
  metres: readonly number[];
  days: readonly number[];
  draws: number;
  seed: number;
  alpha: number;
  /** Whether the cells' p are held against the false-discovery rate. */
  fdr: boolean;
}

export interface Repeats {
  table: KnoxTable;
  /** Of each cell of the table: its p, held against the false-discovery rate of all cells. */
  adjusted: Float64Array;
  /** 1 for each cell of the table with more pairs than chance gives. */
  significant: Uint8Array;
  /** Pairs of incidents, by index, in the cells that are significant: those with the latest incident first, and not all. */
  pairs: { first: Uint32Array; second: Uint32Array };
  /** How many there are in all. */
  pairCount: number;
}

/** More lines than this say nothing on a map. */
const MOST_PAIRS_SHOWN = 2_000;
/** More pairs than this do not fit into the memory of a worker. */
const MOST_PAIRS = 40_000_000;

/** What no table can be made of, beside what the test itself refuses. */
export type RepeatsAnswer = Outcome<Repeats> | { ok: false; reason: 'too-many-pairs' };

/**
 * Knox's test of near repeats over bands of distance and of days, with the pairs behind what is significant. Refuses as
 * {@link knoxTest}, and `too-many-pairs` where the incidents lie too densely for bands so wide.
 */
export function findRepeats(input: RepeatsInput, run: LongRun): RepeatsAnswer {
  const { x, y } = onPlane(input.lon, input.lat);
  const spatialBreaks = [0, ...input.metres];
  const temporalBreaks = [0, ...input.days];
  if (roughPairs(x, y, spatialBreaks.at(-1) as number) > MOST_PAIRS) return { ok: false, reason: 'too-many-pairs' };
  const tested = knoxTest(
    { x, y, time: input.day, spatialBreaks, temporalBreaks },
    { ...run, seed: input.seed, permutations: input.draws },
  );
  if (!tested.ok) return tested;
  const table = tested.value;
  const judged = falseDiscoveryRate(table.p, input.alpha);
  if (!judged.ok) return judged;
  const { adjusted } = judged.value;
  const significant = Uint8Array.from(input.fdr ? adjusted : table.p, (p) => (p <= input.alpha ? 1 : 0));

  const { first, second, band, count } = closePairs(x, y, spatialBreaks, 'euclidean');
  const kept: number[] = [];
  for (let k = 0; k < count; k++) {
    const apart = Math.abs((input.day[first[k] as number] as number) - (input.day[second[k] as number] as number));
    const column = bandOf(apart, temporalBreaks) - 1;
    const cell = ((band[k] as number) - 1) * table.columns + column;
    if (column < table.columns && significant[cell] === 1) kept.push(k);
  }
  const latest = (k: number) =>
    Math.max(input.day[first[k] as number] as number, input.day[second[k] as number] as number);
  const shown = kept.toSorted((a, b) => latest(b) - latest(a)).slice(0, MOST_PAIRS_SHOWN);
  return done({
    table,
    adjusted,
    significant,
    pairs: {
      first: Uint32Array.from(shown, (k) => first[k] as number),
      second: Uint32Array.from(shown, (k) => second[k] as number),
    },
    pairCount: kept.length,
  });
}

/** About how many pairs are nearer than `reach`, from the numbers in squares of that side: never far too few. */
function roughPairs(x: Float64Array, y: Float64Array, reach: number): number {
  const squares = new Map<string, number>();
  const name = (column: number, row: number) => `${column},${row}`;
  for (let i = 0; i < x.length; i++) {
    const square = name(Math.floor((x[i] as number) / reach), Math.floor((y[i] as number) / reach));
    squares.set(square, (squares.get(square) ?? 0) + 1);
  }
  let pairs = 0;
  for (const [square, count] of squares) {
    const [column = 0, row = 0] = square.split(',').map(Number);
    for (let east = -1; east <= 1; east++)
      for (let north = -1; north <= 1; north++) pairs += count * (squares.get(name(column + east, row + north)) ?? 0);
  }
  return pairs / 4;
}
