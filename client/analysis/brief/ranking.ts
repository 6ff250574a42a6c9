import type { PlaceFigure } from '../measures/figure.ts';
import { type Counts, keysOf } from '../places.ts';

/** A place as tables and briefs tell of it. */
export interface RankedPlace {
  /** Code of an area, or `q,r` of a cell. */
  key: string;
  /** Index into the columns of the counts and of the figure. */
  at: number;
  count: number;
  baselineCount: number;
  /** In the measure's unit; null where it has none. */
  value: number | null;
  /** p that decides, corrected where that was asked for; null where nothing is tested. */
  p: number | null;
  significant: boolean;
}

/**
 * The places in the order in which they matter: significant ones by their p, then the others by value, then by count; places
 * of which nothing can be said come last. Of equal ones the order of the counts stays.
 */
export function rankPlaces(counts: Counts, figure: PlaceFigure | undefined, { fdr }: { fdr: boolean }): RankedPlace[] {
  const columns = 'areas' in counts ? counts.areas : counts.cells;
  const decisive = figure?.test && (fdr ? figure.test.adjusted : figure.test.p);
  const places = keysOf(counts).map((key, at): RankedPlace => {
    const known = figure !== undefined && figure.cls[at] !== -1;
    return {
      key,
      at,
      count: columns.count[at] ?? 0,
      baselineCount: columns.baselineCount[at] ?? 0,
      value: known ? (figure.value[at] ?? 0) : null,
      p: known && decisive ? (decisive[at] ?? 1) : null,
      significant: known && figure.test?.significant[at] === 1,
    };
  });
  return places.sort(
    (a, b) =>
      Number(b.significant) - Number(a.significant) ||
      (a.significant ? (a.p ?? 1) - (b.p ?? 1) : 0) ||
      (b.value ?? -Infinity) - (a.value ?? -Infinity) ||
      b.count - a.count ||
      a.at - b.at,
  );
}
