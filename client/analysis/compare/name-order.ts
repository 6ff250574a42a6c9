import type { Comparison } from '../../../shared/measures/comparison.ts';
import type { Counts } from '../places.ts';

/** A comparison with where each place stands by its name: to put tens of thousands of names in order is the worker's work. */
export interface OrderedComparison extends Comparison {
  /** 0 for the first; places of one name have one rank. */
  nameRank: Uint32Array;
}

/** Ranks of the places by their names, as the language puts names in order, 2 before 10; cells by column, then row. */
export function nameRanks(counts: Counts): Uint32Array {
  if ('cells' in counts) {
    const { q, r } = counts.cells;
    return ranks(q.length, (a, b) => (q[a] ?? 0) - (q[b] ?? 0) || (r[a] ?? 0) - (r[b] ?? 0));
  }
  const { name, code } = counts.areas;
  const { compare } = new Intl.Collator('id', { numeric: true });
  const named = ranks(name.length, (a, b) => compare(name[a] ?? '', name[b] ?? ''));
  // Each desa has an RW 001: those of one name stand by their desa.
  if (counts.level !== 'rw') return named;
  return ranks(
    name.length,
    (a, b) => (named[a] ?? 0) - (named[b] ?? 0) || ((code[a] ?? '') < (code[b] ?? '') ? -1 : 1),
  );
}

function ranks(size: number, compare: (a: number, b: number) => number): Uint32Array {
  const order = Uint32Array.from({ length: size }, (_, at) => at).sort(compare);
  const found = new Uint32Array(size);
  let rank = 0;
  for (const [at, place] of order.entries()) {
    if (at > 0 && compare(order[at - 1] ?? 0, place) !== 0) rank = at;
    found[place] = rank;
  }
  return found;
}
