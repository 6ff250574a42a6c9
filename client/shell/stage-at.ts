import type { Stage } from '../api/stages.ts';

const DAY_MS = 86_400_000;

/** The stage of a moment, the next one, and how many whole days remain. Days are those of WITA, the middle of the three zones. */
export function stageAt(
  stages: readonly Stage[],
  now: number,
): { current: Stage | undefined; next: Stage | undefined; daysLeft: number } {
  const today = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
  const current = stages.filter(({ from, to }) => from <= today && today <= to).at(-1);
  const next = stages.filter(({ from }) => from > today).sort((a, b) => (a.from < b.from ? -1 : 1))[0];
  const daysLeft = current ? Math.round((Date.parse(current.to) - Date.parse(today)) / DAY_MS) : 0;
  return { current, next, daysLeft };
}
