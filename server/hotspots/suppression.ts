/** Counts below this are not published. */
export const LEAST_PUBLISHED = 5;

/** Counts of areas that lie within each other; whoever has no parent here is part of the whole, whose total is taken as known. */
export interface CountTree {
  /** Index of the area that each lies in, −1 at the top. A parent stands before its children. */
  readonly parent: readonly number[];
  /** Incidents of each, those of its children included, and those of it that are in none of its children. */
  readonly count: readonly number[];
}

/** What a public file hides. */
export interface Suppression {
  /** Of each area. */
  hidden: boolean[];
  /** Whether the total of all must not be published either. */
  total: boolean;
}

/**
 * Which counts a public file hides: those under 5, zero among them, and as many others as it takes that no sum or difference of
 * published counts of any level, nor of the total, gives a hidden one. Where some parts of a published area are hidden,
 * they are at least two and come to 5 at least, so that each of them could be 5 or more; an area that is hidden with its
 * count of 5 or more hides one of its parts, too. Where too little is left to hide, the area itself is hidden. The smallest
 * are taken first. It holds against who knows how many incidents of an area are in none of its parts; it does not hold
 * against who subtracts the files of two questions.
 *
 * After cell suppression in tables with subtotals: Hundepool et al., *Statistical Disclosure Control* (2012), 4.4.
 */
export function suppress({ parent, count }: CountTree): Suppression {
  const children: number[][] = parent.map(() => []);
  const top: number[] = [];
  for (const [node, above] of parent.entries()) (above < 0 ? top : (children[above] ?? [])).push(node);
  const countOf = (node: number) => count[node] ?? 0;
  for (const group of [top, ...children]) group.sort((a, b) => countOf(a) - countOf(b) || a - b);

  const hidden = count.map((value) => value < LEAST_PUBLISHED);
  const isHidden = (node: number) => hidden[node] === true;
  const childrenOf = (node: number) => children[node] ?? [];
  /** Incidents that stay unknown although what is published beneath a hidden area is taken off. */
  const freeOf = (node: number): number => {
    const inner = childrenOf(node).filter(isHidden);
    return inner.length === 0 ? countOf(node) : inner.reduce((sum, child) => sum + freeOf(child), 0);
  };
  const hide = (node: number): void => {
    hidden[node] = true;
    const [smallest] = childrenOf(node);
    if (smallest !== undefined && !childrenOf(node).some(isHidden)) hide(smallest);
  };
  /** Hides more of the parts of a known whole until the hidden ones protect each other; false when they cannot. */
  const protect = (parts: readonly number[]): boolean => {
    for (;;) {
      const inside = parts.filter(isHidden);
      if (inside.length === 0) return true;
      const free = inside.reduce((sum, part) => sum + freeOf(part), 0);
      if (inside.length > 1 && free >= LEAST_PUBLISHED) return true;
      const next = parts.find((part) => !isHidden(part));
      if (next === undefined) return false;
      hide(next);
    }
  };
  // From the narrowest up: what an area cannot protect within itself is protected beside it.
  for (let node = parent.length - 1; node >= 0; node--) {
    if (!isHidden(node) && !protect(childrenOf(node))) hidden[node] = true;
  }
  return { hidden, total: !protect(top) };
}
