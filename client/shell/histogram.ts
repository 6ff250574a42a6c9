const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Widths of a bar that people can name. */
const WIDTHS = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 7 * DAY, 28 * DAY];

export interface Histogram {
  /** Unix ms of the left edge of the first bar. */
  from: number;
  /** Width of a bar in ms. */
  width: number;
  counts: number[];
  most: number;
}

/**
 * Counts times into at most `maxBars` bars of a nameable width from `from` to `to` (Unix ms).
 * Bars begin at whole widths of the local day, `offsetMs` east of UTC.
 */
export function histogram(
  times: Iterable<number>,
  from: number,
  to: number,
  maxBars: number,
  offsetMs: number,
): Histogram {
  const span = Math.max(MINUTE, to - from);
  const width = WIDTHS.find((each) => span / each <= maxBars - 1) ?? Math.ceil(span / (maxBars - 1) / DAY) * DAY;
  const start = Math.floor((from + offsetMs) / width) * width - offsetMs;
  const counts = new Array<number>(Math.floor((to - start) / width) + 1).fill(0);
  for (const time of times) {
    const bar = Math.floor((time - start) / width);
    const count = counts[bar];
    if (count !== undefined) counts[bar] = count + 1;
  }
  return { from: start, width, counts, most: counts.reduce((most, count) => Math.max(most, count), 0) };
}
