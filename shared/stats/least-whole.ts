/**
 * The least whole number from 0 on for which `reaches` holds, which must hold for all greater ones too: sought from `near`
 * (a whole number) on by steps that double, the first of them `step`, then by halving.
 */
export function leastWhole(reaches: (n: number) => boolean, near: number, step = 1): number {
  let low = -1;
  let high = near;
  for (let width = step; !reaches(high); width *= 2) {
    low = high;
    high += width;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}
