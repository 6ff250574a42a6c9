import type { CsvCell } from '../../shared/csv.ts';
import { type FigureClass, NOTES, type PlaceFigure } from '../../shared/measures/figure.ts';
import type { Measure } from '../../shared/schemas/analysis.ts';

/** What a file says of an area beside its counts, in this order. */
export const FIGURE_COLUMNS = ['measure', 'value', 'p', 'pFdr', 'significant', 'class'] as const;

/**
 * The measure of an area: its value, the p of the test by itself and held against the false-discovery rate, whether it is
 * significant, and its class in the words of the field. Null where there is no figure, or nothing is tested.
 */
export function figureColumns(
  figure: PlaceFigure | undefined,
  at: number,
  measure: Measure,
): Record<(typeof FIGURE_COLUMNS)[number], CsvCell> {
  const code = figure?.cls[at] ?? -1;
  const shown = figure?.classes[code];
  if (!figure || !shown) return { measure, value: null, p: null, pFdr: null, significant: null, class: null };
  const { test, value } = figure;
  const isInfinite =
    NOTES[figure.note[at] ?? 0] === 'none-expected' ||
    (measure === 'change' && value[at] === 0 && code === figure.classes.length - 1);
  return {
    measure,
    value: isInfinite ? null : rounded(value[at]),
    p: test ? rounded(test.p[at]) : null,
    pFdr: test ? rounded(test.adjusted[at]) : null,
    significant: test ? test.significant[at] === 1 : null,
    class: classWords(shown, measure),
  };
}

/** `high, p <= 0.01`, `not significant`, `high-high`, `new hot spot`, `2 to 4`, `4 or more`. */
export function classWords(shown: FigureClass, measure: Measure): string {
  switch (shown.kind) {
    case 'level':
      return shown.side === 0 ? 'not significant' : `${shown.side > 0 ? 'high' : 'low'}, p <= ${rounded(shown.p)}`;
    case 'quadrant':
      return shown.name === 'none' ? 'not significant' : shown.name;
    case 'category':
      return shown.name === 'none' ? 'no pattern' : `${shown.name} spot`;
    case 'range':
      if (shown.to === null) return `${rounded(shown.from)} or more`;
      if (measure === 'change' && shown.from === 0) return `${rounded(shown.to)} or less`;
      return shown.from === shown.to ? `${rounded(shown.to)}` : `${rounded(shown.from)} to ${rounded(shown.to)}`;
  }
}

/** To six significant digits. */
const rounded = (value = 0) => Number(value.toPrecision(6));
