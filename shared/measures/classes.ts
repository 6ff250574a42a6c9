import type { FigureClass } from './figure.ts';

/** How many classes there are beside that of zero. */
const CLASSES = 5;

/** Upper ends of classes: values up to and with each; what lies above the last is of the last class too. */
export interface Breaks {
  /** Whether zero is a class of its own, the first. */
  zero: boolean;
  upper: number[];
}

/**
 * Quantile classes of what is above zero, fewer where there are fewer different values; zero is a class of its own. Ends of whole
 * numbers are whole, others have two significant digits. Made once over all steps of time, they stay while time plays.
 * @param values at least 0
 */
export function quantileBreaks(values: ArrayLike<number>, { whole }: { whole: boolean }): Breaks {
  const above = Float64Array.from(values).filter((value) => value > 0);
  above.sort();
  const zero = above.length < values.length || above.length === 0;
  const ends = Array.from({ length: CLASSES }, (_, i) => {
    const at = Math.ceil(((i + 1) * above.length) / CLASSES) - 1;
    const value = above[at] ?? 0;
    return whole || i === CLASSES - 1 ? value : rounded(value);
  });
  const last = above.at(-1) ?? 0;
  const upper = [...new Set(ends)].filter((end) => end > 0 && (end < last || whole)).sort((a, b) => a - b);
  if (above.length > 0 && upper.at(-1) !== last) upper.push(last);
  return { zero, upper };
}

/** To two significant digits. */
function rounded(value: number): number {
  return value > 0 ? Number(value.toPrecision(2)) : 0;
}

/** The class of a value: an index into {@link classesOf}. */
export function classOf(value: number, { zero, upper }: Breaks): number {
  if (value <= 0 && zero) return 0;
  const at = upper.findIndex((end) => value <= end);
  return (zero ? 1 : 0) + (at < 0 ? upper.length - 1 : at);
}

/** What the classes of breaks mean, in their order. */
export function classesOf({ zero, upper }: Breaks, { whole }: { whole: boolean }): FigureClass[] {
  const ranges = upper.map((to, at): FigureClass => {
    const before = upper[at - 1];
    const from = before === undefined ? (whole ? 1 : 0) : whole ? before + 1 : before;
    return { kind: 'range', from, to };
  });
  return zero ? [{ kind: 'range', from: 0, to: 0 }, ...ranges] : ranges;
}

/** Ratios at which classes of a change begin; those below 1 are their inverses, so that both sides weigh alike. */
const RATIOS = [1.25, 2, 4] as const;

/** The seven classes of a ratio of two rates, from a quarter to fourfold, the middle one about as many. */
export const RATIO_CLASSES: FigureClass[] = [
  { kind: 'range', from: 0, to: 1 / 4 },
  { kind: 'range', from: 1 / 4, to: 1 / 2 },
  { kind: 'range', from: 1 / 2, to: 1 / 1.25 },
  { kind: 'range', from: 1 / 1.25, to: 1.25 },
  { kind: 'range', from: 1.25, to: 2 },
  { kind: 'range', from: 2, to: 4 },
  { kind: 'range', from: 4, to: null },
];

/** The class of a ratio; infinite, where nothing was before, is of the last. */
export function ratioClass(ratio: number): number {
  const steps = RATIOS.filter((end) => (ratio >= 1 ? ratio : 1 / ratio) >= end).length;
  return ratio >= 1 ? 3 + steps : 3 - steps;
}

/** Levels of p that a map of significance tells apart: alpha, a fifth and a fiftieth of it (0.05, 0.01, 0.001). */
function levelsOf(alpha: number): [number, number, number] {
  return [alpha, alpha / 5, alpha / 50];
}

/** Classes of significance: low ones from the surest on, neither, high ones to the surest; only high ones where low are not tested. */
export function levelClasses(alpha: number, { low }: { low: boolean }): FigureClass[] {
  const levels = levelsOf(alpha);
  const side = (side: -1 | 1) => levels.map((p): FigureClass => ({ kind: 'level', side, p }));
  return [...(low ? side(-1).reverse() : []), { kind: 'level', side: 0, p: 1 }, ...side(1)];
}

/** The class of a p on its side (sign of `side`), an index into {@link levelClasses}. */
export function levelClass(p: number, side: number, alpha: number, { low }: { low: boolean }): number {
  const middle = low ? 3 : 0;
  if (side < 0 && !low) return middle;
  return middle + levelsOf(alpha).filter((level) => p <= level).length * Math.sign(side);
}
