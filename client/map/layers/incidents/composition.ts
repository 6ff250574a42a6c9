import type { ClusterColumns } from '../../../workers/cluster-index.ts';

/** What a symbol says: the same composition gives the same image. */
export interface Composition {
  count: number;
  waiting: number;
  open: number;
  /** Place in SEVERITIES. */
  worst: number;
  /** Incidents by category, in the order of INCIDENT_CATEGORIES. */
  categories: readonly number[];
  selected: boolean;
}

/** A piece of a donut in radians, clockwise from twelve o'clock. */
export interface Arc {
  category: number;
  from: number;
  to: number;
}

const FULL = 2 * Math.PI;
/** The least that is still seen of a category with a tiny share. */
const LEAST = FULL / 30;

/** The composition of row `row`. */
export function compositionAt(columns: ClusterColumns, row: number, selected: boolean): Composition {
  const width = columns.categories.length / columns.identity.length;
  return {
    count: columns.count[row] ?? 0,
    waiting: columns.waiting[row] ?? 0,
    open: columns.open[row] ?? 0,
    worst: columns.worst[row] ?? 0,
    categories: [...columns.categories.subarray(row * width, (row + 1) * width)],
    selected,
  };
}

/** Equal for compositions of one image. */
export function imageKey({ count, waiting, open, worst, categories, selected }: Composition): string {
  const closed = open === 0 ? 'c' : '';
  return `${count}/${waiting}${closed}/${worst}${selected ? 's' : ''}/${categories.join(',')}`;
}

/** The pieces of a donut in the order of the categories; every category there is gets a piece that can be seen. */
export function donutArcs(categories: readonly number[]): Arc[] {
  const present = categories.flatMap((count, category) => (count > 0 ? [{ category, count }] : []));
  // From the smallest on: who would get less than the least of what is left gets the least, and the others share the rest.
  let rest = present.reduce((sum, { count }) => sum + count, 0);
  let angle = FULL;
  let smallUpTo = 0;
  for (const count of present.map((each) => each.count).sort((a, b) => a - b)) {
    if ((count / rest) * angle >= LEAST) break;
    rest -= count;
    angle -= LEAST;
    smallUpTo = count;
  }
  let from = 0;
  return present.map(({ category, count }, at) => {
    const to = from + (count <= smallUpTo ? LEAST : (count / rest) * angle);
    const arc = { category, from, to: at === present.length - 1 ? FULL : to };
    from = arc.to;
    return arc;
  });
}

/** A count in at most five signs: 1.234 → `1,2 rb` in Indonesian, `1.2K` in English. */
export function shortCount(count: number, language: 'id' | 'en'): string {
  return count < 1000 ? String(count) : compact[language].format(count);
}

const compact = {
  id: new Intl.NumberFormat('id', { notation: 'compact' }),
  en: new Intl.NumberFormat('en', { notation: 'compact' }),
};
