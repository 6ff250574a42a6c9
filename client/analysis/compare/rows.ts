import { rateRatio } from '../../../shared/measures/inference.ts';
import { type Counts, keysOf } from '../places.ts';
import type { OrderedComparison } from './name-order.ts';

/** A place in the table. */
export interface Row {
  key: string;
  /** Index into the columns of the counts. */
  at: number;
  /** Where it stands by its name. */
  nameRank: number;
  count: number;
  baselineCount: number;
  /** Rate a day over that of the baseline; Infinity where that has none, undefined where neither has an incident. */
  ratio: number | undefined;
  /** Exact, of this place by itself; undefined where neither period has an incident. */
  p: number | undefined;
  /** The same held against the false-discovery rate of all places tested. */
  pFdr: number | undefined;
  /** By the p that decides, corrected or not, as was asked for. */
  significant: boolean;
}

export const COLUMNS = ['place', 'period', 'baseline', 'ratio', 'p', 'pFdr'] as const;
export type Column = (typeof COLUMNS)[number];
export interface Order {
  column: Column;
  descending: boolean;
}

/** The places of a comparison as rows. @param days lengths of period and baseline */
export function rowsOf(
  counts: Counts,
  { change, nameRank }: Pick<OrderedComparison, 'change' | 'nameRank'>,
  days: { period: number; baseline: number },
): Row[] {
  const { count, baselineCount } = 'areas' in counts ? counts.areas : counts.cells;
  return keysOf(counts).map((key, at) => {
    const [own, before] = [count[at] ?? 0, baselineCount[at] ?? 0];
    const any = own + before > 0;
    return {
      key,
      at,
      nameRank: nameRank[at] ?? 0,
      count: own,
      baselineCount: before,
      ratio: any ? rateRatio(own, before, days) : undefined,
      p: any ? change.test?.p[at] : undefined,
      pFdr: any ? change.test?.adjusted[at] : undefined,
      significant: change.test?.significant[at] === 1,
    };
  });
}

/**
 * The rows in an order; those without the figure come last either way, equal ones stay as they were. Many have the same corrected p:
 * among them the exact one decides.
 */
export function sorted(rows: readonly Row[], { column, descending }: Order): Row[] {
  const sign = descending ? -1 : 1;
  const figure = FIGURES[column];
  const compare = (one: number | undefined, other: number | undefined) => {
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    // Two infinite ratios have no difference.
    return one === other ? 0 : sign * (one < other ? -1 : 1);
  };
  return rows.toSorted((a, b) => compare(figure(a), figure(b)) || (column === 'pFdr' ? compare(a.p, b.p) : 0));
}

const FIGURES: Record<Column, (row: Row) => number | undefined> = {
  place: ({ nameRank }) => nameRank,
  period: ({ count }) => count,
  baseline: ({ baselineCount }) => baselineCount,
  ratio: ({ ratio }) => ratio,
  p: ({ p }) => p,
  pFdr: ({ pFdr }) => pFdr,
};

/** How a column is ordered when it is first clicked: figures from the greatest, names and p from the least. */
export function firstOrder(column: Column): Order {
  return { column, descending: column === 'period' || column === 'baseline' || column === 'ratio' };
}
