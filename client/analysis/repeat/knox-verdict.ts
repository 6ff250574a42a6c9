import type { Repeats, RepeatsInput } from './repeats.ts';

/** What a table of near repeats says, in one sentence. */
export type KnoxVerdict =
  | { kind: 'none' }
  /** Somewhere, but not nearest and soonest, where repeats would be expected. */
  | { kind: 'other'; cells: number }
  /** From nearest and soonest as far and as long as every band is significant; `ratio` of all of them together. */
  | { kind: 'near'; ratio: number; metres: number; days: number };

/** The largest block of significant cells that begins with the nearest and soonest one. */
export function verdictOf(
  { table, significant }: Pick<Repeats, 'table' | 'significant'>,
  { metres, days }: Pick<RepeatsInput, 'metres' | 'days'>,
): KnoxVerdict {
  const cells = significant.reduce((sum, one) => sum + one, 0);
  if (cells === 0) return { kind: 'none' };
  if (significant[0] !== 1) return { kind: 'other', cells };
  let best = { rows: 1, columns: 1 };
  let reach = table.columns;
  for (let row = 0; row < table.rows; row++) {
    let columns = 0;
    while (columns < reach && significant[row * table.columns + columns] === 1) columns++;
    reach = columns;
    if (reach * (row + 1) > best.rows * best.columns) best = { rows: row + 1, columns: reach };
  }
  let [observed, expected] = [0, 0];
  for (let row = 0; row < best.rows; row++)
    for (let column = 0; column < best.columns; column++) {
      observed += table.observed[row * table.columns + column] ?? 0;
      expected += table.expected[row * table.columns + column] ?? 0;
    }
  return {
    kind: 'near',
    ratio: observed / expected,
    metres: metres[best.rows - 1] ?? 0,
    days: (days[best.columns - 1] ?? 1) - 1,
  };
}
