import type { PlaceFigure } from '../../../shared/measures/figure.ts';
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
  /** 1 where the figure marks the place as high, hot or risen, −1 as low, cold or fallen; 0 as neither, or where nothing does. */
  side: -1 | 0 | 1;
}

/**
 * The places in the order in which they matter: significant ones by their p, the high before the low, then the others, the hot
 * before the cold, by value, then by count; places of which nothing can be said come last. Of equal ones the order of the counts stays.
 */
export function rankPlaces(counts: Counts, figure: PlaceFigure | undefined, { fdr }: { fdr: boolean }): RankedPlace[] {
  const columns = 'areas' in counts ? counts.areas : counts.cells;
  const decisive = figure?.test && (fdr ? figure.test.adjusted : figure.test.p);
  const places = keysOf(counts).map((key, at): RankedPlace => {
    const known = figure !== undefined && figure.cls[at] !== -1;
    const significant = known && figure.test?.significant[at] === 1;
    return {
      key,
      at,
      count: columns.count[at] ?? 0,
      baselineCount: columns.baselineCount[at] ?? 0,
      value: known ? (figure.value[at] ?? 0) : null,
      p: known && decisive ? (decisive[at] ?? 1) : null,
      significant,
      side: known && (significant || !figure.test) ? sideOf(figure, at) : 0,
    };
  });
  return places.sort(
    (a, b) =>
      Number(b.significant) - Number(a.significant) ||
      b.side - a.side ||
      (a.significant ? (a.p ?? 1) - (b.p ?? 1) : 0) ||
      (b.value ?? -Infinity) - (a.value ?? -Infinity) ||
      b.count - a.count ||
      a.at - b.at,
  );
}

/** Of ranked places, in their order: the significant ones, where nothing is tested those with a pattern, else those above zero. */
export function standingOut(ranked: readonly RankedPlace[], { test, scale }: PlaceFigure): RankedPlace[] {
  if (test) return ranked.filter(({ significant }) => significant);
  return ranked.filter(({ side, value }) => (scale === 'emerging' ? side !== 0 : (value ?? 0) > 0));
}

/** Of a place with a figure: on which side of what is expected that is. */
function sideOf({ scale, classes, cls, value }: PlaceFigure, at: number): RankedPlace['side'] {
  const code = cls[at] ?? -1;
  const each = classes[code];
  if (each?.kind === 'level') return each.side;
  if (each?.kind === 'quadrant') return each.name === 'none' ? 0 : each.name.startsWith('high') ? 1 : -1;
  if (each?.kind === 'category') return each.name === 'none' ? 0 : each.name.endsWith('hot') ? 1 : -1;
  if (scale !== 'diverging') return 0;
  // A ratio that is infinite is kept as 0, in the last class.
  const ratio = code === classes.length - 1 ? Infinity : (value[at] ?? 1);
  return ratio > 1 ? 1 : ratio < 1 ? -1 : 0;
}
