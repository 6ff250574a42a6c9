/** Sums that are known: the values with these indexes add up to `total`. */
export interface KnownSum {
  /** Coefficients by index of the unknown. */
  terms: ReadonlyMap<number, number>;
  total: number;
}

const ZERO = 1e-9;

/**
 * The least and the greatest value that each of `n` unknown amounts, none below 0, can have where these sums are known: exact,
 * by the simplex method (two phases, Bland's rule).
 */
export function boundsOf(n: number, sums: readonly KnownSum[]): { low: number; high: number }[] {
  const rows = sums.map(({ terms, total }) => {
    const sign = total < 0 ? -1 : 1;
    return [...Array.from({ length: n }, (_, at) => sign * (terms.get(at) ?? 0)), sign * total];
  });
  return Array.from({ length: n }, (_, at) => {
    const goal = Array.from({ length: n }, (_unused, other) => (other === at ? 1 : 0));
    return {
      low: -maximum(
        n,
        rows,
        goal.map((value) => -value),
      ),
      high: maximum(n, rows, goal),
    };
  });
}

function maximum(n: number, equations: readonly number[][], goal: readonly number[]): number {
  const m = equations.length;
  // One artificial amount for each equation, the first basis.
  const table = equations.map((row, at) => [
    ...row.slice(0, n),
    ...Array.from({ length: m }, (_, other) => (other === at ? 1 : 0)),
    row[n] ?? 0,
  ]);
  const basis = Array.from({ length: m }, (_, at) => n + at);
  const left = solve(table, basis, [...Array(n).fill(0), ...Array(m).fill(-1)], n + m);
  if (left < -1e-6) throw new Error('the sums contradict each other');
  return solve(table, basis, [...goal, ...Array(m).fill(0)], n);
}

/** Improves the table until nothing of the first `usable` amounts improves the goal any more. Gives the goal's value. */
function solve(table: number[][], basis: number[], goal: readonly number[], usable: number): number {
  const last = goal.length;
  const at = (row: number, column: number) => table[row]?.[column] ?? 0;
  const gain = (column: number) =>
    (goal[column] ?? 0) - basis.reduce((sum, base, row) => sum + (goal[base] ?? 0) * at(row, column), 0);
  for (;;) {
    const enter = Array.from({ length: usable }, (_, column) => column).find(
      (column) => !basis.includes(column) && gain(column) > ZERO,
    );
    if (enter === undefined) return basis.reduce((sum, base, row) => sum + (goal[base] ?? 0) * at(row, last), 0);
    let leave = -1;
    for (let row = 0; row < table.length; row++) {
      // An artificial amount stays at 0 whichever way the others go.
      const stuck = (basis[row] ?? 0) >= usable && Math.abs(at(row, enter)) > ZERO && at(row, last) < ZERO;
      if (!stuck && at(row, enter) <= ZERO) continue;
      const ratio = stuck ? 0 : at(row, last) / at(row, enter);
      const best = leave < 0 ? Number.POSITIVE_INFINITY : Math.max(0, at(leave, last) / at(leave, enter));
      if (ratio < best - ZERO || (ratio < best + ZERO && (basis[row] ?? 0) < (basis[leave] ?? 0))) leave = row;
    }
    if (leave < 0) return Number.POSITIVE_INFINITY;
    pivot(table, leave, enter);
    basis[leave] = enter;
  }
}

function pivot(table: number[][], leave: number, enter: number): void {
  const by = table[leave]?.[enter] ?? 1;
  const line = (table[leave] ?? []).map((value) => value / by);
  table[leave] = line;
  for (const [row, values] of table.entries()) {
    const factor = row === leave ? 0 : (values[enter] ?? 0);
    if (factor !== 0) table[row] = values.map((value, column) => value - factor * (line[column] ?? 0));
  }
}
